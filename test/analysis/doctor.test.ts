/** `doctor`: each promise of a store, broken by hand, and that it is told; what `--repair` mends and what it leaves. */
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { ingestPath } from "../../ingest/pipeline.ts";
import { undoBatch } from "../../ingest/undo.ts";
import { examine } from "../../src/analysis/doctor.ts";
import { doctor } from "../../src/cli/doctor.ts";
import { ingest } from "../../src/cli/ingest.ts";
import { recordAudit } from "../../src/store/audit.ts";
import { restoreStore } from "../../src/store/backup.ts";
import { keepDrafts, publishDrafts } from "../../src/store/briefings.ts";
import { digestOf } from "../../src/store/digest.ts";
import { openStore } from "../../src/store/open.ts";
import type { Store } from "../../src/store/port.ts";
import { type CommandLine, commandLine } from "../cli/run-command.ts";
import { STATION_SEEDS, sourceFolder } from "../crash/source-files.ts";

const NOW = new Date("2026-01-01T00:00:00Z");
const FROZEN = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";

/** Batch 1 brings three days, 2 corrects the last and goes on, 3 would correct more and is taken back by 4. */
async function fill(store: Store, dir: string): Promise<void> {
  for (const [name, first, shift] of [
    ["first", 1, 0],
    ["second", 3, 1],
    ["third", 4, 2],
  ] as const) {
    await ingestPath(store, "quotsoft", sourceFolder(join(dir, name), { first, days: 3, shift }), { now: NOW });
  }
  await undoBatch(store, 3, NOW);
  await store.sql.transaction(async () => {
    const common = { kind: "district", place: "110105", period: "2015-03", version: 1, issue: "", reason: "" } as const;
    const said = { facts: { standings: {}, figures: {} }, madeBy: "甲", at: NOW.getTime(), digest: "inputs" };
    const bytes = Buffer.from("test");
    await publishDrafts(
      store.sql,
      await keepDrafts(store, [{ ...common, ...said, name: "a.pdf", sha256: FROZEN, bytes }]),
      "乙",
      NOW.getTime(),
    );
    for (const subject of ["a", "b", "c"]) {
      await recordAudit(store.sql, { at: 1, who: "甲", role: "admin", action: "test", subject });
    }
  });
}

describe("doctor", () => {
  let dir: string;
  let store: Store;
  let made: string;
  beforeAll(async () => {
    // One store for all: each test breaks a copy.
    made = mkdtempSync(join(tmpdir(), "doctor-"));
    const filled = await openStore(join(made, "store"), { create: true, seeds: STATION_SEEDS });
    await fill(filled, made);
    await filled.close();
    return () => rmSync(made, { recursive: true, force: true });
  });
  beforeEach(async () => {
    dir = mkdtempSync(join(tmpdir(), "doctor-copy-"));
    cpSync(join(made, "store"), join(dir, "store"), { recursive: true });
    store = await openStore(join(dir, "store"), { seeds: STATION_SEEDS });
  });
  afterEach(async () => {
    await store.close();
    rmSync(dir, { recursive: true, force: true });
  });
  const failed = async (): Promise<Readonly<Record<string, string>>> =>
    Object.fromEntries((await examine(store)).filter(({ ok }) => !ok).map(({ check, detail }) => [check, detail]));

  it("finds nothing wrong with a store that has corrections, an undo, a briefing and an audit", async () => {
    expect(await failed()).toEqual({});
  });

  it.each([
    ["a reading that stands twice", "INSERT INTO reading SELECT * FROM reading LIMIT 1", ["daily", "unique"]],
    [
      "a reading that was altered",
      "UPDATE reading SET value = value + 1 WHERE start = (SELECT min(start) FROM reading)",
      ["daily"],
    ],
    [
      "a daily value that was altered",
      "UPDATE daily SET max = max + 1 WHERE day = (SELECT min(day) FROM daily)",
      ["daily"],
    ],
    ["a daily value that is gone", "DELETE FROM daily WHERE day = (SELECT max(day) FROM daily)", ["daily"]],
    ["a daily value that stands twice", "INSERT INTO daily SELECT * FROM daily LIMIT 1", ["daily"]],
    [
      "a corrected value's successor that is gone",
      "DELETE FROM reading WHERE batch = 2 AND start IN (SELECT start FROM history)",
      ["daily", "history"],
    ],
    [
      "a history turned round",
      "UPDATE history SET batch_from = batch_to, batch_to = batch_from WHERE batch_to = 2",
      ["history"],
    ],
    ["a history row that stands twice", "INSERT INTO history SELECT * FROM history LIMIT 1", ["history"]],
    [
      "an undo that put away another batch's values",
      "UPDATE history SET batch_from = 1 WHERE batch_to = 4",
      ["history"],
    ],
    ["an undo that left no trace", "DELETE FROM history WHERE batch_to = 4", ["history"]],
    ["a reading of an undone batch", "UPDATE reading SET batch = 3 WHERE batch = 2", ["history"]],
    ["an account that does not add up", "UPDATE batch SET inserted = inserted + 1 WHERE id = 1", ["account"]],
    [
      "a file's account that does not add up",
      "UPDATE batch_file SET unchanged = unchanged + 1 WHERE batch = 2 AND file = 1",
      ["account"],
    ],
    [
      "readings of a place nobody knows",
      "UPDATE reading SET place = 99 WHERE place = 1",
      ["daily", "history", "orphans"],
    ],
    [
      "a file of a batch nobody knows",
      "INSERT INTO batch_file SELECT * REPLACE (99 AS batch) FROM batch_file LIMIT 1",
      ["orphans"],
    ],
    [
      "a rejected row of no file",
      "INSERT INTO reject VALUES (1, 99, 1, 'a', 'b', 'cell.not-a-number', NULL)",
      ["orphans"],
    ],
    ["a place below a place nobody knows", "UPDATE place SET parent = 99 WHERE id = 1", ["orphans"]],
    [
      "a complaint of a batch nobody knows",
      "INSERT INTO complaint VALUES ('h', 1, 1, 'noise', 'yes', 'yes', 99)",
      ["orphans"],
    ],
    ["an audit entry that was altered", "UPDATE audit SET who = '乙' WHERE id = 2", ["audit"]],
    ["an audit entry that was dropped", "DELETE FROM audit WHERE id = 2", ["audit"]],
    ["a column too many", "ALTER TABLE tally ADD COLUMN more INTEGER", ["schema"]],
    ["a table that is gone", "DROP TABLE dust_period", ["schema"]],
  ])("tells of %s", async (_, statement, checks) => {
    await store.sql.run(statement);
    expect(Object.keys(await failed()).sort()).toEqual(checks);
  });

  it.each([
    ["an original that is gone", "originals", undefined, "originals"],
    ["an original that was altered", "originals", gzipSync("other"), "originals"],
    ["an original cut short", "originals", gzipSync("other").subarray(0, 12), "originals"],
    ["a frozen briefing that is gone", "published", undefined, "briefings"],
    ["a frozen briefing that was altered", "published", gzipSync("other"), "briefings"],
  ])("tells of %s", async (_, folder, bytes, check) => {
    const [name] = readdirSync(join(store.dir, folder), { recursive: true, encoding: "utf8" }).filter((one) =>
      one.endsWith(".gz"),
    );
    const file = join(store.dir, folder, name ?? "");
    if (bytes === undefined) rmSync(file);
    else writeFileSync(file, bytes);
    expect(Object.keys(await failed())).toEqual([check]);
  });

  it("counts what a killed process left, and does not call it a fault", async () => {
    leaveBehind(store.dir);
    const found = (await examine(store)).find(({ check }) => check === "leftovers");
    expect(found).toMatchObject({ ok: true });
    expect(found?.detail).toMatch(/^4 个/);
  });
});

/** An original and a briefing without a row, and two files that are half of a step. */
function leaveBehind(dir: string): void {
  const unknown = "0".repeat(64);
  for (const folder of ["originals", "published"]) {
    mkdirSync(join(dir, folder, "00"), { recursive: true });
    writeFileSync(join(dir, folder, "00", `${unknown}.gz`), gzipSync("lost"));
  }
  writeFileSync(join(dir, "originals", "00", "abc.1.part"), "half");
  writeFileSync(join(dir, "influx-intent.parquet"), "half");
}

describe("doctor --repair", () => {
  let line: CommandLine;
  beforeEach(() => {
    line = commandLine("2026-01-10T00:00:00Z");
  });
  afterEach(() => line.close());
  const broken = async (...statements: readonly string[]): Promise<Store> => {
    sourceTownship(line.dir);
    expect((await line.run(ingest, "township", join(line.dir, "street.csv"))).code).toBe(0);
    const store = line.store();
    if (store === undefined) throw new Error("no store");
    for (const statement of statements) await store.sql.run(statement);
    return store;
  };

  it("computes daily values again, drops rows that stand twice and leftovers, after a backup of what was", async () => {
    const store = await broken();
    const before = await digestOf(store);
    await store.sql.run("INSERT INTO reading SELECT * FROM reading LIMIT 1");
    await store.sql.run("UPDATE daily SET max = max + 1");
    leaveBehind(store.dir);
    const wrong = await digestOf(store);
    const file = join(line.dir, "before.tar.gz");
    const { code, out } = await line.run(doctor, "--repair", "--backup", file);
    expect(out).toContain(`修之前的备份：${file}`);
    expect(out).toContain("数据库完好");
    expect(code).toBe(0);
    expect(await digestOf(store)).toEqual(before);
    expect((await examine(store)).find(({ check }) => check === "leftovers")?.detail).toBe("没有");
    await restoreStore(file, join(line.dir, "again"));
    const again = await openStore(join(line.dir, "again"), { seeds: STATION_SEEDS });
    expect(await digestOf(again)).toEqual(wrong);
    await again.close();
  });

  it("leaves what needs a decision as it is, and says that something is wrong", async () => {
    const store = await broken("INSERT INTO reading SELECT * REPLACE (value + 1 AS value) FROM reading LIMIT 1");
    const { n } = await store.sql.one("SELECT count(*) AS n FROM reading");
    const { code, out } = await line.run(doctor, "--repair", "--backup", join(line.dir, "b.tar.gz"), "--json");
    expect(code).toBe(3);
    expect(JSON.parse(out)).toMatchObject({ ok: false });
    expect((await store.sql.one("SELECT count(*) AS n FROM reading"))["n"]).toBe(n);
  });

  it("writes nothing, no backup either, where nothing is to be repaired", async () => {
    await broken();
    const file = join(line.dir, "none.tar.gz");
    expect((await line.run(doctor, "--repair", "--backup", file)).code).toBe(0);
    expect(existsSync(file)).toBe(false);
  });

  it("is proposed by a plain run that finds something it can repair", async () => {
    await broken("UPDATE daily SET max = max + 1");
    const { code, out } = await line.run(doctor);
    expect(code).toBe(3);
    expect(out).toContain("duibiao doctor --repair");
  });
});

function sourceTownship(dir: string): void {
  const rows = ["建外街道,2025-03-01,pm25,35.5,µg/m³", "建外街道,2025-03-02,pm25,41,µg/m³"];
  writeFileSync(join(dir, "street.csv"), `place,period,indicator,value,unit\n${rows.join("\n")}\n`);
}
