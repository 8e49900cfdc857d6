/**
 * The parts of a district briefing beyond air and rankings, as plain data: water, noise, the plans, the outlook. Each is
 * absent when the store holds nothing of it; `NoData` says so in the document.
 */
import type { Firmness, PlanArea, Standing } from "../../src/domain/plan.ts";
import type { SectionStripData } from "../charts/section-strip.ts";
import type { AbsenceRow, Change, Figure } from "./district-data.ts";

/** A part nothing is known of, and why: 水环境（没有登记断面）. */
export type NoData = { readonly zh: string; readonly reason: string };

export type WaterPart = {
  readonly sections: number;
  readonly assessed: number;
  /** Sections with a target that were assessed, and those of them that reach it. */
  readonly judged: number;
  readonly reached: number;
  /** Share of the assessed that reach their target, percent. */
  readonly rate: Figure;
  readonly rateToDate: Figure;
  /** 优, 良好 …: the statement for all sections; absent where none is made. */
  readonly status?: string;
  readonly rows: readonly WaterRow[];
  /** The class of each section in each month of the year to date. */
  readonly strip?: SectionStripData;
  /** Dry, frozen, under repair, not sampled, too few values: never among the rows. */
  readonly apart: readonly AbsenceRow[];
};

export type WaterRow = {
  readonly place: string;
  /** 国考, 市考; absent where not registered. */
  readonly level?: string;
  /** Ⅲ */
  readonly target?: string;
  readonly class: string;
  /** The class of the same months last year. */
  readonly before?: string;
  /** The class of the year to date. */
  readonly toDate?: string;
  readonly reached?: boolean;
  /** The items that make the class: 氨氮、总磷; empty for Ⅰ and Ⅱ, where nothing is worth naming. */
  readonly deciding: string;
  /** What stands between the section and its target: 差1类：氨氮1.80须降至1.50（降16.7%）. */
  readonly distance: string;
};

export type NoisePart = {
  readonly rows: readonly NoiseRow[];
  readonly apart: readonly AbsenceRow[];
  readonly day: PassText;
  readonly night: PassText;
  readonly complaints?: ComplaintsText;
};

export type NoiseRow = {
  readonly place: string;
  /** 2类 */
  readonly zone?: string;
  readonly day: NoiseLevel;
  readonly night: NoiseLevel;
};

export type NoiseLevel = {
  readonly level: Figure;
  readonly limit?: string;
  /** Valid dates that meet the limit of the valid ones: 28/31. */
  readonly pass?: string;
  /** The level of the period is above the limit. */
  readonly above: boolean;
};

/** `percent` of valid station-days; `before`: the same days last year. */
export type PassText = {
  readonly percent: Figure;
  readonly passing: number;
  readonly valid: number;
  readonly before?: Figure;
};

export type ComplaintsText = { readonly period: Complaints; readonly toDate: Complaints };

export type Complaints = { readonly now: Figure; readonly before?: Figure; readonly change?: Change };

export type PlansPart = {
  /** One row a plan, then their sum; a target said twice counts once, and so do alternatives. */
  readonly counts: readonly PlanCounts[];
  /** How many the plans write, each time one is written. */
  readonly written: number;
  /** Missed first, then at risk. */
  readonly attention: readonly PlanRow[];
  /** Targets that cannot be judged, by reason, most first. */
  readonly unjudged: readonly UnjudgedGroup[];
  readonly trial: boolean;
};

export type PlanCounts = {
  readonly zh: string;
  readonly total: number;
  readonly counts: Readonly<Record<Standing, number>>;
};

export type PlanRow = {
  readonly area: PlanArea;
  readonly areaZh: string;
  readonly zh: string;
  readonly target: string;
  readonly figure: Figure;
  readonly standing: Standing;
  readonly unit: string;
  readonly firmness: Firmness;
  /** Who leads it. */
  readonly lead: string;
  /** Places of it that are missed or at risk, where it is judged by place. */
  readonly places: readonly string[];
};

export type UnjudgedGroup = {
  readonly reason: string;
  readonly n: number;
  readonly areas: string;
  readonly names: readonly string[];
};

export type OutlookRow = {
  readonly zh: string;
  readonly unit: string;
  readonly target: string;
  readonly soFar: Figure;
  /** What the rest must hold, by days of the calendar and by valid days. */
  readonly calendar: string;
  readonly validDays: string;
  /** 可达, 已稳达, 已无法达到. */
  readonly reach: string;
  /** 62%, or why there is none. */
  readonly chance: Figure;
};

/** What changed since an earlier, published briefing. */
export type ChangesPart = {
  /** 2026年第9期（第1版） */
  readonly since: string;
  /** This one corrects that one: same period, a new version. */
  readonly correction: boolean;
  readonly rows: readonly { readonly zh: string; readonly before: string; readonly now: string }[];
};
