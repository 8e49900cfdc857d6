/** Runs of months in a list's bottom: "not n months running". */
import { compare, type Exact, exact } from "../../domain/exact.ts";
import { type Evidence, noEvidence } from "./evidence.ts";

/** Longest run of months in the list, and the one still going at the end. A run starts anew each year. */
export type Runs = { readonly longest: number; readonly current: number };

/** A run shorter than n months passes. */
export function runShorterThan(longest: Exact, n: Exact): boolean {
  return compare(longest, n) < 0;
}

/**
 * @param months whether the place was in the list, by month; undefined for a month without data
 * @param gap a month without data `ends` a run, or is `skips`-ped as if it were not there (policy `runGap`)
 */
export function runsOf(months: readonly (boolean | undefined)[], gap: "ends" | "skips"): Runs {
  let longest = 0;
  let current = 0;
  for (const inList of months) {
    if (inList === undefined && gap === "skips") continue;
    current = inList === true ? current + 1 : 0;
    longest = Math.max(longest, current);
  }
  return { longest, current };
}

/**
 * The evidence of a year's months so far: the longest run, and whether one of n months has happened or can still.
 *
 * @param monthsLeft calendar months of the year after those given
 */
export function runEvidence(
  months: readonly (boolean | undefined)[],
  monthsLeft: number,
  n: number,
  gap: "ends" | "skips",
): Evidence {
  if (months.every((one) => one === undefined)) return noEvidence("没有公布排名");
  const { longest, current } = runsOf(months, gap);
  const reach = longest >= n ? "out_of_reach" : current + monthsLeft < n ? "safe" : "open";
  return { value: exact(longest), valid: true, reach };
}
