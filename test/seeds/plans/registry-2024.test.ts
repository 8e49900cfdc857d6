import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { loadPlans } from "../../../seeds/plans/load.ts";
import { COMPARATORS, type PlanArea, type Target } from "../../../src/domain/plan.ts";
import { coreCriteria, independentTargets } from "../../../src/domain/plan-count.ts";
import { parsePlanValue } from "../../../src/domain/plan-value.ts";
import { dayText } from "../../../src/domain/time.ts";
import { hasShared, shared } from "../../shared.ts";

const plans = await loadPlans(2024);
const targets = plans.flatMap((plan) => plan.targets);
const criteria = targets.filter((one) => one.kind === "criterion");
const directions = targets.filter((one) => one.kind === "direction");
const measures = plans.flatMap((plan) => plan.tasks.flatMap((task) => task.measures));

const plan = (area: PlanArea) => {
  const found = plans.find((one) => one.area === area);
  if (found === undefined) throw new Error(`no plan ${area}`);
  return found;
};
const measure = (area: PlanArea, no: string) => {
  const found = plan(area)
    .tasks.flatMap((task) => task.measures)
    .find((one) => one.no === no);
  if (found === undefined) throw new Error(`no measure ${area} ${no}`);
  return found;
};
const target = (id: string): Target => {
  const found = targets.find((one) => one.id === id);
  if (found === undefined) throw new Error(`no target ${id}`);
  return found;
};
const ofArea = (list: readonly Target[], area: PlanArea) => list.filter((one) => one.area === area);

describe("The registry of the six plans of 2024, counted by a careful reading of the text", () => {
  it.each<[PlanArea, number, number, number, number]>([
    ["air", 28, 65, 45, 17],
    ["water", 16, 35, 14, 16],
    ["soil", 18, 42, 15, 7],
    ["climate", 17, 34, 9, 9],
    ["ecology", 14, 29, 11, 5],
    ["noise", 16, 19, 3, 6],
  ])("%s has %i tasks, %i measures, %i numeric criteria and %i directions", (area, tasks, rows, numbers, words) => {
    expect(plan(area).tasks.map((one) => one.no)).toEqual(Array.from({ length: tasks }, (_, n) => n + 1));
    expect(plan(area).tasks.flatMap((one) => one.measures)).toHaveLength(rows);
    expect(ofArea(criteria, area)).toHaveLength(numbers);
    expect(ofArea(directions, area)).toHaveLength(words);
  });

  it.each<[PlanArea, string]>([
    [
      "air",
      "15×5 29×4 31×2 39×4 41 97 108×2 169 196 221 229 238 246 294 302 330 355 367×2 385 387 402 495 502 512×2 522×2 538 549 564×2 591",
    ],
    ["water", "687×3 706 807×2 841 867×2 876 892 919 958 999"],
    ["soil", "1032×3 1055 1057 1137 1160×2 1247 1304×3 1311 1318 1412"],
    ["climate", "1495 1561 1608 1636 1670×3 1714 1785"],
    ["ecology", "1958 2098×3 2106×2 2115×3 2123 2232"],
    ["noise", "2306 2313 2357"],
  ])("%s has its criteria at their lines", (area, expected) => {
    const counts = new Map<number, number>();
    for (const { line } of ofArea(criteria, area)) counts.set(line, (counts.get(line) ?? 0) + 1);
    const sorted = [...counts].sort(([a], [b]) => a - b);
    expect(sorted.map(([line, n]) => (n === 1 ? `${line}` : `${line}×${n}`)).join(" ")).toBe(expected);
  });

  // reading (with published ranks), tally, statistic; binding, strive, about, operational
  it.each<[PlanArea, number[]]>([
    ["air", [12, 24, 9, 22, 6, 2, 15]],
    ["water", [3, 10, 1, 7, 1, 0, 6]],
    ["soil", [0, 8, 7, 10, 0, 2, 3]],
    ["climate", [0, 1, 8, 5, 3, 1, 0]],
    ["ecology", [0, 10, 1, 11, 0, 0, 0]],
    ["noise", [0, 3, 0, 3, 0, 0, 0]],
  ])("%s is decided by readings, tallies and statistics, and worded as firmly, as counted", (area, expected) => {
    const list = ofArea(criteria, area);
    const count = (test: (one: Target) => boolean) => list.filter(test).length;
    expect([
      count((one) => one.decidedBy === "reading" || one.decidedBy === "published_rank"),
      count((one) => one.decidedBy === "tally"),
      count((one) => one.decidedBy === "statistic"),
      ...(["binding", "strive", "about", "operational"] as const).map((word) => count((one) => one.firmness === word)),
    ]).toEqual(expected);
  });

  it("holds 97 criteria, of which 95 are independent; 73 are core, of which 71 are independent", () => {
    expect(criteria).toHaveLength(97);
    expect(independentTargets(criteria)).toHaveLength(95);
    expect(coreCriteria(criteria)).toHaveLength(73);
    expect(independentTargets(coreCriteria(criteria))).toHaveLength(71);
    expect(criteria.filter((one) => one.decidedBy === "published_rank")).toHaveLength(7);
  });

  it("gives each target an ASCII id of its own and each criterion a value that is a number", () => {
    expect(new Set(targets.map((one) => one.id)).size).toBe(157);
    for (const { id } of targets) expect(id).toMatch(/^[ -~]+$/);
    for (const one of criteria) expect([one.id, parsePlanValue(one.value ?? "")]).not.toContain(undefined);
    for (const one of directions) expect([one.id, one.value]).toEqual([one.id, undefined]);
  });

  it("names a unit in charge for every target and measure", () => {
    for (const one of [...targets, ...measures]) expect(one.lead.length).toBeGreaterThan(0);
  });

  it("needs every way of comparing", () => {
    expect(new Set(targets.map((one) => one.comparator))).toEqual(new Set(COMPARATORS));
  });
});

describe.skipIf(!hasShared)("The registry beside the plan's text", () => {
  // A skipped group's body still runs.
  const lines = hasShared ? readFileSync(shared("plans/chaoyang-2024-action-plans.txt"), "utf8").split("\n") : [];
  const text = lines.join("").replaceAll(/\s/g, "");
  it("finds each phrase at its line", () => {
    const lost = targets.filter((one) => !lines[one.line - 1]?.includes(one.phrase));
    expect(lost.map((one) => `${one.id}: ${one.phrase}`)).toEqual([]);
  });
  it("finds each task's name and each measure's first line", () => {
    for (const { tasks } of plans) {
      for (const task of tasks) {
        expect(text).toContain(task.name.replaceAll(/\s/g, ""));
        for (const one of task.measures)
          expect([one.no, lines[one.line - 1]?.startsWith("\t")]).toEqual([one.no, true]);
      }
    }
  });
  it("tells no measure in a whole sentence of the plan", () => {
    const copied = measures.filter((one) => one.text.length > 14 && text.includes(one.text.replaceAll(/\s/g, "")));
    expect(copied.map((one) => one.text)).toEqual([]);
  });
});

describe("Units and deadlines of the measures", () => {
  it("are those of the text after filling down", () => {
    const counts = new Map<string, number>();
    for (const { deadline } of measures) {
      counts.set(deadline.text ?? "(missing)", (counts.get(deadline.text ?? "(missing)") ?? 0) + 1);
    }
    expect(Object.fromEntries(counts)).toEqual({
      年底前: 161,
      长期实施: 46,
      持续推进: 5,
      "9月底前": 2,
      "(missing)": 2,
      "4月1日起长期实施": 1,
      "6-9月": 1,
      "10月底前": 1,
      "3月底": 1,
      按时间节点: 1,
      年度前: 1,
      按市局工作要求: 1,
      按时间节点完成: 1,
    });
  });
  it("are taken from the row above where the cells are merged", () => {
    expect(measure("air", "4.2").lead).toEqual(measure("air", "4.1").lead);
    expect(measure("air", "4.2").flags).toEqual(["deadline_filled", "units_filled"]);
    expect(measure("noise", "5.2").support).toEqual([
      "区财政局",
      "区住房城乡建设委",
      "区交通委",
      "公安朝阳分局",
      "区城管执法局",
    ]);
  });
  it("keep both readings of the two rows whose cells are shifted and whose deadline is missing", () => {
    const waste = measure("soil", "6.1");
    expect([waste.deadline.kind, waste.lead, waste.support]).toEqual(["missing", ["区卫生健康委"], ["区生态环境局"]]);
    expect(waste.otherReading).toEqual({ lead: ["区生态环境局"], support: ["区卫生健康委"] });
    expect(measure("soil", "6.2").lead).toEqual(["区商务局", "区市场监管局", "区应急局"]);
    expect(measures.filter((one) => one.flags.includes("deadline_missing"))).toHaveLength(2);
  });
  it("have lead, main and support apart where seven cells are printed", () => {
    expect(measure("water", "1.1")).toMatchObject({
      lead: ["区生态环境局", "区水务局"],
      support: ["市规划自然资源委朝阳分局", "区农业农村局", "区发展改革委", "相关街乡"],
    });
    expect(measure("water", "9.1")).toMatchObject({ lead: ["区生态环境局"], main: ["各街乡"], support: ["区水务局"] });
    expect(measures.filter((one) => one.main.length > 0)).toHaveLength(19);
  });
  it("merge the task whose number is printed on two rows", () => {
    expect(plan("water").tasks[1]?.measures.map((one) => one.no)).toEqual(["2.1", "2.2", "2.3", "2.4", "2.5"]);
  });
  it("give way to a date in the sentence itself", () => {
    const due = (id: string) => dayText(target(id).deadline.to ?? 0);
    expect(due("2024-soil-5.2-look-back")).toBe("2024-06-30");
    expect(due("2024-soil-2.1-list-updates")).toBe("2024-08-31");
    expect(due("2024-air-8.2-heating")).toBe("2025-12-31");
  });
});

describe("What is not independent", () => {
  it("is marked: heavy days restate the ratio, and two ways to safe land are alternatives", () => {
    expect(target("2024-air-1.1-heavy-days").restates).toBe("2024-air-1.1-heavy-ratio");
    expect(criteria.filter((one) => one.restates !== undefined)).toHaveLength(1);
    const ways = criteria.filter((one) => one.alternative === "2024-soil-1.1-land");
    expect(ways.map((one) => one.value)).toEqual(["100", "95"]);
  });
});
