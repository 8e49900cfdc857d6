import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { changes } from "../../src/cli/changes.ts";
import { explain } from "../../src/cli/explain.ts";
import { gap } from "../../src/cli/gap.ts";
import { ingest } from "../../src/cli/ingest.ts";
import { outlook } from "../../src/cli/outlook.ts";
import { rank } from "../../src/cli/rank.ts";
import { runs } from "../../src/cli/runs.ts";
import { stats } from "../../src/cli/stats.ts";
import { targets } from "../../src/cli/targets.ts";
import { warnings } from "../../src/cli/warnings.ts";
import { faultOf } from "./calc/run-calc.ts";
import { type CommandLine, commandLine } from "./run-command.ts";

/** Three townships of the district over September 2024, one value a day. */
const VALUES = { "110105001": 30, "110105002": 35, "110105003": 40 } as const;

describe("the answers a bureau asks for, on the command line", () => {
  let line: CommandLine;
  const json = async (...args: Parameters<CommandLine["run"]>) => {
    const { code, out } = await line.run(args[0], ...args.slice(1).map(String), "--json");
    expect(code).toBe(0);
    return JSON.parse(out);
  };
  const file = (name: string, rows: readonly string[]) => {
    const path = join(line.dir, name);
    writeFileSync(path, `place,period,indicator,value,unit\n${rows.join("\n")}\n`);
    return path;
  };

  beforeAll(async () => {
    line = commandLine("2024-10-02T04:00:00Z");
    const rows = Object.entries(VALUES).flatMap(([code, value]) =>
      Array.from({ length: 30 }, (_, k) => `${code},2024-09-${String(k + 1).padStart(2, "0")},pm25,${value},µg/m³`),
    );
    expect((await line.run(ingest, "township", file("september.csv", rows))).code).toBe(0);
  });
  afterAll(() => line.close());

  it("gives the outlook in the contract's keys, with a reason where there is none", async () => {
    const found = await json(outlook, "2024-air-1.2-pm25-rank-month");
    expect(found).toMatchObject({ id: "2024-air-1.2-pm25-rank-month", conventions: null });
    expect(found.probabilityReason).toContain("排名");
    expect((await json(outlook, "2024-air-1.1-pm25")).reason).toContain("没有数据");
  });
  it("refuses a period that has not begun or lies before the data, an indicator a place never had, and two forms at once", async () => {
    const codeOf = async (...args: Parameters<CommandLine["run"]>) => (await faultOf(line.run(...args)))?.code;
    // the clock stands at 2 October 2024, the data begin on 1 September 2024
    expect(await codeOf(rank, "pm25", "--period", "2024-11")).toBe("period.future");
    expect(await codeOf(stats, "pm25", "--place", "110105001", "--period", "2024-10-03")).toBe("period.future");
    expect(await codeOf(stats, "pm25", "--place", "110105001", "--period", "2024-08")).toBe("period.before-data");
    expect(await codeOf(rank, "pm25", "--period", "2023")).toBe("period.before-data");
    expect(await codeOf(stats, "so2", "--place", "110105001", "--period", "2024-09")).toBe("indicator.absent");
    expect(await codeOf(rank, "pm25", "--period", "2024-09", "--json", "--csv")).toBe("option.contradict");
    expect(await codeOf(targets, "--csv", "--xlsx", "x.xlsx")).toBe("option.contradict");
  });
  it("refuses a target there is not and names near ones", async () => {
    const problem = await faultOf(line.run(outlook, "2024-air-1.1-pm99"));
    expect(problem?.code).toBe("target.unknown");
    expect(problem?.message).toContain("2024-air-1.1-pm25");
    expect((await faultOf(line.run(outlook, "2024-air-1.1-pm25", "--low", "x")))?.code).toBe("option.value");
  });
  it("says how far a township is from leaving the worst", async () => {
    const found = await json(gap, "110105003", "--period", "2024-09", "--worst", "1");
    expect(found).toMatchObject({ rank: 1, rounded: 40, cuts: [{ worst: 1, inside: true, highestOutside: 34 }] });
  });
  it("says that a month in the worst was computed where nothing was published", async () => {
    const found = await json(runs, "pm25", "--worst", "1");
    expect(found.months.at(-1)).toEqual({ month: "2024-09", source: "computed" });
    expect(found.rows).toMatchObject([{ code: "110105003", longest: 1, current: 1, budgetLeft: 1 }]);
  });
  it("says before anything is kept which ranks a file would move, and moves none", async () => {
    const late = file("late.csv", ["110105001,2024-09-01,pm25,630,µg/m³"]);
    const before = await json(rank, "pm25", "--period", "2024-09");
    const trial = await json(ingest, "township", late, "--dry-run");
    expect(trial.moves.ranks).toMatchObject([
      { code: "110105003", from: 1, to: 2 },
      { code: "110105002", from: 2, to: 3 },
      { code: "110105001", from: 3, to: 1, valueFrom: 30, valueTo: 50 },
    ]);
    expect(await json(rank, "pm25", "--period", "2024-09")).toEqual(before);
    expect((await line.run(ingest, "township", late)).code).toBe(0);
    const made = await json(changes, "--from", "1");
    expect(made.ranks).toEqual(trial.moves.ranks);
    expect(await json(rank, "pm25", "--period", "2024-09", "--as-of", "1")).toEqual(before);
  });
  it("explains a number down to the line of the file it was read from", async () => {
    const found = await json(explain, "pm25", "--place", "110105001", "--period", "2024-09-01");
    expect(found.readings).toMatchObject([
      { value: 630, batch: 2, file: "late.csv", line: 2, text: "110105001,2024-09-01,pm25,630,µg/m³" },
    ]);
  });
  it("lists all targets as of an earlier batch, each with a standing or a reason", async () => {
    const found = await json(targets, "--plan", "2024", "--as-of", "1");
    expect(found).toHaveLength(157);
    expect(
      found.filter((one: { standing: string; reason?: string }) => one.standing === "cannot_judge" && !one.reason),
    ).toEqual([]);
  });
  it("warns of nothing where nothing is wrong, and refuses a span it cannot look at", async () => {
    expect(await json(warnings, "--at", "2024-09-02", "--days", "2")).toEqual([]);
    expect((await faultOf(line.run(warnings, "--days", "0")))?.code).toBe("option.value");
  });
  it("refuses changes that run backwards", async () => {
    expect((await faultOf(line.run(changes, "--from", "2", "--to", "1")))?.code).toBe("option.value");
  });
});
