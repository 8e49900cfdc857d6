/** A ranking of the city's places over the period, worst first, as a table of the briefing. */
import { rankPlaces } from "../../../src/analysis/rank.ts";
import type { StatAnswer } from "../../../src/analysis/stat-answer.ts";
import { statIndicator } from "../../../src/analysis/stat-indicators.ts";
import type { Place, PlaceKind } from "../../../src/domain/place.ts";
import { decimalText } from "../../../src/standards/gbt8170.ts";
import type { RankTable } from "../district-data.ts";
import { cityOf } from "./city.ts";
import { tight } from "./figures.ts";
import { type Scene, spanWords } from "./question.ts";

export type RankTableQuestion = {
  readonly indicator: string;
  readonly kind: PlaceKind;
  readonly amongZh: string;
  /** List the district's own places only; their ranks are still those in the whole list. */
  readonly ownOnly: boolean;
};

export type BuiltRanking = { readonly table: RankTable; readonly answers: readonly StatAnswer[] };

/** Places without a valid value stand apart with the reason. */
export async function rankTable(scene: Scene, asked: RankTableQuestion): Promise<BuiltRanking> {
  const { store, place, period, policies, today } = scene;
  const places = await store.places();
  const indicator = statIndicator(asked.indicator);
  const among = cityOf(places, place);
  const ranking = await rankPlaces(store, {
    indicator,
    among,
    kind: asked.kind,
    order: "worst",
    period,
    policies,
    today,
  });
  const listed = (one: Place): boolean => !asked.ownOnly || one.parentId === place.id;
  const table: RankTable = {
    zh: `${indicator.zh}${spanWords(period).meanZh}`,
    unit: ranking.unit,
    amongZh: asked.amongZh,
    n: ranking.n,
    ownOnly: asked.ownOnly,
    rows: ranking.rows
      .filter(({ item }) => listed(item.place))
      .map(({ item, rank, tied, rounded }) => ({
        rank,
        tied,
        place: item.place.name,
        value: decimalText(rounded, ranking.decimals),
        validDays: item.n,
        own: item.place.parentId === place.id,
      })),
    missing: ranking.missing
      .filter((one) => listed(one.place))
      .flatMap((one) =>
        one.valid === true
          ? []
          : [{ place: one.place.name, whatZh: indicator.zh, reason: tight(one.valid.zh), validDays: one.n }],
      ),
  };
  return { table, answers: [...ranking.rows.map(({ item }) => item), ...ranking.missing] };
}
