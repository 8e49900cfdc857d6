/**
 * Noise points over a date, month or year: Ld, Ln and Ldn of dates, energy means of periods, pass rates against the zone.
 *
 * A date's night is the one policy `nightDate` gives it, in months and years too. No minimum of valid dates is known for
 * a month or year; how many there are stands beside every figure.
 */
import type { Exact } from "../domain/exact.ts";
import { daysIn, type Period } from "../domain/period.ts";
import type { Place } from "../domain/place.ts";
import type { DayNumber } from "../domain/time.ts";
import { judgeNoise, type NoiseZone, parseNoiseZone } from "../standards/gb3096.ts";
import { type NoiseDay, type NoiseLevel, type NoisePart, noiseDay, partLevel } from "../standards/noise-day.ts";
import { dayNightLevel, energyMean } from "../standards/noise-energy.ts";
import { type PassRate, passRate } from "../standards/noise-rate.ts";
import type { Policies } from "../standards/policy.ts";
import type { Store } from "../store/port.ts";
import { type NoiseDateHours, noiseHours } from "./noise-hours.ts";

export type NoisePolicies = Pick<Policies, "dayMinimumHours" | "nightMinimumHours" | "nightDate" | "noiseCompare">;

export type PointDate = {
  readonly day: DayNumber;
  readonly levels: NoiseDay;
  /** Whether a valid level meets the zone's limit; absent when it is not valid or the point has no zone. */
  readonly meets: Readonly<Record<NoisePart, boolean | undefined>>;
  readonly voided: Readonly<Record<NoisePart, number>>;
  /** Hourly levels that count, dB(A): those of the day, then those of the night. */
  readonly hours: readonly Exact[];
};

export type PartPeriod = {
  /** Over every hour there is, dB(A), unrounded. */
  readonly hours: number;
  readonly all: Exact | undefined;
  /** Over the hours of valid dates only. */
  readonly validHours: number;
  readonly valid: Exact | undefined;
  readonly validDates: number;
  /** Valid dates that meet the limit, of the valid ones; absent without a zone. */
  readonly pass: PassRate | undefined;
};

export type PointPeriod = {
  readonly place: Place;
  readonly period: Period;
  readonly zone: NoiseZone | undefined;
  readonly dates: readonly PointDate[];
  readonly expectedDates: number;
  readonly day: PartPeriod;
  readonly night: PartPeriod;
  /** From both levels over every hour; absent when one is. */
  readonly ldn: Exact | undefined;
};

/** The zone of GB 3096 a point stands in, from its attribute `zone`. */
export function zoneOfPoint({ attributes }: Place): NoiseZone | undefined {
  return parseNoiseZone(attributes["zone"] ?? "");
}

export type PointQuestion = {
  readonly points: readonly Place[];
  readonly period: Period;
  readonly policies: NoisePolicies;
};

/** A point's dates with whether each meets, and no more: all that pass rates need. */
export type PointDates = Pick<PointPeriod, "place" | "zone" | "expectedDates"> & {
  readonly dates: readonly Pick<PointDate, "day" | "meets">[];
};

/** The dates of each point, in their order; any period of whole days. */
export async function pointDates(store: Store, question: PointQuestion): Promise<readonly PointDates[]> {
  const { policies } = question;
  return (await hoursByDate(store, question)).map(({ byDate, ...point }) => ({
    ...point,
    dates: byDate.map(([day, { levels }]) => {
      const meets = (part: NoisePart) =>
        meetsLimit(part, partLevel(part, levels[part], policies), point.zone, policies);
      return { day, meets: { day: meets("day"), night: meets("night") } };
    }),
  }));
}

/** One answer for each point, in their order; any period of whole days. */
export async function pointPeriods(store: Store, question: PointQuestion): Promise<readonly PointPeriod[]> {
  return (await hoursByDate(store, question)).map(({ byDate, ...point }) => {
    const dates = byDate.map(([day, date]) => pointDate(day, date, point.zone, question.policies));
    const day = partPeriod("day", byDate, dates, point.zone);
    const night = partPeriod("night", byDate, dates, point.zone);
    const both = day.all !== undefined && night.all !== undefined;
    const ldn = both ? dayNightLevel(day.all, night.all) : undefined;
    return { ...point, dates, period: question.period, day, night, ldn };
  });
}

type DatedHours = readonly (readonly [DayNumber, NoiseDateHours])[];

type PointHours = Pick<PointPeriod, "place" | "zone" | "expectedDates"> & { readonly byDate: DatedHours };

async function hoursByDate(store: Store, { points, period, policies }: PointQuestion): Promise<readonly PointHours[]> {
  const hours = await noiseHours(store, points, period.first, period.last, policies);
  return points.map((place) => {
    const byDate = [...(hours.get(place.id) ?? new Map<DayNumber, NoiseDateHours>())].sort(([a], [b]) => a - b);
    return { place, zone: zoneOfPoint(place), expectedDates: daysIn(period), byDate };
  });
}

function meetsLimit(
  part: NoisePart,
  { value, valid }: NoiseLevel,
  zone: NoiseZone | undefined,
  { noiseCompare }: NoisePolicies,
): boolean | undefined {
  if (zone === undefined || !valid || value === undefined) return undefined;
  return judgeNoise(zone, part, value, noiseCompare).meets;
}

function pointDate(
  day: DayNumber,
  { levels, voided }: NoiseDateHours,
  zone: NoiseZone | undefined,
  policies: NoisePolicies,
): PointDate {
  const found = noiseDay(levels.day, levels.night, policies);
  return {
    day,
    levels: found,
    meets: {
      day: meetsLimit("day", found.ld, zone, policies),
      night: meetsLimit("night", found.ln, zone, policies),
    },
    voided,
    hours: [...levels.day, ...levels.night],
  };
}

function partPeriod(
  part: NoisePart,
  byDate: DatedHours,
  dates: readonly PointDate[],
  zone: NoiseZone | undefined,
): PartPeriod {
  const isValid = (date: PointDate | undefined): boolean =>
    (part === "day" ? date?.levels.ld.valid : date?.levels.ln.valid) === true;
  const all = byDate.flatMap(([, { levels }]) => levels[part]);
  const valid = byDate.flatMap(([, { levels }], k) => (isValid(dates[k]) ? levels[part] : []));
  return {
    hours: all.length,
    all: energyMean(all),
    validHours: valid.length,
    valid: energyMean(valid),
    validDates: dates.filter(isValid).length,
    pass: zone === undefined ? undefined : passRate(dates.map((date) => date.meets[part])),
  };
}
