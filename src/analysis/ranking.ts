/**
 * Ranking values: rounded first, ties share a rank and the next rank skips (1, 2, 2, 4); ranks from both ends; the
 * worst n by rank, with the tie group that lies across the cut marked.
 */
import { compare, type Exact } from "../domain/exact.ts";
import { roundHalfEven } from "../standards/gbt8170.ts";

export type RankOrder = "worst" | "best";

export type Ranked<T> = {
  readonly item: T;
  readonly value: Exact;
  readonly rounded: Exact;
  /** In the order asked for; one of the two below. */
  readonly rank: number;
  readonly fromWorst: number;
  readonly fromBest: number;
  readonly tied: boolean;
  readonly groupSize: number;
  /** Whether the tie group begins at or before the worst `cut` and ends after it. */
  readonly straddles: boolean;
};

export type RankOptions = {
  readonly order: RankOrder;
  readonly decimals: number;
  /** Whether the larger value is the worse one (concentrations) or the better one (good-day ratio). */
  readonly higherIsWorse: boolean;
  /** The worst n to be marked. */
  readonly cut?: number | undefined;
};

/** The values in rank order; inside a tie group the order of the input. */
export function rankValues<T>(
  values: readonly { readonly item: T; readonly value: Exact }[],
  { order, decimals, higherIsWorse, cut }: RankOptions,
): readonly Ranked<T>[] {
  const rounded = values.map((one, index) => ({ ...one, index, rounded: roundHalfEven(one.value, decimals) }));
  // Worst first; the sort is stable, so a tie group keeps the order of the input.
  const worstFirst = rounded.sort((a, b) => (higherIsWorse ? -1 : 1) * compare(a.rounded, b.rounded));
  const ranked: Ranked<T>[] = [];
  for (let from = 0; from < worstFirst.length; ) {
    const head = worstFirst[from];
    if (head === undefined) break;
    let to = from;
    while (to < worstFirst.length && compare(worstFirst[to]?.rounded ?? head.rounded, head.rounded) === 0) to += 1;
    const fromWorst = from + 1;
    const fromBest = worstFirst.length - to + 1;
    for (const one of worstFirst.slice(from, to)) {
      ranked.push({
        item: one.item,
        value: one.value,
        rounded: one.rounded,
        rank: order === "worst" ? fromWorst : fromBest,
        fromWorst,
        fromBest,
        tied: to - from > 1,
        groupSize: to - from,
        straddles: cut !== undefined && fromWorst <= cut && to > cut,
      });
    }
    from = to;
  }
  if (order === "worst") return ranked;
  return groupsReversed(ranked);
}

/** Best first, but a tie group still in the order of the input. */
function groupsReversed<T>(ranked: readonly Ranked<T>[]): readonly Ranked<T>[] {
  const groups = new Map<number, Ranked<T>[]>();
  for (const one of ranked) groups.set(one.fromWorst, [...(groups.get(one.fromWorst) ?? []), one]);
  return [...groups.values()].reverse().flat();
}
