import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { loadPlans } from "../../seeds/plans/load.ts";
import type { Command, Effects } from "../../src/cli/command.ts";
import { parseArguments } from "../../src/cli/parse.ts";
import { planAdopt } from "../../src/cli/plan-adopt.ts";
import { planImport } from "../../src/cli/plan-import.ts";
import { planReview } from "../../src/cli/plan-review.ts";
import { Fault } from "../../src/domain/faults.ts";

const PLAN = `
云溪区碧水保卫战2026年行动计划

	序号
	重点任务
	工作措施
	完成时限
	牵头部门
	协办单位

	一、目标

	1
	水质目标
	国考断面达标率达到100%，每季度通报一次。
	年底前
	区生态环境局
	——

	2
	管网建设
	新建管网35公里，力争改造2-3座泵站。
	9月底前
	区水务局
	各街乡
`;

let dir = "";
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), "plan-cli-"));
  writeFileSync(join(dir, "plan.txt"), PLAN);
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

/** A command as a person would run it on 5 January 2026. */
async function run(command: Command, ...args: string[]) {
  const lines: string[] = [];
  const refuse = () => Promise.reject(new Error("a plan command needs no store"));
  const effects: Effects = {
    lang: "zh",
    now: () => new Date("2026-01-05T03:00:00Z"),
    storeDir: join(dir, "store"),
    openStore: refuse,
    discardStore: refuse,
    out: (line) => lines.push(line),
    err: (line) => lines.push(line),
    progress: () => {},
    stdin: async function* () {},
    write: async (text) => void lines.push(String(text)),
  };
  const { words, options } = parseArguments(command, args);
  const code = await command.run(words, options, effects);
  return { code, out: lines.join("\n") };
}

const faultOf = (promise: Promise<unknown>): Promise<Fault> =>
  promise.then(
    () => Promise.reject(new Error("no fault")),
    (error: unknown) => (error instanceof Fault ? error : Promise.reject(error)),
  );

/** Writes the draft with every target decided alike. */
async function decided(answer: string): Promise<string> {
  const path = join(dir, "draft.yaml");
  await run(planReview, join(dir, "plan.txt"), "--place", "990101", "--out", path);
  writeFileSync(path, readFileSync(path, "utf8").replaceAll("adopt: 待定", `adopt: ${answer}`));
  return path;
}

const edit = (path: string, from: string, to: string) =>
  writeFileSync(path, readFileSync(path, "utf8").replace(from, to));

describe("plan import", () => {
  it("prints one JSON of plans, draft targets and numerals, and keeps nothing", async () => {
    const { code, out } = await run(planImport, join(dir, "plan.txt"), "--json");
    const draft = JSON.parse(out);
    expect(code).toBe(0);
    expect(Object.keys(draft)).toEqual(["sections", "plans", "draftTargets", "numerals", "unaccounted"]);
    expect(Object.keys(draft.plans[0].tasks[0].measures[0])).toEqual([
      "text",
      "deadline",
      "lead",
      "main",
      "support",
      "flags",
      "line",
    ]);
    expect(Object.keys(draft.draftTargets[0]).sort()).toEqual(
      ["plan", "task", "line", "phrase", "subject", "comparator", "value", "unit", "firmness", "flags"].sort(),
    );
    expect(readdirSync(dir)).toEqual(["plan.txt"]);
  });

  it("tells a person what it found and what comes next", async () => {
    const { out } = await run(planImport, join(dir, "plan.txt"));
    expect(out).toContain("碧水  云溪区碧水保卫战2026年行动计划：2 项任务，2 条措施，拟定目标 4 条");
    expect(out).toContain("只是草稿，未写入登记册");
  });

  it("refuses a year that is none", async () => {
    expect(await faultOf(run(planImport, join(dir, "plan.txt"), "--year", "26"))).toMatchObject({
      code: "option.value",
    });
  });
});

describe("plan review", () => {
  it("writes a draft that is never overwritten", async () => {
    const path = await decided("是");
    const again = await faultOf(run(planReview, join(dir, "plan.txt"), "--out", path));
    expect([again.code, again.params["given"]]).toEqual(["option.value", path]);
  });

  it("puts every doubt beside its target in words", async () => {
    const { out } = await run(planReview, join(dir, "plan.txt"));
    expect(out).toContain("original: 力争改造2-3座泵站");
    expect(out).toContain("频次带次数");
    expect(out.match(/adopt: 待定/g)).toHaveLength(4);
  });
});

describe("plan adopt", () => {
  it("refuses while a target is undecided, names its line, and writes nothing", async () => {
    const path = await decided("待定");
    const problem = await faultOf(run(planAdopt, path));
    const line =
      readFileSync(path, "utf8")
        .split("\n")
        .findIndex((text) => text.includes("adopt: 待定")) + 1;
    expect(problem).toMatchObject({
      code: "plan.undecided",
      params: { count: 4 },
      where: { file: "draft.yaml", line },
    });
    expect(readdirSync(dir)).not.toContain("store");
  });

  it("makes a plan the registry reads, with only the targets a person took", async () => {
    const path = await decided("是");
    edit(path, "adopt: 是", "adopt: 否");
    const { out } = await run(planAdopt, path, "--by", "张三", "--json");
    expect(JSON.parse(out).adopted).toMatchObject([
      { year: "2026", area: "water", version: 1, changed: true, targets: 3, refused: 1 },
    ]);
    const [plan] = await loadPlans(2026, join(dir, "store", "plans"));
    expect(plan).toMatchObject({ area: "water", year: 2026, place: "990101" });
    expect(plan?.tasks.map((task) => [task.no, task.name, task.section])).toEqual([
      [1, "水质目标", "一、目标"],
      [2, "管网建设", "一、目标"],
    ]);
    expect(
      plan?.targets.map((one) => [one.id, one.comparator, one.value, one.upper, one.unit, one.firmness, one.lead]),
    ).toEqual([
      ["2026-water-1.1-t1", ">=", "1", undefined, "次/季度", "operational", ["区生态环境局"]],
      ["2026-water-2.1-t1", ">=", "35", undefined, "公里", "binding", ["区水务局"]],
      ["2026-water-2.1-t2", "range", "2", "3", "座", "strive", ["区水务局"]],
    ]);
  });

  it("keeps the old version beside the new one, and makes none when nothing changed", async () => {
    const path = await decided("是");
    const versions = async () => JSON.parse((await run(planAdopt, path, "--json")).out).adopted[0];
    expect(await versions()).toMatchObject({ version: 1, changed: true });
    expect(await versions()).toMatchObject({ version: 1, changed: false });
    edit(path, "value: 35", "value: 40");
    expect(await versions()).toMatchObject({ version: 2, changed: true });
    const history = join(dir, "store", "plans", "2026", "history");
    expect(readdirSync(history).sort()).toEqual(["water-v1.yaml", "water-v2.yaml"]);
    expect(readFileSync(join(history, "water-v1.yaml"), "utf8")).toMatch(/value: "?35/);
  });

  it.each([
    ["a comparator nobody knows", "comparator: range", "comparator: about", "plan.schema"],
    ["an area nobody knows", "area: water", "area: 碧水", "plan.schema"],
    ["a measure that is not there", 'item: "2.1"', 'item: "7.1"', "plan.reference"],
    ["broken YAML", "tasks:", "tasks: [", "plan.yaml"],
  ])("refuses %s at its line, and writes nothing", async (_, from, to, code) => {
    const path = await decided("是");
    edit(path, from, to);
    const line =
      readFileSync(path, "utf8")
        .split("\n")
        .findIndex((text) => text.includes(to)) + 1;
    const problem = await faultOf(run(planAdopt, path));
    expect(problem).toMatchObject({ code, where: { file: "draft.yaml" } });
    if (code === "plan.schema") expect(problem.where.line).toBe(line);
    expect(readdirSync(dir)).not.toContain("store");
  });

  it("refuses a draft that holds one plan twice", async () => {
    const path = await decided("是");
    const text = readFileSync(path, "utf8");
    writeFileSync(path, `${text}---\n${text}`);
    expect(await faultOf(run(planAdopt, path))).toMatchObject({ code: "plan.duplicate", params: { id: "2026-water" } });
  });

  it("refuses a plan file that is no draft, and a draft of another year", async () => {
    const other = join(dir, "other.yaml");
    writeFileSync(other, "area: water\n");
    expect((await faultOf(run(planAdopt, other))).code).toBe("plan.not-draft");
    writeFileSync(other, new Uint8Array([0x50, 0x4b, 3, 4, 0, 0]));
    expect((await faultOf(run(planAdopt, other))).code).toBe("plan.not-draft");
    expect(await faultOf(run(planAdopt, await decided("是"), "--year", "2025"))).toMatchObject({
      code: "plan.reference",
    });
    expect(readdirSync(dir)).not.toContain("store");
  });
});
