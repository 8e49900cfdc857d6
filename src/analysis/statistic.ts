/** Statistics as results: a value that always carries whether it is valid, and if not, why. */
import type { Exact } from "../domain/exact.ts";
import type { Indicator } from "../domain/indicator.ts";
import type { Period } from "../domain/period.ts";
import type { Place } from "../domain/place.ts";
import type { DayNumber } from "../domain/time.ts";
import type { Policies } from "../standards/policy.ts";
import type { Behind } from "./behind.ts";
import type { Subject } from "./subject.ts";

/** What is short of what: "18 of 24 hours, 20 needed" is an answer, not a blank. */
export type Shortfall = {
  readonly what: "hours" | "days" | "months" | "stations" | "windows" | "data";
  readonly have: number;
  readonly need: number;
  readonly zh: string;
};

/** Those of particles without declared dust have names of their own, so that no table can mix them. */
export type StatisticName =
  | "mean"
  | "p90"
  | "p95"
  | "p98"
  | "max1h"
  | "mda8"
  | "count"
  | "ratio"
  | `${"mean" | "p90" | "p95" | "p98" | "count"}_dust_excluded`;

export type Statistic = {
  readonly indicator: string;
  readonly statistic: StatisticName;
  readonly place: Place;
  readonly period: Period;
  /** Unrounded; also when not valid, if there is any data. */
  readonly value: Exact | undefined;
  readonly decimals: number;
  readonly unit: string;
  readonly valid: true | Shortfall;
  /** Valid hours, windows, stations or days the value rests on, and those of the calendar. */
  readonly n: number;
  readonly expected: number;
  readonly validMonths?: number;
  /** Of a figure above a place: what stands behind it, of what there should be. */
  readonly behind?: Behind;
  /** Whether the value was given by the source for the period, computed from days or from samples and hours, or put together from given months (推算). */
  readonly origin: "days" | "samples" | "given" | "given-months";
  readonly policies: Readonly<Record<string, string>>;
};

export const STATISTIC_ZH: Readonly<Record<StatisticName, string>> = {
  mean: "平均值",
  p90: "第 90 百分位数",
  p95: "第 95 百分位数",
  p98: "第 98 百分位数",
  max1h: "日最大 1 小时",
  mda8: "日最大 8 小时平均",
  count: "计数",
  ratio: "比率",
  mean_dust_excluded: "平均值（扣除沙尘时段）",
  p90_dust_excluded: "第 90 百分位数（扣除沙尘时段）",
  p95_dust_excluded: "第 95 百分位数（扣除沙尘时段）",
  p98_dust_excluded: "第 98 百分位数（扣除沙尘时段）",
  count_dust_excluded: "颗粒物扣除沙尘时段",
};

export type PeriodQuestion = {
  readonly indicator: Indicator;
  readonly subjects: readonly Subject[];
  readonly period: Period;
  readonly statistic?: StatisticName | undefined;
  readonly policies: Policies;
  /** The last day that is over: a period that ends later is still running. */
  readonly today: DayNumber;
  readonly daily?: string;
};

/** What is short, with the words people read. */
export function shortfall(what: Shortfall["what"], have: number, need: number): Shortfall {
  const zh = {
    hours: `有效小时 ${have} 个，需 ${need} 个`,
    days: `有效天数 ${have} 天，需 ${need} 天`,
    months: `有效月 ${have} 个，需 ${need} 个`,
    stations: `有效站点 ${have} 个，需 ${need} 个`,
    windows: `有效 8 小时滑动平均 ${have} 个，需 ${need} 个`,
    data: "没有数据",
  }[what];
  return { what, have, need, zh };
}
