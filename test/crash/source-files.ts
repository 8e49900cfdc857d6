/** Small made-up source files: days of the wide archive format for two stations. */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

export const STATIONS = ["1001A", "1002A"] as const;

/** Where a store that takes them in starts from. */
export const STATION_SEEDS = {
  places: STATIONS.map((code) => ({ code, kind: "station" as const, name: code })),
  sets: [],
};

const TYPES = ["PM2.5", "O3", "CO"];

/** @param shift is added to every value, so that days that are held already are corrected */
export function sourceFolder(
  folder: string,
  { first, days, shift }: { readonly first: number; readonly days: number; readonly shift: number },
): string {
  mkdirSync(folder, { recursive: true });
  for (let at = first; at < first + days; at++) {
    const day = 20150300 + at;
    const lines = [`date,hour,type,${STATIONS.join(",")}`];
    for (let hour = 0; hour < 24; hour++) {
      for (const [item, type] of TYPES.entries()) {
        const values = STATIONS.map((_, k) => ((day * 7 + hour * 3 + item * 11 + k * 5) % 90) + shift);
        lines.push(`${day},${hour},${type},${values.join(",")}`);
      }
    }
    writeFileSync(join(folder, `china_sites_${day}.csv`), `${lines.join("\n")}\n`);
  }
  return folder;
}
