/**
 * Late data, played at random: files, corrections, re-ingests and undos against a model that knows nothing of SQL.
 *
 * The model is a list of batches with their values; what counts is the last value of each key among the batches that
 * were not undone. From it every daily value is worked out anew in whole numbers and held against the store's, now and
 * as of each batch before. Used by the property in `late-data.test.ts` and by `npm run differential`.
 */
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { ingestPath } from "../../ingest/pipeline.ts";
import { undoBatch } from "../../ingest/undo.ts";
import { dailyAt } from "../../src/analysis/as-of.ts";
import { seededDraws } from "../../src/analysis/seeded.ts";
import { Fault } from "../../src/domain/faults.ts";
import { dayText, parseDay } from "../../src/domain/time.ts";
import type { PlaceSeeds, Store } from "../../src/store/port.ts";

const STATIONS = ["甲站", "乙站"] as const;
const DAYS = 3;
const STEPS = 7;
/** Sequences of one store lie this many days apart, so that none touches another's days. */
const APART = 10;
const PM25 = 1;
const OZONE = 6;
const TYPES = [
  ["PM2.5", PM25],
  ["O3", OZONE],
] as const;

export const LATE_SEEDS: PlaceSeeds = {
  places: [
    { code: "110000", kind: "city", name: "某市" },
    ...STATIONS.map((name, k) => ({ code: `s${k}`, kind: "station" as const, name, parent: "110000" })),
  ],
  sets: [],
};

type Batch = { readonly id: number; readonly values: ReadonlyMap<string, number>; undone: boolean };
type Daily = ReadonlyMap<string, string>;

/** Plays one sequence; @returns what went wrong, with the steps that led to it, or `undefined` */
export async function playSequence(store: Store, dir: string, index: number): Promise<string | undefined> {
  const next = seededDraws(index + 1);
  const pick = (n: number): number => Math.floor(next() * n);
  const first = parseDay("2015-01-02") + index * APART;
  const places = new Map((await store.places()).places.map((place) => [place.name, place.id]));
  const batches: Batch[] = [];
  const files: string[] = [];
  const seen: { readonly batch: number; readonly daily: Daily }[] = [];
  const told: string[] = [];
  const folder = join(dir, `sequence-${index}`);
  await mkdir(folder, { recursive: true });

  for (let step = 0; step < STEPS; step++) {
    const action = next();
    if (action < 0.25 && batches.length > 0) {
      const standing = batches.filter((one) => !one.undone);
      const victim = standing[pick(standing.length)];
      if (victim === undefined) continue;
      const undone = await tryUndo(store, victim.id);
      told.push(`undo ${victim.id}: ${undone === undefined ? "refused" : `as ${undone}`}`);
      if (undone === undefined) continue;
      victim.undone = true;
      seen.push({ batch: undone, daily: dailyOf(batches, first) });
    } else {
      const again = action < 0.4 ? files[pick(Math.max(1, files.length))] : undefined;
      const file = again ?? join(folder, `f${step}`, `beijing_all_${dayText(first).replaceAll("-", "")}.csv`);
      if (again === undefined) {
        await mkdir(join(folder, `f${step}`), { recursive: true });
        await writeFile(file, fileText(first, next));
        files.push(file);
      }
      const [result] = await ingestPath(store, "quotsoft", file, { now: new Date("2026-01-01T00:00:00Z") });
      told.push(
        `${again === undefined ? "ingest" : "again"} ${file.slice(folder.length + 1)}: ${result?.id ?? "nothing"}`,
      );
      if (result?.id === undefined) continue;
      batches.push({ id: result.id, values: valuesOf(await readText(file)), undone: false });
      seen.push({ batch: result.id, daily: dailyOf(batches, first) });
    }
    const now = await storedDaily(store, "daily", first, places);
    const wrong = differenceOf(dailyOf(batches, first), now);
    if (wrong !== undefined) return `sequence ${index}: ${wrong} after ${told.join("; ")}`;
  }
  for (const { batch, daily } of seen) {
    const table = await dailyAt(store, batch, { first: first - 1, last: first + DAYS + 1 });
    const wrong = differenceOf(daily, await storedDaily(store, table, first, places));
    if (table !== "daily") await store.sql.run(`DROP TABLE temp.${table}`);
    if (wrong !== undefined) return `sequence ${index}: as of ${batch} ${wrong} after ${told.join("; ")}`;
  }
  return undefined;
}

async function tryUndo(store: Store, batch: number): Promise<number | undefined> {
  try {
    return (await undoBatch(store, batch, new Date("2026-01-01T00:00:00Z"))).id;
  } catch (error) {
    if (error instanceof Fault && error.code === "batch.not-undoable") return undefined;
    throw error;
  }
}

async function readText(file: string): Promise<string> {
  const { readFile } = await import("node:fs/promises");
  return await readFile(file, "utf8");
}

/** Some hours of some days; now and then an empty cell, a word, or a row that comes twice with other values. */
function fileText(first: number, next: () => number): string {
  const density = 0.3 + 0.7 * next();
  const lines = [`date,hour,type,${STATIONS.join(",")}`];
  const cell = (): string => {
    const chance = next();
    if (chance < 0.06) return "";
    if (chance < 0.08) return "NA";
    return `${Math.floor(next() * 200)}${next() < 0.3 ? ".5" : ""}`;
  };
  for (let day = first; day < first + DAYS; day++) {
    for (let hour = 0; hour < 24; hour++) {
      for (const [type] of TYPES) {
        if (next() > density) continue;
        const times = next() < 0.03 ? 2 : 1;
        for (let k = 0; k < times; k++) {
          lines.push(`${dayText(day).replaceAll("-", "")},${hour},${type},${STATIONS.map(cell).join(",")}`);
        }
      }
    }
  }
  return `${lines.join("\n")}\n`;
}

/** What a file says, read here once more: station|indicator|absolute hour that begins → tenths. */
function valuesOf(text: string): ReadonlyMap<string, number> {
  const values = new Map<string, number>();
  for (const line of text.split("\n").slice(1)) {
    const [date = "", hour = "", type = "", ...cells] = line.split(",");
    const indicator = TYPES.find(([name]) => name === type)?.[1];
    if (indicator === undefined) continue;
    const day = parseDay(`${date.slice(0, 4)}-${date.slice(4, 6)}-${date.slice(6)}`);
    const begins = day * 24 + Number(hour) - 1;
    for (const [k, cell] of cells.entries()) {
      if (/^\d+(\.5)?$/.test(cell)) values.set(`${STATIONS[k]}|${indicator}|${begins}`, Math.trunc(Number(cell) * 10));
    }
  }
  return values;
}

/** Daily values of the batches that stand, as texts: hours, sum, largest; for ozone the largest 8-hour mean × 168 and windows. */
function dailyOf(batches: readonly Batch[], first: number): Daily {
  const held = new Map<string, number>();
  for (const batch of batches) if (!batch.undone) for (const [key, value] of batch.values) held.set(key, value);
  const days = new Map<string, Map<number, number>>();
  for (const [key, value] of held) {
    const [station, indicator, begins] = key.split("|");
    const day = Math.floor(Number(begins) / 24);
    const name = `${station}|${indicator}|${day - first}`;
    const hours = days.get(name) ?? new Map<number, number>();
    hours.set((Number(begins) % 24) + 1, value);
    days.set(name, hours);
  }
  return new Map([...days].map(([name, hours]) => [name, dayText8(hours, name.split("|")[1] === String(OZONE))]));
}

function dayText8(hours: ReadonlyMap<number, number>, ozone: boolean): string {
  const values = [...hours.values()];
  const base = `${values.length} ${values.reduce((a, b) => a + b, 0)} ${Math.max(...values)}`;
  if (!ozone) return base;
  let best = -1;
  let windows = 0;
  for (let end = 8; end <= 24; end++) {
    const inside = Array.from({ length: 8 }, (_, k) => hours.get(end - k)).filter((one) => one !== undefined);
    if (inside.length < 6) continue;
    windows += 1;
    best = Math.max(best, inside.reduce((a, b) => a + b, 0) * (168 / inside.length));
  }
  return `${base} ${best < 0 ? "-" : best} ${windows}`;
}

async function storedDaily(
  store: Store,
  table: string,
  first: number,
  places: ReadonlyMap<string, number>,
): Promise<Daily> {
  const names = new Map([...places].map(([name, id]) => [id, name]));
  const rows = await store.sql.rows<Record<string, number | bigint | null>>(
    `SELECT * FROM ${table} WHERE day BETWEEN ${first - 1} AND ${first + DAYS + 1}`,
  );
  // Stored values are multiples of 10⁻⁸; the model counts in tenths.
  const tenths = (value: number | bigint | null | undefined): bigint => BigInt(value ?? 0) / 10_000_000n;
  return new Map(
    rows.map((row) => {
      const day = Number(row["day"]) - first;
      const base = `${row["n"]} ${tenths(row["total"])} ${tenths(row["max"])}`;
      const ozone = Number(row["indicator"]) === OZONE;
      const best = row["mda8"] === null ? "-" : tenths(row["mda8"]);
      const text = ozone ? `${base} ${best} ${row["windows"]}` : base;
      return [`${names.get(Number(row["place"]))}|${row["indicator"]}|${day}`, text];
    }),
  );
}

function differenceOf(expected: Daily, found: Daily): string | undefined {
  for (const key of new Set([...expected.keys(), ...found.keys()])) {
    if (expected.get(key) !== found.get(key)) return `${key} is ${found.get(key)}, not ${expected.get(key)}`;
  }
  return undefined;
}
