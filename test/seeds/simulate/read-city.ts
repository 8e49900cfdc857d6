/** Reads simulated files the plain way, so that what they hold is not told by the code that wrote them. */
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { loadSeedPlaces } from "../../../seeds/places/load.ts";
import { type CityPart, type SimulatedFile, simulateCity } from "../../../seeds/simulate/city.ts";

const seeds = loadSeedPlaces();

/** The archive's 35 stations and the 349 listed townships and zones. */
export const stations = seeds.stations.filter((place) => place.attributes === undefined);
export const townships = seeds.divisions.filter(
  (place) => ["township", "zone"].includes(place.kind) && /^\d+$/.test(place.code),
);

/** A city in a folder, as the demo asks for it. */
export function city(seed: number, until: string, dir: string, parts: readonly CityPart[] = []) {
  const districts = seeds.divisions.filter((place) => place.kind === "district");
  return simulateCity({ seed, until, dir, townships, stations, districts, parts });
}

export function digest(files: readonly SimulatedFile[]): string {
  const hash = createHash("sha256");
  for (const file of files) hash.update(basename(file.path)).update(readFileSync(file.path));
  return hash.digest("hex");
}

export type Cell = { readonly station: string; readonly type: string; readonly start: number; readonly value: string };

/** The cells of an hourly file, `start` being the hour's start in hours since 1970 of Beijing time. */
export function cellsOf(path: string): readonly Cell[] {
  const [header = "", ...lines] = readFileSync(path, "utf8").trimEnd().split("\n");
  const names = header.split(",").slice(3, -1);
  return lines.flatMap((line) => {
    const [date = "", label = "", type = "", ...values] = line.split(",");
    const day = Date.UTC(+date.slice(0, 4), +date.slice(4, 6) - 1, +date.slice(6)) / 86_400_000;
    return names.map((station, i) => ({ station, type, start: day * 24 + +label - 1, value: values[i] ?? "" }));
  });
}

export function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Values gathered under a key. */
export function gather<K, V>(pairs: Iterable<readonly [K, V]>): Map<K, V[]> {
  const groups = new Map<K, V[]>();
  for (const [key, value] of pairs) {
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [value]);
    else group.push(value);
  }
  return groups;
}
