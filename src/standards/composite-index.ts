/**
 * 环境空气质量综合指数: the composite index cities are ranked by.
 *
 * Default: the ranking practice of 2014–2025 (环办〔2014〕64号, confirmed on published examples): the sum of C/S over six
 * pollutants, equal weights; means of SO2, NO2, PM10, PM2.5 over the annual limits of GB 3095-2012 grade II, the 95th
 * percentile of CO over 4 and the 90th of daily 8-hour ozone over 160. Smaller is better; equal values tie.
 * Weights and limits are configuration (`compositeScheme`): a rule of HJ 663-2026 with other weights is reported by a
 * single source and not confirmed, and HJ 663-2013 app. C takes the larger of two ratios instead.
 */
import { add, compare, divide, type Exact, exact, multiply, ratio } from "../domain/exact.ts";
import { fault } from "../domain/faults.ts";
import { limitOf } from "./gb3095-limits.ts";
import type { AssessedItem } from "./hj663-percentile.ts";

export type CompositePart = { readonly item: AssessedItem; readonly limit: Exact; readonly weight: Exact };

export type CompositeScheme = { readonly name: string; readonly zh: string; readonly parts: readonly CompositePart[] };

const limit2012 = (item: AssessedItem, period: "year" | "day" | "mda8"): Exact =>
  limitOf("2012", item, period) ?? exact(0);

const ONE = exact(1);

/** @source 环办〔2014〕64号; limits GB 3095-2012 table 1, grade II */
export const PRACTICE_2014: CompositeScheme = {
  name: "2014",
  zh: "2014—2025 年排名口径",
  parts: [
    { item: "so2", limit: limit2012("so2", "year"), weight: ONE },
    { item: "no2", limit: limit2012("no2", "year"), weight: ONE },
    { item: "pm10", limit: limit2012("pm10", "year"), weight: ONE },
    { item: "pm25", limit: limit2012("pm25", "year"), weight: ONE },
    { item: "co", limit: limit2012("co", "day"), weight: ONE },
    { item: "o3", limit: limit2012("o3", "mda8"), weight: ONE },
  ],
};

/**
 * A scheme of one's own: the default with some weights and limits replaced.
 * @param limits µg/m³, CO mg/m³
 * @throws Fault `value.not-number` for a limit or weight that is not above zero
 */
export function compositeScheme(
  name: string,
  zh: string,
  change: {
    readonly weights?: Partial<Readonly<Record<AssessedItem, Exact>>>;
    readonly limits?: Partial<Readonly<Record<AssessedItem, Exact>>>;
  },
): CompositeScheme {
  const parts = PRACTICE_2014.parts.map((part) => ({
    item: part.item,
    limit: positive(part.item, change.limits?.[part.item] ?? part.limit),
    weight: positive(part.item, change.weights?.[part.item] ?? part.weight),
  }));
  return { name, zh, parts };
}

export type CompositeIndex = {
  /** A bare number, unrounded (published with 2 decimals); `undefined` when an item has no valid statistic. */
  readonly index: Exact | undefined;
  /** The single index C/S of each item there is, before its weight. */
  readonly single: Readonly<Partial<Record<AssessedItem, Exact>>>;
  readonly missing: readonly AssessedItem[];
};

/**
 * The composite index of a place over a period.
 *
 * @param values µg/m³, CO mg/m³: period means, for CO P95 of daily means, for O3 P90 of MDA8; only valid ones, in the
 *   precision the ranking uses (published examples use rounded values)
 * @source 环办〔2014〕64号
 */
export function compositeIndex(
  values: Readonly<Partial<Record<AssessedItem, Exact | undefined>>>,
  scheme: CompositeScheme = PRACTICE_2014,
): CompositeIndex {
  const single: Partial<Record<AssessedItem, Exact>> = {};
  const missing: AssessedItem[] = [];
  let index: Exact = exact(0);
  for (const { item, limit, weight } of scheme.parts) {
    const value = values[item];
    if (value === undefined) {
      missing.push(item);
      continue;
    }
    const one = divide(value, limit);
    single[item] = one;
    index = add(index, multiply(one, weight));
  }
  return { index: missing.length === 0 ? index : undefined, single, missing };
}

function positive(item: string, value: Exact): Exact {
  if (compare(value, ratio(0n)) <= 0)
    throw fault("value.not-number", { what: item, given: `${value.num}/${value.den}` });
  return value;
}
