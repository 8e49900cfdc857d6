/** The command line as a contract: a real process, real files; names, keys and exit codes as the design fixes them. */
import { spawnSync } from "node:child_process";
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { seedPlaces } from "../../src/cli/seeds.ts";
import { openStore } from "../../src/store/open.ts";
import { archiveFiles, folderOf } from "../ingest/archive-days.ts";
import { hasShared, shared } from "../shared.ts";

const BIN = resolve(import.meta.dirname, "../../bin/duibiao.mjs");

describe.skipIf(!hasShared)("the command line", () => {
  let dir: string;
  let store: string;
  const run = (...args: string[]) => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [BIN, ...args], {
      encoding: "utf8",
      env: { ...process.env, DUIBIAO_STORE: store },
    });
    return { status, stdout, stderr, json: () => JSON.parse(stdout) as Record<string, unknown> };
  };

  beforeAll(async () => {
    dir = mkdtempSync(join(tmpdir(), "duibiao-cli-"));
    store = join(dir, "store");
    const march = folderOf(dir, "march", await archiveFiles((day) => day >= "20150301" && day <= "20150401"));
    expect(run("ingest", "quotsoft", march).status).toBe(0);
  });
  afterAll(() => rmSync(dir, { recursive: true, force: true }));

  it("prints one JSON document with the account of every batch and file", () => {
    const { status, json } = run("ingest", "auto", join(dir, "march"), "--json");
    expect(status).toBe(0);
    const { batches, ...total } = json() as { batches: Record<string, unknown>[] };
    expect(Object.keys(total).sort()).toEqual([
      "corrected",
      "ignored",
      "inserted",
      "missing",
      "outranked",
      "read",
      "rejected",
      "unchanged",
    ]);
    expect(batches[0]).toMatchObject({ format: "quotsoft", unit: "cell", inserted: 0, rejects: [] });
    expect(batches[0]).toHaveProperty(["files", 0, "outcome"], "read");
  });

  it("answers stats with value, rounded, validity, counts, edition, policies and basis", () => {
    const { json } = run("stats", "pm25", "--place", "朝阳区", "--period", "2015-03", "--json");
    expect(json()).toMatchObject({
      indicator: "pm25",
      statistic: "mean",
      period: "2015-03",
      rounded: 91,
      valid: true,
      n: 29,
      expected: 31,
      edition: "2012",
      unit: "µg/m³",
    });
    const invalid = run("stats", "pm10", "--place", "station:农展馆", "--period", "2015-03", "--json").json();
    expect(invalid).toMatchObject({ valid: false });
    expect(typeof invalid["reason"]).toBe("string");
    expect(typeof invalid["value"]).toBe("number");
  });

  it("adds class, primary and completeness to the AQI of a day, and classes and bounds to counts", () => {
    expect(run("stats", "aqi", "--place", "110105", "--period", "2015-03-14", "--json").json()).toMatchObject({
      class: "轻度污染",
      completeness: "full",
      value: 134,
    });
    const counts = run("stats", "good_days", "--place", "110105", "--period", "2015-03", "--json").json();
    for (const key of [
      "days",
      "validDays",
      "partialDays",
      "classes",
      "availableDays",
      "available",
      "availableClasses",
      "low",
      "high",
    ])
      expect(counts).toHaveProperty(key);
  });

  it("ranks with ranks from both ends and marks the cut only with --worst", () => {
    const all = run("rank", "pm25", "--period", "2015-03", "--kind", "station", "--json").json() as {
      n: number;
      rows: Record<string, unknown>[];
      missing: Record<string, unknown>[];
    };
    expect(all.rows).toHaveLength(all.n);
    expect(all.rows[0]).toMatchObject({ rank: 1, fromWorst: 1, place: "琉璃河" });
    expect(all.rows[0]).not.toHaveProperty("straddles");
    expect(all.missing[0]).toHaveProperty("reason");
    const worst = run("rank", "pm25", "--period", "2015-03", "--kind", "station", "--worst", "3", "--json").json() as {
      n: number;
      rows: Record<string, unknown>[];
    };
    expect(worst.n).toBe(all.n);
    expect(worst.rows.every((row) => Number(row["fromWorst"]) <= 3 && "straddles" in row)).toBe(true);
  });

  it("lists targets with standing, trial mark and reason", () => {
    const { stdout } = run("targets", "--plan", "2024", "--at", "2015-03-31", "--json");
    const rows = JSON.parse(stdout) as Record<string, unknown>[];
    expect(rows).toHaveLength(157);
    expect(rows.find((row) => row["id"] === "2024-air-1.1-heavy-days")).toMatchObject({
      standing: "missed",
      trial: true,
      target: 4,
    });
    expect(rows.filter((row) => row["standing"] === "cannot_judge" && typeof row["reason"] !== "string")).toEqual([]);
  });

  it("names the candidates when a name fits several places, and how to write it", () => {
    const { status, stderr } = run("stats", "pm25", "--place", "密云", "--period", "2015-03");
    expect(status).toBe(2);
    expect(stderr).toContain("station:密云");
    expect(stderr).toContain("district:密云区");
    expect(stderr.trim().split("\n")).toHaveLength(3);
  });

  it.each([
    ["an unknown period", ["stats", "pm25", "--place", "东四", "--period", "2015-13"], "period.unknown"],
    ["an unknown indicator", ["stats", "pm3", "--place", "东四", "--period", "2015"], "indicator.unknown"],
    ["an unknown place", ["stats", "pm25", "--place", "东四街", "--period", "2015"], "place.unknown"],
    ["an unknown option", ["rank", "pm25", "--period", "2015", "--worse", "3"], "option.unknown"],
    ["a missing option", ["rank", "pm25"], "option.missing"],
    ["an unknown command", ["frobnicate"], "command.unknown"],
    ["an unknown format", ["ingest", "xlsb", "."], "format.unknown"],
    ["a path that is not there", ["ingest", "auto", "nowhere.csv"], "ingest.path-missing"],
    [
      "an unknown policy",
      ["stats", "pm25", "--place", "东四", "--period", "2015", "--policy", "x=1"],
      "policy.unknown",
    ],
    ["an AQI over a month", ["stats", "aqi", "--place", "东四", "--period", "2015-03"], "period.unknown"],
  ])("ends with 2 and three lines for %s", (_, args, code) => {
    const { status, stderr } = run(...args);
    expect(status).toBe(2);
    expect(stderr).toContain(`[${code}]`);
    expect(stderr).not.toContain("    at ");
  });

  it("takes what is usable of a broken folder, lists the rest, and ends with 1 only under --strict", () => {
    const broken = join(dir, "broken-store");
    const free = run("ingest", "quotsoft", shared("data/quotsoft-broken"), "--json", "--store", broken);
    expect(free.status).toBe(0);
    const { batches, read, inserted, corrected, unchanged, rejected } = free.json() as {
      batches: { id: number; files: { outcome: string; reason?: string }[] }[];
      [key: string]: unknown;
    };
    expect(Number(read)).toBe(Number(inserted) + Number(corrected) + Number(unchanged) + Number(rejected));
    expect(
      batches[0]?.files
        .filter((file) => file.outcome === "refused")
        .map((file) => file.reason)
        .sort(),
    ).toEqual(["file.empty", "file.html", "file.html"]);
    expect(run("ingest", "quotsoft", shared("data/quotsoft-broken"), "--strict", "--store", broken).status).toBe(1);
    const rejects = JSON.parse(
      run("batch", "rejects", String(batches[0]?.id), "--json", "--store", broken).stdout,
    ) as Record<string, unknown>[];
    expect(rejects).toHaveLength(Number(rejected));
    expect(rejects[0]).toMatchObject({ file: "beijing_all_20160724.csv", reason: "row.field-count" });
  });

  it("ends with 2 and makes no store when nothing in the path is usable", () => {
    const folder = join(dir, "useless");
    mkdirSync(folder);
    copyFileSync(shared("data/quotsoft-broken/beijing_all_20170519.csv"), join(folder, "beijing_all_20170519.csv"));
    writeFileSync(join(folder, "beijing_all_20170520.csv"), "a,b,c\n1,2,3\n");
    const { status, stderr } = run("ingest", "quotsoft", folder, "--store", join(dir, "never"));
    expect(status).toBe(2);
    expect(stderr).toContain("[ingest.nothing-usable]");
    expect(existsSync(join(dir, "never", "duibiao.duckdb"))).toBe(false);
  });

  it("gives a rejected cell its file, line, column, raw text and reason", () => {
    const file = join(dir, "beijing_all_20150402.csv");
    writeFileSync(
      file,
      "date,hour,type,东四,天坛,月球\n20150402,5,PM2.5,3O,-4,12\n20150402,6,PM2.5,6000,,\n20150402,24,PM2.5,1,2,\n",
    );
    const { json } = run("ingest", "quotsoft", file, "--json", "--store", join(dir, "rejects-store"));
    expect(json()).toMatchObject({ read: 6, rejected: 6, inserted: 0, missing: 3 });
    const usable = join(dir, "beijing_all_20150403.csv");
    writeFileSync(usable, "date,hour,type,东四,天坛,月球\n20150403,5,PM2.5,3O,-4,12\n20150403,6,PM2.5,6000,7,\n");
    expect(run("ingest", "quotsoft", usable, "--store", join(dir, "rejects-store")).status).toBe(0);
    const rejects = JSON.parse(
      run("batch", "rejects", "1", "--json", "--store", join(dir, "rejects-store")).stdout,
    ) as Record<string, unknown>[];
    expect(rejects.map((one) => [one["line"], one["column"], one["raw"], one["reason"]])).toEqual([
      [2, "东四", "3O", "cell.not-a-number"],
      [2, "天坛", "-4", "cell.negative"],
      [2, "月球", "12", "place.unknown"],
      [3, "东四", "6000", "cell.over-range"],
    ]);
  });

  it("ends with 3 and names the owner while another process holds the store", async () => {
    const held = await openStore(store, { seeds: seedPlaces() });
    try {
      const { status, stderr } = run("doctor");
      expect(status).toBe(3);
      expect(stderr).toContain("[store.in-use]");
      expect(stderr).toContain(String(process.pid));
    } finally {
      await held.close();
    }
  });

  it("keeps simulated and real data apart", () => {
    const file = join(dir, "beijing_all_20150404.csv");
    writeFileSync(file, "date,hour,type,东四,模拟数据\n20150404,5,PM2.5,35,\n");
    const { status, stderr } = run("ingest", "quotsoft", file);
    expect(status).toBe(2);
    expect(stderr).toContain("[simulated.mixed]");
  });

  it("gives every command a help text with an example, made from its declaration", async () => {
    const { loadAll } = await import("../../src/cli/commands.ts");
    const { helpOf } = await import("../../src/cli/help.ts");
    for (const command of await loadAll()) {
      const help = helpOf(command);
      expect(command.examples.length, command.name).toBeGreaterThan(0);
      for (const option of Object.keys(command.options)) expect(help, command.name).toContain(`--${option}`);
      for (const example of command.examples) expect(example, command.name).toContain(`duibiao ${command.name}`);
    }
  });
});
