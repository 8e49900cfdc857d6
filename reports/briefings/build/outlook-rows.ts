/** The rest of the year for each target of readings that has one: what is needed, whether it can be reached, the chance. */
import { type OutlookAnswer, outlookOf } from "../../../src/analysis/outlook-answer.ts";
import type { ConventionOutlook } from "../../../src/analysis/target-outlook.ts";
import type { TargetRow } from "../../../src/analysis/target-rows.ts";
import { exact, multiply } from "../../../src/domain/exact.ts";
import { decimalText } from "../../../src/standards/gbt8170.ts";
import type { OutlookRow } from "../district-parts.ts";
import { tight } from "./figures.ts";
import type { Scene } from "./question.ts";
import { limitZh } from "./standing-rows.ts";

const REACH_ZH = { safe: "已稳达", open: "可达", out_of_reach: "已无法达到" } as const;

/** @param rows judged targets of the place; those without an outlook, and those said twice, are left out */
export async function outlookRows(
  scene: Scene,
  rows: readonly TargetRow[],
  at: number,
): Promise<readonly OutlookRow[]> {
  const { store, place, policies } = scene;
  const found: OutlookRow[] = [];
  for (const { target, setting, window } of rows) {
    if (target.restates !== undefined || at >= window.last) continue;
    const answer = await outlookOf(store, { target, place, at, policies, tolerance: setting.tolerance });
    found.push(...rowOf(answer));
  }
  return found;
}

function rowOf(answer: OutlookAnswer): readonly OutlookRow[] {
  const { target, conventions, probability, probabilityReason } = answer;
  if (conventions === undefined || answer.kind === undefined) return [];
  const { calendar, validDays } = conventions;
  const reach = calendar.reach === validDays.reach ? REACH_ZH[calendar.reach] : "两种算法结论不同";
  return [
    {
      zh: target.metric,
      unit: target.unit,
      target: limitZh(target),
      soFar:
        answer.answer?.valid === true
          ? { value: decimalText(validDays.soFar, 1) }
          : { reason: tight(answer.reason ?? "数据不足") },
      calendar: needZh(answer, calendar),
      validDays: needZh(answer, validDays),
      reach,
      chance:
        probability === undefined
          ? { reason: tight(probabilityReason ?? "没有往年数据") }
          : { value: percentZh(probability.value) },
    },
  ];
}

function needZh({ kind, target }: OutlookAnswer, one: ConventionOutlook): string {
  if (kind === "mean") {
    if (one.needed === undefined || one.needed.num < 0n) return "—";
    return `${target.comparator === "<" ? "<" : "≤"} ${decimalText(one.needed, 1)}`;
  }
  if (one.budgetLeft !== undefined && one.budgetLeft < 0) return "—";
  return kind === "good" ? `优良须≥ ${one.moreNeeded}天` : `还可有${one.budgetLeft}天`;
}

function percentZh(value: number): string {
  return `${decimalText(multiply(exact(String(value)), exact("100")), 0)}%`;
}
