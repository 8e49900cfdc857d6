/** Plans: the words a target is written in. One target is one numeric criterion or one direction of a plan. */

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

export type Comparator =
  | "<="
  | "<"
  | ">="
  | ">"
  | "="
  | "~"
  | "range"
  | "not_in_worst"
  | "not_n_months_running"
  | "decrease_by"
  | "up"
  | "down"
  | "flat"
  | "zero_open"
  | "all_covered";

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
