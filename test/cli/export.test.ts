import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { exportCommand } from "../../src/cli/export.ts";
import { ingest } from "../../src/cli/ingest.ts";
import { stats } from "../../src/cli/stats.ts";
import { commandLine } from "./run-command.ts";

const line = commandLine("2026-01-05T03:00:00Z");
const two = (n: number): string => String(n).padStart(2, "0");

/** Every third value of one station's January is missing on the first three days, so that those do not count. */
function january(): string {
  const folder = join(line.dir, "archive");
  mkdirSync(folder);
  for (let day = 1; day <= 31; day++) {
    const rows = ["date,hour,type,东四,奥体中心"];
    for (let hour = 0; hour < 24; hour++) {
      const gap = day <= 3 && hour % 3 === 0;
      rows.push(`202501${two(day)},${hour},PM2.5,${gap ? "" : 20 + ((day + hour) % 9)},${30 + (hour % 5)}`);
    }
    writeFileSync(join(folder, `beijing_all_202501${two(day)}.csv`), `${rows.join("\n")}\n`);
  }
  return folder;
}

async function query(file: string, sql: string): Promise<readonly Record<string, unknown>[]> {
  const connection = await (await DuckDBInstance.create()).connect();
  return (await connection.runAndReadAll(sql.replace("FILE", `'${file}'`))).getRowObjectsJson();
}

beforeAll(async () => {
  const { code } = await line.run(ingest, "quotsoft", january());
  expect(code).toBe(0);
});
afterAll(async () => await line.close());

describe("export", () => {
  it("hands out each reading once as Parquet, in UTC and in its unit", async () => {
    const file = join(line.dir, "readings.parquet");
    expect((await line.run(exportCommand, "parquet", "readings", "--out", file)).code).toBe(0);
    const [counted] = await query(
      file,
      "SELECT count(*)::INTEGER AS n, min(start_utc)::VARCHAR AS first, any_value(unit) AS unit FROM FILE",
    );
    expect(counted).toEqual({ n: 31 * 48 - 3 * 8, first: "2024-12-31 15:00:00", unit: "µg/m³" });
  });

  it("hands out months and years as `stats` answers them, districts with their stations, and says which do not count", async () => {
    const file = join(line.dir, "statistics.csv");
    expect((await line.run(exportCommand, "csv", "statistics", "--out", file, "--indicator", "pm25")).code).toBe(0);
    const rows = await query(
      file,
      "SELECT place, kind, period, value, valid, reason, valid_days, days FROM FILE ORDER BY ALL",
    );
    expect(new Set(rows.map((row) => row["period"]))).toEqual(new Set(["2025", "2025-01"]));
    for (const row of rows.filter((one) => one["kind"] === "station")) {
      const place = `station:${row["place"]}`;
      const asked = await line.run(stats, "pm25", "--place", place, "--period", String(row["period"]), "--json");
      const answer = JSON.parse(asked.out) as { value: number; n: number; valid: unknown };
      expect(Number(row["value"])).toBeCloseTo(answer.value, 12);
      expect(Number(row["valid_days"])).toBe(answer.n);
      expect(String(row["valid"])).toBe(String(answer.valid === true));
    }
    expect(rows.some((row) => row["kind"] === "district" && row["place"] === "朝阳区")).toBe(true);
    const year = rows.find((row) => row["place"] === "东四" && row["period"] === "2025");
    expect(String(year?.["reason"])).toContain("324");
  });

  it("writes a workbook whose dates and numbers are there", async () => {
    const file = join(line.dir, "daily.xlsx");
    expect((await line.run(exportCommand, "xlsx", "daily", "--out", file)).code).toBe(0);
    expect(readFileSync(file).subarray(0, 2).toString()).toBe("PK");
  });

  it("writes a DuckDB file that opens read-only", async () => {
    const file = join(line.dir, "daily.duckdb");
    expect((await line.run(exportCommand, "duckdb", "daily", "--out", file)).code).toBe(0);
    const connection = await (await DuckDBInstance.create(file, { access_mode: "READ_ONLY" })).connect();
    const [[n]] = (await connection.runAndReadAll("SELECT count(*)::INTEGER FROM daily WHERE valid")).getRows() as [
      [number],
    ];
    expect(n).toBe(31 * 2 - 3);
  });

  it("overwrites nothing and leaves no half-written file", async () => {
    const file = join(line.dir, "taken.csv");
    writeFileSync(file, "mine");
    await expect(line.run(exportCommand, "csv", "daily", "--out", file)).rejects.toMatchObject({
      code: "export.exists",
    });
    expect(readFileSync(file, "utf8")).toBe("mine");
    const nowhere = join(line.dir, "taken.csv", "daily.parquet");
    for (const format of ["parquet", "xlsx", "duckdb"])
      await expect(line.run(exportCommand, format, "daily", "--out", nowhere)).rejects.toMatchObject({
        code: "file.not-written",
      });
    expect(existsSync(nowhere)).toBe(false);
  });

  it("says which formats and tables there are", async () => {
    const refusal = (word: string) => ({
      code: "option.value",
      params: expect.objectContaining({ expected: expect.stringContaining(word) }),
    });
    await expect(line.run(exportCommand, "pdf", "daily")).rejects.toMatchObject(refusal("parquet"));
    await expect(line.run(exportCommand, "csv", "weekly")).rejects.toMatchObject(refusal("statistics"));
  });
});
