/**
 * HJ 663: the daily value of a city or district from its stations.
 *
 * The value of a set is the mean of its stations' valid daily values, item by item (O3: of their 8-hour maxima); the
 * index comes from those means, never from the stations' indices. How many stations must be valid is recalled from
 * HJ 663-2013 6.1 and not confirmed, so it is policy `setCoverage`: 75 %, or 50 % of fewer than four.
 */
import { ceilDiv } from "./gbt8170.ts";
import type { Policies } from "./policy.ts";

/** Sets with fewer stations than this use the second share of `setCoverage`. @source HJ 663-2013 6.1, unverified */
export const SMALL_SET_BELOW = 4;

/**
 * How many stations of a set must have a valid value for the set to have one.
 * @param stations all stations of the set, also those without data
 * @example setMinimumStations(12, DEFAULT_POLICIES) // 9
 */
export function setMinimumStations(stations: number, policies: Pick<Policies, "setCoverage">): number {
  const [usual, small] = policies.setCoverage;
  const share = stations < SMALL_SET_BELOW ? small : usual;
  return Math.max(1, Number(ceilDiv(BigInt(stations) * share.num, share.den)));
}
