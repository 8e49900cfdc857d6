/**
 * What changed between two states of a store: replaced readings → moved days → moved statistics, ranks and standings,
 * each with what it was, what it is, and the batches and sources that did it.
 */
import { compare, type Exact, toNumber } from "../domain/exact.ts";
import { indicatorById } from "../domain/indicator.ts";
import { monthOf, type Period, yearOf } from "../domain/period.ts";
import type { Place, PlaceKind, PlaceTable } from "../domain/place.ts";
import type { Plan, Standing } from "../domain/plan.ts";
import { type DayNumber, dayNumber, dayParts } from "../domain/time.ts";
import { roundHalfEven } from "../standards/gbt8170.ts";
import type { Policies } from "../standards/policy.ts";
import { type HeldBatch, listBatches } from "../store/batches.ts";
import type { Store } from "../store/port.ts";
import { type StoreState, stateAt } from "./as-of.ts";
import {
  type ChangedReadings,
  changedReadings,
  type DayMove,
  movedDays,
  type ReadingMove,
} from "./changed-readings.ts";
import { rankPlaces } from "./rank.ts";
import { topOf } from "./rank-evidence.ts";
import { askStatistics, type StatAnswer } from "./stat-answer.ts";
import { type StatIndicator, statIndicator } from "./stat-indicators.ts";
import { judgePlans } from "./target-board.ts";

export type ChangeQuestion = {
  /** The earlier batch; 0 is the empty store. */
  readonly from: number;
  /** The later batch; undefined for the present. */
  readonly to: number | undefined;
  readonly plans: readonly Plan[];
  /** The day standings are compared on. */
  readonly at: DayNumber;
  readonly policies: Policies;
  /** The last day that is over. */
  readonly today: DayNumber;
};

export type FromTo<T> = { readonly from: T | undefined; readonly to: T | undefined };

export type StatisticMove = FromTo<Exact> & {
  readonly place: Place;
  readonly indicator: string;
  readonly period: Period;
  readonly validFrom: boolean;
  readonly validTo: boolean;
};

export type RankMove = FromTo<number> & {
  readonly place: Place;
  readonly indicator: string;
  readonly period: Period;
  readonly kind: PlaceKind;
  readonly value: FromTo<Exact>;
};

export type StandingMove = FromTo<Standing> & {
  readonly id: string;
  readonly metric: string;
  readonly place: string | undefined;
  readonly value: FromTo<Exact>;
};

export type Changes = {
  readonly question: ChangeQuestion;
  /** The batches after `from`, up to `to`. */
  readonly batches: readonly HeldBatch[];
  readonly readings: ChangedReadings;
  readonly days: { readonly total: number; readonly days: readonly DayMove[] };
  readonly statistics: readonly StatisticMove[];
  readonly ranks: readonly RankMove[];
  readonly standings: readonly StandingMove[];
};

/** Moved days shown one by one. */
const DAYS_SHOWN = 200;

/** Everything that moved from one batch to another. */
export async function changesBetween(store: Store, question: ChangeQuestion): Promise<Changes> {
  const { from, to } = question;
  const batches = (await listBatches(store.sql)).filter((one) => one.id > from && one.id <= (to ?? one.id)).reverse();
  const readings = await changedReadings(store, from, to);
  const states: readonly [StoreState, StoreState] = [stateAt(store, from), stateAt(store, to)];
  const none = { question, batches, readings, days: { total: 0, days: [] }, statistics: [], ranks: [] };
  if (readings.days === undefined) return { ...none, standings: await movedStandings(states, question) };
  // Whole years, so that one table of daily values serves every period asked about.
  const span = {
    first: dayNumber(dayParts(readings.days.first).year, 1, 1) ?? readings.days.first,
    last: dayNumber(dayParts(readings.days.last).year, 12, 31) ?? readings.days.last,
  };
  const [before, after] = [await states[0].dailyOf(span), await states[1].dailyOf(span)];
  const days = await movedDays(store, before, after, DAYS_SHOWN);
  const asked = await periodsTouched(store, readings.moves);
  const statistics: StatisticMove[] = [];
  const ranks: RankMove[] = [];
  for (const { indicator, places, kinds, period } of asked) {
    statistics.push(...(await movedStatistics(states, [before, after], { indicator, places, period }, question)));
    for (const kind of kinds) {
      ranks.push(...(await movedRanks(states, [before, after], { indicator, kind, period }, question)));
    }
  }
  return { question, batches, readings, days, statistics, ranks, standings: await movedStandings(states, question) };
}

type Asked = {
  readonly indicator: StatIndicator;
  readonly places: readonly Place[];
  readonly kinds: readonly PlaceKind[];
  readonly period: Period;
};

const RANKED: readonly PlaceKind[] = ["township", "station", "road"];

/** The months and years each indicator was touched in, with the places whose figures rest on the touched ones. */
async function periodsTouched(store: Store, moves: readonly ReadingMove[]): Promise<readonly Asked[]> {
  const table = await store.places();
  const asked: Asked[] = [];
  for (const id of new Set(moves.map((one) => one.indicatorId))) {
    const found = indicatorById(id);
    if (found.averaging === "none" || found.medium === "weather") continue;
    const indicator = statIndicator(found.code);
    const mine = moves.filter((one) => one.indicatorId === id);
    for (const period of periodsOf(mine)) {
      const touched = mine
        .filter((one) => one.first <= period.last && period.first <= one.last)
        .map((one) => one.placeId);
      const places = standingOn(table, new Set(touched));
      const kinds = RANKED.filter((kind) => places.some((one) => kindOf(one) === kind));
      asked.push({ indicator, places, kinds, period });
    }
  }
  return asked;
}

function kindOf({ kind }: Place): PlaceKind {
  return kind === "zone" ? "township" : kind;
}

function periodsOf(moves: readonly ReadingMove[]): readonly Period[] {
  const months = new Map<string, Period>();
  for (const { first, last } of moves) {
    for (let day = first; day <= last; ) {
      const { year, month } = dayParts(day);
      const period = monthOf(year, month);
      months.set(period.text, period);
      day = period.last + 1;
    }
  }
  const list = [...months.values()].sort((a, b) => a.first - b.first);
  const years = [...new Set(list.map((month) => dayParts(month.first).year))];
  return [...list, ...years.map(yearOf)];
}

/** The touched places themselves, and those whose station set holds one of them. */
function standingOn(table: PlaceTable, touched: ReadonlySet<number>): readonly Place[] {
  const sets = table.sets.filter((set) => set.stationIds.some((id) => touched.has(id))).map((set) => set.placeId);
  const all = new Set([...touched, ...sets]);
  return table.places.filter((place) => all.has(place.id));
}

type Pair = readonly [string, string];
type States = readonly [StoreState, StoreState];

async function movedStatistics(
  states: States,
  daily: Pair,
  { indicator, places, period }: Omit<Asked, "kinds">,
  { policies, today }: ChangeQuestion,
): Promise<readonly StatisticMove[]> {
  const ask = (k: 0 | 1): Promise<readonly StatAnswer[]> =>
    askStatistics(states[k].store, { indicator, places, period, policies, today, daily: daily[k] });
  const [before, after] = [await ask(0), await ask(1)];
  return places.flatMap((place, k): StatisticMove[] => {
    const [a, b] = [before[k], after[k]];
    const [from, to] = [roundedOf(a), roundedOf(b)];
    if (same(from, to) && (a?.valid === true) === (b?.valid === true)) return [];
    const { code } = indicator;
    return [{ place, indicator: code, period, from, to, validFrom: a?.valid === true, validTo: b?.valid === true }];
  });
}

function roundedOf(answer: StatAnswer | undefined): Exact | undefined {
  return answer?.value === undefined ? undefined : roundHalfEven(answer.value, answer.decimals);
}

function same(a: Exact | undefined, b: Exact | undefined): boolean {
  return a === undefined || b === undefined ? a === b : compare(a, b) === 0;
}

async function movedRanks(
  states: States,
  daily: Pair,
  { indicator, kind, period }: Pick<Asked, "indicator" | "period"> & { readonly kind: PlaceKind },
  { policies, today }: ChangeQuestion,
): Promise<readonly RankMove[]> {
  const { places } = await states[0].store.places();
  const [first] = places;
  if (first === undefined) return [];
  const among = topOf(places, first);
  const ask = (k: 0 | 1) =>
    rankPlaces(states[k].store, { indicator, among, kind, order: "worst", period, policies, today, daily: daily[k] });
  const [before, after] = [await ask(0), await ask(1)];
  const old = new Map(before.all.map((row) => [row.item.place.id, row]));
  const now = new Map(after.all.map((row) => [row.item.place.id, row]));
  return [...new Set([...old.keys(), ...now.keys()])].flatMap((id): RankMove[] => {
    const [a, b] = [old.get(id), now.get(id)];
    const place = (b ?? a)?.item.place;
    if (place === undefined || (a?.rank === b?.rank && same(a?.rounded, b?.rounded))) return [];
    const value = { from: a?.rounded, to: b?.rounded };
    return [{ place, indicator: indicator.code, period, kind, from: a?.rank, to: b?.rank, value }];
  });
}

/** Standings of the plans on the day asked about, of wholes and of the places behind them. */
async function movedStandings(
  states: States,
  { plans, at, policies }: ChangeQuestion,
): Promise<readonly StandingMove[]> {
  if (plans.length === 0) return [];
  const span = { first: (dayNumber(dayParts(at).year - 1, 1, 1) ?? at) as DayNumber, last: at };
  const judge = async (state: StoreState) =>
    judgePlans(state.store, { plans, at, policies, daily: await state.dailyOf(span), asOf: state.batch });
  const [before, after] = [await judge(states[0]), await judge(states[1])];
  return after.flatMap((now, k): StandingMove[] => {
    const old = before[k];
    const of = { id: now.target.id, metric: now.target.metric };
    const whole = { from: old?.verdict.standing, to: now.verdict.standing };
    const value = { from: old?.evidence?.value, to: now.evidence?.value };
    const moved = whole.from !== whole.to || !same(value.from, value.to);
    const earlier = new Map((old?.places ?? []).map((one) => [one.place, one]));
    const places = now.places.flatMap((one): StandingMove[] => {
      const held = earlier.get(one.place);
      const figures = { from: held?.evidence?.value, to: one.evidence?.value };
      const standings = { from: held?.verdict.standing, to: one.verdict.standing };
      if (standings.from === standings.to && same(figures.from, figures.to)) return [];
      return [{ ...of, place: one.place, ...standings, value: figures }];
    });
    return [...(moved ? [{ ...of, place: undefined, ...whole, value }] : []), ...places];
  });
}

/** The mean of a day, for people. */
export function dayMean({ n, total }: { readonly n: number; readonly total: Exact }): number {
  return toNumber({ num: total.num, den: total.den * BigInt(Math.max(1, n)) });
}
