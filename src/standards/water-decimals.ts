/**
 * Decimals of water values: of an hourly value and of the mean that is assessed.
 *
 * Rests on: the national feed for hourly values (225,059 raw/shown pairs, nine items); 环办监测函〔2020〕82号 as three
 * independent readings give it for means (LIKELY). Rounding itself is GB/T 8170 with one significant digit kept.
 */
import type { Exact } from "../domain/exact.ts";
import type { WaterItem } from "./gb3838.ts";
import { roundKeepingOneDigit } from "./gbt8170.ts";

type Decimals = { readonly hour: number; readonly assessment: number };

/** Conductivity and turbidity are measured and printed but not in table 1. */
export type MeasuredWaterItem = WaterItem | "ec" | "turb";

/** Digits after the point. Five-day oxygen demand has no hourly value: the assessment digits stand in both columns. */
const DECIMALS = {
  wt: { hour: 1, assessment: 1 },
  ph: { hour: 2, assessment: 0 },
  do: { hour: 2, assessment: 1 },
  ec: { hour: 1, assessment: 1 },
  turb: { hour: 1, assessment: 1 },
  codmn: { hour: 2, assessment: 1 },
  cod: { hour: 2, assessment: 1 },
  bod5: { hour: 1, assessment: 1 },
  nh3n: { hour: 3, assessment: 2 },
  tp: { hour: 3, assessment: 3 },
  tn: { hour: 2, assessment: 2 },
  cu: { hour: 4, assessment: 3 },
  zn: { hour: 4, assessment: 3 },
  f: { hour: 4, assessment: 3 },
  se: { hour: 5, assessment: 4 },
  as: { hour: 5, assessment: 4 },
  hg: { hour: 6, assessment: 5 },
  cd: { hour: 5, assessment: 5 },
  cr6: { hour: 4, assessment: 3 },
  pb: { hour: 4, assessment: 3 },
  cn: { hour: 4, assessment: 3 },
  vp: { hour: 5, assessment: 4 },
  oil: { hour: 3, assessment: 2 },
  las: { hour: 3, assessment: 2 },
  s2: { hour: 4, assessment: 3 },
  fc: { hour: 0, assessment: 0 },
} as const satisfies Record<MeasuredWaterItem, Decimals>;

/** Digits after the point that an item's value carries in a use. @source national feed (hour), 82号 (assessment, LIKELY) */
export function waterDecimals(item: MeasuredWaterItem, use: keyof Decimals): number {
  return DECIMALS[item][use];
}

/**
 * A value as it is printed and, under policy `classOn: rounded`, assessed: half to even, and a value that would become
 * 0 keeps one significant digit.
 * @source GB/T 8170; one significant digit: national feed, 0.00046 is shown as 0.0005
 */
export function roundWater(item: MeasuredWaterItem, value: Exact, use: keyof Decimals): Exact {
  return roundKeepingOneDigit(value, waterDecimals(item, use));
}
