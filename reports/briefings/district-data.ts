/**
 * What a district briefing says, as plain data.
 *
 * Numbers are decimal text, already rounded by the standard that rules them; nothing here is computed again, so the
 * PDF, the Word file and the page cannot differ. A figure without a valid value carries the reason in its place.
 */

import type { Firmness, Standing } from "../../src/domain/plan.ts";
import type { AqiClass } from "../../src/standards/hj633-class.ts";
import type { CalendarDay } from "../charts/calendar.ts";
import type { ClassMonth } from "../charts/class-stack.ts";
import type { CumulativeData } from "../charts/cumulative.ts";
import type { ChangesPart, NoData, NoisePart, OutlookRow, PlansPart, WaterPart } from "./district-parts.ts";
import type { SectionName } from "./section-names.ts";

/** A number as printed, or why there is none. */
export type Figure = { readonly value: string } | { readonly reason: string };

/** Against the same span of last year. `percent` carries no sign: the direction is a word. */
export type Change = { readonly direction: "up" | "down" | "flat"; readonly percent: string };

export type DistrictBriefing = {
  readonly bureau: string;
  /** 朝阳区 */
  readonly district: string;
  /** 生态环境质量简报: the red head. */
  readonly masthead: string;
  /** 2015年第3期 */
  readonly issue: string;
  /** 月报, 半月报, 季报, 半年报, 年报 */
  readonly kindZh: string;
  /** 2015年3月 */
  readonly periodZh: string;
  /** 2015年1—3月, the cumulative span; equal to `periodZh` for a year or a January. */
  readonly toDateZh: string;
  /** The last day whose data went in, `2015-03-31`. It is the date of the document: no clock is read. */
  readonly dataUntil: string;
  readonly stamp: Stamp;
  readonly simulated: boolean;
  /** Why it is only preliminary (初步): its data were not complete; absent when it is final. */
  readonly preliminary?: string;
  /** Sections wanted and their order; all of them where a template says nothing. */
  readonly sections?: readonly SectionName[];
  /** Who answers questions. */
  readonly contact?: string;
  /** Absent in a half-month's briefing, which speaks of dust only. */
  readonly air?: AirSection;
  /** `trial`: judged with the data of another year. */
  readonly plan?: { readonly title: string; readonly trial: boolean };
  readonly standings: readonly StandingRow[];
  /** Where each target of all plans stands: what a later briefing is compared with. */
  readonly verdicts?: readonly { readonly id: string; readonly zh: string; readonly standing: Standing }[];
  /** All plans of the district, rolled up. */
  readonly plans?: PlansPart;
  readonly outlook?: readonly OutlookRow[];
  readonly water?: WaterPart;
  readonly noise?: NoisePart;
  readonly runs?: readonly RunTable[];
  /** Since the last published briefing; absent when none was published. */
  readonly changes?: ChangesPart;
  /** Parts nothing is known of. */
  readonly noData?: readonly NoData[];
  readonly rankings: readonly RankTable[];
  readonly absences: readonly AbsenceRow[];
  readonly methods: readonly MethodNote[];
};

/** Digest of the sorted input hashes with the schema and program version. */
export type Stamp = { readonly digest: string; readonly schema: string; readonly program: string };

export type AirSection = {
  /** The district's station set by name: 奥体中心、农展馆. */
  readonly stations: readonly string[];
  /** In the order they are to be printed; the first is the one the summary opens with. */
  readonly items: readonly AirItem[];
  readonly days: readonly CalendarDay[];
  readonly counts: DayCounts;
  readonly countsToDate: DayCounts;
  /** Runs of two days or more with an AQI above 100 within the period. */
  readonly episodes?: readonly EpisodeRow[];
  /** The months of the year to date that have begun. */
  readonly months?: readonly ClassMonth[];
  readonly cumulative: CumulativeData;
  /** Absent where it was not asked: a briefing kept by an older program. */
  readonly dust?: DustPart;
};

/** Declared dust from the year's start to the period's end; no rows where none was declared. */
export type DustPart = { readonly periods: number; readonly days: number; readonly rows: readonly DustRow[] };

export type DustRow = {
  /** PM10 */
  readonly zh: string;
  /** 平均值, 平均值（扣除沙尘时段） */
  readonly statisticZh: string;
  readonly unit: string;
  readonly period: Figure;
  readonly toDate: Figure;
  /** Station hours left out and days no longer valid, of the year to date; absent in the row with dust. */
  readonly leftOut?: { readonly hours: number; readonly daysLost: number };
};

export type EpisodeRow = {
  /** 10月26—30日 */
  readonly spanZh: string;
  readonly days: number;
  readonly heavyDays: number;
  readonly worst: number;
  /** 10月27日 */
  readonly worstZh: string;
  /** PM2.5（4天）、PM10（1天） */
  readonly primaryZh: string;
};

export type AirItem = {
  /** PM2.5 */
  readonly zh: string;
  /** 平均 or 第90百分位数 */
  readonly statisticZh: string;
  readonly unit: string;
  readonly period: Figure;
  readonly toDate: Figure;
  readonly change?: Change;
  readonly changeToDate?: Change;
};

export type DayCounts = {
  /** Days of the calendar. */
  readonly days: number;
  readonly validDays: number;
  /** Days whose index was given although an item was missing. */
  readonly partialDays: number;
  readonly classes: Readonly<Record<AqiClass, number>>;
  readonly goodDays: number;
  readonly heavyDays: number;
  /** Percent of the valid days, one decimal. */
  readonly goodRatio: Figure;
  /** Percent when every day without an index were bad, and when every one were good. */
  readonly goodRatioLow: string;
  readonly goodRatioHigh: string;
  /** Days an item was primary pollutant, most first. */
  readonly primary: readonly { readonly zh: string; readonly days: number }[];
};

export type StandingRow = {
  readonly id: string;
  /** PM2.5年均浓度 */
  readonly zh: string;
  readonly unit: string;
  /** ≤ 33 */
  readonly target: string;
  /** The number alone, where the target is one figure to stay under or to reach. */
  readonly limit?: string;
  readonly toDate: Figure;
  /** The two ends the figure can take when the missing days count either way; absent when they agree. */
  readonly low?: string;
  readonly high?: string;
  /** What the rest of the year must hold, as words: ≤ 16.2, 还可有 3 天, 已无法达到. */
  readonly needed?: string;
  readonly standing: Standing;
  readonly reason?: string;
  readonly firmness: Firmness;
  /** The target this one says again in other words; it is shown and not counted. */
  readonly restates?: string;
};

export type RankTable = {
  /** PM2.5月均浓度 */
  readonly zh: string;
  readonly unit: string;
  /** 全市站点: whom the list is of. */
  readonly amongZh: string;
  /** Places ranked in the whole list, of which `rows` may show the district's own only. */
  readonly n: number;
  readonly ownOnly: boolean;
  readonly rows: readonly RankRow[];
  /** Without a rank, with the reason. */
  readonly missing: readonly AbsenceRow[];
  /** Days unless said: a figure a source gives for a month counts months. */
  readonly countedIn?: "months";
  /** What a move is counted from: 上月. Absent when no row has one. */
  readonly beforeZh?: string;
  /** The worst n the plan wants its places to stay out of. */
  readonly cut?: number;
  /** The official list of the same days, when one was published: it decides, ours is computed. */
  readonly published?: PublishedList;
};

export type PublishedList = {
  readonly issuer: string;
  /** How many places it prints. */
  readonly length: number;
  /** Places whose computed rank differs, with the likely reason. */
  readonly differences: readonly { readonly place: string; readonly reason: string }[];
};

/** Months in a row among the worst n. */
export type RunTable = {
  readonly zh: string;
  readonly cut: number;
  /** So many months in a row are not allowed. */
  readonly limit: number;
  readonly computed: boolean;
  readonly rows: readonly RunRow[];
};

export type RunRow = {
  readonly place: string;
  /** Rank of each month so far in order; absent where it has none. */
  readonly months: readonly { readonly month: string; readonly rank?: number; readonly inside: boolean }[];
  readonly current: number;
  readonly longest: number;
};

export type RankRow = {
  /** By computation; in a list known as published only, the published one. */
  readonly rank: number;
  readonly tied: boolean;
  readonly place: string;
  /** — where only the rank was published. */
  readonly value: string;
  readonly validDays: number;
  /** Places gained (positive) or lost since the span before. */
  readonly move?: number;
  /** The published rank, where a list was published and names the place. */
  readonly published?: number;
  /** The district's own: set in bold and dark in the chart. */
  readonly own: boolean;
};

export type AbsenceRow = {
  readonly place: string;
  readonly whatZh: string;
  readonly reason: string;
  readonly validDays?: number;
};

export type MethodNote = { readonly zh: string; readonly text: string };
