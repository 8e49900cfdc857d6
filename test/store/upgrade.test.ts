/** Stores that earlier programs made: they open, move up, and hold what they held. */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { ingestPath } from "../../ingest/pipeline.ts";
import { undoBatch } from "../../ingest/undo.ts";
import { examine } from "../../src/analysis/doctor.ts";
import { Fault, faultLines } from "../../src/domain/faults.ts";
import { frozenBytes, publishedBriefings } from "../../src/store/briefings.ts";
import { digestOf } from "../../src/store/digest.ts";
import { MIGRATIONS, SCHEMA_VERSION } from "../../src/store/migrations.ts";
import { openStore } from "../../src/store/open.ts";
import type { Store } from "../../src/store/port.ts";
import { sourceFolder } from "../crash/source-files.ts";
import { contentOf } from "./content.ts";
import { type OldStore, oldStores } from "./old-stores.ts";

const NOW = new Date("2026-02-01T00:00:00Z");
const NO_SEEDS = { places: [], sets: [] };
const stores = oldStores();
const newest = stores.at(-1);

/** Tables whose rows a later schema keeps elsewhere; the test below says where. */
const MOVED = ["briefing_row", "published_briefing"];

describe("A store of an earlier schema", () => {
  let dir: string;
  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), "upgrade-"));
  });
  afterEach(() => rmSync(dir, { recursive: true, force: true }));
  const opened = async <T>(old: OldStore, work: (store: Store) => Promise<T>): Promise<T> => {
    await old.into(join(dir, "store"));
    const store = await openStore(join(dir, "store"), { seeds: NO_SEEDS });
    try {
      return await work(store);
    } finally {
      await store.close();
    }
  };

  const digests = new Map<number, string>();
  const bad = async (store: Store) => (await examine(store)).filter(({ ok }) => !ok);

  it("is kept for every schema up to the newest that was kept", () => {
    const versions = MIGRATIONS.map(({ version }) => version).filter((version) => version <= (newest?.schema ?? 0));
    expect(stores.map(({ schema }) => schema)).toEqual(versions);
    expect(versions.length).toBeGreaterThanOrEqual(13);
  });

  it.each(stores)("$schema moves up and holds, row for row, what its own program put there", async (old) => {
    await opened(old, async (store) => {
      expect(await store.meta("schema")).toBe(String(SCHEMA_VERSION));
      for (const [table, held] of Object.entries(old.tables)) {
        if (MOVED.includes(table)) continue;
        expect(await contentOf(store.sql, table, held.columns), table).toEqual(held);
      }
      expect(old.tables["reading"]?.rows).toBeGreaterThan(100);
      // All took the same files in, so what came of them has the same digests; beside it newer schemas keep more.
      const { beside: _, ...before } = await digestOf(store);
      digests.set(old.schema, JSON.stringify(before));
      expect(before.readings).toMatch(/^\d{3}:/);
      expect(digests.get(old.schema)).toBe(digests.get(stores[0]?.schema ?? 0));
      expect(await bad(store)).toEqual([]);
    });
  });

  it("keeps what was published, whichever of the two earlier tables it stood in, with its bytes", async () => {
    const old = stores.find(({ schema }) => schema === 8);
    if (old === undefined) throw new Error("no fixture");
    await opened(old, async (store) => {
      const [second, first, ...rest] = await publishedBriefings(store.sql);
      expect(rest).toEqual([]);
      expect(first).toMatchObject({
        period: "2015-01",
        version: 1,
        publishedBy: "甲",
        digest: "d",
        issue: "2015年第1期",
      });
      expect(Buffer.from(await frozenBytes(store, first?.sha256 ?? "")).toString()).toBe("a frozen briefing");
      expect(second).toMatchObject({ period: "2015-02", version: 1, madeBy: "甲", publishedBy: "乙", sha256: "ab" });
    });
  });

  it("goes on like any other: it takes a batch in and gives it back, also opened a second time", async () => {
    const [oldest] = stores;
    if (oldest === undefined) throw new Error("no fixture");
    const before = await opened(oldest, digestOf);
    const store = await openStore(join(dir, "store"), { seeds: NO_SEEDS });
    try {
      const folder = sourceFolder(join(dir, "more"), { first: 3, days: 2, shift: 7 });
      const [batch] = await ingestPath(store, "quotsoft", folder, { now: NOW });
      expect(batch?.inserted).toBeGreaterThan(0);
      expect(batch?.corrected).toBeGreaterThan(0);
      await undoBatch(store, batch?.id ?? 0, NOW);
      expect(await digestOf(store)).toEqual(before);
      expect(await bad(store)).toEqual([]);
    } finally {
      await store.close();
    }
  });
});

describe("A store of a later schema", () => {
  it("is refused with what it is, where it is and what to do, and left as it was", async () => {
    const dir = mkdtempSync(join(tmpdir(), "newer-"));
    try {
      await newest?.into(dir);
      const store = await openStore(dir, { seeds: NO_SEEDS });
      await store.setMeta("schema", String(SCHEMA_VERSION + 1));
      await store.sql.run("CHECKPOINT");
      await store.close();
      const file = join(dir, "duibiao.duckdb");
      const bytes = readFileSync(file);
      const error: unknown = await openStore(dir, { seeds: NO_SEEDS }).catch((thrown: unknown) => thrown);
      expect(error).toBeInstanceOf(Fault);
      const found = error as Fault;
      expect(found.code).toBe("store.newer");
      expect(found.params).toMatchObject({ found: SCHEMA_VERSION + 1, known: SCHEMA_VERSION });
      expect(faultLines(found, "zh")).toHaveLength(3);
      expect(readFileSync(file).equals(bytes)).toBe(true);
    } finally {
      rmSync(dir, { recursive: true, force: true });
    }
  });
});
