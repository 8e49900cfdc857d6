/** A disk that is full in the middle of a batch, a backup, a restore or a move to a later schema: a small file system of its own, filled to the brim. */
import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statfsSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ingestPath } from "../../ingest/pipeline.ts";
import { examine } from "../../src/analysis/doctor.ts";
import { Fault, faultLines } from "../../src/domain/faults.ts";
import { backupStore, restoreStore } from "../../src/store/backup.ts";
import { digestOf } from "../../src/store/digest.ts";
import { openStore } from "../../src/store/open.ts";
import type { Store } from "../../src/store/port.ts";
import { oldStores } from "../store/old-stores.ts";
import { STATION_SEEDS, sourceFolder } from "./source-files.ts";

const NOW = new Date("2026-01-01T00:00:00Z");
const BIN = resolve(import.meta.dirname, "../../bin/duibiao.mjs");
const SIZE_MB = 48;
/** Free bytes while the batch comes in: from none to nearly enough, so that each write is the one that fails. */
const FREE = [0, 65_536, 524_288];
const LONGEST_MS = 600_000;

const home = mkdtempSync(join(tmpdir(), "full-disk-"));
const disk = join(home, "disk");
mkdirSync(disk);
/** Mounting needs root and a kernel that allows it: elsewhere these tests are skipped, and seen to be. */
const mounted = spawnSync("mount", ["-t", "tmpfs", "-o", `size=${SIZE_MB}m`, "tmpfs", disk]).status === 0;

afterAll(() => {
  if (mounted) spawnSync("umount", [disk]);
  rmSync(home, { recursive: true, force: true });
});

describe.skipIf(!mounted)("A full disk", { timeout: LONGEST_MS }, () => {
  let base: string;
  let first: string;
  let second: string;
  let digests: readonly [string, string];
  const dir = join(disk, "store");
  const filler = join(disk, "filler");

  const withStore = async <T>(folder: string, work: (store: Store) => Promise<T>): Promise<T> => {
    const store = await openStore(folder, { create: true, seeds: STATION_SEEDS });
    try {
      return await work(store);
    } finally {
      await store.close();
    }
  };
  const ingest = (store: Store, path: string) => ingestPath(store, "quotsoft", path, { now: NOW });
  const fill = (free: number): void => {
    const { bavail, bsize } = statfsSync(disk);
    writeFileSync(filler, Buffer.alloc(Math.max(0, bavail * bsize - free)));
  };
  /** What the store holds once there is room again, and what `doctor` has against it. */
  const left = async (): Promise<{ readonly digest: string; readonly bad: readonly unknown[] }> => {
    rmSync(filler, { force: true });
    return await withStore(dir, async (store) => ({
      digest: JSON.stringify(await digestOf(store)),
      bad: (await examine(store)).filter(({ ok }) => !ok),
    }));
  };
  const fresh = (): void => {
    rmSync(dir, { recursive: true, force: true });
    cpSync(base, dir, { recursive: true });
  };

  beforeAll(async () => {
    first = sourceFolder(join(home, "first"), { first: 1, days: 3, shift: 0 });
    second = sourceFolder(join(home, "second"), { first: 3, days: 15, shift: 1 });
    base = join(home, "base");
    digests = await withStore(base, async (store) => {
      await ingest(store, first);
      return [JSON.stringify(await digestOf(store)), ""] as const;
    });
    const whole = join(home, "whole");
    cpSync(base, whole, { recursive: true });
    digests = [
      digests[0],
      await withStore(whole, async (store) => {
        await ingest(store, second);
        return JSON.stringify(await digestOf(store));
      }),
    ];
  });

  it("fails a batch whole, says what to do, and leaves the store as it was; with room it goes in", async () => {
    let failed = 0;
    for (const free of FREE) {
      fresh();
      const error: unknown = await withStore(dir, async (store) => {
        fill(free);
        return await ingest(store, second).then(
          () => undefined,
          (thrown: unknown) => thrown,
        );
      });
      const { digest, bad } = await left();
      expect(bad, `${free} bytes free`).toEqual([]);
      if (error === undefined) {
        expect(digest, `${free} bytes free`).toBe(digests[1]);
        continue;
      }
      failed += 1;
      expect(error, `${free} bytes free`).toBeInstanceOf(Fault);
      expect((error as Fault).code).toBe("store.not-written");
      expect(faultLines(error as Fault, "zh")).toHaveLength(3);
      expect(digest, `${free} bytes free`).toBe(digests[0]);
    }
    expect(failed).toBeGreaterThanOrEqual(2);
    expect(
      await withStore(dir, async (store) => {
        if (JSON.stringify(await digestOf(store)) === digests[0]) await ingest(store, second);
        return JSON.stringify(await digestOf(store));
      }),
    ).toBe(digests[1]);
  });

  it("ends the command with three lines and exit code 3", async () => {
    fresh();
    fill(0);
    const { status, stderr } = spawnSync(process.execPath, [BIN, "ingest", "quotsoft", second, "--store", dir], {
      encoding: "utf8",
    });
    expect(status).toBe(3);
    expect(
      stderr
        .trim()
        .split("\n")
        .filter((line) => /^(错误|位置|办法)/.test(line)),
    ).toHaveLength(3);
    expect(stderr).toContain("[store.not-written]");
    expect(await left()).toEqual({ digest: digests[0], bad: [] });
  });

  it("leaves no half of a backup, and the store as it was", async () => {
    fresh();
    const file = join(disk, "b.tar.gz");
    const error: unknown = await withStore(dir, async (store) => {
      fill(0);
      return await backupStore(store, file).catch((thrown: unknown) => thrown);
    });
    expect((error as Fault).code).toMatch(/^(backup|store)\.not-written$/);
    expect(existsSync(file)).toBe(false);
    expect(readdirSync(disk).filter((name) => name.startsWith("b."))).toEqual([]);
    expect(await left()).toEqual({ digest: digests[0], bad: [] });
  });

  it("restores a backup whole or leaves nothing of it, and says why; with room it is restored", async () => {
    fresh();
    const file = join(home, "whole.tar.gz");
    await withStore(dir, (store) => backupStore(store, file));
    rmSync(dir, { recursive: true, force: true });
    let failed = 0;
    for (const free of [...FREE, SIZE_MB << 20]) {
      fill(free);
      const error: unknown = await restoreStore(file, dir).then(
        () => undefined,
        (thrown: unknown) => thrown,
      );
      rmSync(filler, { force: true });
      if (error === undefined) break;
      failed += 1;
      expect((error as Fault).code, `${free} bytes free`).toBe("store.not-written");
      expect(faultLines(error as Fault, "zh")).toHaveLength(3);
      expect(existsSync(dir), `${free} bytes free`).toBe(false);
    }
    expect(failed).toBeGreaterThanOrEqual(2);
    expect(await left()).toEqual({ digest: digests[0], bad: [] });
  });

  it("moves a store of an earlier schema up whole or not at all, and says why; with room it moves", async () => {
    const [old] = oldStores();
    if (old === undefined) throw new Error("no old store");
    const whole = join(home, "moved");
    await old.into(whole);
    const moved = await withStore(whole, async (store) => JSON.stringify(await digestOf(store)));
    let failed = 0;
    for (const free of FREE) {
      rmSync(dir, { recursive: true, force: true });
      await old.into(dir);
      fill(free);
      const error: unknown = await withStore(dir, async () => undefined).then(
        () => undefined,
        (thrown: unknown) => thrown,
      );
      if (error !== undefined) {
        failed += 1;
        expect((error as Fault).code, `${free} bytes free`).toBe("store.not-written");
        expect(faultLines(error as Fault, "zh")).toHaveLength(3);
        rmSync(filler, { force: true });
        expect(await schemaOf(dir), `${free} bytes free`).toBe(old.schema);
      }
      expect(await left(), `${free} bytes free`).toEqual({ digest: moved, bad: [] });
    }
    expect(failed).toBeGreaterThanOrEqual(1);
  });
});

/** The schema a store is of, without moving it up. */
async function schemaOf(folder: string): Promise<number> {
  const instance = await DuckDBInstance.create(join(folder, "duibiao.duckdb"), { access_mode: "READ_ONLY" });
  const connection = await instance.connect();
  const rows = await connection.runAndReadAll("SELECT value FROM meta WHERE key = 'schema'");
  connection.closeSync();
  instance.closeSync();
  return Number(rows.getRows()[0]?.[0]);
}
