/**
 * The rest of the year before, for the home district only: what directions such as 同比下降 are held against.
 *
 * The city itself begins thirteen months before its last month. A whole year more of every station and township would
 * double the store for figures nobody asks for, so the months before hold what the district's own targets need.
 */
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { SIMULATED_MARK } from "../../src/domain/simulated.ts";
import { dayNumber, dayParts, dayText } from "../../src/domain/time.ts";
import { monthsBetween } from "./calendar.ts";
import { HOURLY_ITEMS, type HourlyItem, hoursOf } from "./hours.ts";
import type { Days, Job } from "./job.ts";
import { HOME_DISTRICT } from "./places.ts";
import type { Site } from "./sites.ts";

/** Days from 1 January of the year before the last day to the eve of the city's first; undefined when there are none. */
export function earlierDays({ first, last }: Days): Days | undefined {
  const january = dayNumber(dayParts(last).year - 1, 1, 1);
  return january === undefined || january >= first ? undefined : { first: january, last: first - 1 };
}

const NAMES: Readonly<Record<HourlyItem, string>> = {
  pm25: "PM2.5",
  pm10: "PM10",
  so2: "SO2",
  no2: "NO2",
  o3: "O3",
  co: "CO",
};

/** One file a month with the hours of the district's own stations, in the archive's layout; returns their paths in order. */
export async function writeEarlierStationFiles(
  { seed, days, dir }: Job,
  stations: readonly Site[],
): Promise<readonly string[]> {
  const home = stations.filter((station) => station.parent === HOME_DISTRICT);
  if (home.length === 0) return [];
  const folder = join(dir, "stations");
  await mkdir(folder, { recursive: true });
  const paths: string[] = [];
  for (const month of monthsBetween(days)) {
    const lines = [`date,hour,type,${home.map((station) => station.name).join(",")},${SIMULATED_MARK}`];
    for (let day = Math.max(month.first, days.first); day <= Math.min(month.last, days.last); day++) {
      for (const [hour, values] of hoursOf(seed, day, home).entries()) {
        // The label is the hour's end, so the last hour of a day bears the next date.
        const date = dayText(hour === 23 ? day + 1 : day).replaceAll("-", "");
        for (const item of HOURLY_ITEMS) {
          const cells = values[item].map((value) => (value === undefined ? "" : item === "co" ? value / 10 : value));
          lines.push(`${date},${(hour + 1) % 24},${NAMES[item]},${cells.join(",")},`);
        }
      }
    }
    const path = join(folder, `beijing_all_${dayText(month.first).replaceAll("-", "")}.csv`);
    await writeFile(path, `${lines.join("\n")}\n`);
    paths.push(path);
  }
  return paths;
}
