/**
 * A simulated city: about fourteen months of source files, the same bytes for the same seed and end.
 *
 * The files are of the kinds a bureau holds and go through the same pipeline. Each marks itself: the first line holds
 * 模拟数据, and a store that has such readings takes no others.
 */
import { join } from "node:path";
import { type DayNumber, dayNumber, dayParts, dayText, parseDay } from "../../src/domain/time.ts";
import { writeComplaintFiles } from "./complaints.ts";
import { writeDustFiles } from "./dust.ts";
import { earlierDays, writeEarlierStationFiles } from "./earlier.ts";
import type { Job } from "./job.ts";
import { writeNoiseFiles } from "./noise.ts";
import { type SimulatedPlace, simulatedNoisePoints, simulatedRoads, simulatedSections } from "./places.ts";
import { writeRankFiles } from "./ranks.ts";
import type { Site } from "./sites.ts";
import { writeStationFiles } from "./stations.ts";
import { writeTownshipFiles } from "./townships.ts";
import { writeWaterFiles } from "./water.ts";

/** What a city may hold beside its stations and townships. */
export const CITY_PARTS = ["water", "noise", "complaints", "dust", "ranks"] as const;

export type CityPart = (typeof CITY_PARTS)[number];

export type SimulatedFile = {
  readonly path: string;
  readonly format: "quotsoft" | "township" | "cnemc-water" | "noise-hourly" | "notice";
  /** To be ingested after the others: it restates what they said. */
  readonly late?: boolean;
};

/** Days as ISO dates, both inside. `files` stand in the order to ingest; `places` must be known before. */
export type SimulatedCity = {
  readonly files: readonly SimulatedFile[];
  readonly places: readonly SimulatedPlace[];
  readonly first: string;
  readonly until: string;
};

/** Whole months before the month of the last day. */
const MONTHS_BEFORE = 13;

/** How each part is written, in which format, and the places it brings. */
const PARTS: Readonly<
  Record<
    CityPart,
    {
      readonly format: SimulatedFile["format"];
      readonly write: (job: Job) => Promise<readonly string[]>;
      readonly places: (job: Job) => readonly SimulatedPlace[];
    }
  >
> = {
  water: { format: "cnemc-water", write: writeWaterFiles, places: simulatedSections },
  noise: { format: "noise-hourly", write: writeNoiseFiles, places: simulatedNoisePoints },
  complaints: { format: "township", write: writeComplaintFiles, places: () => [] },
  dust: { format: "township", write: writeDustFiles, places: roadsOf },
  ranks: { format: "notice", write: writeRankFiles, places: roadsOf },
};

function roadsOf(job: Job): readonly SimulatedPlace[] {
  return simulatedRoads(job.seed, job.townships);
}

/**
 * Writes the source files of a simulated city into a folder.
 *
 * @param how.until last day, ISO; the first is the first of the month thirteen months earlier
 * @param how.dir made when it is not there; files of the same names are replaced
 * @param how.townships all places with a street sensor, `how.stations` those of the hourly files, in column order
 * @param how.parts what more to write; none unless told
 * @param how.districts needed by the parts `dust` and `ranks`, which print them
 * @param how.yearBefore whether also the rest of the year before is written for the home district, under `earlier`
 * @param how.onProgress called after each simulated day of the stations, with days done and days in all
 * @throws Fault `period.unknown` when `until` is not a date
 */
export async function simulateCity(how: {
  readonly seed: number;
  readonly until: string;
  readonly dir: string;
  readonly townships: readonly Site[];
  readonly stations: readonly Site[];
  readonly parts?: readonly CityPart[];
  readonly districts?: readonly Site[];
  readonly yearBefore?: boolean;
  readonly onProgress?: (done: number, total: number) => void;
}): Promise<SimulatedCity> {
  const { seed, dir, townships, stations, parts = [], districts = [], yearBefore = false, onProgress } = how;
  const last = parseDay(how.until);
  const days = { first: firstDayOf(last), last };
  const job: Job = { seed, days, dir, townships, districts };
  const total = last - days.first + 2;
  const hourly = await writeStationFiles(job, stations, (day) => onProgress?.(day - days.first + 1, total));
  const files: SimulatedFile[] = hourly.map(({ path, late }) =>
    late ? { path, format: "quotsoft", late } : { path, format: "quotsoft" },
  );
  files.push(...(await writeTownshipFiles(job)).map((path) => ({ path, format: "township" }) as const));
  const places = new Map<string, SimulatedPlace>();
  for (const part of parts) {
    const { format, write, places: placesOf } = PARTS[part];
    files.push(...(await write(job)).map((path) => ({ path, format })));
    for (const place of placesOf(job)) places.set(place.code, place);
  }
  if (yearBefore) files.push(...(await writeYearBefore(job, stations, parts)));
  files.sort((a, b) => Number(a.late ?? false) - Number(b.late ?? false));
  return { files, places: [...places.values()], first: dayText(days.first), until: how.until };
}

/** Lists of the whole city are not among them: for those there is nobody else to be ranked with. */
async function writeYearBefore(
  job: Job,
  stations: readonly Site[],
  parts: readonly CityPart[],
): Promise<readonly SimulatedFile[]> {
  const days = earlierDays(job.days);
  if (days === undefined) return [];
  const before: Job = { ...job, days, dir: join(job.dir, "earlier") };
  const files: SimulatedFile[] = [];
  for (const path of await writeEarlierStationFiles(before, stations)) files.push({ path, format: "quotsoft" });
  for (const part of parts) {
    if (part === "ranks") continue;
    for (const path of await PARTS[part].write(before)) files.push({ path, format: PARTS[part].format });
  }
  return files;
}

function firstDayOf(last: DayNumber): DayNumber {
  const { year, month } = dayParts(last);
  const months = year * 12 + (month - 1) - MONTHS_BEFORE;
  return dayNumber(Math.floor(months / 12), (months % 12) + 1, 1) ?? last;
}
