/** A checkpoint torn in the middle of a block, as a kill or a power cut leaves it: what stood before is put back. */
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { seededDraws } from "../../src/analysis/seeded.ts";
import { journalOf, writeJournal } from "../../src/store/checkpoint-journal.ts";
import { NEVER_BY_ITSELF } from "../../src/store/checkpoints.ts";
import { digestOf } from "../../src/store/digest.ts";
import { openStore } from "../../src/store/open.ts";
import type { Sql } from "../../src/store/port.ts";
import { STATION_SEEDS } from "../crash/source-files.ts";
import { type TemporaryStore, temporaryStore } from "../store-fixture.ts";

const HEADS = 12_288;
const BLOCK = 262_144;
const PAGE = 4096;
const DATABASE = "duibiao.duckdb";

const changed = async (sql: Sql, from: number): Promise<void> => {
  await sql.transaction(async () => {
    await sql.run(`INSERT INTO reading SELECT (SELECT min(id) FROM place), 7, make_timestamp((${from} + r) * 3600000000), 1,
      r % 90, 0, 0, 1 FROM range(500) t(r)`);
    await sql.run(`INSERT OR REPLACE INTO meta SELECT 'note ' || r, 'x' || ${from} FROM range(40) t(r)`);
  });
};

describe("A checkpoint that was killed", () => {
  let temporary: TemporaryStore;
  /** The file before the checkpoint with its log, and after it. */
  let before: Buffer;
  let log: Buffer;
  let after: Buffer;
  let metadata: readonly number[];
  let wanted: string;
  let cases = 0;

  beforeAll(async () => {
    temporary = await temporaryStore(STATION_SEEDS);
    const dir = join(temporary.dir, "store");
    const file = join(dir, DATABASE);
    await temporary.store.close();
    for (let round = 0; round < 3; round++) {
      const store = await openStore(dir, { seeds: STATION_SEEDS });
      await changed(store.sql, round * 1000);
      await store.close();
    }
    const store = await openStore(dir, { seeds: STATION_SEEDS });
    await changed(store.sql, 9000);
    wanted = JSON.stringify(await digestOf(store));
    metadata = (await store.sql.rows<{ id: number }>("SELECT block_id::INTEGER AS id FROM pragma_metadata_info()")).map(
      ({ id }) => id,
    );
    // A copy made by another process would not give up the lock; here nobody else asks for it.
    before = readFileSync(file);
    log = readFileSync(`${file}.wal`);
    await store.close();
    after = readFileSync(file);
  });
  afterAll(() => rmSync(temporary.dir, { recursive: true, force: true }));

  /** A store's folder with such a file, and beside it the journal of the state before. */
  async function folderWith(bytes: Buffer, journal: boolean): Promise<string> {
    cases += 1;
    const dir = join(temporary.dir, `torn-${cases}`);
    mkdirSync(dir);
    const file = join(dir, DATABASE);
    writeFileSync(file, before);
    if (journal) {
      const handle = await open(file);
      await writeJournal(file, handle, { blockBytes: BLOCK, blocks: metadata });
      await handle.close();
    }
    writeFileSync(file, bytes);
    writeFileSync(`${file}.wal`, log);
    return dir;
  }

  /** Blocks of metadata the checkpoint wrote over, each torn after some pages; what was free is written already. */
  function torn(): readonly Buffer[] {
    const inPlace = metadata.filter((id) => !blockOf(before, id).equals(blockOf(after, id)));
    expect(inPlace.length).toBeGreaterThan(0);
    return inPlace.flatMap((id) =>
      [1, 20, 63].map((pages) => {
        const file = Buffer.from(before);
        for (let free = 0; blockOf(after, free).length === BLOCK && blockOf(file, free).length === BLOCK; free++)
          if (!metadata.includes(free)) blockOf(after, free).copy(file, HEADS + free * BLOCK);
        blockOf(after, id)
          .subarray(0, pages * PAGE)
          .copy(file, HEADS + id * BLOCK);
        return file;
      }),
    );
  }

  async function contentOf(dir: string): Promise<string> {
    const store = await openStore(dir, { seeds: STATION_SEEDS });
    try {
      return JSON.stringify(await digestOf(store));
    } finally {
      await store.close();
    }
  }

  it("leaves a file nobody can open where nothing was kept, and that is told as a broken store", async () => {
    const codes = [];
    for (const file of torn())
      codes.push(await contentOf(await folderWith(file, false)).then(String, (error: { code?: string }) => error.code));
    expect(codes).toContain("store.broken");
    expect(codes).not.toContain("store.in-use");
  });

  it("is undone when the store is opened, and every change that was committed is there", async () => {
    for (const file of torn()) {
      const dir = await folderWith(file, true);
      expect(await contentOf(dir)).toBe(wanted);
      expect(existsSync(journalOf(join(dir, DATABASE)))).toBe(false);
      expect(await contentOf(dir)).toBe(wanted);
    }
  });

  it("is left alone when it had come to its end, or had not begun", async () => {
    const ended = await folderWith(after, true);
    writeFileSync(join(ended, `${DATABASE}.wal`), "");
    expect(await contentOf(ended)).toBe(wanted);
    expect(await contentOf(await folderWith(before, true))).toBe(wanted);
  });

  it("is not undone from a journal that is not whole: then the checkpoint had not begun", async () => {
    const dir = await folderWith(before, true);
    truncateSync(journalOf(join(dir, DATABASE)), 20_000);
    expect(await contentOf(dir)).toBe(wanted);
    expect(existsSync(journalOf(join(dir, DATABASE)))).toBe(false);
  });
});

describe("A journal beside a store that is in use", () => {
  let temporary: TemporaryStore;
  beforeEach(async () => {
    temporary = await temporaryStore(STATION_SEEDS);
  });
  afterEach(() => temporary.remove());

  it("is left to its owner", async () => {
    const file = join(temporary.dir, "store", DATABASE);
    writeFileSync(journalOf(file), "its owner's");
    const opens = ["--import", "tsx", "--input-type=module", "-e", OPENS, join(temporary.dir, "store")];
    const other = spawnSync(process.execPath, opens, { encoding: "utf8" });
    expect(other.stdout.trim()).toBe("store.in-use");
    expect(readFileSync(journalOf(file), "utf8")).toBe("its owner's");
  });
});

const OPENS = `
  const { openStore } = await import(${JSON.stringify(new URL("../../src/store/open.ts", import.meta.url).href)});
  await openStore(process.argv[1], { seeds: { places: [], sets: [] } }).then(() => console.log("opened"), (error) => console.log(error.code));
`;

describe("What DuckDB writes over in place", () => {
  let dir: string;
  beforeAll(() => {
    dir = mkdtempSync(join(tmpdir(), "checkpoint-"));
  });
  afterAll(() => rmSync(dir, { recursive: true, force: true }));

  it("is the head and blocks of metadata, and nothing else that the state before rests on", async () => {
    const file = join(dir, "bare.duckdb");
    const instance = await DuckDBInstance.create(file, NEVER_BY_ITSELF);
    const connection = await instance.connect();
    const ask = async (text: string): Promise<readonly (readonly unknown[])[]> =>
      (await connection.runAndReadAll(text)).getRowsJS();
    await connection.run("CREATE TABLE wide (a INTEGER, b BIGINT, v DECIMAL(18,8), t VARCHAR)");
    await connection.run("CREATE TABLE keyed (id INTEGER PRIMARY KEY, name VARCHAR UNIQUE)");
    await connection.run("CHECKPOINT");
    const handle: FileHandle = await open(file);
    const blocks = async (): Promise<readonly Buffer[]> => {
      const { size } = await handle.stat();
      const count = Math.floor((size - HEADS) / BLOCK);
      const all = Buffer.alloc(count * BLOCK);
      await handle.read(all, 0, all.length, HEADS);
      return Array.from({ length: count }, (_, k) => all.subarray(k * BLOCK, (k + 1) * BLOCK));
    };
    const draw = seededDraws(20_261_124);
    const below = (most: number): number => Math.floor(draw() * most);
    let id = 0;
    let inPlace = 0;
    for (let round = 0; round < 30; round++) {
      const metadata = new Set((await ask("SELECT block_id::INTEGER FROM pragma_metadata_info()")).map(([one]) => one));
      const data = new Set<unknown>();
      for (const table of ["wide", "keyed"])
        for (const [first, more] of await ask(
          `SELECT block_id::INTEGER, additional_block_ids::INTEGER[] FROM pragma_storage_info('${table}') WHERE persistent`,
        ))
          for (const one of [first, ...((more ?? []) as readonly number[])]) data.add(one);
      const old = await blocks();
      const what = below(5);
      if (what === 0)
        await connection.run(
          `INSERT INTO wide SELECT range % 50, range, range / 7, 'x' || range FROM range(${below(150_000)})`,
        );
      if (what === 1) await connection.run(`DELETE FROM wide WHERE b % ${2 + below(20)} = 0`);
      if (what === 2) await connection.run(`UPDATE wide SET v = v + 1 WHERE b % ${2 + below(90)} = 0`);
      if (what === 3) {
        const count = 1 + below(3000);
        await connection.run(`INSERT INTO keyed SELECT range + ${id}, 'n' || (range + ${id}) FROM range(${count})`);
        id += count;
      }
      if (what === 4) await connection.run(`DELETE FROM keyed WHERE id % ${2 + below(20)} = 0`);
      await connection.run("CHECKPOINT");
      const now = await blocks();
      for (const [k, bytes] of old.entries()) {
        const later = now[k];
        if (later === undefined || bytes.equals(later)) continue;
        if (metadata.has(k)) inPlace += 1;
        else expect(`block ${k} in round ${round}: ${data.has(k) ? "data" : "free"}`).toContain("free");
      }
    }
    expect(inPlace).toBeGreaterThan(5);
    connection.closeSync();
    instance.closeSync();
    await handle.close();
  });
});

function blockOf(file: Buffer, id: number): Buffer {
  return file.subarray(HEADS + id * BLOCK, HEADS + (id + 1) * BLOCK);
}
