/** The city's stations by PM2.5 over the period, worst first. */
import { periodStatistics } from "../../../src/analysis/period.ts";
import { rankValues } from "../../../src/analysis/ranking.ts";
import type { Statistic } from "../../../src/analysis/statistic.ts";
import { subjectOf } from "../../../src/analysis/subject.ts";
import { indicatorOf } from "../../../src/domain/indicator.ts";
import type { PeriodKind } from "../../../src/domain/period.ts";
import type { Place, PlaceTable } from "../../../src/domain/place.ts";
import { decimalText } from "../../../src/standards/gbt8170.ts";
import type { RankTable } from "../district-data.ts";
import { tight } from "./figures.ts";
import type { Scene } from "./question.ts";

const MEAN_ZH: Partial<Record<PeriodKind, string>> = {
  month: "月均浓度",
  quarter: "季均浓度",
  halfYear: "半年均浓度",
  year: "年均浓度",
};

export type StationRanking = { readonly table: RankTable; readonly statistics: readonly Statistic[] };

/** Stations without a valid mean stand apart with the reason; those without any data at all are among them. */
export async function stationRanking({ store, place, period, policies, today }: Scene): Promise<StationRanking> {
  const places = await store.places();
  const indicator = indicatorOf("pm25");
  const subjects = stationsOf(places, cityOf(places, place)).map((one) => subjectOf(places, one, indicator.medium));
  const statistics = await periodStatistics(store, { indicator, subjects, period, policies, today });
  const valid = statistics.flatMap((item) =>
    item.valid === true && item.value !== undefined ? [{ item, value: item.value }] : [],
  );
  const ranked = rankValues(valid, { order: "worst", decimals: indicator.decimals, higherIsWorse: true });
  const table: RankTable = {
    zh: `${indicator.zh}${MEAN_ZH[period.kind] ?? "平均浓度"}`,
    unit: indicator.unit,
    amongZh: "全市站点",
    rows: ranked.map(({ item, rank, tied, rounded }) => ({
      rank,
      tied,
      place: item.place.name,
      value: decimalText(rounded, indicator.decimals),
      validDays: item.n,
      own: item.place.parentId === place.id,
    })),
    missing: statistics.flatMap((item) =>
      item.valid === true
        ? []
        : [{ place: item.place.name, whatZh: indicator.zh, reason: tight(item.valid.zh), validDays: item.n }],
    ),
  };
  return { table, statistics };
}

/** The place above which there is none. */
function cityOf(table: PlaceTable, place: Place): Place {
  const parent = table.places.find((one) => one.id === place.parentId);
  return parent === undefined ? place : cityOf(table, parent);
}

/** The stations below a city, by code, so that a tie is listed in the same order everywhere. */
function stationsOf(table: PlaceTable, city: Place): readonly Place[] {
  return table.places
    .filter((one) => one.kind === "station" && cityOf(table, one).id === city.id)
    .sort((a, b) => (a.code < b.code ? -1 : 1));
}
