/** All plans of the district rolled up: what needs action first, and what cannot be judged, by reason. */
import { boardOf } from "../../../src/analysis/board.ts";
import type { TargetRow } from "../../../src/analysis/target-rows.ts";
import { PLAN_AREA_ZH, type PlanArea, type Standing } from "../../../src/domain/plan.ts";
import type { PlanCounts, PlanRow, PlansPart, UnjudgedGroup } from "../district-parts.ts";
import { tight } from "./figures.ts";
import { standingRows } from "./standing-rows.ts";

/** @param rows every target of every plan of the place, judged on one day */
export function plansPart(rows: readonly TargetRow[]): PlansPart | undefined {
  if (rows.length === 0) return undefined;
  const { plans, total } = boardOf(rows.map(({ target, verdict }) => ({ target, standing: verdict.standing })));
  const countsOf = (zh: string, { all }: (typeof plans)[number] | typeof total): PlanCounts => ({
    zh,
    total: all.targets,
    counts: all.counts,
  });
  return {
    counts: [...plans.map((plan) => countsOf(PLAN_AREA_ZH[plan.key], plan)), countsOf("合计", total)],
    written: rows.length,
    attention: [...attention(rows, "missed"), ...attention(rows, "at_risk")],
    unjudged: unjudged(rows),
    trial: rows.some(({ trial }) => trial),
  };
}

/** In the order of the plans; one said twice is listed once. */
function attention(rows: readonly TargetRow[], standing: Standing): readonly PlanRow[] {
  return rows
    .filter(({ target, verdict }) => verdict.standing === standing && target.restates === undefined)
    .flatMap((row): readonly PlanRow[] => {
      const [own] = standingRows([row]);
      if (own === undefined) return [];
      const { target, places } = row;
      return [
        {
          area: target.area,
          areaZh: PLAN_AREA_ZH[target.area],
          zh: target.metric,
          // A rank's limit says its unit itself.
          unit: target.decidedBy === "published_rank" ? "" : target.unit,
          firmness: target.firmness,
          target: own.target,
          figure: own.toDate,
          standing,
          lead: target.lead.join("、"),
          places: places.filter(({ verdict }) => verdict.standing === standing).map(({ place }) => place),
        },
      ];
    });
}

function unjudged(rows: readonly TargetRow[]): readonly UnjudgedGroup[] {
  const groups = new Map<string, TargetRow[]>();
  for (const row of rows) {
    if (row.verdict.standing !== "cannot_judge" || row.target.restates !== undefined) continue;
    const reason = kindOf(tight(row.verdict.reason ?? row.evidence?.reason ?? "没有数据"));
    groups.set(reason, [...(groups.get(reason) ?? []), row]);
  }
  return [...groups]
    .map(([reason, group]) => ({
      reason,
      n: group.length,
      areas: areasOf(group),
      names: group.map(({ target }) => target.metric),
    }))
    .sort((a, b) => b.n - a.n);
}

/** What is named or counted in a reason would make each its own group: 上年同期数据不足：有效天数61天 is one kind. */
function kindOf(reason: string): string {
  if (/^共\d+个：/.test(reason)) return "分地点目标中有不可判定的";
  return (reason.split("：")[0] ?? reason).replace(/^没有接入.+的监测数据$/, "没有接入监测数据");
}

/** 蓝天3、碧水12 */
function areasOf(group: readonly TargetRow[]): string {
  const counts = new Map<PlanArea, number>();
  for (const { target } of group) counts.set(target.area, (counts.get(target.area) ?? 0) + 1);
  return [...counts].map(([area, n]) => `${PLAN_AREA_ZH[area]}${n}`).join("、");
}
