import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { planSet } from "../../src/cli/plan-set.ts";
import { planShow } from "../../src/cli/plan-show.ts";
import { Fault } from "../../src/domain/faults.ts";
import { targetSettings } from "../../src/store/target-settings.ts";
import { type CommandLine, commandLine } from "./run-command.ts";

let home: CommandLine;
beforeEach(() => {
  home = commandLine("2024-07-15T03:00:00Z");
});
afterEach(async () => home.close());

const run: CommandLine["run"] = (...args) => home.run(...args);

describe("plan set", () => {
  const DUST = "2024-air-1.1-dustfall";
  it("keeps a tolerance with the name of who set it, and the last one counts", async () => {
    await run(planSet, DUST, "--tolerance", "1", "--by", "甲");
    const { out } = await run(planSet, DUST, "--tolerance", "0.5", "--by", "乙", "--note", "会议纪要");
    expect(out).toContain("容差 0.5");
    const store = home.store();
    const held = store === undefined ? undefined : (await targetSettings(store.sql)).get(DUST);
    expect(held).toMatchObject({ tolerance: { num: 1n, den: 2n }, external: undefined, setBy: "乙", note: "会议纪要" });
  });
  it("refuses a tolerance that is no number or negative, and a target nobody knows", async () => {
    const refused = (...args: string[]) =>
      run(planSet, ...args, "--by", "甲").then(
        () => "",
        (error) => (error instanceof Fault ? error.code : String(error)),
      );
    expect(await refused(DUST, "--tolerance", "x")).toBe("value.not-number");
    expect(await refused(DUST, "--tolerance=-1")).toBe("value.negative");
    expect(await refused("2024-air-0.0-x", "--tolerance", "1")).toBe("tally.target-unknown");
    expect(home.store()).toBeUndefined();
  });
});

describe("plan show", () => {
  type Row = { plan: string; no: string; deadline?: string; state: string; lead: string[]; targets: string[] };
  const show = async (...args: string[]): Promise<Row[]> => JSON.parse((await run(planShow, ...args, "--json")).out);
  it("lists all 224 measures with what the plan prints as deadline", async () => {
    const rows = await show();
    expect(rows).toHaveLength(224);
    const printed = new Set(rows.map((row) => row.deadline));
    for (const text of ["6-9月", "4月1日起长期实施", "按时间节点", undefined]) expect(printed).toContain(text);
  });
  it("lists a unit's own, and the targets that hang on each", async () => {
    const rows = await show("--unit", "朝阳交通支队", "--area", "air");
    expect(rows.map((row) => row.no)).toEqual(["11.1", "11.3", "13.3"]);
    expect(rows[0]?.targets).toEqual(["2024-air-11.1-truck-checks"]);
  });
  it("tells the state on a day", async () => {
    const state = async (no: string, at: string) =>
      (await show("--area", "air", "--at", at)).find((row) => row.no === no)?.state;
    expect(await state("6.3", "2024-05-31")).toBe("not_begun");
    expect(await state("6.3", "2024-07-01")).toBe("running");
    expect(await state("6.3", "2024-09-15")).toBe("due_soon");
    expect(await state("6.3", "2024-10-01")).toBe("expired");
    expect(await state("3.1", "2024-10-01")).toBe("running");
  });
});

describe("Plans a person adopted into the store's folder", () => {
  const adopted = (year: string, area: string) => {
    const folder = join(home.dir, "store", "plans", year);
    mkdirSync(folder, { recursive: true });
    writeFileSync(
      join(folder, `${area}.yaml`),
      [
        `area: ${area}`,
        `year: ${year}`,
        "title: 某计划",
        'place: "990101"',
        "tasks:",
        "  - { no: 1, name: 任务, section: 一、目标, line: 1, measures: [",
        '      { no: "1.1", line: 2, text: 做一件事, deadline: 年底前, lead: [甲局] }] }',
      ].join("\n"),
    );
  };
  it("stand beside the seeds' years, and are meant when theirs is the year", async () => {
    adopted("2025", "noise");
    const rows: { text: string }[] = JSON.parse((await run(planShow, "--plan", "2025", "--json")).out);
    expect(rows.map((row) => row.text)).toEqual(["做一件事"]);
    const seeds: unknown[] = JSON.parse((await run(planShow, "--json")).out);
    expect(seeds).toHaveLength(224);
  });
  it("take the place of the seed's plan of the same year and area, and of no other", async () => {
    adopted("2024", "noise");
    const rows: { plan: string; text: string }[] = JSON.parse((await run(planShow, "--json")).out);
    expect(rows.filter((row) => row.plan === "noise").map((row) => row.text)).toEqual(["做一件事"]);
    expect(rows.filter((row) => row.plan === "air")).toHaveLength(65);
  });
  it("are named among the known years when another year is asked for", async () => {
    adopted("2025", "noise");
    await expect(run(planShow, "--plan", "2031")).rejects.toSatisfy(
      (error) => error instanceof Fault && error.code === "plan.unknown" && error.params["known"] === "2024 2025",
    );
  });
});
