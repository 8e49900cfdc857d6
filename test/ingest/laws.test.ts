/** Laws of taking archives in: what must not change whatever the order, the split or the repetition of the files. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ingestPath } from "../../ingest/pipeline.ts";
import { replayInto } from "../../ingest/replay.ts";
import { undoBatch } from "../../ingest/undo.ts";
import { examine } from "../../src/analysis/doctor.ts";
import { addsUp } from "../../src/domain/account.ts";
import { digestOf, type StoreDigest } from "../../src/store/digest.ts";
import type { Store } from "../../src/store/port.ts";
import { hasShared } from "../shared.ts";
import { temporaryStore } from "../store-fixture.ts";
import { archiveFiles, folderOf } from "./archive-days.ts";

const NOW = new Date("2026-01-01T00:00:00Z");

describe.skipIf(!hasShared)("laws of ingesting an archive", () => {
  let dir: string;
  let december: ReadonlyMap<string, string>;
  let whole: StoreDigest;

  const withStore = async <T>(work: (store: Store) => Promise<T>): Promise<T> => {
    const fixture = await temporaryStore();
    try {
      return await work(fixture.store);
    } finally {
      await fixture.remove();
    }
  };
  const take = (store: Store, path: string) => ingestPath(store, "quotsoft", path, { now: NOW });

  beforeAll(async () => {
    dir = mkdtempSync(join(tmpdir(), "duibiao-laws-"));
    december = await archiveFiles((day) => day >= "20151215" && day <= "20151231");
    const all = folderOf(dir, "all", december);
    whole = await withStore(async (store) => {
      await take(store, all);
      return await digestOf(store);
    });
  });
  afterAll(() => rmSync(dir, { recursive: true, force: true }));

  it("gives the same readings and daily values when the files come one by one, in any order", async () => {
    const names = [...december.keys()];
    // A fixed shuffle: every second file from the end, then the others.
    const shuffled = [...names.filter((_, k) => k % 2 === 1).reverse(), ...names.filter((_, k) => k % 2 === 0)];
    const digest = await withStore(async (store) => {
      for (const name of shuffled) await take(store, join(dir, "all", name));
      return await digestOf(store);
    });
    expect(digest).toEqual(whole);
  });

  it("changes nothing when the same folder is ingested twice, and counts all of it as unchanged", async () => {
    await withStore(async (store) => {
      const [first] = await take(store, join(dir, "all"));
      const [second] = await take(store, join(dir, "all"));
      expect(second).toMatchObject({ read: first?.read, inserted: 0, corrected: 0, unchanged: first?.read });
      expect(await digestOf(store)).toEqual(whole);
    });
  });

  it("adds up for every file and for the batch", async () => {
    await withStore(async (store) => {
      const [batch] = await take(store, join(dir, "all"));
      expect(batch === undefined ? [] : batch.files.filter((file) => !addsUp(file))).toEqual([]);
      expect(batch !== undefined && addsUp(batch)).toBe(true);
      expect(batch?.files.reduce((sum, file) => sum + file.read, 0)).toBe(batch?.read);
    });
  });

  it("moves only 31 December when the next year's first file arrives, since it holds that day's 24th hour", async () => {
    const header = december.get("beijing_all_20151231.csv")?.split("\n")[0] ?? "";
    const stations = header.split(",").length - 3;
    const row = `20160101,0,PM2.5,${Array.from({ length: stations }, () => "50").join(",")}`;
    const next = folderOf(dir, "next", [["beijing_all_20160101.csv", `${header}\n${row}\n`]]);
    await withStore(async (store) => {
      await take(store, join(dir, "all"));
      await store.sql.run("CREATE TEMP TABLE before AS SELECT * FROM daily");
      await take(store, next);
      const moved = await store.sql.rows<{ day: string; indicator: number }>(
        `SELECT DISTINCT CAST(DATE '1970-01-01' + day AS VARCHAR) AS day, indicator FROM
           ((SELECT * FROM daily EXCEPT SELECT * FROM before) UNION ALL (SELECT * FROM before EXCEPT SELECT * FROM daily))`,
      );
      expect(moved).toEqual([{ day: "2015-12-31", indicator: 1 }]);
    });
  });

  it("gives back every byte when a batch is undone, also one that corrected values", async () => {
    const [name = "", text = ""] = [...december].find(([file]) => file.startsWith("beijing_all_20151220")) ?? [];
    const changed = text.replace(/^(20151220,5,PM2\.5,)(\d+)/m, "$1999");
    expect(changed).not.toBe(text);
    const corrected = folderOf(dir, "corrected", [[name, changed]]);
    await withStore(async (store) => {
      await take(store, join(dir, "all"));
      const [batch] = await take(store, corrected);
      expect(batch?.corrected).toBe(1);
      expect(await digestOf(store)).not.toEqual(whole);
      await undoBatch(store, batch?.id ?? 0, NOW);
      expect(await digestOf(store)).toEqual(whole);
      await undoBatch(store, 1, NOW);
      expect((await digestOf(store)).readings).toBe("0:0");
      expect((await examine(store)).filter((finding) => !finding.ok)).toEqual([]);
    });
  });

  it("refuses to undo a batch that later ones built upon, and names them", async () => {
    await withStore(async (store) => {
      await take(store, join(dir, "all"));
      await take(store, join(dir, "all"));
      await expect(undoBatch(store, 1, NOW)).rejects.toMatchObject({
        code: "batch.not-undoable",
        params: { later: "2" },
      });
    });
  });

  it("rebuilds the same content from the kept originals alone", async () => {
    await withStore(async (store) => {
      await take(store, join(dir, "all"));
      const again = await withStore(async (fresh) => {
        await replayInto(store, fresh, () => undefined);
        return await digestOf(fresh);
      });
      expect(again).toEqual(whole);
    });
  });

  it("keeps nothing of a dry run", async () => {
    await withStore(async (store) => {
      const [batch] = await ingestPath(store, "quotsoft", join(dir, "all"), { now: NOW, dryRun: true });
      expect(batch?.inserted).toBeGreaterThan(0);
      expect((await digestOf(store)).readings).toBe("0:0");
      expect(await store.originals.list()).toEqual([]);
    });
  });
});
