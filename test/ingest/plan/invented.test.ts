/** The invented plan, against what a reader of it would write down. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { PlanDraft } from "../../../ingest/plan/draft.ts";
import { FLAG_CODES } from "../../../ingest/plan/flags.ts";
import { importPlan } from "../../../ingest/plan/import-plan.ts";
import { readPlanFile } from "../../../ingest/plan/read-plan-file.ts";
import { readTxt } from "../../../ingest/plan/read-txt.ts";
import { INVENTED } from "./invented-plan.ts";
import { docxOf, xlsxOf } from "./make-office.ts";
import { withoutLines } from "./without-lines.ts";

const draftOf = (text: string): PlanDraft => importPlan(readTxt(text), "invented.txt");
const draft = draftOf(INVENTED);

describe("a plan of another district", () => {
  it("keeps its title where the title names no known area", () => {
    expect(draft.plans.map((one) => one.plan)).toEqual(["云溪区清水润城2026年实施方案（试行）"]);
  });

  it("has its columns told by their headings, whatever their order", () => {
    expect(draft.plans[0]?.tasks.map((task) => [task.no, task.name, task.measures.length])).toEqual([
      [1, "管网建设", 3],
      [2, "河道管护", 1],
      [3, "执法监管", 1],
    ]);
    expect(draft.plans[0]?.tasks[0]?.measures[0]).toMatchObject({
      deadline: "2026年底前",
      lead: ["区水利局", "区园林局"],
      main: ["区水利局", "区园林局"],
      support: [],
      flags: [],
    });
  });

  it("fills a deadline down inside a task and says so", () => {
    expect(draft.plans[0]?.tasks[0]?.measures[2]).toMatchObject({ deadline: "6月底前", flags: ["deadline.filled"] });
  });

  it("drafts its numbers, in digits and in words", () => {
    const drafted = draft.draftTargets.map((one) => [
      one.task,
      one.subject,
      one.comparator,
      one.value,
      one.unit,
      one.firmness,
    ]);
    expect(drafted).toEqual([
      [1, "污水管网", ">=", 35, "公里", "binding"],
      [1, "老旧管网", ">=", 25, "公里", "binding"],
      [1, "污水集中收集率", ">=", 80, "%", "binding"],
      [1, "水功能区水质达标率", ">=", 85, "%", "binding"],
      [1, "黑臭水体消除比例", ">=", "1/3", "", "binding"],
      [1, "泵站提标改造", ">=", 12, "座", "binding"],
      [1, "达到一级标准", ">=", 2, "座", "strive"],
      [1, "第三方检测", ">=", 1, "次/半年", "operational"],
      [1, "五里河公园周边200米范围内的餐饮单位", "all_covered", 100, "%", "binding"],
      [2, "巡河", ">=", 2, "次/周", "operational"],
      [2, "辖区内", "=", 16, "条", "binding"],
      [2, "辖区内16条河道实现巡查", "all_covered", 100, "%", "binding"],
      [2, "用水总量", "<=", 120_000_000, "立方米", "binding"],
      [2, "万元GDP用水量", "decrease_by", 12, "%", "binding"],
      [3, "氨氮年均浓度", "<", 1, "mg/L", "binding"],
      [3, "PM2.5浓度", "decrease_by", 5, "个百分点", "about"],
      [3, "企业", "~", 120, "家", "about"],
      [3, "光伏", ">=", 25_000, "千瓦", "binding"],
      [3, "各报送", ">=", 2, "次/年", "operational"],
    ]);
  });

  it("puts the other numerals where they belong", () => {
    const others = draft.numerals.filter((one) => one.class !== "target").map((one) => `${one.text} ${one.class}`);
    expect(others).toEqual([
      "2026年 date",
      "2026年底 date",
      "6月底 date",
      "一 grade",
      "GB 50265-2022 standard number",
      "〔2025〕63号 document number",
      "三 ordinal",
      "五 name",
      "200 scope",
      "一 idiom",
      "一 idiom",
      "万 unit",
      "2020年 date",
      "2026年11月 date",
      "2.5 name",
      "百 unit",
      "千 unit",
      "3月 date",
      "9月 date",
      "20 scope",
      "一 idiom",
    ]);
    expect(draft.unaccounted).toEqual([]);
  });

  it.each([
    ["噪声投诉办结率不低于九成。", "target", "九成"],
    ["依据云政办发〔2026〕17号推进。", "document number", "〔2026〕17号"],
    ["执行《排放限值》（DB31/ 1405-2023）。", "standard number", "DB31/ 1405-2023"],
    ["9月15日前报送。", "date", "9月15日"],
    ["安装PM10监测仪。", "name", "10"],
  ])("finds a numeral planted in it: %s", (sentence, kind, text) => {
    const planted = draftOf(INVENTED.replace("消除比例不低于三分之一。", `消除比例不低于三分之一。${sentence}`));
    const before = new Set(draft.numerals.map((one) => JSON.stringify(one)));
    const added = planted.numerals.filter((one) => !before.has(JSON.stringify(one)));
    expect(added).toEqual([{ line: 14, text, class: kind }]);
    expect(planted.draftTargets).toHaveLength(draft.draftTargets.length + (kind === "target" ? 1 : 0));
  });

  it("has Chinese words for every flag it raises", () => {
    const measures = draft.plans.flatMap((plan) => plan.tasks.flatMap((task) => task.measures));
    const raised = [...measures, ...draft.draftTargets].flatMap((one) => one.flags.map((flag) => flag.split(":")[0]));
    expect(raised.length).toBeGreaterThan(0);
    for (const code of raised) expect(FLAG_CODES).toContain(code);
  });

  it("reports a numeral that fits nothing instead of hiding it", () => {
    const planted = draftOf(INVENTED.replace("推进“一河一策”", "推进七、推进“一河一策”"));
    expect(planted.unaccounted).toEqual([{ line: 26, text: "七", context: "位全部纳管，推进七、推进“一河一策" }]);
  });

  it.each([
    ["docx", true],
    ["docx", false],
    ["xlsx", true],
    ["xlsx", false],
  ] as const)("reads the same from a .%s (blank cells merged: %s)", async (kind, merged) => {
    const folder = mkdtempSync(join(tmpdir(), "plan-"));
    try {
      const path = join(folder, `plan.${kind}`);
      writeFileSync(path, await (kind === "docx" ? docxOf : xlsxOf)(readTxt(INVENTED), merged));
      expect(withoutLines(importPlan(await readPlanFile(path), path))).toEqual(withoutLines(draft));
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
