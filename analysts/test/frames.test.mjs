// The frames beside DuckDB's own answers over the same store, made for the test from simulated hours.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { fileURLToPath } from "node:url";
import { daily, rank, standings, statistics, wholeFrame } from "../frames.mjs";

const product = createRequire(new URL("../../package.json", import.meta.url));
const { DuckDBInstance } = product("@duckdb/node-api");
const program = fileURLToPath(new URL("../../bin/duibiao.mjs", import.meta.url));
const dir = mkdtempSync(join(tmpdir(), "duibiao-analysts-"));
const store = join(dir, "store");

const two = (n) => String(n).padStart(2, "0");

/** A month of hours at two stations, one in seven missing. */
function writeHours() {
  const archive = join(dir, "archive");
  mkdirSync(archive);
  for (let day = 1; day <= 31; day++) {
    const lines = ["date,hour,type,东四,奥体中心"];
    for (let hour = 0; hour < 24; hour++)
      for (const [k, type] of ["PM2.5", "O3"].entries()) {
        const value = (station) => ((day * 24 + hour + station) % 7 === 0 ? "" : 10 + ((day * 31 + hour * 7 + station * 13 + k * 40) % 90));
        lines.push(`202501${two(day)},${hour},${type},${value(1)},${value(2)}`);
      }
    writeFileSync(join(archive, `beijing_all_202501${two(day)}.csv`), `${lines.join("\n")}\n`);
  }
  return archive;
}

before(() => {
  const { status, stderr } = spawnSync(process.execPath, [program, "ingest", "quotsoft", writeHours(), "--store", store], { encoding: "utf8" });
  assert.equal(status, 0, stderr);
});
after(() => rmSync(dir, { recursive: true, force: true }));

async function duckdb(sql) {
  const file = join(dir, `daily-${Math.random().toString(36).slice(2)}.parquet`);
  const { status, stderr } = spawnSync(process.execPath, [program, "export", "parquet", "daily", "--out", file, "--store", store], { encoding: "utf8" });
  assert.equal(status, 0, stderr);
  const connection = await (await DuckDBInstance.create()).connect();
  return (await connection.runAndReadAll(sql.replaceAll("DAILY", `read_parquet('${file}')`))).getRows();
}

describe("a frame", () => {
  it("sets rows without a number aside instead of counting them as 0", () => {
    const { frame, leftOut } = wholeFrame([{ p: "a", v: 4 }, { p: "a", v: null }, { p: "a", v: "" }], { p: ["p", "text"], v: ["v", "number"] });
    assert.deepEqual(frame.groupby(["p"]).col(["v"]).mean().values, [["a", 4]]);
    assert.equal(leftOut.length, 2);
  });
  it("refuses column names that danfojs mixes up", () => {
    assert.throws(() => wholeFrame([], { "place-code": ["p", "text"] }), /letters/);
  });
});

describe("the tables", () => {
  it("give the same means by place as DuckDB does over the exported days", async () => {
    const { frame } = daily(store, "pm25");
    const groups = frame.groupby(["place"]).col(["value"]).mean().values;
    const rows = await duckdb("SELECT place, avg(mean) FROM DAILY WHERE indicator = 'pm25' AND valid AND kind = 'station' GROUP BY place");
    assert.equal(groups.length, rows.length);
    for (const [place, mean] of rows) {
      const own = groups.find(([name]) => name === place);
      assert.ok(Math.abs(own[1] - mean) < 1e-9, `${place}: ${own[1]} and ${mean}`);
    }
  });
  it("give the largest 8-hour mean of the same days for ozone", async () => {
    const { frame } = daily(store, "o3");
    const [[n, sum]] = await duckdb("SELECT count(*)::INTEGER, sum(mda8) FROM DAILY WHERE indicator = 'o3' AND mda8_valid");
    assert.equal(frame.shape[0], n);
    assert.ok(n > 0);
    assert.ok(Math.abs(frame.column("value").values.reduce((a, b) => a + b, 0) - sum) < 1e-9);
  });
  it("give a month's statistics and ranking as the command line does", () => {
    const month = statistics(store, "pm25").frame.values.filter((row) => row[3] === "2025-01" && row[2] === "station");
    const ranked = rank(store, "pm25", "2025-01", "station").frame.values;
    assert.equal(ranked.length, 2);
    for (const [, code, , value] of ranked) assert.equal(month.find((row) => row[0] === code)?.[5], value);
  });
  it("give standings with a value as a frame and the others as rows", () => {
    const { frame, leftOut } = standings(store, 2024);
    assert.ok(leftOut.length > 0);
    assert.ok(frame.shape[0] === 0 || frame.columns.includes("standing"));
  });
});
