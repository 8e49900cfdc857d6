/** A batch too large for memory is checked and merged in slices of days: nothing tells it from one taken at once. */
import { mkdir, readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type BatchResult, type BatchSizes, ingestPath } from "../../ingest/pipeline.ts";
import { undoBatch } from "../../ingest/undo.ts";
import { addsUp } from "../../src/domain/account.ts";
import { digestOf } from "../../src/store/digest.ts";
import type { PlaceSeeds, Store } from "../../src/store/port.ts";
import { type TemporaryStore, temporaryStore } from "../store-fixture.ts";
import { NOW } from "./take.ts";

const SEEDS: PlaceSeeds = {
  places: ["东四", "天坛", "官园"].map((name, k) => ({ code: `s${k}`, kind: "station", name })),
  sets: [],
};

/** Everything in one piece; texts that stay bytes, and some days of the archive at once. */
const WHOLE: BatchSizes = { long: Infinity, ordinary: Infinity, slice: Infinity };
const SLICED: BatchSizes = { long: 0, ordinary: 0, slice: 800 };

const TABLES = ["reading", "history", "daily", "reject", "batch_file", "place"];

let whole: TemporaryStore;
let sliced: TemporaryStore;
beforeEach(async () => {
  [whole, sliced] = [await temporaryStore(SEEDS), await temporaryStore(SEEDS)];
});
afterEach(async () => {
  await whole.remove();
  await sliced.remove();
});

/** Rows of a table without their order, and what each of the batches came to. */
async function content({ sql }: Store): Promise<Readonly<Record<string, readonly string[]>>> {
  const found: Record<string, readonly string[]> = {};
  for (const table of TABLES) {
    const rows = await sql.rows<{ row: string }>(`SELECT t::VARCHAR AS row FROM ${table} t`);
    found[table] = rows.map(({ row }) => row).sort();
  }
  const batches = await sql.rows<{ row: string }>(
    "SELECT b::VARCHAR AS row FROM (SELECT * EXCLUDE (source) FROM batch) b ORDER BY id",
  );
  return { ...found, batch: batches.map(({ row }) => row) };
}

type Batch = { readonly format: string; readonly files: Readonly<Record<string, string>>; readonly map?: string };

/** Takes the same files into both stores. */
async function takeBoth({ format, files, map }: Batch, dryRun = false): Promise<readonly [BatchResult, BatchResult]> {
  const results: BatchResult[] = [];
  for (const [{ store, dir }, sizes] of [
    [whole, WHOLE],
    [sliced, SLICED],
  ] as const) {
    const folder = join(dir, "in");
    await mkdir(folder, { recursive: true });
    for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
    const names = Object.keys(files);
    const path = names.length === 1 ? join(folder, names[0] ?? "") : folder;
    const [batch] = await ingestPath(store, format, path, {
      now: NOW,
      sizes,
      dryRun,
      options: map === undefined ? {} : { map },
    });
    results.push({ ...(batch as BatchResult), source: "" });
  }
  return results as unknown as readonly [BatchResult, BatchResult];
}

/** Texts of an archive: odd and impossible ones among them, lines that stay flat over midnight, spikes at the hour before it. */
function cell(hour: number, item: number, station: number, salt: number): string {
  const k = hour * 7 + item * 13 + station * 29 + salt;
  if (hour % 24 === 23 && hour % 5 === 0) return "985";
  if (k % 41 === 0) return "";
  if (k % 53 === 0) return ["3O", "-4", "99999", "1e1", "１２", "0.123456789"][k % 6] ?? "";
  if (Math.floor((hour + 13) / 31) % 3 === station) return "35";
  return `${10 + (k % 83)}.${k % 9}`;
}

const date = (day: number): string =>
  new Date(Date.UTC(2024, 1, 20 + day)).toISOString().slice(0, 10).replaceAll("-", "");

/** Days of the archive as one file; `salt` makes other values of some. */
function archive(days: readonly number[], salt: (hour: number) => number): string {
  const lines = ["date,hour,type,东四,天坛,官园"];
  for (const day of days) {
    for (let hour = 0; hour < 24; hour++) {
      for (const [item, type] of ["PM2.5", "PM10", "O3"].entries()) {
        const at = day * 24 + hour;
        lines.push(`${date(day)},${hour},${type},${[0, 1, 2].map((s) => cell(at, item, s, salt(at))).join(",")}`);
      }
    }
  }
  return `${lines.join("\n")}\n`;
}

const range = (from: number, to: number): readonly number[] => Array.from({ length: to - from }, (_, k) => from + k);
const quotsoft = (files: Readonly<Record<string, string>>): Batch => ({ format: "quotsoft", files });
const FIRST = quotsoft({ "beijing_all_20240301.csv": archive(range(0, 7), () => 0) });
/** Overlaps the first, says some of it again and some otherwise, and repeats days within itself and over two files. */
const SECOND = quotsoft({
  "beijing_all_20240302.csv": archive([5, 4, 6, 7, 7, 8], (hour) => (hour % 3 === 0 ? 5 : 0)),
  "beijing_all_20240303.csv": archive(range(6, 10), (hour) => (hour % 4 === 0 ? 9 : 0)),
});

describe("A batch in slices", () => {
  it("comes to the same readings, flags, history, daily values, rejects and account as in one piece", async () => {
    for (const batch of [FIRST, SECOND, FIRST]) {
      const [one, other] = await takeBoth(batch);
      expect(other).toEqual(one);
      expect(addsUp(other)).toBe(true);
      expect(other.read).toBeGreaterThan(1000);
      expect(other.rejected).toBeGreaterThan(0);
    }
    const [one, other] = [await content(whole.store), await content(sliced.store)];
    for (const table of Object.keys(one)) expect(other[table], table).toEqual(one[table]);
    const flags = await sliced.store.sql.rows<{ flag: number }>("SELECT DISTINCT flag FROM reading WHERE flag <> 0");
    // Flat lines (2), spikes (4) and PM2.5 above PM10 (8) are all among them.
    for (const bit of [2, 4, 8]) expect(flags.some(({ flag }) => (flag & bit) !== 0)).toBe(true);
    expect(one["history"]?.length).toBeGreaterThan(0);
  });

  it("warns of a shifted hour as one piece does", async () => {
    await takeBoth(FIRST);
    const shifted = archive(range(0, 7), () => 0).replaceAll(
      /^(\d{8}),(\d+),/gm,
      (_, day: string, hour: string) => `${day},${(Number(hour) + 1) % 24},`,
    );
    const [one, other] = await takeBoth(quotsoft({ "beijing_all_20240309.csv": shifted }));
    expect(one.warnings.length).toBeGreaterThan(0);
    expect(other.warnings.map(({ kind, indicator, lag }) => [kind, indicator, lag])).toEqual(
      one.warnings.map(({ kind, indicator, lag }) => [kind, indicator, lag]),
    );
  });

  it("makes the same hours of minutes", async () => {
    const lines = range(0, 3 * 1440).map((minute) => {
      const at = new Date(Date.UTC(2024, 2, 5) + minute * 60_000).toISOString();
      return `${at.slice(0, 10)} ${at.slice(11, 16)},${minute % 50 === 0 ? "" : (minute * 7) % 90}`;
    });
    const map = "fixedPlace: 东四\nkind: station\ntime: t\nspan: minuteStart\nvalues:\n  v: { indicator: so2 }\n";
    for (const files of [
      { "a.csv": `t,v\n${lines.join("\n")}\n` },
      { "a.csv": `t,v\n2024-03-06 00:00,77\n2024-03-07 00:00,7\n` },
    ]) {
      const [one, other] = await takeBoth({ format: "generic", files, map });
      expect(other).toEqual(one);
      expect(other.minutes?.touched).toBeGreaterThan(1);
    }
    expect(await content(sliced.store)).toEqual(await content(whole.store));
  });

  it("counts rows as one piece does where rows are the unit", async () => {
    const lines = range(0, 400).map((k) => {
      const at = new Date(Date.UTC(2024, 2, 5) + k * 3_600_000).toISOString().replace(".000", "");
      return `7,Here,pm25,${k % 17 === 0 ? "x" : 10 + (k % 60)},µg/m³,${at},UTC,1,2`;
    });
    const heads = "location_id,location_name,parameter,value,unit,datetimeUtc,timezone,latitude,longitude";
    const [one, other] = await takeBoth({ format: "openaq", files: { "o.csv": `${heads}\n${lines.join("\n")}\n` } });
    expect(other).toEqual(one);
    expect(other).toMatchObject({ read: 400, inserted: 376, rejected: 24 });
  });

  it("is taken back whole, and a dry run keeps nothing", async () => {
    await takeBoth(FIRST);
    const before = await digestOf(sliced.store);
    const [planned, dry] = await takeBoth(SECOND, true);
    expect(dry).toEqual(planned);
    expect(await digestOf(sliced.store)).toEqual(before);
    const [, batch] = await takeBoth(SECOND);
    expect(await digestOf(sliced.store)).not.toEqual(before);
    await undoBatch(sliced.store, batch.id ?? 0, NOW);
    expect(await digestOf(sliced.store)).toEqual(before);
  });

  it("is read from its files anew each time: DuckDB keeps nothing of what one of such a name held", async () => {
    for (const batch of [FIRST, SECOND]) await takeBoth(batch);
    const { sql } = sliced.store;
    expect(await sql.rows("SELECT path FROM duckdb_external_file_cache()")).toEqual([]);
  });

  it("leaves nothing beside the database, and the connection without its limit", async () => {
    const limit = async (): Promise<string> =>
      (await sliced.store.sql.one<{ limit: string }>("SELECT current_setting('memory_limit') AS limit")).limit;
    const usual = await limit();
    await takeBoth(FIRST);
    expect((await readdir(sliced.store.dir)).filter((name) => name.endsWith(".part"))).toEqual([]);
    expect(await limit()).toBe(usual);
  });
});
