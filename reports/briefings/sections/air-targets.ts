/** The air targets readings decide, each with its figure, its bounds and what the rest of the year must hold. */
import { FIRMNESS_ZH } from "../../../src/domain/plan.ts";
import { cell, figureCell, heading, NONE, note, numbers, paragraph, standingCell, table, words } from "../blocks.ts";
import type { DistrictBriefing, StandingRow } from "../district-data.ts";
import { bulletsFigure } from "../drawings/bullets.ts";
import type { Block } from "../outline.ts";
import { dayZh } from "../words.ts";

const CHART_NOTE =
  "红线为目标值：要求“≤”“<”的须在红线以左，要求“≥”“>”的须达到红线。细横线为缺数日按两种极端计的范围；»表示超出图幅。";

export function airTargets({ air, plan, standings: rows, dataUntil }: DistrictBriefing): readonly Block[] {
  if (air === undefined) return [];
  const head = heading(1, "空气质量目标");
  if (rows.length === 0) return [head, paragraph("没有可由站点读数判定的目标。")];
  const chart = bulletsFigure(rows);
  const trial = plan?.trial === true ? "（试算：计划不是本年度的，只说明口径，不作考核）" : "";
  return [
    head,
    ...(plan === undefined
      ? []
      : [paragraph(`对照《${plan.title}》的空气质量目标${trial}，年累计截至${dayZh(dataUntil)}。`)]),
    table(
      "空气质量目标的达标状态",
      [
        words("目标", 2.5),
        numbers("要求", 0.9),
        numbers("年累计", 1.9),
        numbers("缺数上下限", 1.6),
        words("后期需要", 2.9),
        words("状态", 1.5),
        words("性质", 0.8),
      ],
      rows.map((row) => [
        { text: row.zh, tail: row.unit },
        cell(row.target),
        figureCell(row.toDate),
        cell(row.low === undefined || row.high === undefined ? NONE : `${row.low}—${row.high}`),
        cell(row.needed ?? NONE),
        standingCell(row.standing),
        cell(FIRMNESS_ZH[row.firmness]),
      ]),
    ),
    ...rows.flatMap(({ zh, restates }) =>
      restates === undefined ? [] : [note(`${zh}与${restates}是同一目标的两种写法，只计一次。`)],
    ),
    ...reasonsOf(rows).map(({ zh, reason }) => note(`${zh}：${reason}。`)),
    ...(chart === undefined ? [] : [chart, note(CHART_NOTE)]),
  ];
}

/** Targets with the same reason share one line under the table. */
function reasonsOf(rows: readonly StandingRow[]): readonly { readonly zh: string; readonly reason: string }[] {
  const reasons = new Set(rows.flatMap(({ reason }) => reason ?? []));
  return [...reasons].map((reason) => ({
    reason,
    zh: rows
      .filter((row) => row.reason === reason)
      .map(({ zh }) => zh)
      .join("、"),
  }));
}
