/** The commands that are run under a broken disk: from which store, with which words, and what must be left of each. */
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { ingestPath } from "../../ingest/pipeline.ts";
import { seedPlaces } from "../../src/cli/seeds.ts";
import { backupStore } from "../../src/store/backup.ts";
import { openStore } from "../../src/store/open.ts";
import type { PlaceSeeds, Store } from "../../src/store/port.ts";
import { oldStores } from "../store/old-stores.ts";
import { type Left, look } from "./look.ts";
import { STATION_SEEDS, sourceFolder } from "./source-files.ts";

const BIN = resolve(import.meta.dirname, "../../bin/duibiao.mjs");
const NOW = new Date("2026-01-01T00:00:00Z");

export const FAULT_STEPS = [
  "ingest",
  "correct",
  "undo",
  "repair",
  "migrate",
  "publish",
  "backup",
  "restore",
  "export csv",
  "export parquet",
  "export xlsx",
  "export duckdb",
] as const;
export type FaultStep = (typeof FAULT_STEPS)[number];

/** What a repair keeps first: the store as it was, whose daily values may be wrong. */
export const REPAIR_BACKUP = "before.tar.gz";

/** A folder with a store in it, as it is before the step. `out` is where the step's own files go. */
export type Place = { readonly store: string; readonly out: string };

export type FaultSteps = {
  readonly prepare: (step: FaultStep, dir: string) => Promise<Place>;
  readonly words: (step: FaultStep, place: Place) => readonly string[];
};

/** @param dir for the stores the steps start from */
export async function faultSteps(dir: string): Promise<FaultSteps> {
  mkdirSync(dir, { recursive: true });
  const first = sourceFolder(join(dir, "first"), { first: 1, days: 3, shift: 0 });
  const second = sourceFolder(join(dir, "second"), { first: 3, days: 3, shift: 1 });
  const base = (name: string): string => join(dir, `base-${name}`);
  const make = async (name: string, seeds: PlaceSeeds, work: (store: Store) => Promise<unknown>): Promise<void> => {
    const store = await openStore(base(name), { create: true, seeds });
    await work(store);
    await store.close();
  };
  const take = (store: Store, path: string) => ingestPath(store, "quotsoft", path, { now: NOW });
  await make("empty", STATION_SEEDS, async () => undefined);
  await make("one", STATION_SEEDS, (store) => take(store, first));
  await make("two", STATION_SEEDS, async (store) => {
    await take(store, first);
    await take(store, second);
    await backupStore(store, join(dir, "whole.tar.gz"));
  });
  await make("torn", STATION_SEEDS, async (store) => {
    await take(store, first);
    await store.sql.run("DELETE FROM daily WHERE day % 2 = 0");
  });
  await make("city", seedPlaces(), (store) => take(store, cityDays(join(dir, "city"))));
  await oldStores()[0]?.into(base("old"));
  const from: Readonly<Partial<Record<FaultStep, string>>> = {
    ingest: "empty",
    correct: "one",
    repair: "torn",
    migrate: "old",
    publish: "city",
  };
  const words: Readonly<Record<FaultStep, (out: string) => readonly string[]>> = {
    ingest: () => ["ingest", "quotsoft", first],
    correct: () => ["ingest", "quotsoft", second],
    undo: () => ["batch", "undo", "2"],
    repair: (out) => ["doctor", "--repair", "--backup", join(out, REPAIR_BACKUP)],
    migrate: () => ["batch", "list"],
    publish: (out) => ["brief", "publish", "district", "--period", "2024-03", "--place", "110105", "--out", out],
    backup: (out) => ["backup", join(out, "b.tar.gz")],
    restore: (out) => ["restore", join(dir, "whole.tar.gz"), "--into", join(out, "again")],
    "export csv": (out) => ["export", "csv", "readings", "--out", join(out, "r.csv")],
    "export parquet": (out) => ["export", "parquet", "readings", "--out", join(out, "r.parquet")],
    "export xlsx": (out) => ["export", "xlsx", "daily", "--out", join(out, "d.xlsx")],
    "export duckdb": (out) => ["export", "duckdb", "readings", "--out", join(out, "r.duckdb")],
  };
  return {
    prepare: async (step, to) => {
      const place = { store: join(to, "store"), out: join(to, "out") };
      cpSync(base(from[step] ?? "two"), place.store, { recursive: true });
      mkdirSync(place.out);
      return place;
    },
    words: (step, { store, out }) => [BIN, ...words[step](out), "--store", store],
  };
}

/** What a step leaves: the store, and the files beside it that stand under their final names. */
export type Leaving = {
  readonly store: Left;
  readonly files: ReadonlyMap<string, Buffer>;
  readonly half: readonly string[];
};

export async function leavingOf({ store, out }: Place): Promise<Leaving> {
  const names = readdirSync(out, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(out.length + 1));
  // A name that a step uses on the way only: what is cleared when it fails.
  const half = names.filter((name) => /\.part$|\.staging\/|\.wal$|\.new$/.test(name));
  const files = names
    .filter((name) => !half.includes(name))
    .map((name) => [name, readFileSync(join(out, name))] as const);
  return { store: await look(store), files: new Map(files), half };
}

/** Days of eight stations of the city, in the wide format. @param salt makes other values */
export function cityDays(folder: string, days: readonly string[] = ["20240301", "20240302"], salt = 0): string {
  const stations = ["东四", "天坛", "官园", "万寿西宫", "奥体中心", "农展馆", "古城", "云岗"];
  if (!existsSync(folder)) mkdirSync(folder);
  for (const day of days) {
    const lines = [`date,hour,type,${stations.join(",")}`];
    for (let hour = 0; hour < 24; hour++) {
      for (const [k, type] of ["PM2.5", "PM10", "SO2", "NO2", "O3"].entries())
        lines.push(
          `${day},${hour},${type},${stations.map((_, s) => 15 + ((hour * 7 + s * 3 + k * 11 + salt) % 60)).join(",")}`,
        );
    }
    writeFileSync(join(folder, `beijing_all_${day}.csv`), `${lines.join("\n")}\n`);
  }
  return folder;
}
