/** Backups and exports through the commands, on a real store. */
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { backup } from "../../src/cli/backup.ts";
import { exportCommand } from "../../src/cli/export.ts";
import { ingest } from "../../src/cli/ingest.ts";
import { restore } from "../../src/cli/restore.ts";
import { seedPlaces } from "../../src/cli/seeds.ts";
import { digestOf } from "../../src/store/digest.ts";
import { openStore } from "../../src/store/open.ts";
import { type CommandLine, commandLine } from "./run-command.ts";

describe("backup, restore and export", () => {
  let line: CommandLine;
  let dir: string;
  const at = (name: string) => join(dir, name);
  beforeAll(async () => {
    dir = mkdtempSync(join(tmpdir(), "duibiao-backup-"));
    line = commandLine("2026-01-10T00:00:00Z");
    writeFileSync(
      at("street.csv"),
      "place,period,indicator,value,unit\n建外街道,2025-03-01,pm25,35.5,µg/m³\n建外街道,2025-03-02,pm25,41,µg/m³\n朝外街道,2025-03,tsp,80,µg/m³\n",
    );
    expect((await line.run(ingest, "township", at("street.csv"))).code).toBe(0);
  });
  afterAll(async () => {
    await line.close();
    rmSync(dir, { recursive: true, force: true });
  });

  it("restores every byte of a backup into a new folder", async () => {
    expect((await line.run(backup, at("b.tar.gz"))).code).toBe(0);
    const restored = await line.run(restore, at("b.tar.gz"), "--into", at("again"));
    expect(restored.out).toContain("体检完好");
    const store = line.store();
    const again = await openStore(at("again"), { seeds: seedPlaces() });
    const [before, after] = [store === undefined ? undefined : await digestOf(store), await digestOf(again)];
    const [original] = await again.originals.list();
    const bytes = await again.originals.get(original ?? "");
    await again.close();
    expect(after).toEqual(before);
    expect(Buffer.from(bytes).toString("utf8")).toBe(readFileSync(at("street.csv"), "utf8"));
  });

  it("never overwrites a backup or a folder that holds something", async () => {
    await expect(line.run(backup, at("b.tar.gz"))).rejects.toMatchObject({ code: "backup.exists" });
    await expect(line.run(restore, at("b.tar.gz"), "--into", at("again"))).rejects.toMatchObject({
      code: "backup.folder-taken",
    });
  });

  it("refuses a backup with a changed byte and leaves nothing behind", async () => {
    const bytes = readFileSync(at("b.tar.gz"));
    bytes[Math.floor(bytes.length / 2)] = (bytes[Math.floor(bytes.length / 2)] ?? 0) ^ 0xff;
    writeFileSync(at("bad.tar.gz"), bytes);
    await expect(line.run(restore, at("bad.tar.gz"), "--into", at("never"))).rejects.toMatchObject({
      code: "backup.broken",
    });
    expect(existsSync(at("never"))).toBe(false);
  });

  it("exports the same rows as Parquet, CSV, a DuckDB file and a workbook", async () => {
    for (const format of ["parquet", "csv", "duckdb", "xlsx"]) {
      const { out } = await line.run(exportCommand, format, "readings", "--out", at(`readings.${format}`), "--json");
      expect(JSON.parse(out)).toMatchObject({ format, table: "readings", rows: 3 });
    }
    const connection = await (await DuckDBInstance.create(":memory:")).connect();
    const sums = [];
    for (const from of [`'${at("readings.parquet")}'`, `'${at("readings.csv")}'`]) {
      sums.push(
        (
          await connection.runAndReadAll(`SELECT count(*)::INTEGER, sum(value)::DOUBLE, min(place) FROM ${from}`)
        ).getRows()[0],
      );
    }
    connection.closeSync();
    expect(sums).toEqual([
      [3, 156.5, "建外街道"],
      [3, 156.5, "建外街道"],
    ]);
  });

  it("refuses to write over a file", async () => {
    await expect(line.run(exportCommand, "csv", "readings", "--out", at("readings.csv"))).rejects.toMatchObject({
      code: "export.exists",
    });
  });
});
