/**
 * Outlook: what the rest of the year must hold so that it just reaches the target, in exact arithmetic.
 *
 * Two conventions side by side: `calendar` counts every day of the calendar (a day without data counts as not good),
 * `valid` only the valid days so far and takes every remaining day as valid. The last day counted is inside.
 */
import { compare, divide, type Exact, multiply, ratio, subtract } from "../domain/exact.ts";
import type { Reach } from "./standing/evidence.ts";
import { runsOf } from "./standing/runs.ts";

export type OutlookComparator = "<=" | "<" | ">=" | ">";

/** Days of the year, how many have gone, and how many are counted so far (all of them, or the valid ones). */
export type YearSoFar = { readonly days: number; readonly elapsed: number; readonly counted: number };

export type MeanOutlook = { readonly needed: Exact | undefined; readonly reach: Reach };

/**
 * The mean the remaining days may have so that the year just equals the target: (T·(counted + remaining) − mean·counted)
 * ÷ remaining, with all elapsed days counted in the calendar convention.
 *
 * @param low, high the credible bounds of the remaining days' mean; 0 and none unless told
 * @returns `needed` undefined when no day is left
 */
export function meanOutlook(
  { days, elapsed, counted }: YearSoFar,
  soFar: Exact,
  target: Exact,
  comparator: "<=" | "<",
  { low = ratio(0n), high }: { readonly low?: Exact | undefined; readonly high?: Exact | undefined } = {},
): MeanOutlook {
  const remaining = days - elapsed;
  const strict = comparator === "<";
  if (remaining <= 0) {
    const meets = strict ? compare(soFar, target) < 0 : compare(soFar, target) <= 0;
    return { needed: undefined, reach: meets ? "safe" : "out_of_reach" };
  }
  const whole = multiply(target, count(counted + remaining));
  const needed = divide(subtract(whole, multiply(soFar, count(counted))), count(remaining));
  const below = compare(needed, low);
  if (strict ? below <= 0 : below < 0) return { needed, reach: "out_of_reach" };
  const above = high === undefined ? -1 : compare(needed, high);
  return { needed, reach: (strict ? above > 0 : above >= 0) ? "safe" : "open" };
}

export type GoodOutlook = {
  /** Days the ratio is taken over, and the fewest good ones that reach the target. */
  readonly denominator: number;
  readonly required: number;
  readonly moreNeeded: number;
  /** Not-good days one can still afford; negative: out of reach. */
  readonly budgetLeft: number;
  /** Share of the remaining days that has to be good; undefined when none is left. */
  readonly needed: Exact | undefined;
  readonly reach: Reach;
};

/** @param target percent */
export function goodDaysOutlook(
  { days, elapsed, counted }: YearSoFar,
  goodSoFar: number,
  target: Exact,
  comparator: ">=" | ">",
): GoodOutlook {
  const remaining = days - elapsed;
  const denominator = counted + remaining;
  // The fewest whole days whose share of the denominator is at least (or above) the target.
  const share = multiply(target, ratio(BigInt(denominator), 100n));
  const floor = share.num / share.den;
  const required = Number(comparator === ">" || floor * share.den !== share.num ? floor + 1n : floor);
  const moreNeeded = Math.max(0, required - goodSoFar);
  const budgetLeft = remaining - moreNeeded;
  return {
    denominator,
    required,
    moreNeeded,
    budgetLeft,
    needed: remaining === 0 ? undefined : ratio(BigInt(moreNeeded), BigInt(remaining)),
    reach: moreNeeded === 0 ? "safe" : budgetLeft < 0 ? "out_of_reach" : "open",
  };
}

export type HeavyOutlook = {
  readonly denominator: number;
  /** The most heavy days that keep the target. */
  readonly allowed: number;
  readonly budgetLeft: number;
  readonly reach: Reach;
};

/** @param target days, or percent of the denominator when `share` is set */
export function heavyDaysOutlook(
  { days, elapsed, counted }: YearSoFar,
  heavySoFar: number,
  target: Exact,
  comparator: "<=" | "<",
  share: boolean,
): HeavyOutlook {
  const remaining = days - elapsed;
  const denominator = counted + remaining;
  const limit = share ? multiply(target, ratio(BigInt(denominator), 100n)) : target;
  const floor = limit.num / limit.den;
  const allowed = Number(comparator === "<" && floor * limit.den === limit.num ? floor - 1n : floor);
  const budgetLeft = allowed - heavySoFar;
  return {
    denominator,
    allowed,
    budgetLeft,
    reach: budgetLeft < 0 ? "out_of_reach" : heavySoFar + remaining <= allowed ? "safe" : "open",
  };
}

export type RunOutlook = {
  readonly longest: number;
  readonly current: number;
  /** Months it may still be in the list in a row from now. */
  readonly budgetLeft: number;
  readonly reach: Reach;
};

/**
 * Months in a row on a list, of which fewer than `limit` are allowed.
 * @param months true in the list, false not, undefined no data
 * @param gap whether a month without data ends a run (policy `runGap`)
 */
export function runOutlook(
  months: readonly (boolean | undefined)[],
  monthsLeft: number,
  limit: number,
  gap: "ends" | "skips" = "ends",
): RunOutlook {
  const { longest, current } = runsOf(months, gap);
  const broken = longest >= limit;
  return {
    longest,
    current,
    budgetLeft: broken ? 0 : limit - 1 - current,
    reach: broken ? "out_of_reach" : current + monthsLeft < limit ? "safe" : "open",
  };
}

function count(n: number): Exact {
  return ratio(BigInt(n));
}
