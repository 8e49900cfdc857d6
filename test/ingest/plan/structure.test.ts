/** Rows, columns, tasks and units of plans laid out in ways the six do not show. */
import { describe, expect, it } from "vitest";
import type { PlanDraft } from "../../../ingest/plan/draft.ts";
import { roleOf } from "../../../ingest/plan/header.ts";
import { importPlan } from "../../../ingest/plan/import-plan.ts";
import { readTxt } from "../../../ingest/plan/read-txt.ts";
import { looksLikeUnits, unitsOf } from "../../../ingest/plan/units.ts";

const HEAD = ["序号", "重点任务", "工作措施", "完成时限", "牵头部门", "协办单位"];

/** A text of the usual layout: one tab-led line per cell, rows parted by an empty line. */
const laid = (title: string, ...rows: readonly (readonly string[])[]) =>
  ["", title, "", ...rows.flatMap((row) => [...row.map((cell) => `\t${cell}`), ""])].join("\n");

const draftOf = (text: string): PlanDraft => importPlan(readTxt(text), "plan.txt");
const tasksIn = (text: string) => draftOf(text).plans[0]?.tasks ?? [];
const measuresIn = (text: string) => tasksIn(text).flatMap((task) => task.measures);

describe("columns of a plan", () => {
  it.each([
    ["序号", "number"],
    ["重点任务", "task"],
    ["工作项目", "task"],
    ["工作措施", "measure"],
    ["主要举措", "measure"],
    ["任务内容", "measure"],
    ["完成时限", "deadline"],
    ["时间节点", "deadline"],
    ["时间要求", "deadline"],
    ["牵头部门", "lead"],
    ["主责单位", "main"],
    ["责任部门", "main"],
    ["实施单位", "main"],
    ["协办单位", "support"],
    ["配合单位", "support"],
    ["备注", "note"],
    ["年度目标", "goal"],
    ["甲", undefined],
  ])("takes %s for %s", (name, role) => {
    expect(roleOf(name)).toBe(role);
  });

  it("takes the second of two task columns for the measures", () => {
    const text = laid(
      "计划",
      ["工作任务", "具体事项", "完成时限", "责任单位"],
      ["净水", "修管网。", "年底前", "水务局"],
    );
    expect(tasksIn(text)).toMatchObject([{ no: 1, name: "净水", measures: [{ text: "修管网。", lead: ["水务局"] }] }]);
  });

  it("keeps the words of a goal column with its measure, and drafts its numbers", () => {
    const text = laid(
      "计划",
      ["任务", "措施", "目标值", "时限", "责任单位"],
      ["净水", "修管网。", "达标率达到90%", "年底前", "水务局"],
    );
    expect(measuresIn(text)[0]?.text).toBe("修管网。\n达标率达到90%");
    expect(draftOf(text).draftTargets).toMatchObject([{ subject: "达标率", value: 90, unit: "%" }]);
  });
});

describe("rows of a text", () => {
  const row = (no: string, task: string, measure: string, deadline = "年底前", lead = "甲局", support = "——") => [
    no,
    task,
    measure,
    deadline,
    lead,
    support,
  ];

  it("keeps an empty line inside a cell and inside a row that is not full", () => {
    const text = `\n计划\n\n${HEAD.map((cell) => `\t${cell}`).join("\n")}\n\n\t1\n\t净水\n\n\n\t修管网。\n\n建泵站。\n\t年底前\n\t甲局\n\n乙局\n\t——\n`;
    expect(measuresIn(text)).toMatchObject([{ text: "修管网。\n建泵站。", lead: ["甲局", "乙局"], support: [] }]);
  });

  it("parts rows without empty lines once they are full", () => {
    const text = [
      "计划",
      "",
      ...[HEAD, row("1", "净水", "修管网。"), row("2", "净气", "种树。")].flatMap((cells) =>
        cells.map((cell) => `\t${cell}`),
      ),
    ].join("\n");
    expect(tasksIn(text).map((task) => task.name)).toEqual(["净水", "净气"]);
  });

  it("takes several cells on one line for a row", () => {
    const text = [
      "计划",
      "",
      ...[HEAD, row("1", "净水", "修管网。"), row("2", "净气", "种树。")].map((cells) => cells.join("\t")),
    ].join("\n");
    expect(tasksIn(text).map((task) => task.name)).toEqual(["净水", "净气"]);
  });

  it("reads line ends of Windows and a byte order mark", () => {
    const text = laid("计划", HEAD, row("1", "净水", "修管网。"));
    expect(tasksIn(`\uFEFF${text.replaceAll("\n", "\r\n")}`)).toEqual(tasksIn(text));
  });

  it("drafts targets of the words above the table, outside any task", () => {
    const text = laid("碧水计划", HEAD, row("1", "净水", "修管网。")).replace(
      "碧水计划",
      "碧水计划\n\n全年断面达标率达到95%。",
    );
    const draft = draftOf(text);
    expect(draft.plans[0]).toMatchObject({ plan: "water", title: "碧水计划" });
    expect(draft.draftTargets).toMatchObject([{ task: null, line: 4, value: 95 }]);
  });

  it("goes on with a plan whose header is printed again", () => {
    const text = laid("计划", HEAD, row("1", "净水", "修管网。"), HEAD, row("2", "净气", "种树。"));
    expect(draftOf(text).plans).toHaveLength(1);
    expect(tasksIn(text)).toHaveLength(2);
  });
});

describe("tasks and units of a plan", () => {
  const row = (no: string, task: string, measure: string, deadline: string, lead: string, support: string) => [
    no,
    task,
    measure,
    deadline,
    lead,
    support,
  ];

  it("goes on with a task where number and name are blank, and numbers one that has only a name", () => {
    const text = laid(
      "计划",
      HEAD,
      row("1", "净水", "甲。", "年底前", "甲局", "——"),
      row("", "", "乙。", "年底前", "乙局", "——"),
      row("", "净气", "丙。", "年底前", "乙局", "——"),
    );
    expect(tasksIn(text).map((task) => [task.no, task.name, task.measures.length])).toEqual([
      [1, "净水", 2],
      [2, "净气", 1],
    ]);
    expect(measuresIn(text)[2]?.flags).toEqual(["task.number-missing"]);
  });

  it("merges a number printed twice with the same name, and parts one used for two names", () => {
    const text = laid(
      "计划",
      HEAD,
      ...["净水", "净水", "净气"].map((name) => row("1", name, "甲。", "年底前", "甲局", "——")),
    );
    expect(tasksIn(text).map((task) => task.measures.map((one) => one.flags))).toEqual([
      [[], ["task.number-repeated:1"]],
      [["task.number-reused:1"]],
    ]);
  });

  it("never fills a blank deadline from another task", () => {
    const text = laid(
      "计划",
      HEAD,
      row("1", "净水", "甲。", "年底前", "甲局", "——"),
      row("2", "净气", "乙。", "", "乙局", "——"),
    );
    expect(measuresIn(text)[1]).toMatchObject({ deadline: null, flags: ["deadline.missing"] });
  });

  it("splits two known units on one line, and keeps a name in brackets whole", () => {
    const known = new Set(["区市场监管局", "区应急局"]);
    expect(unitsOf(["区市场监管局区应急局"], known)).toEqual({
      units: ["区市场监管局", "区应急局"],
      flags: ["units.split:区市场监管局区应急局"],
    });
    expect(unitsOf(["朝阳园管委会（区科信局、区投促局）"], known).units).toEqual([
      "朝阳园管委会（区科信局、区投促局）",
    ]);
    expect(unitsOf(["甲局、乙局"], known)).toEqual({ units: ["甲局", "乙局"], flags: [] });
  });

  it.each(["——", "—", "－", "无"])("reads %s as no unit", (dash) => {
    expect(unitsOf([dash], new Set()).units).toEqual([]);
  });

  it("tells units in the deadline column from deadlines", () => {
    expect(looksLikeUnits(["区卫生健康委", "各街乡"], new Set())).toBe(true);
    for (const deadline of ["年底前", "长期实施", "按市局工作要求", "6-9月", "4月1日起长期实施"]) {
      expect(looksLikeUnits([deadline], new Set())).toBe(false);
    }
  });

  it("leaves rows out that are blank throughout", () => {
    const text = laid(
      "计划",
      HEAD,
      row("1", "净水", "甲。", "年底前", "甲局", "——"),
      ["", "", "", "", "", ""],
      row("", "", "乙。", "年底前", "甲局", "——"),
    );
    expect(measuresIn(text)).toHaveLength(2);
  });
});
