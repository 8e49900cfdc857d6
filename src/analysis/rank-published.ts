/**
 * A computed ranking (推算) beside the published one: the published rank decides, differences stand with their likely
 * reason.
 */
import { type Exact, parseExact, subtract } from "../domain/exact.ts";
import type { Place } from "../domain/place.ts";
import { decimalText } from "../standards/gbt8170.ts";
import type { Store } from "../store/port.ts";
import { publishedRanks } from "../store/published-ranks.ts";
import { fromWorstIn, listOf, listsFor, type RankList } from "./published-list.ts";
import { placesBelow, type Ranking } from "./rank.ts";
import type { Ranked } from "./ranking.ts";
import type { StatAnswer } from "./stat-answer.ts";

export type PublishedBeside = {
  readonly list: RankList;
  /** Every place that is on the list, or by computation in the worst as many. */
  readonly rows: readonly PublishedRow[];
};

export type PublishedRow = {
  readonly place: Place;
  /** From the worst; with `listed` false at least so much. Undefined where the list cannot tell. */
  readonly published: number | undefined;
  readonly listed: boolean;
  readonly printed: string | undefined;
  /** From the worst, by computation. */
  readonly computed: number | undefined;
  /** Computed minus published; undefined where the two agree or cannot be compared. */
  readonly difference: number | undefined;
  /** Why they differ, as far as the data can tell; empty where they agree. */
  readonly reason: string;
};

/** The published list of the ranking's indicator, kind and period beside it; `undefined` when nobody published one. */
export async function publishedBeside(
  store: Store,
  ranking: Ranking,
  asOf?: number,
): Promise<PublishedBeside | undefined> {
  const { question } = ranking;
  if (question.indicator.kind !== "measured") return undefined;
  const table = await store.places();
  const peers = placesBelow(table, question.among, question.kind);
  const ranks = await publishedRanks(store.sql, {
    indicator: question.indicator.code,
    ...(asOf === undefined ? {} : { upTo: asOf }),
  });
  const list = listOf(listsFor(ranks, new Set(peers.map((one) => one.id))), question.period);
  if (list === undefined) return undefined;
  const computed = new Map(ranking.all.map((row) => [row.item.place.id, row]));
  const rows = peers.flatMap((place): PublishedRow[] => {
    const row = computed.get(place.id);
    const onList = list.rows.has(place.id);
    if (!onList && !(row !== undefined && list.order === "worst" && row.fromWorst <= list.length)) return [];
    return [besideOf(ranking, list, place, row, peers.length)];
  });
  return { list, rows: rows.sort((a, b) => (a.published ?? 0) - (b.published ?? 0)) };
}

function besideOf(
  ranking: Ranking,
  list: RankList,
  place: Place,
  row: Ranked<StatAnswer> | undefined,
  known: number,
): PublishedRow {
  const found = fromWorstIn(list, place.id, known);
  const printed = list.rows.get(place.id)?.printed;
  const agrees = found !== undefined && row !== undefined && found.listed && found.rank === row.fromWorst;
  const difference = agrees || found === undefined || row === undefined ? undefined : row.fromWorst - found.rank;
  return {
    place,
    published: found?.rank,
    listed: found?.listed ?? false,
    printed,
    computed: row?.fromWorst,
    difference: difference === 0 && found?.listed === true ? undefined : difference,
    reason: agrees ? "" : whyDifferent(ranking, place, row, printed),
  };
}

/** The likeliest first: our value is another, our list lacks places, days are missing, or one rounding step decides. */
function whyDifferent(
  ranking: Ranking,
  place: Place,
  row: Ranked<StatAnswer> | undefined,
  printed: string | undefined,
): string {
  if (row === undefined) {
    const missing = ranking.missing.find((one) => one.place.id === place.id);
    return missing === undefined || missing.valid === true
      ? "库内没有该地点的数据"
      : `本地数据无效：${missing.valid.zh}`;
  }
  const reasons: string[] = [];
  const theirs = printed === undefined ? undefined : parseExact(printed);
  if (theirs !== undefined) {
    const off: Exact = subtract(row.rounded, theirs);
    if (off.num !== 0n) {
      reasons.push(
        `推算值 ${decimalText(row.rounded, ranking.decimals)} 与公布值 ${printed} 不同，可能是初步数据或后来更正`,
      );
    }
  }
  if (row.item.n < row.item.expected) reasons.push(`本地缺 ${row.item.expected - row.item.n} 天`);
  if (ranking.missing.length > 0) reasons.push(`推算时有 ${ranking.missing.length} 个地点没有有效数据`);
  const twins = ranking.all.filter(
    (one) => one !== row && one.rounded.num * row.rounded.den === row.rounded.num * one.rounded.den,
  );
  if (twins.length > 0) reasons.push(`与 ${twins.length} 个地点修约后并列`);
  const gaps = ranking.all.filter((one) => one.item.n < one.item.expected).length;
  if (reasons.length === 0 && gaps > 0) reasons.push(`其他 ${gaps} 个地点本地缺天数`);
  return reasons.join("；") || "原因不明：两份名单的地点范围或数据版本可能不同";
}
