/**
 * Sections over a month, quarter, year or cumulative period: means, classes, main polluting items, target reached or not.
 *
 * A month is the mean of its samples; longer periods are the means of their months, item by item. First the mean, then
 * the class. Both classes, on raw and on rounded means, are always there; policy `classOn` says which one counts.
 */
import { monthsIn, type Period } from "../domain/period.ts";
import type { Place } from "../domain/place.ts";
import { type DayNumber, dayParts } from "../domain/time.ts";
import { WATER_ITEMS, type WaterClass, type WaterType } from "../standards/gb3838.ts";
import type { Policies } from "../standards/policy.ts";
import { type SampleClass, sampleClass } from "../standards/water-class.ts";
import { type MainItem, mainItems } from "../standards/water-exceed.ts";
import { type Means, meansAsSample, roundedMeans, sampleMeans } from "../standards/water-mean.ts";
import { type Enough, enoughValues } from "../standards/water-period.ts";
import { type NotAssessed, reachesTarget } from "../standards/water-target.ts";
import type { Store } from "../store/port.ts";
import { declaredMonths } from "./water-declared.ts";
import { type ItemMean, type MonthMeans, sectionMonths } from "./water-month.ts";
import { targetOf, waterTypeOf } from "./water-type.ts";

export type WaterPolicies = Pick<Policies, "classOn" | "requireItems">;

/** A class with what it rests on. */
export type ClassOnMeans = {
  readonly means: Means;
  readonly rated: SampleClass;
  readonly main: readonly MainItem[];
};

export type SectionPeriod = {
  readonly place: Place;
  readonly period: Period;
  readonly type: WaterType;
  /** Automatic records that count, those of stations not 正常, dates of the former. */
  readonly valid: number;
  readonly excluded: number;
  readonly days: number;
  /** Months with a value, of those of the period. */
  readonly months: number;
  readonly enough: Enough;
  /** Of a month: every measured item with its count, also those that are not rated. */
  readonly items: ReadonlyMap<string, ItemMean>;
  readonly raw: ClassOnMeans;
  readonly rounded: ClassOnMeans;
  /** The class that counts under policy `classOn`; absent with the reason beside it. */
  readonly class: WaterClass | undefined;
  readonly notAssessed: NotAssessed | undefined;
  readonly target: WaterClass | undefined;
  readonly reached: boolean | undefined;
};

export type SectionQuestion = {
  readonly sections: readonly Place[];
  readonly period: Period;
  readonly policies: WaterPolicies;
};

/**
 * One answer for each section, in their order. A day or half-month is rated like a month: one sample may stand for it
 * (22号 speaks of weeks and ten days).
 */
export async function sectionPeriods(store: Store, question: SectionQuestion): Promise<readonly SectionPeriod[]> {
  const known = await knownOf(store, question);
  return question.sections.map((place) => {
    const { held, declared } = known(place);
    return sectionPeriod(place, held, missed(declared, held), question);
  });
}

/** The same for each month of a period, in order: the store is asked once for all of them. */
export async function sectionsByMonth(
  store: Store,
  question: SectionQuestion,
): Promise<readonly { readonly period: Period; readonly sections: readonly SectionPeriod[] }[]> {
  const known = await knownOf(store, question);
  return monthsIn(question.period).map((period) => ({
    period,
    sections: question.sections.map((place) => {
      const { held, declared } = known(place);
      const own = held.filter(({ month }) => month === monthNumber(period.first));
      const said = new Map([...declared].filter(([first]) => first === period.first));
      return sectionPeriod(place, own, missed(said, own), { ...question, period });
    }),
  }));
}

type Known = { readonly held: readonly MonthMeans[]; readonly declared: ReadonlyMap<number, NotAssessed> };

/** What the store holds of each section over the period: its months' means, and months declared to have none. */
async function knownOf(store: Store, { sections, period }: SectionQuestion): Promise<(place: Place) => Known> {
  const ids = sections.map((place) => place.id);
  const months = await sectionMonths(store, ids, period.first, period.last);
  const declared = await declaredMonths(store, period);
  const bySection = new Map<number, MonthMeans[]>();
  for (const month of months) bySection.set(month.placeId, [...(bySection.get(month.placeId) ?? []), month]);
  return ({ id }) => ({ held: bySection.get(id) ?? [], declared: declared.get(id) ?? new Map() });
}

/** Months counted through the years, as `MonthMeans` numbers them. */
function monthNumber(first: DayNumber): number {
  const { year, month } = dayParts(first);
  return year * MONTHS_A_YEAR + month - 1;
}

const MONTHS_A_YEAR = 12;

/** Why months have no value, by the declaration of each; one that has a value after all needs no excuse. */
function missed(declared: ReadonlyMap<number, NotAssessed>, held: readonly MonthMeans[]): readonly NotAssessed[] {
  const measured = new Set(held.filter(({ items }) => items.size > 0).map(({ month }) => month));
  return [...declared].flatMap(([first, reason]) => (measured.has(monthNumber(first)) ? [] : [reason]));
}

function sectionPeriod(
  place: Place,
  months: readonly MonthMeans[],
  prevented: readonly NotAssessed[],
  question: SectionQuestion,
): SectionPeriod {
  const { period, policies } = question;
  const type = waterTypeOf(place);
  const held = months.filter((month) => month.items.size > 0);
  const monthly = held.map(({ items }) => meansOf(items));
  const means = monthly.length === 1 ? (monthly[0] ?? {}) : sampleMeans(monthly.map(meansAsSample));
  const raw = rate(means, type, policies);
  const rounded = rate(roundedMeans(means), type, policies);
  const sum = (count: (month: MonthMeans) => number): number =>
    months.reduce((total, month) => total + count(month), 0);
  const [valid, excluded] = [sum((month) => month.valid), sum((month) => month.excluded)];
  const enough = enoughFor(period, held, prevented);
  const found = enough.valid ? (policies.classOn === "rounded" ? rounded : raw).rated.class : undefined;
  const target = targetOf(place);
  return {
    place,
    period,
    type,
    valid,
    excluded,
    days: sum((month) => month.days),
    months: held.length,
    enough,
    items: held.length === 1 ? (held[0]?.items ?? new Map()) : new Map(),
    raw,
    rounded,
    class: found,
    notAssessed: found === undefined ? reasonOf(held.length, excluded, prevented) : undefined,
    target,
    reached: found === undefined || target === undefined ? undefined : reachesTarget(found, target),
  };
}

function meansOf(items: ReadonlyMap<string, ItemMean>): Means {
  return Object.fromEntries(
    WATER_ITEMS.flatMap((item) => {
      const value = items.get(item);
      return value === undefined ? [] : [[item, value.mean] as const];
    }),
  );
}

function rate(means: Means, type: WaterType, { requireItems }: WaterPolicies): ClassOnMeans {
  const rated = sampleClass(meansAsSample(means), type, { requireItems });
  const main = rated.class === undefined ? [] : mainItems(rated.items, means, type);
  return { means, rated, main };
}

/** Months that ice or drought prevented do not count against a year. */
function enoughFor(period: Period, held: readonly MonthMeans[], prevented: readonly NotAssessed[]): Enough {
  const all = monthsIn(period).length;
  if (period.kind === "year") {
    const without = prevented.filter((reason) => reason === "dry" || reason === "frozen").length;
    return enoughValues("year", held.length, without);
  }
  if (period.kind === "quarter") {
    const samples = held.reduce((n, month) => n + Math.max(...[...month.items.values()].map((item) => item.n)), 0);
    return enoughValues("quarter", samples);
  }
  if (all === 1) return enoughValues("month", held.length);
  // A cumulative period of complete months needs each of them.
  return held.length >= all ? { valid: true } : { valid: false, have: held.length, need: all };
}

/** The last month's declaration counts where several were declared. */
function reasonOf(months: number, excluded: number, prevented: readonly NotAssessed[]): NotAssessed {
  const said = prevented.at(-1);
  if (months > 0) return "insufficient";
  if (said !== undefined) return said;
  return excluded > 0 ? "maintenance" : "not_sampled";
}
