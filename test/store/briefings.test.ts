/** Briefings in the catalogue: drafts, publication, and what an older store kept in two tables. */
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { allBriefings, frozenBytes, keepDrafts, type NewBriefing, publishDrafts } from "../../src/store/briefings.ts";
import { duckdbSql } from "../../src/store/duckdb-sql.ts";
import { MIGRATIONS } from "../../src/store/migrations.ts";
import { openStore } from "../../src/store/open.ts";
import type { Store } from "../../src/store/port.ts";

const AT = Date.UTC(2024, 9, 12);
const SEEDS = { places: [], sets: [] };

const draft = (changes: Partial<NewBriefing> = {}): NewBriefing => ({
  kind: "district",
  place: "110105",
  period: "2024-09",
  version: 1,
  name: "朝阳区-月报-2024-09.pdf",
  issue: "2024年第9期",
  sha256: "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
  digest: "inputs",
  facts: { standings: {}, figures: { pm25: "31" } },
  reason: "",
  madeBy: "甲",
  at: AT,
  bytes: Buffer.from("test"),
  ...changes,
});

let dir: string;
let store: Store;

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), "duibiao-briefings-"));
  store = await openStore(join(dir, "store"), { create: true, seeds: SEEDS });
});

afterEach(async () => {
  await store.close();
  await rm(dir, { recursive: true, force: true });
});

describe("briefings of a store", () => {
  it("wait as drafts with their bytes until they are let out", async () => {
    const [id = 0] = await keepDrafts(store, [draft()]);
    const [before] = await allBriefings(store.sql);
    expect(before).toMatchObject({
      id,
      state: "draft",
      madeBy: "甲",
      publishedBy: "",
      facts: { figures: { pm25: "31" } },
    });
    await publishDrafts(store.sql, [id], "乙", AT + 1);
    const all = await allBriefings(store.sql);
    expect(all).toHaveLength(1);
    expect(all[0]).toMatchObject({ id, state: "published", madeBy: "甲", publishedBy: "乙", at: AT + 1 });
    expect(Buffer.from(await frozenBytes(store, draft().sha256)).toString()).toBe("test");
  });

  it("come out once only, and not beside a version that was faster", async () => {
    const [first = 0] = await keepDrafts(store, [draft()]);
    const [second = 0] = await keepDrafts(store, [draft({ madeBy: "丙" })]);
    await publishDrafts(store.sql, [first], "乙", AT);
    await expect(publishDrafts(store.sql, [first], "乙", AT)).rejects.toMatchObject({ code: "briefing.draft-gone" });
    await expect(publishDrafts(store.sql, [second], "乙", AT)).rejects.toMatchObject({ code: "briefing.overtaken" });
  });

  it("made together share the id of their first", async () => {
    await keepDrafts(store, [draft({ period: "2024-08" })]);
    const ids = await keepDrafts(store, [draft(), draft({ kind: "township", place: "110105026" })]);
    const all = await allBriefings(store.sql);
    expect(ids.map((id) => all.find((one) => one.id === id)?.madeWith)).toEqual([ids[0], ids[0]]);
  });
});

describe("a store of schema 8, with briefings in two tables", () => {
  it("has them in one afterwards, versions counted on, drafts left out", async () => {
    const folder = join(dir, "old");
    await mkdir(folder);
    const instance = await DuckDBInstance.create(join(folder, "duibiao.duckdb"));
    const sql = duckdbSql(await instance.connect());
    for (const { version, statements } of MIGRATIONS)
      if (version <= 8) for (const one of statements) await sql.run(one);
    await sql.run(`INSERT INTO published_briefing VALUES (4, 'district', '110105', '2024-08', 1, 'a.pdf', '2024年第8期',
      'aa', 'inputs', '{"standings":{},"figures":{}}', '', '张三', 1)`);
    const row = (seq: number, id: number, state: string, by: string | null) =>
      sql.run("INSERT INTO briefing_row VALUES (?, ?, ?, '2024-08', '110105', ?, ?, 'v1', '甲', ?, ?)", [
        ...[seq, id, `${id}.pdf`, `b${id}`, state, by, 10 + seq],
      ]);
    await row(1, 1, "draft", null);
    await row(2, 1, "published", "乙");
    await row(3, 2, "draft", null);
    await sql.run("INSERT INTO meta VALUES ('schema', '8')");
    instance.closeSync();

    const opened = await openStore(folder, { seeds: SEEDS });
    const all = await allBriefings(opened.sql);
    await opened.close();
    expect(
      all.map(({ id, version, name, sha256, madeBy, publishedBy, state }) => [
        id,
        version,
        name,
        sha256,
        madeBy,
        publishedBy,
        state,
      ]),
    ).toEqual([
      [5, 2, "1.pdf", "b1", "甲", "乙", "published"],
      [4, 1, "a.pdf", "aa", "张三", "张三", "published"],
    ]);
  });
});
