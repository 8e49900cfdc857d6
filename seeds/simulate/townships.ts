/** Daily PM2.5 and TSP of the street network, one file a month in duibiao's exchange form. */
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Period } from "../../src/domain/period.ts";
import { type DayNumber, dayParts, dayText } from "../../src/domain/time.ts";
import { monthsBetween } from "./calendar.ts";
import { EXCHANGE_HEADER, exchangeRow } from "./exchange.ts";
import type { Job } from "./job.ts";
import { bell, draw, pick, stream } from "./random.ts";
import { seasonOf } from "./season.ts";
import { type Site, type TownshipFactors, townshipFactors } from "./sites.ts";
import { type Weather, weatherOn } from "./weather.ts";

export type TownshipDay = { readonly pm25: number; readonly tsp: number };

/** Share of township-days that never arrive. */
const GAPS = 0.01;
/** TSP the dust storm adds on its two days, µg/m³. */
const STORM_TSP = { 0: 0, 1: 880, 2: 240 } as const;

/** Writes one file for each month the days touch; returns their paths in order. */
export async function writeTownshipFiles({ seed, days, townships, dir }: Job): Promise<readonly string[]> {
  const folder = join(dir, "townships");
  await mkdir(folder, { recursive: true });
  const silent = silentTownship(seed, townships);
  const sending = townships.filter((township) => township !== silent);
  const paths: string[] = [];
  for (const month of monthsBetween(days)) {
    const lines = [EXCHANGE_HEADER];
    const values = townshipMonth(seed, month, sending);
    for (let day = Math.max(month.first, days.first); day <= Math.min(month.last, days.last); day++) {
      const today = values(day);
      for (const [i, township] of sending.entries()) {
        const value = today[i];
        if (value === undefined || draw(seed, "township gap", day, i) < GAPS) continue;
        lines.push(exchangeRow(township.code, dayText(day), "pm25", value.pm25));
        lines.push(exchangeRow(township.code, dayText(day), "tsp", value.tsp));
      }
    }
    const path = join(folder, `township_${month.text}.csv`);
    await writeFile(path, `${lines.join("\n")}\n`);
    paths.push(path);
  }
  return paths;
}

/** The one township whose instruments send nothing all the time. */
function silentTownship(seed: number, townships: readonly Site[]): Site | undefined {
  return townships[pick(seed, 0, townships.length - 1, "silent township")];
}

/**
 * The townships' daily values of a month, gaps not yet cut: asked by day, answered in the order of the townships.
 * Whole µg/m³.
 */
export function townshipMonth(
  seed: number,
  month: Period,
  townships: readonly Site[],
): (day: DayNumber) => readonly TownshipDay[] {
  const { year, month: m } = dayParts(month.first);
  const factors = townships.map((township) => townshipFactors(seed, township, year, m));
  return (day) => {
    const weather = weatherOn(seed, day);
    const next = stream(seed, "townships", day);
    return factors.map((factor) => townshipDay(weather, factor, m, next));
  };
}

function townshipDay(weather: Weather, factor: TownshipFactors, month: number, next: () => number): TownshipDay {
  const dusty = seasonOf("tsp", month) * (0.7 + 0.3 * weather.still) + STORM_TSP[weather.dustDay];
  return {
    pm25: Math.max(2, Math.round(weather.pm25 * factor.pm25 * (1 + 0.05 * bell(next)))),
    tsp: Math.max(8, Math.round(dusty * factor.tsp * (1 + 0.08 * bell(next)))),
  };
}
