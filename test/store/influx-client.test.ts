/** The parts of the InfluxDB client that lose data without a word are not used, and DuckDB alone never loads it. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const FOLDERS = ["src", "ingest", "seeds", "reports", "bench", "scripts"];

const sources = FOLDERS.flatMap((folder) =>
  readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(".ts"))
    .map((entry) => join(entry.parentPath, entry.name)),
);
/** Code without comments, which may well say why something is not used. */
const codeOf = (file: string): string =>
  readFileSync(file, "utf8")
    .replaceAll(/\/\*[\s\S]*?\*\//g, "")
    .replaceAll(/^\s*\/\/.*$/gm, "");
const using = (pattern: RegExp): string[] =>
  sources.filter((file) => pattern.test(codeOf(file))).map((file) => file.slice(ROOT.length));

describe("The InfluxDB client", () => {
  it("is never used for buffered writes, whose close() resolves with points lost", () => {
    expect(using(/getWriteApi|\bWriteApi\b/)).toEqual([]);
  });

  it("is never asked for CSV, which a killed query ends normally", () => {
    expect(using(/getQueryApi|(text|application)\/csv[^"]*".*accept|accept.*(text|application)\/csv/i)).toEqual([]);
  });

  it("is imported by src/store/influx and the bench only, and src/store/influx only on demand", () => {
    expect(using(/from "@influxdata\//).sort()).toEqual([
      "bench/influx.ts",
      "src/store/influx/connection.ts",
      "src/store/influx/refusal.ts",
    ]);
    const eager = sources.filter(
      (file) =>
        !file.includes("/store/influx/") &&
        file.startsWith(join(ROOT, "src")) &&
        /^import (?!type).*\/influx\//m.test(codeOf(file)),
    );
    expect(eager.map((file) => file.slice(ROOT.length))).toEqual([]);
  });
});
