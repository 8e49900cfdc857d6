/**
 * The air over the whole city on one day: still or windy, polluted or clean, dusty or not.
 *
 * Between two cold fronts pollution builds up day by day, so episodes last days and end suddenly. Above that every
 * year has a heavy episode in late autumn, one in winter and a dust storm in spring, so that a simulated year always
 * holds heavy days, and no day becomes heavy by chance.
 */
import { type DayNumber, dayNumber, dayParts } from "../../src/domain/time.ts";
import { bell, draw, pick, stream } from "./random.ts";
import { seasonOf } from "./season.ts";

export type Weather = {
  /** PM2.5 of the region, µg/m³. */
  readonly pm25: number;
  /** Stillness: 1 on an average day, above 1 when the air stands. */
  readonly still: number;
  /** Sunshine from 0 to 1; it makes ozone. */
  readonly sun: number;
  /** 1 on the day the dust storm arrives, 2 on the day after, else 0. */
  readonly dustDay: 0 | 1 | 2;
};

/** PM2.5 against the season's mean by days since the last front. */
const BUILD_UP = [0.34, 0.56, 0.82, 1.08, 1.34, 1.56, 1.7, 1.78] as const;
/** Chance that a front passes on a day. */
const FRONT = 0.23;
/** Without a planned episode no day of the region goes above this, µg/m³: heavy days are planned, not drawn. */
const CEILING = 112;
/** Levels of the planned episodes, µg/m³: the rise, the heavy days, the front. */
const AUTUMN_EPISODE = [62, 90, 206, 192, 14] as const;
const WINTER_EPISODES = [
  [55, 84, 100, 196, 212, 16],
  [58, 88, 194, 214, 198, 12],
] as const;
const DUST_PM25 = [88, 46] as const;

/** The weather of a day, the same for the same seed whatever was asked before. */
export function weatherOn(seed: number, day: DayNumber): Weather {
  const { year, month } = dayParts(day);
  const next = stream(seed, "weather", day);
  const still = BUILD_UP[daysSinceFront(seed, day)] ?? 1;
  const drawn = seasonOf("pm25", month) * still * Math.exp(0.3 * bell(next));
  const planned = plannedLevel(seed, year, day);
  const dustDay = dustDayOf(seed, year, day);
  const dusty = dustDay === 0 ? undefined : DUST_PM25[dustDay - 1];
  return {
    pm25: planned ?? dusty ?? Math.min(drawn, CEILING),
    still: planned === undefined || planned < CEILING ? still : 2,
    sun: 0.25 + 0.75 * next(),
    dustDay,
  };
}

/** The day the dust storm of a year arrives: one in the second half of March or in April. */
export function dustStormOf(seed: number, year: number): DayNumber {
  return at(year, 3, 18) + pick(seed, 0, 30, "dust", year);
}

function dustDayOf(seed: number, year: number, day: DayNumber): 0 | 1 | 2 {
  const since = day - dustStormOf(seed, year);
  return since === 0 ? 1 : since === 1 ? 2 : 0;
}

function daysSinceFront(seed: number, day: DayNumber): number {
  let days = 0;
  while (days < BUILD_UP.length - 1 && draw(seed, "front", day - days) >= FRONT) days++;
  return days;
}

function plannedLevel(seed: number, year: number, day: DayNumber): number | undefined {
  const autumn = at(year, 11, 6) + pick(seed, 0, 40, "autumn episode", year);
  const winter = at(year, 1, 6) + pick(seed, 0, 40, "winter episode", year);
  const levels = WINTER_EPISODES[pick(seed, 0, 1, "winter shape", year)];
  return AUTUMN_EPISODE[day - autumn] ?? levels?.[day - winter];
}

function at(year: number, month: number, day: number): DayNumber {
  const n = dayNumber(year, month, day);
  if (n === undefined) throw new RangeError(`no day ${year}-${month}-${day}`);
  return n;
}
