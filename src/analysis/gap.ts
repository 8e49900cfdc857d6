/**
 * The gap of one township: what it would take to leave the worst n of the city while the others stay as they stand, who
 * is next to it, what each township does to the district's mean, and which of its days cost most.
 */
import { add, compare, divide, type Exact, ratio, subtract, sum } from "../domain/exact.ts";
import { daysIn, type Period } from "../domain/period.ts";
import type { Place } from "../domain/place.ts";
import type { DayNumber } from "../domain/time.ts";
import type { Policies } from "../standards/policy.ts";
import type { Store } from "../store/port.ts";
import { daySeries } from "./day-series.ts";
import { meanOutlook } from "./outlook.ts";
import { type Ranking, rankPlaces } from "./rank.ts";
import { topOf } from "./rank-evidence.ts";
import { cutDistance } from "./rank-gap.ts";
import type { Ranked } from "./ranking.ts";
import type { Reach } from "./standing/evidence.ts";
import type { StatAnswer } from "./stat-answer.ts";
import type { StatIndicator } from "./stat-indicators.ts";
import { subjectOf } from "./subject.ts";

export type GapQuestion = {
  readonly place: Place;
  readonly indicator: Extract<StatIndicator, { readonly kind: "measured" }>;
  readonly period: Period;
  readonly cuts: readonly number[];
  readonly policies: Policies;
  readonly today: DayNumber;
  readonly daily?: string | undefined;
};

export type CutGap = {
  readonly cut: number;
  readonly inside: boolean;
  /** The highest rounded value that is outside the worst `cut`. */
  readonly highestOutside: Exact;
  /** By how much the rounded value has to fall, or may rise before it is inside. */
  readonly distance: Exact;
  /** The mean the remaining days may have so that the period just ends outside; undefined when no day is left. */
  readonly neededRest: Exact | undefined;
  readonly reach: Reach;
};

export type DayCost = {
  readonly day: DayNumber;
  readonly value: Exact;
  /** By how much the day lifts the mean: what it would be lower without it. */
  readonly lifts: Exact;
};

export type Contribution = {
  readonly place: Place;
  readonly value: Exact;
  /** By how much it lifts the mean of the district's townships; negative where it lowers it. */
  readonly lifts: Exact;
};

export type Gap = {
  readonly question: GapQuestion;
  readonly ranking: Ranking;
  readonly row: Ranked<StatAnswer> | undefined;
  readonly missing: StatAnswer | undefined;
  readonly remainingDays: number;
  readonly cuts: readonly CutGap[];
  readonly neighbours: readonly Ranked<StatAnswer>[];
  readonly districtMean: Exact | undefined;
  readonly contributions: readonly Contribution[];
  readonly days: readonly DayCost[];
};

/** Places shown above and below, and days listed. */
const AROUND = 2;
const DAYS_LISTED = 5;

export async function gapOf(store: Store, question: GapQuestion): Promise<Gap> {
  const { place, indicator, period, policies, today, daily, cuts } = question;
  const table = await store.places();
  const among = topOf(table.places, place);
  const kind = place.kind === "zone" ? "township" : place.kind;
  const ranking = await rankPlaces(store, { indicator, among, kind, order: "worst", period, policies, today, daily });
  const at = ranking.all.findIndex((one) => one.item.place.id === place.id);
  const row = ranking.all[at];
  const lastDay = Math.min(period.last, today);
  const remainingDays = Math.max(0, period.last - lastDay);
  const district = ranking.all.filter((one) => one.item.place.parentId === place.parentId);
  const values = district.map((one) => one.value);
  const mean = values.length === 0 ? undefined : divide(sum(values), ratio(BigInt(values.length)));
  return {
    question,
    ranking,
    row,
    missing: ranking.missing.find((one) => one.place.id === place.id),
    remainingDays,
    cuts: row === undefined ? [] : cuts.flatMap((cut) => cutGap(ranking, at, cut, remainingDays, period)),
    neighbours: row === undefined ? [] : neighboursOf(ranking.all, row),
    districtMean: mean,
    contributions: contributionsOf(district).sort((a, b) => compare(b.lifts, a.lifts)),
    days: row?.item.origin === "days" ? await costliest(store, question, lastDay) : [],
  };
}

/** The nearest places with another value, and the place itself between them: a tie group says nothing of the distance. */
function neighboursOf(all: readonly Ranked<StatAnswer>[], row: Ranked<StatAnswer>): readonly Ranked<StatAnswer>[] {
  const above = all.filter((one) => compare(one.rounded, row.rounded) > 0).slice(-AROUND);
  const below = all.filter((one) => compare(one.rounded, row.rounded) < 0).slice(0, AROUND);
  return [...above, row, ...below];
}

function cutGap(ranking: Ranking, at: number, cut: number, remaining: number, period: Period): readonly CutGap[] {
  const { all, decimals } = ranking;
  const row = all[at];
  const found = cutDistance(
    all.map((one) => one.rounded),
    at,
    cut,
    decimals,
  );
  if (row === undefined || found === undefined) return [];
  const { inside, distance } = found;
  const step = ratio(1n, 10n ** BigInt(decimals));
  const highestOutside = inside ? subtract(row.rounded, distance) : subtract(add(row.rounded, distance), step);
  // A mean rounds to this value up to half a step above it; the half itself only when the value is even.
  const half = add(highestOutside, divide(step, ratio(2n)));
  const steps = divide(highestOutside, step);
  const even = (steps.num / steps.den) % 2n === 0n;
  const days = daysIn(period);
  const year = { days, elapsed: days - remaining, counted: row.item.n };
  const { needed, reach } = meanOutlook(year, row.value, half, even ? "<=" : "<");
  return [{ cut, inside, highestOutside, distance, neededRest: needed, reach }];
}

function contributionsOf(district: readonly Ranked<StatAnswer>[]): Contribution[] {
  if (district.length < 2) return [];
  const total = sum(district.map((one) => one.value));
  const mean = divide(total, ratio(BigInt(district.length)));
  return district.map(({ item, value }) => {
    const without = divide(subtract(total, value), ratio(BigInt(district.length - 1)));
    return { place: item.place, value, lifts: subtract(mean, without) };
  });
}

async function costliest(store: Store, question: GapQuestion, last: DayNumber): Promise<readonly DayCost[]> {
  const { place, indicator, period, policies, daily } = question;
  const table = await store.places();
  const subjects = [subjectOf(table, place, indicator.indicator.medium)];
  const [series = []] = await daySeries(store, {
    indicator: indicator.indicator,
    subjects,
    first: period.first,
    last,
    policies,
    daily,
  });
  const days = series.flatMap((value, k) => (value === undefined ? [] : [{ day: period.first + k, value }]));
  if (days.length < 2) return [];
  const total = sum(days.map((one) => one.value));
  const mean = divide(total, ratio(BigInt(days.length)));
  return days
    .map(({ day, value }) => {
      const without = divide(subtract(total, value), ratio(BigInt(days.length - 1)));
      return { day, value, lifts: subtract(mean, without) };
    })
    .sort((a, b) => compare(b.lifts, a.lifts))
    .slice(0, DAYS_LISTED);
}
