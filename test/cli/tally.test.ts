import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { planSet } from "../../src/cli/plan-set.ts";
import { tallyAdd } from "../../src/cli/tally-add.ts";
import { tallyImport } from "../../src/cli/tally-import.ts";
import { tallyList } from "../../src/cli/tally-list.ts";
import { tallyTemplate } from "../../src/cli/tally-template.ts";
import { targets } from "../../src/cli/targets.ts";
import { Fault } from "../../src/domain/faults.ts";
import { sheetsOf } from "../sheets-of.ts";
import { type CommandLine, commandLine } from "./run-command.ts";

const CHECKS = "2024-air-11.1-truck-checks";
let home: CommandLine;
beforeEach(() => {
  home = commandLine("2024-07-15T03:00:00Z");
});
afterEach(async () => home.close());

const run: CommandLine["run"] = (...args) => home.run(...args);
const add = (value: string, date: string, ...more: string[]) =>
  run(tallyAdd, CHECKS, "--value", value, "--unit", "辆次", "--date", date, "--reporter", "甲", "--json", ...more);

describe("tally add", () => {
  it("keeps a figure for the target's lead unit and lists it", async () => {
    expect(JSON.parse((await add("24000", "2024-06-30")).out)).toEqual({
      inserted: 1,
      corrected: 0,
      unchanged: 0,
      flagged: [],
    });
    const [row] = JSON.parse((await run(tallyList, "--json")).out);
    expect(row).toMatchObject({
      target: CHECKS,
      value: 24000,
      department: "朝阳交通支队",
      date: "2024-06-30",
      current: true,
    });
  });
  it("corrects a figure of the same day and keeps the old one in the history", async () => {
    await add("24000", "2024-06-30");
    expect(JSON.parse((await add("24500", "2024-06-30")).out)).toMatchObject({ corrected: 1 });
    expect(JSON.parse((await run(tallyList, "--json")).out).map((one: { value: number }) => one.value)).toEqual([
      24500,
    ]);
    const history = JSON.parse((await run(tallyList, "--json", "--history")).out);
    expect(history.map((one: { value: number; current: boolean }) => [one.value, one.current])).toEqual([
      [24000, false],
      [24500, true],
    ]);
  });
  it("keeps a total ten times the last one, and asks a person to look", async () => {
    await add("2400", "2024-05-31");
    const { code, out } = await add("24000", "2024-06-30");
    expect([code, JSON.parse(out).flagged]).toEqual([
      0,
      [{ target: CHECKS, part: "", date: "2024-06-30", flags: ["jump"] }],
    ]);
  });
  it.each([
    ["no unit", ["--value", "1", "--date", "2024-06-30", "--reporter", "甲"], "tally.cell-missing", "--unit"],
    [
      "another unit",
      ["--value", "1", "--unit", "辆", "--date", "2024-06-30", "--reporter", "甲"],
      "tally.unit-mismatch",
      "--unit",
    ],
    [
      "a day in the future",
      ["--value", "1", "--unit", "辆次", "--date", "2024-07-16", "--reporter", "甲"],
      "tally.future",
      "--date",
    ],
    [
      "no number",
      ["--value", "many", "--unit", "辆次", "--date", "2024-06-30", "--reporter", "甲"],
      "value.not-number",
      "--value",
    ],
  ])("refuses %s with exit 2, names the option and makes no store", async (_, args, code, option) => {
    const refused = await run(tallyAdd, CHECKS, ...args);
    expect(refused.code).toBe(2);
    expect(refused.err).toContain(`[${code}]`);
    expect(refused.err).toContain(`位置：${option}`);
    expect(home.store()).toBeUndefined();
  });
  it("refuses a share above 100 % and a target nobody knows", async () => {
    const share = ["--value", "100.5", "--unit", "%", "--date", "2024-06-30", "--reporter", "甲"];
    expect((await run(tallyAdd, "2024-air-4.3-site-samples", ...share)).err).toContain("[tally.share-above]");
    expect((await run(tallyAdd, "2024-air-0.0-x", ...share)).err).toContain("[tally.target-unknown]");
  });
});

describe("tally template and tally import", () => {
  const sheet = (...rows: string[]) => {
    const path = join(home.dir, "sheet.csv");
    writeFileSync(path, ["目标编号,数据日期,数值,计量单位,填报人,填报单位,依据说明", ...rows].join("\n"));
    return path;
  };
  const good = `${CHECKS},2024-06-30,24000,辆次,甲,朝阳交通支队,汇总`;

  it("makes a sheet of one department that comes back as it was filled in", async () => {
    await add("20000", "2024-05-31");
    const path = join(home.dir, "sheet.xlsx");
    await run(tallyTemplate, "--unit", "朝阳交通支队", "--out", path);
    const [filling, help] = await sheetsOf(readFileSync(path));
    expect([filling?.name, help?.name]).toEqual(["填报", "填报说明"]);
    const [header = [], ...rows] = filling?.rows ?? [];
    const row = rows.find((one) => one.includes(CHECKS));
    expect(row?.slice(0, 6)).toEqual([
      "蓝天",
      "11.1",
      "重型柴油车和燃气车人工检查",
      "≥ 47500 辆次",
      "年底前",
      "2024-05-31：20000 辆次",
    ]);

    const fill = (name: string, value: string) => (cells: string[]) => cells.with(header.indexOf(name), value);
    const filled = [fill("数据日期", "2024-06-30"), fill("数值", "24000"), fill("填报人", "甲")].reduce(
      (cells, step) => step(cells),
      [...(row ?? [])],
    );
    const csv = join(home.dir, "filled.csv");
    writeFileSync(
      csv,
      [header, filled, ...rows.filter((one) => one !== row)].map((cells) => cells.join(",")).join("\n"),
    );
    const imported = await run(tallyImport, csv, "--json");
    expect(JSON.parse(imported.out)).toMatchObject({ inserted: 1, corrected: 0, blank: rows.length - 1 });
  });
  it("names the units that have to report when one has nothing to", async () => {
    await expect(run(tallyTemplate, "--unit", "没有这个局")).rejects.toSatisfy(
      (error) =>
        error instanceof Fault && error.code === "tally.no-rows" && String(error.params["known"]).includes("区水务局"),
    );
  });
  it("imports all rows or none, and tells every mistake with its line and column", async () => {
    const path = sheet(good, `${CHECKS},2024-05-31,2,,甲,甲队,`, "x,2025-01-01,3O,个,甲,乙,");
    const { code, err } = await run(tallyImport, path);
    expect(code).toBe(2);
    expect(err).toContain("sheet.csv 第 3 行 “计量单位”列");
    expect(err).toContain("sheet.csv 第 4 行 “数值”列");
    expect(err).toContain("都没有录入");
    expect(home.store()).toBeUndefined();
  });
  it("refuses a target given twice for one day", async () => {
    expect((await run(tallyImport, sheet(good, good))).err).toContain("[tally.duplicate]");
  });
  it("checks without keeping when asked to", async () => {
    const { code, out } = await run(tallyImport, sheet(good), "--dry-run", "--json");
    expect([code, JSON.parse(out)]).toEqual([0, { checked: 1, blank: 0 }]);
    expect(home.store()).toBeUndefined();
  });
});

describe("tally list --overdue", () => {
  it("lists the lead units that have no figure dated in the period", async () => {
    await add("24000", "2024-06-30");
    const owed = async (period: string) => {
      const rows: { target: string }[] = JSON.parse((await run(tallyList, "--overdue", period, "--json")).out);
      return rows.some((one) => one.target === CHECKS);
    };
    expect(await owed("2024-06")).toBe(false);
    expect(await owed("2024-05")).toBe(true);
  });
});

describe("targets, after figures were reported", () => {
  type Row = { id: string; standing: string; value: number | null; reason?: string; tolerance?: number };
  const standing = async (id: string): Promise<Row | undefined> => {
    const rows: Row[] = JSON.parse((await run(targets, "--plan", "2024", "--at", "2024-06-30", "--json")).out);
    return rows.find((row) => row.id === id);
  };
  it("puts a count on track at half the year with half the task done, and at risk below", async () => {
    // 182 of 366 days have gone by: 47,500 × 182/366 = 23,620.2.
    await add("23621", "2024-06-30");
    expect(await standing(CHECKS)).toMatchObject({ standing: "on_track", value: 23621 });
    await add("23620", "2024-06-30");
    expect(await standing(CHECKS)).toMatchObject({ standing: "at_risk", value: 23620 });
  });
  it("says of a tolerance who set it", async () => {
    const id = "2024-soil-9.1-orchards";
    const figure = ["--value", "195", "--unit", "亩", "--date", "2024-06-30", "--reporter", "甲"];
    await run(tallyAdd, id, ...figure);
    expect(await standing(id)).toMatchObject({ standing: "cannot_judge", reason: "未设容差" });
    await run(planSet, id, "--tolerance", "10", "--by", "乙");
    expect(await standing(id)).toMatchObject({
      standing: "met",
      tolerance: 10,
      reason: "已完成全年任务；容差 10 亩（人工设定：乙）",
    });
  });
});
