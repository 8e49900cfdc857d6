/**
 * The headline job's input: hourly values of six pollutants at made-up stations, the same for everybody.
 *
 * Written twice: as the national archive's daily files, which duibiao takes in, and as one table of hours, which the
 * peers read with their own CSV readers. One value in twenty-five is missing, and each station is silent for some days.
 */
import { mkdirSync, openSync, writeFileSync, writeSync } from "node:fs";
import { join } from "node:path";
import { type DayNumber, dayParts, parseDay } from "../../src/domain/time.ts";

export const ITEMS = ["pm25", "pm10", "so2", "no2", "co", "o3"] as const;

export type HeadlineItem = (typeof ITEMS)[number];

const TYPES: Readonly<Record<HeadlineItem, string>> = {
  pm25: "PM2.5",
  pm10: "PM10",
  so2: "SO2",
  no2: "NO2",
  co: "CO",
  o3: "O3",
};
const TOP: Readonly<Record<HeadlineItem, number>> = { pm25: 140, pm10: 220, so2: 60, no2: 110, co: 30, o3: 280 };
const HOURS = 24;

export type HeadlineSize = { readonly stations: number; readonly firstYear: number; readonly years: number };

/** Codes of the national form that no seed knows. */
export function stationCodes(count: number): readonly string[] {
  return Array.from({ length: count }, (_, k) => `${4001 + k}A`);
}

/** A value's text; empty where nothing was measured. The same arguments give the same text on every machine. */
function valueText(station: number, item: number, hour: number, top: number, tenths: boolean): string {
  let x = (station * 0x9e3779b1) ^ (item * 0x85ebca77) ^ (hour * 0xc2b2ae3d);
  x = Math.imul(x ^ (x >>> 15), 0x2c1b3c6d);
  x = Math.imul(x ^ (x >>> 12), 0x297a2d39);
  x = (x ^ (x >>> 15)) >>> 0;
  const day = Math.floor(hour / HOURS);
  if (x % 25 === 0 || (day + station * 7) % 97 === 0) return "";
  const base = 1 + ((x >>> 5) % top);
  return tenths ? (base / 10).toFixed(1) : String(base);
}

function january(year: number): DayNumber {
  return parseDay(`${year}-01-01`);
}

function dayText(day: number, separator: string): string {
  const { year, month, day: date } = dayParts(day);
  return [year, String(month).padStart(2, "0"), String(date).padStart(2, "0")].join(separator);
}

/** @returns how many values stand in either form */
export function writeInput(
  { stations, firstYear, years }: HeadlineSize,
  dir: string,
): { readonly values: number; readonly archive: string; readonly table: string } {
  const archive = join(dir, "archive");
  mkdirSync(archive, { recursive: true });
  const table = join(dir, "hours.csv");
  const first = january(firstYear);
  const last = january(firstYear + years) - 1;
  const codes = stationCodes(stations);
  const out = openSync(table, "w");
  writeSync(out, `site,date,hour,${ITEMS.join(",")}\n`);
  let values = 0;
  const at = (station: number, item: number, hour: number): string => {
    const name = ITEMS[item] ?? "pm25";
    return valueText(station, item, hour, TOP[name], name === "co");
  };
  for (let day = first; day <= last; day++) {
    const rows: string[] = [];
    for (let hour = 0; hour < HOURS; hour++) {
      for (const [station, code] of codes.entries()) {
        const cells = ITEMS.map((_, item) => at(station, item, (day - first) * HOURS + hour));
        values += cells.filter((cell) => cell !== "").length;
        rows.push(`${code},${dayText(day, "-")},${hour},${cells.join(",")}`);
      }
    }
    writeSync(out, `${rows.join("\n")}\n`);
  }
  // The archive labels an hour by its end: label 0 is the last hour of the day before.
  for (let day = first; day <= last + 1; day++) {
    const lines = [`date,hour,type,${codes.join(",")}`];
    for (let label = 0; label < (day > last ? 1 : HOURS); label++) {
      const hour = (day - first) * HOURS + label - 1;
      if (hour < 0) continue;
      for (const [item, name] of ITEMS.entries())
        lines.push(`${dayText(day, "")},${label},${TYPES[name]},${codes.map((_, k) => at(k, item, hour)).join(",")}`);
    }
    writeFileSync(join(archive, `china_sites_${dayText(day, "")}.csv`), `${lines.join("\n")}\n`);
  }
  return { values, archive, table };
}
