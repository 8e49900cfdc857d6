/**
 * Ld, Ln and Ldn of one date from hourly levels.
 *
 * Rests on: GB 3096-2008 3.4 (day 06–22, night 22–06; a municipality may move them). How many hours a day or a night
 * needs (HJ 906-2017) and which date a night belongs to are not known: policies `dayMinimumHours`, `nightMinimumHours`,
 * `nightDate`. An hour is named by its start on the local clock.
 */
import type { Exact } from "../domain/exact.ts";
import type { DayNumber } from "../domain/time.ts";
import { dayNightLevel, energyMean } from "./noise-energy.ts";

/** @source GB 3096-2008 3.4 */
const DAY_FROM = 6;
const DAY_TO = 22;

export type NoisePart = "day" | "night";

export const NOISE_PART_ZH: Readonly<Record<NoisePart, string>> = { day: "昼间", night: "夜间" };

/**
 * The part of the day an hour lies in and the date it counts for: hours 6 to 21 are day, the others night; a night counts
 * for the date on which it begins (policy `nightDate: begins`) or ends.
 * @param hour start of the hour, 0 to 23
 * @source GB 3096-2008 3.4; the date of a night is our choice
 */
export function noisePartOf(
  day: DayNumber,
  hour: number,
  nightDate: "begins" | "ends",
): { readonly part: NoisePart; readonly day: DayNumber } {
  if (hour >= DAY_FROM && hour < DAY_TO) return { part: "day", day };
  const late = hour >= DAY_TO;
  if (nightDate === "begins") return { part: "night", day: late ? day : day - 1 };
  return { part: "night", day: late ? day + 1 : day };
}

export type NoiseLevel = {
  /** dB(A), unrounded; there also when too few hours make it invalid. */
  readonly value: Exact | undefined;
  readonly hours: number;
  readonly needed: number;
  readonly valid: boolean;
};

export type NoiseDay = {
  readonly ld: NoiseLevel;
  readonly ln: NoiseLevel;
  /** Only when day and night are both valid. */
  readonly ldn: Exact | undefined;
};

export type NoiseValidity = { readonly dayMinimumHours: number; readonly nightMinimumHours: number };

/**
 * The levels of one date.
 * @param dayLevels hourly Leq of its day hours, dB(A), those that are there and not voided by weather
 * @param nightLevels those of its night
 * @source GB 3096-2008 3.2, 3.4; validity by policy
 */
export function noiseDay(dayLevels: readonly Exact[], nightLevels: readonly Exact[], rule: NoiseValidity): NoiseDay {
  const ld = partLevel("day", dayLevels, rule);
  const ln = partLevel("night", nightLevels, rule);
  const both = ld.valid && ln.valid && ld.value !== undefined && ln.value !== undefined;
  return { ld, ln, ldn: both ? dayNightLevel(ld.value, ln.value) : undefined };
}

/**
 * Ld or Ln alone, dB(A).
 * @param levels hourly Leq of that part of a date, dB(A), those that are there and not voided by weather
 * @source GB 3096-2008 3.2, 3.4; validity by policy
 */
export function partLevel(part: NoisePart, levels: readonly Exact[], rule: NoiseValidity): NoiseLevel {
  const needed = part === "day" ? rule.dayMinimumHours : rule.nightMinimumHours;
  return { value: energyMean(levels), hours: levels.length, needed, valid: levels.length >= Math.max(1, needed) };
}
