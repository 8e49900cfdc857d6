/** Rankings of the city's places over the period, worst first, as tables of the briefing. */
import { type Ranking, rankPlaces } from "../../../src/analysis/rank.ts";
import { type PublishedBeside, publishedBeside } from "../../../src/analysis/rank-published.ts";
import type { StatAnswer } from "../../../src/analysis/stat-answer.ts";
import { statIndicator } from "../../../src/analysis/stat-indicators.ts";
import type { Period } from "../../../src/domain/period.ts";
import { monthsIn, periodBefore } from "../../../src/domain/period.ts";
import type { Place, PlaceKind } from "../../../src/domain/place.ts";
import { decimalText } from "../../../src/standards/gbt8170.ts";
import type { RankRow, RankTable } from "../district-data.ts";
import type { NoData } from "../district-parts.ts";
import { cityOf } from "./city.ts";
import type { Cuts } from "./cuts.ts";
import { tight } from "./figures.ts";
import { type Scene, spanWords } from "./question.ts";

type RankTableQuestion = {
  readonly indicator: string;
  readonly kind: PlaceKind;
  readonly amongZh: string;
  /** List the district's own places only; their ranks are still those in the whole list. */
  readonly ownOnly: boolean;
};

export type BuiltRanking = { readonly table: RankTable; readonly answers: readonly StatAnswer[] };

const TOWNSHIP_INDICATORS = ["pm25", "tsp", "road_dust_load"] as const;

/**
 * Stations always; townships by PM2.5, TSP and road dust load, those no source covers by name. The whole city's list
 * would be twelve pages.
 * @param dustOnly TSP of townships alone: the half-month's briefing
 */
export async function cityRankings(
  scene: Scene,
  cuts: Cuts,
  dustOnly: boolean,
): Promise<{ readonly rankings: readonly BuiltRanking[]; readonly noData: readonly NoData[] }> {
  const rankings: BuiltRanking[] = [];
  const noData: NoData[] = [];
  if (!dustOnly) {
    const asked = { indicator: "pm25", kind: "station", amongZh: "全市站点", ownOnly: false } as const;
    rankings.push(await rankTable(scene, asked, cuts));
  }
  for (const indicator of dustOnly ? (["tsp"] as const) : TOWNSHIP_INDICATORS) {
    const one = await rankTable(scene, { indicator, kind: "township", amongZh: "全市街乡", ownOnly: true }, cuts);
    if (one.table.n > 0 || one.table.published !== undefined) rankings.push(one);
    else noData.push({ zh: `街乡${statIndicator(indicator).zh}排名`, reason: "没有街乡数据和公布名单" });
  }
  return { rankings, noData };
}

/** Places without a valid value stand apart with the reason. */
async function rankTable(scene: Scene, asked: RankTableQuestion, cuts: Cuts): Promise<BuiltRanking> {
  const { store, place, period } = scene;
  const ranking = await rankingOver(scene, asked, period);
  const earlier = asked.ownOnly ? periodBefore(period) : undefined;
  const before = earlier === undefined ? undefined : await rankingOver(scene, asked, earlier);
  const beside = asked.ownOnly ? await publishedBeside(store, ranking) : undefined;
  const listed = (one: Place): boolean => !asked.ownOnly || one.parentId === place.id;
  const rows = rowsOf(scene, ranking, before, beside).filter((row) => !asked.ownOnly || row.own);
  const cut = asked.ownOnly ? cuts(asked.indicator, period) : undefined;
  const zh = ranking.question.indicator.zh;
  const table: RankTable = {
    zh: ranking.n === 0 ? zh : `${zh}${spanWords(period, asked.indicator).meanZh}`,
    unit: ranking.unit,
    amongZh: asked.amongZh,
    n: ranking.n,
    ownOnly: asked.ownOnly,
    rows,
    ...(countedInMonths(period, ranking) ? { countedIn: "months" } : {}),
    ...(rows.some((row) => row.move !== undefined) ? { beforeZh: spanWords(period, asked.indicator).beforeZh } : {}),
    ...(cut === undefined ? {} : { cut }),
    ...(beside === undefined ? {} : { published: publishedList(scene, beside) }),
    missing: ranking.missing
      .filter((one) => listed(one.place))
      .flatMap((one) =>
        one.valid === true
          ? []
          : [{ place: one.place.name, whatZh: `街乡${zh}`, reason: tight(one.valid.zh), validDays: one.n }],
      )
      .map((row) => (asked.ownOnly ? row : { ...row, whatZh: zh })),
  };
  return { table, answers: [...ranking.rows.map(({ item }) => item), ...ranking.missing] };
}

/** A month's figure stands on one day of it: over a quarter three of them are three months, not three days. */
function countedInMonths(period: Period, { rows }: Ranking): boolean {
  const months = monthsIn(period).length;
  return months > 1 && rows.length > 0 && rows.every(({ item }) => item.n <= months);
}

async function rankingOver(
  { store, place, policies, today }: Scene,
  { indicator, kind }: RankTableQuestion,
  period: Period,
): Promise<Ranking> {
  return await rankPlaces(store, {
    indicator: statIndicator(indicator),
    among: cityOf(await store.places(), place),
    kind,
    order: "worst",
    period,
    policies,
    today,
  });
}

/** The computed rows; where nothing could be computed, those of the published list. */
function rowsOf(
  { place }: Scene,
  ranking: Ranking,
  before: Ranking | undefined,
  beside: PublishedBeside | undefined,
): readonly RankRow[] {
  const own = (one: Place): boolean => one.parentId === place.id;
  if (ranking.n === 0) {
    const rows = beside?.rows ?? [];
    return rows.flatMap(({ place: one, published, listed, printed }) =>
      !listed || published === undefined
        ? []
        : [
            {
              rank: published,
              tied: rows.some((other) => other.place !== one && other.listed && other.published === published),
              place: one.name,
              value: printed ?? "—",
              validDays: 0,
              own: own(one),
            },
          ],
    );
  }
  const earlier = new Map((before?.rows ?? []).map((row) => [row.item.place.id, row.rank]));
  const official = new Map((beside?.rows ?? []).map((row) => [row.place.id, row]));
  return ranking.rows.map(({ item, rank, tied, rounded }): RankRow => {
    const then = earlier.get(item.place.id);
    const printed = official.get(item.place.id);
    return {
      rank,
      tied,
      place: item.place.name,
      value: decimalText(rounded, ranking.decimals),
      validDays: item.n,
      ...(then === undefined ? {} : { move: rank - then }),
      ...(printed?.listed === true && printed.published !== undefined ? { published: printed.published } : {}),
      own: own(item.place),
    };
  });
}

function publishedList({ place }: Scene, { list, rows }: PublishedBeside): NonNullable<RankTable["published"]> {
  return {
    issuer: list.issuer,
    length: list.length,
    differences: rows
      .filter((row) => row.reason !== "" && row.place.parentId === place.id)
      .map(({ place: { name }, reason }) => ({ place: name, reason: tight(reason) })),
  };
}
