/** A draft for the terminal: counts per plan, then what a person has to look at. */

import type { PlanDraft } from "../../ingest/plan/draft.ts";
import { flagZh } from "../../ingest/plan/flags.ts";
import { COMPARATOR_ZH, PLAN_AREA_ZH } from "../domain/plan.ts";

export function draftLines(draft: PlanDraft, file: string): readonly string[] {
  const areas: Readonly<Record<string, string>> = PLAN_AREA_ZH;
  const lines = draft.plans.map(({ plan, title, tasks }) => {
    const measures = tasks.reduce((all, task) => all + task.measures.length, 0);
    const targets = draft.draftTargets.filter((one) => one.plan === plan).length;
    return `${areas[plan] ?? "（未识别领域）"}  ${title}：${tasks.length} 项任务，${measures} 条措施，拟定目标 ${targets} 条`;
  });
  for (const one of draft.draftTargets) {
    const flags = one.flags.length === 0 ? "" : `  〔${one.flags.map(flagZh).join("；")}〕`;
    const task = one.task === null ? "表外" : `任务 ${one.task}`;
    lines.push(
      `  ${task} 第 ${one.line} 行  ${one.subject} ${COMPARATOR_ZH[one.comparator]} ${one.value}${one.unit}${flags}`,
    );
  }
  if (draft.unaccounted.length > 0) {
    lines.push(`没有归类的数字 ${draft.unaccounted.length} 个，请人看：`);
    for (const { line, context } of draft.unaccounted) lines.push(`  第 ${line} 行  …${context}…`);
  }
  return [...lines, `以上只是草稿，未写入登记册。下一步：duibiao plan review ${file} --out 草稿.yaml`];
}
