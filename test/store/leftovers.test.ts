/** What a large batch leaves beside the database when its process is killed, and that the next opening takes it away. */
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openStore } from "../../src/store/open.ts";

const NOTHING = { places: [], sets: [] };

/** More rows than memory is given for, and then no end of its own making. */
const SPILLS = `
  const { DuckDBInstance } = require("@duckdb/node-api");
  (async () => {
    const connection = await (await DuckDBInstance.create(process.argv[1])).connect();
    await connection.run("SET memory_limit = '40MB'");
    await connection.run("CREATE TEMP TABLE staged AS SELECT hash(range) AS h FROM range(8000000)");
    process.kill(process.pid, "SIGKILL");
  })();`;

describe("Opening a store", () => {
  let dir: string;
  let file: string;
  const open = async () => await openStore(dir, { seeds: NOTHING });
  beforeEach(async () => {
    dir = mkdtempSync(join(tmpdir(), "leftovers-"));
    file = join(dir, "duibiao.duckdb");
    await (await openStore(dir, { create: true, seeds: NOTHING })).close();
  });
  afterEach(() => rmSync(dir, { recursive: true, force: true }));

  it("takes away the slices a killed process left, and nothing else that ends the same way", async () => {
    for (const name of ["stage-77-1.part", "tmp_stage-77-1.part", "stage-77.part", "backstage-77-1.part"])
      writeFileSync(join(dir, name), "half");
    await (await open()).close();
    expect(readdirSync(dir).sort()).toEqual(["backstage-77-1.part", "duibiao.duckdb", "stage-77.part"]);
  });

  it("takes away what DuckDB had put on the disk for a killed process", async () => {
    const { signal } = spawnSync(process.execPath, ["-e", SPILLS, file]);
    expect(signal).toBe("SIGKILL");
    expect(readdirSync(`${file}.tmp`).length).toBeGreaterThan(0);
    await (await open()).close();
    expect(readdirSync(dir)).toEqual(["duibiao.duckdb"]);
  });

  it("leaves what was put there since it began, and what is not DuckDB's", async () => {
    mkdirSync(`${file}.tmp`);
    const [fresh, foreign] = ["duckdb_temp_storage_DEFAULT-0.tmp", "note.txt"].map((name) => join(`${file}.tmp`, name));
    for (const path of [fresh, foreign]) writeFileSync(path ?? "", "x");
    const later = Date.now() / 1000 + 3600;
    utimesSync(fresh ?? "", later, later);
    await (await open()).close();
    expect(readdirSync(`${file}.tmp`).sort()).toEqual(["duckdb_temp_storage_DEFAULT-0.tmp", "note.txt"]);
  });

  it("touches nothing while another process has the store", async () => {
    const holder = `
      const { DuckDBInstance } = require("@duckdb/node-api");
      const { spawnSync } = require("node:child_process");
      (async () => {
        const instance = await DuckDBInstance.create(process.argv[1]);
        const { stdout, stderr } = spawnSync(process.execPath, ["--import", "tsx", "-e", process.argv[2]]);
        process.stdout.write(stdout + stderr);
        instance.closeSync();
      })();`;
    const opens = `import("${join(import.meta.dirname, "../../src/store/open.ts")}").then(({ openStore }) =>
      openStore(${JSON.stringify(dir)}, { seeds: { places: [], sets: [] } }).then(() => console.log("opened"), ({ code }) => console.log(code)));`;
    const staged = join(dir, "stage-77-1.part");
    writeFileSync(staged, "of the other");
    const { stdout } = spawnSync(process.execPath, ["-e", holder, file, opens], { encoding: "utf8" });
    expect(stdout.trim()).toBe("store.in-use");
    expect(readFileSync(staged, "utf8")).toBe("of the other");
  });
});
