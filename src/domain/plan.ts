/** Plans: the words a target is written in. One target is one numeric criterion or one direction of a plan. */
import type { Deadline } from "./deadline.ts";
import type { PlaceKind } from "./place.ts";
import type { DayNumber } from "./time.ts";

export type PlanArea = "air" | "water" | "soil" | "climate" | "ecology" | "noise";

export const PLAN_AREA_ZH: Readonly<Record<PlanArea, string>> = {
  air: "蓝天",
  water: "碧水",
  soil: "净土",
  climate: "应对气候变化",
  ecology: "生态保护",
  noise: "静音",
};

/** 硬性 / 力争 / 左右 / 操作性 */
export type Firmness = "binding" | "strive" | "about" | "operational";

export const FIRMNESS_ZH: Readonly<Record<Firmness, string>> = {
  binding: "硬性",
  strive: "力争",
  about: "左右",
  operational: "操作性",
};

/** What decides a target. */
export type DecidedBy = "reading" | "published_rank" | "tally" | "statistic" | "external";

export const DECIDED_BY = [
  "reading",
  "published_rank",
  "tally",
  "statistic",
  "external",
] as const satisfies DecidedBy[];

export const COMPARATORS = [
  "<=",
  "<",
  ">=",
  ">",
  "=",
  "~",
  "range",
  "not_in_worst",
  "not_n_months_running",
  "decrease_by",
  "up",
  "down",
  "flat",
  "zero_open",
  "all_covered",
] as const;

export type Comparator = (typeof COMPARATORS)[number];

export const COMPARATOR_ZH: Readonly<Record<Comparator, string>> = {
  "<=": "≤",
  "<": "<",
  ">=": "≥",
  ">": ">",
  "=": "=",
  "~": "约",
  range: "介于",
  not_in_worst: "不进后",
  not_n_months_running: "不连续进后列",
  decrease_by: "下降",
  up: "上升",
  down: "下降",
  flat: "保持",
  zero_open: "清零",
  all_covered: "全覆盖",
};

/**
 * What a target is judged over. `whole`: the plan's place as one. `each`: every place of a kind gives a standing of its
 * own (`placeKind` when they are nodes of the place tree). `set`: the named things of `names`.
 */
export type Scope = {
  readonly kind: "whole" | "each" | "set";
  readonly placeKind: PlaceKind | undefined;
  /** In Chinese, as shown: 各街乡, 单条道路, 国控断面. */
  readonly zh: string;
  readonly names: readonly string[];
};

/** What the figure is made over: the plan's year, the months so far, each quarter, month or day. */
export const TARGET_PERIODS = ["year", "cumulative", "quarter", "month", "day"] as const;

export type TargetPeriod = (typeof TARGET_PERIODS)[number];

/** One numeric criterion (`criterion`) or direction without a number (`direction`). */
export type Target = {
  /** Stable and ASCII: `2024-air-1.1-pm25`. */
  readonly id: string;
  readonly kind: "criterion" | "direction";
  readonly year: number;
  readonly area: PlanArea;
  /** Task and measure: `1.1`. */
  readonly item: string;
  /** What is compared, in Chinese. */
  readonly metric: string;
  readonly comparator: Comparator;
  /** Exact: a decimal such as `1.2`, or a fraction such as `1/3`; undefined for a direction. */
  readonly value: string | undefined;
  /** Upper end of a range. */
  readonly upper: string | undefined;
  /** Places at the bad end that count as the list's bottom, for runs of months (`not_n_months_running`). */
  readonly cut: string | undefined;
  /** The year a fall or rise is counted from. */
  readonly baseYear: number | undefined;
  /** Which side is good beyond the value or the range (about 5 t of dust: lower); undefined: neither. */
  readonly better: "lower" | "higher" | undefined;
  readonly unit: string;
  readonly scope: Scope;
  /** Indicator code and statistic where readings or ranks decide: `pm25`, `mean`. */
  readonly indicator: string | undefined;
  readonly statistic: string | undefined;
  readonly period: TargetPeriod;
  /** How entries of a tally combine: each is the total so far (`cumulative`) or the state on its date (`snapshot`). */
  readonly tally: "cumulative" | "snapshot" | undefined;
  /** `growing`: on track at the share of the year gone by; `held`: has to hold all the time. */
  readonly pace: "growing" | "held";
  /** Where growth starts when not at 0, such as what earlier years already brought. */
  readonly paceFrom: string | undefined;
  /** How many times in the year the value falls due (each quarter: 4). */
  readonly times: number | undefined;
  readonly deadline: Deadline;
  readonly lead: readonly string[];
  readonly main: readonly string[];
  readonly support: readonly string[];
  readonly firmness: Firmness;
  readonly decidedBy: DecidedBy;
  /** The words of the plan that carry the number, and their line. */
  readonly phrase: string;
  readonly line: number;
  /** Id of the target this one says again in other words; it is never counted beside that one. */
  readonly restates: string | undefined;
  /** Targets of one group are alternatives: one met is enough, and they count as one. */
  readonly alternative: string | undefined;
  readonly amendments: readonly Amendment[];
  readonly notes: readonly string[];
};

/** A value that holds from a day on, and why it was changed. */
export type Amendment = { readonly from: DayNumber; readonly value: string; readonly why: string };

/** A row of a task: what is to be done, until when, by whom. */
export type Measure = {
  /** Task and place in it: `13.3`. */
  readonly no: string;
  readonly text: string;
  readonly line: number;
  readonly deadline: Deadline;
  readonly lead: readonly string[];
  readonly main: readonly string[];
  readonly support: readonly string[];
  /** What a person should know of the printed row, such as `deadline_missing`. */
  readonly flags: readonly string[];
  /** The units by another reading of a row whose cells are shifted; nobody has decided between the two yet. */
  readonly otherReading?: { readonly lead: readonly string[]; readonly support: readonly string[] } | undefined;
};

export type Task = {
  readonly no: number;
  readonly name: string;
  readonly section: string;
  readonly line: number;
  readonly measures: readonly Measure[];
};

/** One plan of one year for one place. */
export type Plan = {
  readonly area: PlanArea;
  readonly year: number;
  readonly title: string;
  /** Code of the place it binds. */
  readonly place: string;
  readonly tasks: readonly Task[];
  readonly targets: readonly Target[];
};

export const STANDINGS = ["met", "missed", "on_track", "at_risk", "cannot_judge", "not_due"] as const;

export type Standing = (typeof STANDINGS)[number];

export const STANDING_ZH: Readonly<Record<Standing, string>> = {
  met: "已达标",
  missed: "未达标",
  on_track: "进度正常",
  at_risk: "有风险",
  cannot_judge: "不可判定",
  not_due: "未到期",
};
