/**
 * HJ 663 环境空气质量评价技术规范: percentiles, and which statistics a year is judged by.
 *
 * Rests on: HJ 663-2013 and HJ 663-2026 table 1 for the statistics (confirmed); app. A of 2013 for the formula (from
 * memory, two implementations agree: policy `percentileFormula`). The full text of either edition was not obtained.
 */
import { add, type Exact, multiply, ratio, subtract } from "../domain/exact.ts";
import { ceilDiv } from "./gbt8170.ts";
import type { Policies } from "./policy.ts";

export type AssessedItem = "so2" | "no2" | "pm10" | "pm25" | "co" | "o3";

/** `percentile` of the daily values: means of the day, for O3 the daily 8-hour maximum. */
export type AnnualMetric = { readonly item: AssessedItem; readonly mean: boolean; readonly percentile: number };

/** @source HJ 663-2013 table 1, HJ 663-2026 table 1: CO and O3 are judged by their percentile alone */
export const ANNUAL_METRICS: readonly AnnualMetric[] = [
  { item: "so2", mean: true, percentile: 98 },
  { item: "no2", mean: true, percentile: 98 },
  { item: "pm10", mean: true, percentile: 95 },
  { item: "pm25", mean: true, percentile: 95 },
  { item: "co", mean: false, percentile: 95 },
  { item: "o3", mean: false, percentile: 90 },
];

/**
 * The p-th percentile of daily values.
 *
 * `hj663`: k = 1 + (n−1)·p/100, s = ⌊k⌋, X(s) + (X(s+1) − X(s))·(k − s). `nearest`: X(⌈n·p/100⌉).
 *
 * @param sortedAscending in the unit of the values; the caller sorts
 * @param p a whole number from 0 to 100
 * @returns the exact value, unrounded; `undefined` for no values
 * @source HJ 663-2013 app. A
 */
export function percentile(
  sortedAscending: readonly Exact[],
  p: number,
  formula: Policies["percentileFormula"] = "hj663",
): Exact | undefined {
  const n = BigInt(sortedAscending.length);
  if (n === 0n) return undefined;
  if (formula === "nearest") return sortedAscending[Math.max(1, Number(ceilDiv(n * BigInt(p), 100n))) - 1];
  const hundredths = (n - 1n) * BigInt(p);
  const below = sortedAscending[Number(hundredths / 100n)];
  const above = sortedAscending[Number(hundredths / 100n) + 1];
  const share = hundredths % 100n;
  if (below === undefined || above === undefined || share === 0n) return below;
  return add(below, multiply(subtract(above, below), ratio(share, 100n)));
}
