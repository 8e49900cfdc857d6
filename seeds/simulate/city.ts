/**
 * A simulated city: about fourteen months of source files, the same bytes for the same seed and end.
 *
 * The files are of the kinds a bureau holds and go through the same pipeline. Each marks itself: the first line holds
 * 模拟数据, and a store that has such readings takes no others.
 */
import { type DayNumber, dayNumber, dayParts, dayText, parseDay } from "../../src/domain/time.ts";
import type { Site } from "./sites.ts";
import { writeStationFiles } from "./stations.ts";
import { writeTownshipFiles } from "./townships.ts";

export type SimulatedFile = {
  readonly path: string;
  readonly format: "quotsoft" | "township";
  /** To be ingested after the others: it restates what they said. */
  readonly late?: boolean;
};

/** Days as ISO dates, both inside. `files` stand in the order to ingest. */
export type SimulatedCity = {
  readonly files: readonly SimulatedFile[];
  readonly first: string;
  readonly until: string;
};

/** Whole months before the month of the last day. */
const MONTHS_BEFORE = 13;

/**
 * Writes the source files of a simulated city into a folder.
 *
 * @param how.until last day, ISO; the first is the first of the month thirteen months earlier
 * @param how.dir made when it is not there; files of the same names are replaced
 * @param how.townships all places with a street sensor, `how.stations` those of the hourly files, in column order
 * @param how.onProgress called after each simulated day, with days done and days in all
 * @throws Fault `period.unknown` when `until` is not a date
 */
export async function simulateCity(how: {
  readonly seed: number;
  readonly until: string;
  readonly dir: string;
  readonly townships: readonly Site[];
  readonly stations: readonly Site[];
  readonly onProgress?: (done: number, total: number) => void;
}): Promise<SimulatedCity> {
  const { seed, dir, townships, stations, onProgress } = how;
  const last = parseDay(how.until);
  const days = { first: firstDayOf(last), last };
  const total = last - days.first + 2;
  const hourly = await writeStationFiles(seed, days, stations, dir, (day) => onProgress?.(day - days.first + 1, total));
  const daily = await writeTownshipFiles(seed, days, townships, dir);
  const files: SimulatedFile[] = [
    ...hourly.filter((file) => !file.late).map(({ path }) => ({ path, format: "quotsoft" }) as const),
    ...daily.map((path) => ({ path, format: "township" }) as const),
    ...hourly.filter((file) => file.late).map(({ path }) => ({ path, format: "quotsoft", late: true }) as const),
  ];
  return { files, first: dayText(days.first), until: how.until };
}

function firstDayOf(last: DayNumber): DayNumber {
  const { year, month } = dayParts(last);
  const months = year * 12 + (month - 1) - MONTHS_BEFORE;
  return dayNumber(Math.floor(months / 12), (months % 12) + 1, 1) ?? last;
}
