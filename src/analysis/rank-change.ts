/**
 * How a ranking moved since another period: the change of each value in percent, of each rank, and the rank of the
 * change itself, as the city's bulletins print them.
 */
import { type Exact, subtract } from "../domain/exact.ts";
import { type Period, periodBefore, yearBefore } from "../domain/period.ts";
import { dayNumber, dayParts } from "../domain/time.ts";
import type { Policies } from "../standards/policy.ts";
import type { Store } from "../store/port.ts";
import { changePercent } from "./change.ts";
import { higherIsWorse, type Ranking, type RankQuestion, rankPlaces } from "./rank.ts";
import { type RankOrder, rankValues } from "./ranking.ts";
import { seriesBreak } from "./series-break.ts";

/** Against the same period a year before, or the period just before. */
export type ChangeKind = "yearOnYear" | "monthOnMonth";

export const CHANGE_ZH: Readonly<Record<ChangeKind, string>> = { yearOnYear: "同比", monthOnMonth: "环比" };

/** Bulletins print changes to a tenth of a percent. */
export const CHANGE_DECIMALS = 1;

export type RankChange = {
  /** The rounded value before; undefined when it was not valid. */
  readonly before: Exact | undefined;
  readonly difference: Exact | undefined;
  /** Unrounded; undefined without a value before, or when that was 0. */
  readonly percent: Exact | undefined;
  readonly rankBefore: number | undefined;
  /** Rank now minus rank before, in the order asked for. */
  readonly rankMoved: number | undefined;
  /** Competition rank of the change, rounded to a tenth of a percent, in the same order. */
  readonly rankOfChange: number | undefined;
  /** Why the two periods cannot be compared at this place; then there is no change in percent and no rank of it. */
  readonly seriesBreak?: string | undefined;
};

export type RankChanges = {
  readonly kind: ChangeKind;
  readonly period: Period;
  readonly byPlace: ReadonlyMap<number, RankChange>;
};

/** The period a change is counted from; `undefined` where none is (before 1992, before January). */
export function changeBase(kind: ChangeKind, period: Period): Period | undefined {
  if (kind === "monthOnMonth") return periodBefore(period);
  return dayNumber(dayParts(period.first).year - 1, 1, 1) === undefined ? undefined : yearBefore(period);
}

/** The changes of a ranking; `undefined` where there is no earlier period. */
export async function rankChanges(
  store: Store,
  ranking: Ranking,
  kind: ChangeKind,
  dailyOf: (period: Period) => Promise<string> = async () => "daily",
): Promise<RankChanges | undefined> {
  const { question } = ranking;
  const period = changeBase(kind, question.period);
  if (period === undefined) return undefined;
  const ask: RankQuestion = { ...question, period, worst: undefined, daily: await dailyOf(period) };
  const before = await rankPlaces(store, ask);
  const table = await store.places();
  const breaks = new Map(
    ranking.all.flatMap(({ item }) => {
      const found = seriesBreak(table, item.place, period, question.period);
      return found === undefined ? [] : [[item.place.id, found] as const];
    }),
  );
  return { kind, period, byPlace: compareRankings(ranking, before, question.policies, breaks) };
}

/** Each place's change from one whole ranking to another, by place id. */
export function compareRankings(
  now: Pick<Ranking, "all" | "question">,
  before: Pick<Ranking, "all">,
  policies: Pick<Policies, "changeFrom">,
  breaks: ReadonlyMap<number, string> = new Map(),
): ReadonlyMap<number, RankChange> {
  const earlier = new Map(before.all.map((row) => [row.item.place.id, row]));
  const from = policies.changeFrom;
  const changed = now.all.map((row) => {
    const old = earlier.get(row.item.place.id);
    const [a, b] = from === "rounded" ? [row.rounded, old?.rounded] : [row.value, old?.value];
    const broken = breaks.has(row.item.place.id);
    return { row, old, percent: b === undefined || broken ? undefined : changePercent(a, b) };
  });
  const ranks = rankOfChanges(
    changed.flatMap(({ row, percent }) => (percent === undefined ? [] : [{ item: row.item.place.id, value: percent }])),
    now.question.order,
    higherIsWorse(now.question.indicator.code),
  );
  return new Map(
    changed.map(({ row, old, percent }) => [
      row.item.place.id,
      {
        before: old?.rounded,
        difference: old === undefined ? undefined : subtract(row.rounded, old.rounded),
        percent,
        rankBefore: old?.rank,
        rankMoved: old === undefined ? undefined : row.rank - old.rank,
        rankOfChange: ranks.get(row.item.place.id),
        seriesBreak: breaks.get(row.item.place.id),
      },
    ]),
  );
}

/** Changes in percent ranked as values are: rounded first, to a tenth. */
export function rankOfChanges<K>(
  changes: readonly { readonly item: K; readonly value: Exact }[],
  order: RankOrder,
  higherIsWorse: boolean,
): ReadonlyMap<K, number> {
  const ranked = rankValues(changes, { order, decimals: CHANGE_DECIMALS, higherIsWorse });
  return new Map(ranked.map((one) => [one.item, one.rank]));
}
