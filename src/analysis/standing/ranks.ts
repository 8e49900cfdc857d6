/** Ranks from the worst: staying out of the list's bottom, month by month or once. */
import { compare, type Exact, exact } from "../../domain/exact.ts";
import { type Evidence, noEvidence } from "./evidence.ts";

/** Rank 1 is the worst: out of the worst n from rank n + 1 on. Tied places share their rank, so all are in or out. */
export function outOfWorst(fromWorst: Exact, n: Exact): boolean {
  return compare(fromWorst, n) > 0;
}

/**
 * The evidence of a place's monthly ranks in a year.
 *
 * @param ranks from the worst, by month so far; undefined for a month nobody published
 * @param n the bottom of the list that must be avoided every month
 * @returns the worst rank so far; one month inside the bottom cannot be made good. A missing month leaves it undecided
 */
export function monthlyRanks(ranks: readonly (number | undefined)[], n: number): Evidence {
  const known = ranks.filter((rank) => rank !== undefined);
  if (known.length === 0) return noEvidence("没有公布排名");
  const worst = Math.min(...known);
  const missing = ranks.length - known.length;
  if (worst <= n) return { value: exact(worst), valid: true, reach: "out_of_reach" };
  return missing === 0
    ? { value: exact(worst), valid: true, reach: "open" }
    : { value: exact(worst), valid: false, reason: `有 ${missing} 个月没有公布排名` };
}
