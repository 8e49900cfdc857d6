/**
 * Hourly station files in the layout of the quotsoft archive: two a day, one row per hour and type.
 *
 * A label h is the hour that ends at h:00, and label 0 closes the day before; so the last natural day needs one row
 * group of the file after it, and the first file has no label 0.
 */
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { SIMULATED_MARK } from "../../src/domain/simulated.ts";
import { type DayNumber, dayText } from "../../src/domain/time.ts";
import { type DayValues, type HourlyItem, hoursOf } from "./hours.ts";
import type { Days, Job } from "./job.ts";
import { draw, pick } from "./random.ts";
import type { Site } from "./sites.ts";

/** The two files of a day and the types each holds, in the archive's order. */
const FILES = {
  all: [
    ["PM2.5", "pm25"],
    ["PM10", "pm10"],
  ],
  extra: [
    ["SO2", "so2"],
    ["NO2", "no2"],
    ["O3", "o3"],
    ["CO", "co"],
  ],
} as const satisfies Record<string, readonly (readonly [string, HourlyItem])[]>;

type Half = keyof typeof FILES;

/** Share of hours in which the whole network sends nothing: the archive leaves such rows out. */
const SILENT_HOURS = 0.002;
const OUTAGE_DAYS = 6;
/** The restated day lies this far before the end, in days. */
const RESTATED = { from: 20, to: 50 } as const;
/** The review lowers the district's readings of the daylight hours by this share. */
const REVIEW = { district: "110105", factor: 0.88, fromLabel: 6, toLabel: 20 } as const;

export type StationFile = { readonly path: string; readonly late: boolean };

/** Writes the files of all days, and last the one that restates a day; returns their paths in the order to ingest. */
export async function writeStationFiles(
  { seed, days, dir }: Job,
  stations: readonly Site[],
  onDay: (day: DayNumber) => void,
): Promise<readonly StationFile[]> {
  const outage = outageOf(seed, days, stations);
  const restated = days.last - pick(seed, RESTATED.from, RESTATED.to, "restated day");
  const written: StationFile[] = [];
  const late: (() => Promise<void>)[] = [];
  const folder = join(dir, "stations");
  await mkdir(folder, { recursive: true });
  let yesterday: DayValues | undefined;
  for (let day = days.first; day <= days.last + 1; day++) {
    const silent = new Set(day >= outage.from && day <= outage.to ? [outage.station] : []);
    const today = day > days.last ? undefined : hoursOf(seed, day, stations, silent);
    for (const half of ["all", "extra"] as const) {
      const file = `beijing_${half}_${dayText(day).replaceAll("-", "")}.csv`;
      const path = join(folder, file);
      await writeFile(path, fileText(seed, day, half, stations, yesterday, today));
      written.push({ path, late: false });
      if (day === restated && half === "all") {
        const text = fileText(seed, day, half, stations, yesterday, today, reviewed);
        late.push(async () => {
          await mkdir(join(dir, "late"), { recursive: true });
          await writeFile(join(dir, "late", file), text);
          written.push({ path: join(dir, "late", file), late: true });
        });
      }
    }
    yesterday = today;
    onDay(day);
  }
  for (const write of late) await write();
  return written;
}

function outageOf(seed: number, days: Days, stations: readonly Site[]) {
  const from = days.last - pick(seed, 60, 300, "outage");
  const station = stations[pick(seed, 0, stations.length - 1, "silent station")]?.code ?? "";
  return { station, from, to: from + OUTAGE_DAYS - 1 };
}

type Change = (value: number, station: Site, label: number) => number;

function reviewed(value: number, station: Site, label: number): number {
  const inside = station.parent === REVIEW.district && label >= REVIEW.fromLabel && label <= REVIEW.toLabel;
  return inside ? Math.round(value * REVIEW.factor) : value;
}

function fileText(
  seed: number,
  day: DayNumber,
  half: Half,
  stations: readonly Site[],
  yesterday: DayValues | undefined,
  today: DayValues | undefined,
  change: Change = (value) => value,
): string {
  const date = dayText(day).replaceAll("-", "");
  const lines = [`date,hour,type,${stations.map((station) => station.name).join(",")},${SIMULATED_MARK}`];
  for (let label = 0; label < 24; label++) {
    const hour = label === 0 ? yesterday?.[23] : today?.[label - 1];
    if (hour === undefined || draw(seed, "silent hour", day, label) < SILENT_HOURS) continue;
    for (const [type, item] of FILES[half]) {
      const cells = stations.map((station, i) => cellText(item, hour[item][i], (v) => change(v, station, label)));
      lines.push(`${date},${label},${type},${cells.join(",")},`);
    }
  }
  return `${lines.join("\n")}\n`;
}

function cellText(item: HourlyItem, value: number | undefined, change: (value: number) => number): string {
  if (value === undefined) return "";
  const shown = change(value);
  return String(item === "co" ? shown / 10 : shown);
}
