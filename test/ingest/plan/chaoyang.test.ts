/** The six real plans, against facts a person established by reading them and against the registry. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import type { Block } from "../../../ingest/plan/document.ts";
import type { DraftMeasure, DraftTarget, PlanDraft } from "../../../ingest/plan/draft.ts";
import { importPlan } from "../../../ingest/plan/import-plan.ts";
import { readPlanFile } from "../../../ingest/plan/read-plan-file.ts";
import { unitOf } from "../../../ingest/units.ts";
import { loadPlans } from "../../../seeds/plans/load.ts";
import type { Plan, Target } from "../../../src/domain/plan.ts";
import { hasShared, shared } from "../../shared.ts";
import { docxOf, xlsxOf } from "./make-office.ts";
import { sweepNumerals } from "./sweep.ts";
import { withoutLines } from "./without-lines.ts";

const FILE = shared("plans/chaoyang-2024-action-plans.txt");
/** Criteria of the registry that must be found, and drafts that must be real. */
const RECALL = 0.95;
const PRECISION = 0.85;

describe.skipIf(!hasShared)("the six action plans of 2024", () => {
  let blocks: readonly Block[];
  let draft: PlanDraft;
  let registry: Plan[];
  beforeAll(async () => {
    blocks = await readPlanFile(FILE);
    draft = importPlan(blocks, "plans.txt");
    registry = await loadPlans(2024);
  });
  const measures = (plan: string): readonly DraftMeasure[] =>
    draft.plans.find((one) => one.plan === plan)?.tasks.flatMap((task) => task.measures) ?? [];
  const startsWith = (plan: string, text: string) => measures(plan).find((one) => one.text.startsWith(text));

  it.each([
    ["air", 6, 28, 65],
    ["water", 4, 16, 35],
    ["soil", 5, 18, 42],
    ["climate", 5, 17, 34],
    ["ecology", 4, 14, 29],
    ["noise", 3, 16, 19],
  ])("%s has %i sections, %i tasks and %i measures", (plan, sections, tasks, count) => {
    expect(draft.sections.filter((one) => one.plan === plan)).toHaveLength(sections);
    const numbers = draft.plans.find((one) => one.plan === plan)?.tasks.map((task) => task.no);
    expect(numbers).toEqual(Array.from({ length: tasks }, (_, index) => index + 1));
    expect(measures(plan)).toHaveLength(count);
    expect(measures(plan).filter((one) => one.text === "")).toEqual([]);
  });

  it("has the deadlines a reader counted after filling merged cells down", () => {
    const counts = new Map<string | null, number>();
    for (const { tasks } of draft.plans)
      for (const { measures: list } of tasks)
        for (const { deadline } of list) counts.set(deadline, (counts.get(deadline) ?? 0) + 1);
    expect(Object.fromEntries(counts)).toEqual({
      年底前: 161,
      长期实施: 46,
      持续推进: 5,
      "9月底前": 2,
      null: 2,
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

  it("keeps both readings of the two rows whose deadline is missing", () => {
    const [medical, batteries] = [startsWith("soil", "加强小微医疗废物"), startsWith("soil", "推动商品流通")];
    expect(medical).toMatchObject({ deadline: null, lead: ["区卫生健康委"], support: ["区生态环境局"] });
    expect(medical?.flags).toContain("units.other-reading:牵头=区生态环境局；协办=区卫生健康委");
    expect(batteries).toMatchObject({
      deadline: null,
      lead: ["区商务局", "区市场监管局", "区应急局"],
      support: ["区发展改革委", "区城市管理委"],
    });
    expect(batteries?.flags).toContain(
      "units.other-reading:牵头=区发展改革委、区城市管理委；协办=区商务局、区市场监管局、区应急局、各街乡",
    );
    for (const one of [medical, batteries]) expect(one?.flags).toContain("deadline.missing");
  });

  it("fills a blank support cell and marks it, and merges the task whose number is printed twice", () => {
    const malls = startsWith("noise", "对小区底商等密集商业地");
    expect(malls?.support).toEqual(["区财政局", "区住房城乡建设委", "区交通委", "公安朝阳分局", "区城管执法局"]);
    expect(malls?.flags).toContain("units.filled");
    const water = draft.plans.find((one) => one.plan === "water")?.tasks ?? [];
    expect(water.slice(1, 4).map((task) => [task.no, task.name, task.measures.length])).toEqual([
      [2, "加强饮用水保护", 5],
      [3, "加强地下水保护", 1],
      [4, "加强地下水保护", 1],
    ]);
  });

  it("names the same units as the registry for every measure", () => {
    const sides = (one: {
      readonly lead: readonly string[];
      readonly main: readonly string[];
      readonly support: readonly string[];
    }) => ({
      lead: [...one.lead].sort(),
      // A cell may stand for lead and main at once; what is left is compared together.
      others: [...new Set([...one.main.filter((unit) => !one.lead.includes(unit)), ...one.support])].sort(),
    });
    const read = draft.plans.flatMap((plan) =>
      plan.tasks.flatMap((task) =>
        task.measures.map((one, index) => [`${plan.plan} ${task.no}.${index + 1}`, sides(one)]),
      ),
    );
    const kept = registry.flatMap((plan) =>
      plan.tasks.flatMap((task) => task.measures.map((one) => [`${plan.area} ${one.no}`, sides(one)])),
    );
    expect(Object.fromEntries(read)).toEqual(Object.fromEntries(kept));
  });

  it("drafts at least 95 % of the 97 criteria rightly, and at least 85 % of what it drafts is real", () => {
    const criteria = registry.flatMap((plan) => plan.targets.filter((one) => one.kind === "criterion"));
    expect(criteria).toHaveLength(97);
    const left = [...draft.draftTargets];
    const missed = criteria.filter((one) => {
      const index = left.findIndex((drafted) => isSame(drafted, one));
      if (index >= 0) left.splice(index, 1);
      return index < 0;
    });
    // Directions without a number need not be drafted; those that are (清零, 全覆盖) are real.
    const directions = registry.flatMap((plan) => plan.targets.filter((one) => one.kind === "direction"));
    const invented = left.filter(
      (one) =>
        !directions.some(
          (real) => real.line === one.line && real.comparator === one.comparator && real.area === one.plan,
        ),
    );
    const recall = (criteria.length - missed.length) / criteria.length;
    const precision = (draft.draftTargets.length - invented.length) / draft.draftTargets.length;
    console.info(
      `draft targets: ${criteria.length - missed.length} of ${criteria.length} criteria found (${(recall * 100).toFixed(1)} %), ` +
        `${draft.draftTargets.length - invented.length} of ${draft.draftTargets.length} drafts real (${(precision * 100).toFixed(1)} %)`,
    );
    expect(missed.map((one) => one.id)).toEqual([]);
    expect(recall).toBeGreaterThanOrEqual(RECALL);
    expect(precision).toBeGreaterThanOrEqual(PRECISION);
  });

  it("shows phrases that stand in the text at their line", () => {
    const lines = readFileSync(FILE, "utf8").split("\n");
    const astray = draft.draftTargets.filter((one) => !(lines[one.line - 1] ?? "").includes(one.phrase));
    expect(astray).toEqual([]);
  });

  it("accounts for every numeral of the text, line by line", () => {
    expect(draft.unaccounted).toEqual([]);
    const lines = readFileSync(FILE, "utf8").split("\n");
    const reported = new Map<number, string>();
    for (const { line, text } of draft.numerals) reported.set(line, `${reported.get(line) ?? ""} ${text}`);
    const lost = lines.flatMap((text, index) =>
      sweepNumerals(text)
        .filter((one) => !(reported.get(index + 1) ?? "").includes(one))
        .map((one) => `${index + 1}:${one}`),
    );
    expect(lost).toEqual([]);
  });

  it.each([
    ["docx", true],
    ["docx", false],
    ["xlsx", true],
    ["xlsx", false],
  ] as const)("reads the same from a .%s (blank cells merged: %s)", async (kind, merged) => {
    const folder = mkdtempSync(join(tmpdir(), "plan-"));
    try {
      const path = join(folder, `plans.${kind}`);
      writeFileSync(path, await (kind === "docx" ? docxOf : xlsxOf)(blocks, merged));
      expect(withoutLines(importPlan(await readPlanFile(path), path))).toEqual(withoutLines(draft));
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});

function isSame(drafted: DraftTarget, real: Target): boolean {
  const value = real.upper === undefined ? real.value : `${real.value}-${real.upper}`;
  return (
    drafted.plan === real.area &&
    drafted.line === real.line &&
    drafted.comparator === real.comparator &&
    String(drafted.value) === value &&
    unitOf(drafted.unit) === unitOf(real.unit)
  );
}
