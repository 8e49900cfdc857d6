/** How far a place is from a better rank, in steps of the rounded values that are ranked. Larger values are worse. */
import { compare, type Exact, ratio, subtract } from "../domain/exact.ts";

export type RankGap = {
  /** By how much the rounded value has to fall. */
  readonly fall: Exact;
  /** Places gained, counted from the worst end. */
  readonly places: number;
};

/**
 * The smallest fall that gains at least `places`; where the list has not so many places left, the fall that gains most.
 *
 * @param rounded the ranked values of all places, the place's own at `at`
 * @returns `undefined` when nothing can be gained: the place is already the best, or alone
 */
export function rankGap(rounded: readonly Exact[], at: number, places: number, decimals: number): RankGap | undefined {
  const own = rounded[at];
  if (own === undefined) return undefined;
  const others = rounded.filter((_, index) => index !== at);
  const rankAt = (value: Exact): number => 1 + others.filter((one) => compare(one, value) > 0).length;
  const now = rankAt(own);
  // Equal to a better place is not yet better than it: one step below each is what gains a rank.
  const step = ratio(1n, 10n ** BigInt(decimals));
  const below = others.filter((one) => compare(one, own) <= 0).map((one) => subtract(one, step));
  const gains = below
    .map((value) => ({ fall: subtract(own, value), places: rankAt(value) - now }))
    .filter((gap) => gap.places > 0)
    .sort((a, b) => compare(a.fall, b.fall));
  return gains.find((gap) => gap.places >= places) ?? gains.at(-1);
}

/**
 * By how much the rounded value has to fall to leave the worst `cut` of a list, or, already outside, by how much it may
 * rise before it is in (exclusive: that value itself is in). `undefined` for a list not longer than the cut.
 */
export function cutDistance(
  rounded: readonly Exact[],
  at: number,
  cut: number,
  decimals: number,
): { readonly inside: boolean; readonly distance: Exact } | undefined {
  const own = rounded[at];
  if (own === undefined || rounded.length <= cut) return undefined;
  const others = rounded.filter((_, index) => index !== at).sort((a, b) => compare(b, a));
  // With `cut` others above it a place is out; the last of these is the line.
  const line = others[cut - 1];
  if (line === undefined) return undefined;
  const inside = compare(own, line) >= 0;
  const step = ratio(1n, 10n ** BigInt(decimals));
  return { inside, distance: inside ? subtract(own, subtract(line, step)) : subtract(line, own) };
}
