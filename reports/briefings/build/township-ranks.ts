/** A city ranking of townships, and what one township reads in it. */
import type { Ranking } from "../../../src/analysis/rank.ts";
import { cutDistance, rankGap } from "../../../src/analysis/rank-gap.ts";
import { statIndicator } from "../../../src/analysis/stat-indicators.ts";
import { type Period, periodBefore, periodZh } from "../../../src/domain/period.ts";
import type { Place } from "../../../src/domain/place.ts";
import { decimalText } from "../../../src/standards/gbt8170.ts";
import type { RankRow } from "../district-data.ts";
import type { TownshipRank } from "../township-data.ts";
import type { CityLists } from "./city-rankings.ts";
import { figureOf } from "./figures.ts";
import { spanWords } from "./question.ts";

/** Places shown above and below. */
const AROUND = 3;
/** Places worth a sentence: one place up is noise. */
const GAIN = 3;

export type CityRanking = {
  readonly now: Ranking;
  readonly before: Ranking | undefined;
  readonly period: Period;
  /** The worst n not to be among, where there is such a line. */
  readonly worst: number | undefined;
  readonly zh: string;
};

/** The townships of the whole city over a span, with the span before it. */
export async function cityRanking(
  lists: CityLists,
  code: string,
  period: Period,
  worst: number | undefined,
): Promise<CityRanking> {
  const earlier = periodBefore(period);
  const now = await lists(code, period);
  return {
    now,
    before: earlier === undefined ? undefined : await lists(code, earlier),
    period,
    worst,
    zh: `${statIndicator(code).zh}${spanWords(period, code).meanZh}`,
  };
}

/** One township's line: value, rank, move, what it takes to move, and its neighbours. */
export function townshipRank({ now, before, period, worst, zh }: CityRanking, township: Place): TownshipRank {
  const at = now.rows.findIndex(({ item }) => item.place.id === township.id);
  const row = now.rows[at];
  const base = {
    zh,
    periodZh: periodZh(period),
    unit: now.unit,
    amongZh: "全市街乡",
    n: now.n,
    beforeZh: spanWords(period, now.question.indicator.code).beforeZh,
  };
  if (row === undefined) {
    const missing = now.missing.find(({ place }) => place.id === township.id);
    const figure = missing === undefined ? { reason: "没有数据" } : figureOf(missing);
    return { ...base, figure: "value" in figure ? { reason: "没有数据" } : figure, tied: false, neighbours: [] };
  }
  const rounded = now.rows.map((one) => one.rounded);
  const gap = rankGap(rounded, at, GAIN, now.decimals);
  const cut = worst === undefined ? undefined : cutDistance(rounded, at, worst, now.decimals);
  const earlier = before?.rows.find(({ item }) => item.place.id === township.id);
  return {
    ...base,
    figure: { value: decimalText(row.rounded, now.decimals) },
    rank: row.rank,
    tied: row.tied,
    ...(earlier === undefined ? {} : { move: row.rank - earlier.rank }),
    ...(gap === undefined ? {} : { gap: { fall: decimalText(gap.fall, now.decimals), places: gap.places } }),
    ...(cut === undefined || worst === undefined
      ? {}
      : { cut: { worst, inside: cut.inside, distance: decimalText(cut.distance, now.decimals) } }),
    neighbours: around(now.rows, row).map(
      (one): RankRow => ({
        rank: one.rank,
        tied: one.tied,
        place: one.item.place.name,
        value: decimalText(one.rounded, now.decimals),
        validDays: one.item.n,
        own: one.item.place.id === township.id,
      }),
    ),
  };
}

/** The nearest places of other ranks: those tied with it, often dozens, are not ones to pass or to be passed by. */
function around(rows: Ranking["rows"], own: Ranking["rows"][number]): Ranking["rows"] {
  const worse = rows.filter(({ rank }) => rank < own.rank).slice(-AROUND);
  const better = rows.filter(({ rank }) => rank > own.rank).slice(0, AROUND);
  return [...worse, own, ...better];
}
