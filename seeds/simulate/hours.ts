/** One natural day of hourly values at all stations. */
import { type DayNumber, dayParts } from "../../src/domain/time.ts";
import { bell, stream } from "./random.ts";
import { seasonOf } from "./season.ts";
import { type Site, stationFactors } from "./sites.ts";
import { weatherOn } from "./weather.ts";

export const HOURLY_ITEMS = ["pm25", "pm10", "so2", "no2", "o3", "co"] as const;

export type HourlyItem = (typeof HOURLY_ITEMS)[number];

/** Values by hour of the day (0–23, named by their start), item and station, in µg/m³, CO in tenths of mg/m³. */
export type DayValues = readonly Readonly<Record<HourlyItem, readonly (number | undefined)[]>>[];

/** Share of cells that fail; PM10 instruments fail more often, as in the archive. */
const GAPS: Readonly<Record<HourlyItem, number>> = {
  pm25: 0.008,
  pm10: 0.03,
  so2: 0.008,
  no2: 0.008,
  o3: 0.008,
  co: 0.008,
};
/** The storm's first hour, its highest PM10 and how fast it settles. */
const STORM = { hour: 9, peak: 1480, settlingHours: 9 } as const;

/**
 * The hourly values of a day.
 *
 * @param silent stations (codes) that send nothing this day
 * @returns whole numbers; a gap is `undefined`
 */
export function hoursOf(
  seed: number,
  day: DayNumber,
  stations: readonly Site[],
  silent: ReadonlySet<string> = new Set(),
): DayValues {
  const { month } = dayParts(day);
  const [before, today, after] = [weatherOn(seed, day - 1), weatherOn(seed, day), weatherOn(seed, day + 1)];
  const next = stream(seed, "hours", day);
  // 1970-01-01 was a Thursday
  const weekend = (day + 4) % 7 === 0 || (day + 3) % 7 === 0;
  const factors = stations.map((station) => {
    const fixed = stationFactors(seed, station);
    return { ...fixed, pm25: fixed.pm25 * (1 + 0.05 * bell(next)), silent: silent.has(station.code) };
  });
  return Array.from({ length: 24 }, (_, hour) => {
    const region = between(before.pm25, today.pm25, after.pm25, hour) * nightly(hour, 0.08);
    const coarse = seasonOf("coarse", month) * (1.2 - 0.25 * today.still) + stormOf(today.dustDay, hour);
    const traffic = (weekend ? 0.82 : 1) * rush(hour);
    const no2 = seasonOf("no2", month) * (0.55 + 0.45 * today.still) * traffic;
    const o3 = seasonOf("o3Peak", month) * (0.28 + 1.08 * today.sun) * afternoon(hour);
    const co = 10 * seasonOf("co", month) * (0.6 + 0.4 * today.still);
    const so2 = seasonOf("so2", month) * (0.7 + 0.3 * today.still);
    const cells = { pm25: [], pm10: [], so2: [], no2: [], o3: [], co: [] } as Record<
      HourlyItem,
      (number | undefined)[]
    >;
    for (const station of factors) {
      const near = 0.9 + 0.2 * next();
      const pm25 = Math.max(2, region * station.pm25 * near);
      const values: Record<HourlyItem, number> = {
        pm25,
        pm10: pm25 + Math.max(2, coarse * station.pm25 * (0.85 + 0.3 * next())),
        so2: Math.max(1, so2 * (0.6 + 0.8 * next())),
        no2: Math.max(2, no2 * station.no2 * (0.85 + 0.3 * next())),
        o3: Math.max(2, Math.min((6 + 16 * next() + o3 * (0.92 + 0.16 * next())) * station.o3, 262)),
        co: Math.max(1, co * near * station.pm25),
      };
      for (const item of HOURLY_ITEMS) {
        const gap = next() < GAPS[item] || station.silent;
        cells[item].push(gap ? undefined : Math.round(values[item]));
      }
    }
    return cells;
  });
}

/** Levels run smoothly from the middle of one day to the middle of the next. */
function between(before: number, today: number, after: number, hour: number): number {
  const part = (hour + 0.5) / 24 - 0.5;
  const other = part < 0 ? before : after;
  return today + (other - today) * Math.abs(part);
}

/** Mixed air by day, trapped air by night. */
function nightly(hour: number, depth: number): number {
  return 1 + depth * Math.cos((2 * Math.PI * (hour - 1)) / 24);
}

function rush(hour: number): number {
  return hour >= 7 && hour <= 9 ? 1.25 : hour >= 18 && hour <= 22 ? 1.3 : hour >= 12 && hour <= 16 ? 0.7 : 1;
}

/** 0 at night, 1 at three in the afternoon. */
function afternoon(hour: number): number {
  const wave = Math.cos((2 * Math.PI * (hour + 0.5 - 15)) / 24);
  return wave <= 0 ? 0 : wave * Math.sqrt(wave);
}

function stormOf(dustDay: 0 | 1 | 2, hour: number): number {
  if (dustDay === 0) return 0;
  const since = hour - STORM.hour + (dustDay - 1) * 24;
  return since < 0 ? 0 : STORM.peak * Math.exp(-since / STORM.settlingHours);
}
