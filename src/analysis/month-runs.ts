/**
 * Months in a row in the worst n, place by place: from published lists where they exist, else from computed ranks, which
 * are marked as such. What is left of the budget of a plan that allows fewer than `limit` in a row.
 */
import { cumulativeOf, monthsIn, type Period } from "../domain/period.ts";
import type { Place, PlaceKind } from "../domain/place.ts";
import type { DayNumber } from "../domain/time.ts";
import type { Policies } from "../standards/policy.ts";
import type { Store } from "../store/port.ts";
import { publishedRanks } from "../store/published-ranks.ts";
import { type RunOutlook, runOutlook } from "./outlook.ts";
import { fromWorstIn, listOf, listsFor } from "./published-list.ts";
import { placesBelow, rankPlaces } from "./rank.ts";
import { topOf } from "./rank-evidence.ts";
import type { StatIndicator } from "./stat-indicators.ts";

export type RunQuestion = {
  readonly indicator: StatIndicator;
  /** Places below it are listed. */
  readonly among: Place;
  readonly kind: PlaceKind;
  readonly year: number;
  readonly cut: number;
  readonly limit: number;
  readonly policies: Policies;
  readonly today: DayNumber;
  readonly daily?: string | undefined;
  readonly asOf?: number | undefined;
};

export type MonthSource = { readonly month: Period; readonly source: "published" | "computed" | "none" };

export type PlaceRun = RunOutlook & {
  readonly place: Place;
  /** Rank from the worst by month; undefined for a month without one. */
  readonly ranks: readonly (number | undefined)[];
  readonly inside: readonly (boolean | undefined)[];
};

export type MonthRuns = {
  readonly question: RunQuestion;
  readonly months: readonly MonthSource[];
  /** The places that were inside at least once, longest run first. */
  readonly rows: readonly PlaceRun[];
};

const MONTHS_A_YEAR = 12;

export async function monthRuns(store: Store, question: RunQuestion): Promise<MonthRuns> {
  const { indicator, among, kind, year, cut, limit, policies, today, asOf } = question;
  const table = await store.places();
  const city = topOf(table.places, among);
  const peers = placesBelow(table, city, kind);
  const mine = placesBelow(table, among, kind);
  const months = monthsIn(cumulativeOf(year, MONTHS_A_YEAR)).filter((month) => month.last <= today);
  const ranks = await publishedRanks(store.sql, {
    indicator: indicator.code,
    ...(asOf === undefined ? {} : { upTo: asOf }),
  });
  const lists = listsFor(ranks, new Set(peers.map((one) => one.id)));
  const sources: MonthSource[] = [];
  const byMonth: ((id: number) => number | undefined)[] = [];
  for (const month of months) {
    const list = listOf(lists, month);
    if (list !== undefined) {
      sources.push({ month, source: "published" });
      byMonth.push((id) => fromWorstIn(list, id, peers.length)?.rank);
      continue;
    }
    const { daily } = question;
    const computed = await rankPlaces(store, {
      indicator,
      among: city,
      kind,
      order: "worst",
      period: month,
      policies,
      today,
      daily,
    });
    const found = new Map(computed.all.map((row) => [row.item.place.id, row.fromWorst]));
    sources.push({ month, source: found.size === 0 ? "none" : "computed" });
    byMonth.push((id) => found.get(id));
  }
  const rows = mine.map((place): PlaceRun => {
    const own = byMonth.map((of) => of(place.id));
    const inside = own.map((rank) => (rank === undefined ? undefined : rank <= cut));
    return { place, ranks: own, inside, ...runOutlook(inside, MONTHS_A_YEAR - months.length, limit, policies.runGap) };
  });
  return {
    question,
    months: sources,
    rows: rows
      .filter((row) => row.longest > 0)
      .sort((a, b) => b.longest - a.longest || b.current - a.current || a.place.id - b.place.id),
  };
}
