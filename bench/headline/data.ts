/**
 * The headline job's input: hourly values of six pollutants at made-up stations, the same for everybody.
 *
 * Written twice: as the national archive's daily files, which duibiao takes in, and as one table of hours, which the
 * peers read with their own CSV readers. One value in twenty-five is missing, and each station is silent for some days.
 */
import { closeSync, mkdirSync, openSync, writeFileSync, writeSync } from "node:fs";
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
function valueText(station: number, item: number, hour: number, top: number, tenths: boolean, shift: number): string {
  let x = (station * 0x9e3779b1) ^ (item * 0x85ebca77) ^ (hour * 0xc2b2ae3d);
  x = Math.imul(x ^ (x >>> 15), 0x2c1b3c6d);
  x = Math.imul(x ^ (x >>> 12), 0x297a2d39);
  x = (x ^ (x >>> 15)) >>> 0;
  if (x % 25 === 0 || (Math.floor(hour / HOURS) + station * 7) % 97 === 0) return "";
  const base = 1 + shift + ((x >>> 5) % top);
  return tenths ? (base / 10).toFixed(1) : String(base);
}

function january(year: number): DayNumber {
  return parseDay(`${year}-01-01`);
}

function dayText(day: number, separator: string): string {
  const { year, month, day: date } = dayParts(day);
  return [year, String(month).padStart(2, "0"), String(date).padStart(2, "0")].join(separator);
}

function cellsOf(station: number, day: number, hour: number, shift = 0): readonly string[] {
  return ITEMS.map((name, item) => valueText(station, item, day * HOURS + hour, TOP[name], name === "co", shift));
}

/** @returns how many values stand in either form */
export function writeInput(
  { stations, firstYear, years }: HeadlineSize,
  dir: string,
): { readonly values: number; readonly archive: string; readonly table: string } {
  const [archive, table] = [join(dir, "archive"), join(dir, "hours.csv")];
  const [first, last] = [january(firstYear), january(firstYear + years) - 1];
  const codes = stationCodes(stations);
  const out = openSync(table, "w");
  writeSync(out, `site,date,hour,${ITEMS.join(",")}\n`);
  let values = 0;
  for (let day = first; day <= last; day++) {
    const rows: string[] = [];
    for (let hour = 0; hour < HOURS; hour++) {
      for (const [station, code] of codes.entries()) {
        const cells = cellsOf(station, day, hour);
        values += cells.filter((cell) => cell !== "").length;
        rows.push(`${code},${dayText(day, "-")},${hour},${cells.join(",")}`);
      }
    }
    writeSync(out, `${rows.join("\n")}\n`);
  }
  closeSync(out);
  writeArchive(codes, first, last, archive);
  return { values, archive, table };
}

/**
 * The national archive's daily files for the days `first` … `last`. A file labels hours by their end, so label 0 holds
 * the last hour of the day before, and one file more holds the end of the last day. `shift` is added to every value, for a
 * correction of what was written before.
 */
export function writeArchive(
  codes: readonly string[],
  first: DayNumber,
  last: DayNumber,
  dir: string,
  shift = 0,
): void {
  mkdirSync(dir, { recursive: true });
  for (let day = first; day <= last + 1; day++) {
    const lines = [`date,hour,type,${codes.join(",")}`];
    for (let label = day === first ? 1 : 0; label < (day > last ? 1 : HOURS); label++) {
      const [onDay, hour] = label === 0 ? [day - 1, HOURS - 1] : [day, label - 1];
      const columns = codes.map((_, station) => cellsOf(station, onDay, hour, shift));
      for (const [item, name] of ITEMS.entries())
        lines.push(`${dayText(day, "")},${label},${TYPES[name]},${columns.map((cells) => cells[item]).join(",")}`);
    }
    writeFileSync(join(dir, `china_sites_${dayText(day, "")}.csv`), `${lines.join("\n")}\n`);
  }
}
