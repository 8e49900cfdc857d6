/**
 * Published ranks as lists: which list answers for a kind of places in a period, and what it says of a place that is not
 * on it.
 */
import type { Period } from "../domain/period.ts";
import type { PublishedRank, RankOrder } from "../store/published-ranks.ts";

export type RankList = {
  readonly issuer: string;
  readonly list: string;
  readonly period: string;
  readonly first: number;
  readonly last: number;
  readonly order: RankOrder;
  /** Places the list prints. */
  readonly length: number;
  /** The printed rank, in the list's order, and the printed value, by place id. */
  readonly rows: ReadonlyMap<number, { readonly rank: number; readonly printed: string | undefined }>;
  readonly batch: number;
};

/** The lists among published ranks that speak of the given places; of several for the same days the one with most of them. */
export function listsFor(ranks: readonly PublishedRank[], placeIds: ReadonlySet<number>): readonly RankList[] {
  const groups = new Map<string, PublishedRank[]>();
  for (const rank of ranks) {
    if (!placeIds.has(rank.placeId)) continue;
    const key = [rank.issuer, rank.list, rank.order, rank.first, rank.last].join("\n");
    groups.set(key, [...(groups.get(key) ?? []), rank]);
  }
  const best = new Map<string, RankList>();
  for (const group of groups.values()) {
    const [head] = group;
    if (head === undefined) continue;
    const { issuer, list, period, first, last, order } = head;
    const rows = new Map(group.map(({ placeId, rank, printed }) => [placeId, { rank, printed }]));
    const length = Math.max(...group.map((one) => one.listLength));
    const batch = Math.max(...group.map((one) => one.batch));
    const key = `${first}|${last}`;
    const held = best.get(key);
    if (held === undefined || held.rows.size < rows.size) {
      best.set(key, { issuer, list, period, first, last, order, length, rows, batch });
    }
  }
  return [...best.values()].sort((a, b) => a.first - b.first || a.last - b.last);
}

/** The list of exactly a period's days. */
export function listOf(
  lists: readonly RankList[],
  { first, last }: Pick<Period, "first" | "last">,
): RankList | undefined {
  return lists.find((one) => one.first === first && one.last === last);
}

/**
 * A place's rank from the worst by a list. A list that prints the worst n says of every other place that its rank is
 * above n: `listed` is false then, and `rank` the best that can be said, n + 1.
 *
 * @returns `undefined` where the list says nothing: it runs best first and does not print every place
 */
export function fromWorstIn(
  list: RankList,
  placeId: number,
  known: number,
): { readonly rank: number; readonly listed: boolean } | undefined {
  const row = list.rows.get(placeId);
  if (list.order === "worst") {
    return row === undefined ? { rank: list.length + 1, listed: false } : { rank: row.rank, listed: true };
  }
  if (row === undefined || list.rows.size < known) return undefined;
  const worse = [...list.rows.values()].filter((one) => one.rank > row.rank).length;
  return { rank: worse + 1, listed: true };
}
