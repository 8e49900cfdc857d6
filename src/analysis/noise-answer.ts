/**
 * Noise as statistics: Ld, Ln and Ldn of a point, and Leq over every hour there is.
 *
 * Of a date: the level of that date. Of a longer period: the energy mean over the hours of valid dates; Ldn from both
 * levels over all hours, as the monthly tables have it.
 */
import { daysIn, type Period } from "../domain/period.ts";
import type { Place } from "../domain/place.ts";
import { DAY_MS, HOUR_MS } from "../domain/time.ts";
import type { NoisePart } from "../standards/noise-day.ts";
import { energyMean } from "../standards/noise-energy.ts";
import { type Policies, type PolicyName, policyTexts } from "../standards/policy.ts";
import type { Store } from "../store/port.ts";
import { type PartPeriod, type PointPeriod, pointPeriods } from "./noise-period.ts";
import { type Shortfall, type Statistic, shortfall } from "./statistic.ts";

export type NoiseIndicator = "ld" | "ln" | "ldn";

export const NOISE_INDICATORS: Readonly<Record<NoiseIndicator, { readonly zh: string }>> = {
  ld: { zh: "昼间等效声级" },
  ln: { zh: "夜间等效声级" },
  ldn: { zh: "昼夜等效声级" },
};

const UNIT = "dB(A)";
/** Levels are printed to a tenth. */
const DECIMALS = 1;
const DAY_HOURS = DAY_MS / HOUR_MS;

type Question = {
  readonly places: readonly Place[];
  readonly period: Period;
  readonly policies: Policies;
};

/** One answer for each place, in their order; places other than noise points have none. */
export async function noiseStatistics(
  store: Store,
  { places, period, policies }: Question,
  indicator: NoiseIndicator | "leq",
): Promise<readonly Statistic[]> {
  const points = places.filter((place) => place.kind === "noise_point");
  const found = new Map((await pointPeriods(store, { points, period, policies })).map((one) => [one.place.id, one]));
  const names: readonly PolicyName[] = ["nightDate", "dayMinimumHours", "nightMinimumHours"];
  return places.map((place): Statistic => {
    const point = found.get(place.id);
    const answer = point === undefined ? NOTHING : answerOf(point, indicator);
    return {
      indicator,
      statistic: "mean",
      place,
      period,
      decimals: DECIMALS,
      unit: UNIT,
      origin: "samples",
      policies: policyTexts(policies, indicator === "leq" ? ["nightDate"] : names),
      ...answer,
    };
  });
}

type Answer = Pick<Statistic, "value" | "valid" | "n" | "expected">;

const NOTHING: Answer = { value: undefined, valid: shortfall("data", 0, 1), n: 0, expected: 0 };

function answerOf(point: PointPeriod, indicator: NoiseIndicator | "leq"): Answer {
  const { period } = point;
  if (indicator === "leq") {
    const hours = point.day.hours + point.night.hours;
    const levels = point.dates.flatMap((date) => date.hours);
    const valid = hours > 0 ? true : shortfall("data", 0, 1);
    return { value: energyMean(levels), valid, n: hours, expected: daysIn(period) * DAY_HOURS };
  }
  if (period.kind === "day") return dateAnswer(point, indicator);
  if (indicator === "ldn") {
    const dates = point.dates.filter((date) => date.levels.ldn !== undefined).length;
    const valid = point.ldn === undefined ? shortfall("data", 0, 1) : true;
    return { value: point.ldn, valid, n: dates, expected: point.expectedDates };
  }
  const part: PartPeriod = indicator === "ld" ? point.day : point.night;
  const valid = part.validDates > 0 ? true : shortfall("days", 0, 1);
  return { value: part.valid ?? part.all, valid, n: part.validDates, expected: point.expectedDates };
}

/** Hours of day and night on the clock. */
const HOURS: Readonly<Record<NoisePart, number>> = { day: 16, night: 8 };

function dateAnswer(point: PointPeriod, indicator: NoiseIndicator): Answer {
  const [date] = point.dates;
  if (date === undefined) return { ...NOTHING, expected: indicator === "ld" ? HOURS.day : HOURS.night };
  const { ld, ln, ldn } = date.levels;
  const short = ({ hours, needed, valid }: typeof ld): true | Shortfall =>
    valid ? true : shortfall("hours", hours, needed);
  if (indicator === "ldn") {
    const valid = short(ld) === true ? short(ln) : short(ld);
    return { value: ldn, valid, n: ld.hours + ln.hours, expected: HOURS.day + HOURS.night };
  }
  const [level, expected] = indicator === "ld" ? [ld, HOURS.day] : [ln, HOURS.night];
  return { value: level.value, valid: short(level), n: level.hours, expected };
}
