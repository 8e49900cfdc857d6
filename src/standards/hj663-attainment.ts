/**
 * HJ 663 环境空气质量评价技术规范: attainment of a year and exceedance multiples.
 *
 * Rests on: table 1 of both editions for the statistics (confirmed); that both the mean and the percentile must be
 * within the limit, and B = (C − S)/S, from HJ 663-2013 sect. 5 (from memory).
 * Elsewhere: percentiles in `hj663-percentile.ts`, limits in `gb3095-limits.ts`.
 */
import { compare, divide, type Exact, subtract } from "../domain/exact.ts";
import { airDecimals } from "./air-decimals.ts";
import { type Grade, type LimitPhase, limitOf } from "./gb3095-limits.ts";
import type { AssessedItem } from "./hj663-percentile.ts";
import { satisfies } from "./limit-compare.ts";
import type { Policies } from "./policy.ts";

export type AttainmentPart = {
  readonly metric: "mean" | "percentile";
  readonly value: Exact | undefined;
  readonly limit: Exact;
  /** `undefined` when there is no valid value. */
  readonly within: boolean | undefined;
  /** Exceedance multiple; `undefined` when within the limit or without a value. */
  readonly multiple: Exact | undefined;
};

export type Attainment = {
  readonly item: AssessedItem;
  /** One part outside decides; `undefined` when none is outside but one has no valid value. */
  readonly attained: boolean | undefined;
  readonly parts: readonly AttainmentPart[];
};

/**
 * Whether a year of one item attains: mean against the annual limit, percentile against the daily one (O3: MDA8).
 *
 * @param values µg/m³, CO mg/m³; only valid statistics, an invalid one is `undefined`
 * @source HJ 663-2013 sect. 5, table 1; HJ 663-2026 table 1
 */
export function attainment(
  item: AssessedItem,
  phase: LimitPhase,
  values: { readonly mean?: Exact | undefined; readonly percentile?: Exact | undefined },
  policies: Pick<Policies, "targetCompare">,
  grade: Grade = "II",
): Attainment {
  const parts: AttainmentPart[] = [];
  const judge = (metric: "mean" | "percentile", limit: Exact | undefined): void => {
    if (limit === undefined) return;
    const value = values[metric];
    const decimals = airDecimals(item, "judgement");
    const within = value === undefined ? undefined : satisfies(value, "<=", limit, decimals, policies.targetCompare);
    const multiple = value === undefined || within !== false ? undefined : exceedanceMultiple(value, limit);
    parts.push({ metric, value, limit, within, multiple });
  };
  // CO and O3 have no annual limit and so no part for the mean.
  judge("mean", limitOf(phase, item, "year", grade));
  judge("percentile", limitOf(phase, item, item === "o3" ? "mda8" : "day", grade));
  const outside = parts.some((part) => part.within === false);
  const unknown = parts.some((part) => part.within === undefined);
  return { item, attained: outside ? false : unknown ? undefined : true, parts };
}

/**
 * By how many times a value exceeds a limit: B = (C − S)/S.
 * @returns a bare number, unrounded (published with two decimals); `undefined` when the value does not exceed it
 * @source HJ 663-2013 sect. 5 (from memory)
 */
export function exceedanceMultiple(value: Exact, limit: Exact): Exact | undefined {
  return compare(value, limit) > 0 ? divide(subtract(value, limit), limit) : undefined;
}
