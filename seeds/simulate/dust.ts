/** Dustfall and road dust load by the month, in the exchange form: townships, districts and roads. */
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Period } from "../../src/domain/period.ts";
import { dayParts } from "../../src/domain/time.ts";
import { wholeMonths } from "./calendar.ts";
import { EXCHANGE_HEADER, exchangeRow } from "./exchange.ts";
import type { Job } from "./job.ts";
import { simulatedRoads } from "./places.ts";
import { bell, draw, stream } from "./random.ts";
import { seasonOf } from "./season.ts";
import { type Site, townshipFactors } from "./sites.ts";

/** Dustfall of an average township in a month of average TSP, t/(km²·30d), and that TSP, µg/m³. */
const DUSTFALL = 4.4;
const AVERAGE_TSP = 87;
/** Road dust load of an average road, g/m². */
const ROAD_DUST = 0.48;
/** Share of townships without a measured road: the city measures the plain only. */
const UNMEASURED = 0.22;

export type Loads = readonly { readonly place: Site; readonly value: number }[];

/** Writes two files for each whole month; returns their paths in order. */
export async function writeDustFiles(job: Job): Promise<readonly string[]> {
  const folder = join(job.dir, "dust");
  await mkdir(folder, { recursive: true });
  const paths: string[] = [];
  for (const month of wholeMonths(job.days)) {
    const files = {
      dustfall: dustfallRows(job, month),
      road_dust_load: [...townshipRoadDust(job, month), ...roadDust(job, month)].map(({ place, value }) =>
        exchangeRow(place.code, month.text, "road_dust_load", value.toFixed(2)),
      ),
    };
    for (const [name, rows] of Object.entries(files)) {
      const path = join(folder, `${name}_${month.text}.csv`);
      await writeFile(path, `${[EXCHANGE_HEADER, ...rows].join("\n")}\n`);
      paths.push(path);
    }
  }
  return paths;
}

/** Townships, then each district as the mean of its townships. */
function dustfallRows(job: Job, month: Period): readonly string[] {
  const values = job.townships.map((place) => ({ place, value: DUSTFALL * dustiness(job, place, month, "dustfall") }));
  const districts = job.districts.map((place) => {
    const own = values.filter((one) => one.place.parent === place.code);
    return { place, value: own.reduce((sum, one) => sum + one.value, 0) / Math.max(1, own.length) };
  });
  return [...values, ...districts].map(({ place, value }) =>
    exchangeRow(place.code, month.text, "dustfall", value.toFixed(1)),
  );
}

/** The road dust load of townships in a month, g/m²; townships that are not measured are left out. */
export function townshipRoadDust(job: Job, month: Period): Loads {
  return job.townships
    .filter((place) => draw(job.seed, "road dust", place.code) >= UNMEASURED)
    .map((place) => ({ place, value: ROAD_DUST * dustiness(job, place, month, "road dust") }));
}

/** The road dust load of single roads in a month, g/m². */
export function roadDust(job: Job, month: Period): Loads {
  return simulatedRoads(job.seed, job.townships).map((place) => ({
    place,
    value: ROAD_DUST * dustiness(job, place, month, "road"),
  }));
}

/** Against an average place and month: a lasting character, the season, and the month's own chance. */
function dustiness(job: Job, place: Site, month: Period, what: string): number {
  const parts = dayParts(month.first);
  const { tsp } = townshipFactors(job.seed, place, parts.year, parts.month);
  const own = 1 + 0.2 * bell(stream(job.seed, what, place.code));
  const now = 1 + 0.1 * bell(stream(job.seed, what, place.code, month.first));
  return Math.max(0.2, tsp * own * now * (seasonOf("tsp", parts.month) / AVERAGE_TSP));
}
