/**
 * What stands beside the ranks, marked as aids and never as the official rank: changes, published ranks, the difference
 * from the median of the network, and the share of stations behind each figure.
 */
import { add, compare, divide, type Exact, ratio, subtract, toNumber } from "../domain/exact.ts";
import type { Period } from "../domain/period.ts";
import { decimalText } from "../standards/gbt8170.ts";
import type { RankBeside, Ranking } from "./rank.ts";
import { CHANGE_DECIMALS, type RankChange, type RankChanges } from "./rank-change.ts";
import type { PublishedBeside } from "./rank-published.ts";

/** The middle of the ranked, unrounded values; between two the mean. */
export function networkMedian({ all }: Pick<Ranking, "all">): Exact | undefined {
  const sorted = all.map((row) => row.value).sort(compare);
  const [low, high] = [sorted[Math.floor((all.length - 1) / 2)], sorted[Math.floor(all.length / 2)]];
  return low === undefined || high === undefined ? undefined : divide(add(low, high), ratio(2n));
}

/** Everything beside a ranking in JSON keys. */
export function besideJson(
  ranking: Ranking,
  changes: readonly RankChanges[],
  published: PublishedBeside | undefined,
): RankBeside {
  const number = (value: Exact | undefined): number | null => (value === undefined ? null : toNumber(value));
  const median = networkMedian(ranking);
  const official = new Map((published?.rows ?? []).map((row) => [row.place.id, row]));
  const columns = new Map(
    ranking.all.map((row) => {
      const { id } = row.item.place;
      const own = official.get(id);
      return [
        id,
        {
          ...(median === undefined ? {} : { fromMedian: number(subtract(row.value, median)) }),
          ...Object.fromEntries(changes.map((one) => [one.kind, changeKeys(one.period, one.byPlace.get(id))])),
          ...(published === undefined
            ? {}
            : {
                published: own?.listed === true ? (own.published ?? null) : null,
                publishedValue: own?.printed ?? null,
                ...(own === undefined || own.reason === ""
                  ? {}
                  : { difference: own.difference ?? null, reason: own.reason }),
              }),
        },
      ] as const;
    }),
  );
  const head = {
    ...(median === undefined ? {} : { median: number(median), medianNote: "与网络中位数之差只作参考，不是名次" }),
    ...(published === undefined ? {} : { publishedList: publishedKeys(published) }),
  };
  return { columns, head };
}

function changeKeys(period: Period, change: RankChange | undefined): Readonly<Record<string, unknown>> {
  const number = (value: Exact | undefined): number | null => (value === undefined ? null : toNumber(value));
  return {
    period: period.text,
    before: number(change?.before),
    difference: number(change?.difference),
    percent: change?.percent === undefined ? null : Number(decimalText(change.percent, CHANGE_DECIMALS)),
    rankBefore: change?.rankBefore ?? null,
    rankMoved: change?.rankMoved ?? null,
    rankOfChange: change?.rankOfChange ?? null,
    ...(change?.seriesBreak === undefined ? {} : { seriesBreak: change.seriesBreak }),
  };
}

function publishedKeys({ list, rows }: PublishedBeside): Readonly<Record<string, unknown>> {
  const differing = rows.filter((row) => row.reason !== "");
  return {
    issuer: list.issuer,
    list: list.list,
    period: list.period,
    order: list.order,
    length: list.length,
    batch: list.batch,
    note: "以公布排名为准，本表名次为推算",
    differences: differing.map((row) => ({
      place: row.place.name,
      code: row.place.code,
      published: row.listed ? (row.published ?? null) : null,
      computed: row.computed ?? null,
      reason: row.reason,
    })),
  };
}
