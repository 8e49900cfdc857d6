/** The six plans on one page: how many targets stand where, those that need action first, those nobody can judge. */
import { FIRMNESS_ZH, STANDING_ZH, type Standing } from "../../../src/domain/plan.ts";
import { cell, figureCell, heading, NONE, note, numbers, paragraph, standingCell, table, words } from "../blocks.ts";
import type { DistrictBriefing } from "../district-data.ts";
import type { PlanRow, UnjudgedGroup } from "../district-parts.ts";
import type { Block, Cell } from "../outline.ts";

/** What needs action stands first. */
const ORDER: readonly Standing[] = ["missed", "at_risk", "cannot_judge", "on_track", "met", "not_due"];
/** Names listed in one cell; the rest is a number. */
const NAMED = 6;

export function plansSection({ plans }: DistrictBriefing): readonly Block[] {
  if (plans === undefined) return [];
  const { counts, attention, unjudged, trial } = plans;
  return [
    heading(1, "各项计划的达标状态", 70),
    ...(trial ? [paragraph("计划不是本年度的，以下为试算，只说明口径，不作考核。")] : []),
    table(
      "各项计划目标的状态（项）",
      [words("计划", 2), numbers("目标", 1), ...ORDER.map((one) => numbers(STANDING_ZH[one], 1.2))],
      counts.map((row, at): readonly Cell[] =>
        [row.zh, row.total, ...ORDER.map((one) => row.counts[one])].map((value) => ({
          text: String(value),
          strong: at === counts.length - 1,
        })),
      ),
    ),
    note("同一目标的两种写法只计一次，任选其一的目标合计一项；不可判定的不算达标，也不算未达标。"),
    ...attentionBlocks(attention),
    ...unjudgedBlocks(unjudged),
  ];
}

function attentionBlocks(rows: readonly PlanRow[]): readonly Block[] {
  if (rows.length === 0) return [heading(2, "未达标和有风险"), paragraph("没有未达标或有风险的目标。")];
  return [
    heading(2, "未达标和有风险", 50),
    table(
      "未达标和有风险的目标",
      [
        words("计划", 1.1),
        words("目标", 3.2),
        numbers("要求", 1.6),
        numbers("目前", 1.5),
        words("状态", 1.4),
        words("性质", 1),
        words("牵头", 2.4),
      ],
      rows.map((row) => [
        cell(row.areaZh),
        { text: row.zh, tail: row.unit },
        cell(row.target),
        row.places.length > 0 ? cell(`${row.places.length}处`) : figureCell(row.figure),
        standingCell(row.standing),
        cell(FIRMNESS_ZH[row.firmness]),
        cell(row.lead || NONE),
      ]),
    ),
    ...rows.flatMap(({ zh, places }) => (places.length === 0 ? [] : [note(`${zh}：${named(places, "处")}。`)])),
  ];
}

function unjudgedBlocks(groups: readonly UnjudgedGroup[]): readonly Block[] {
  if (groups.length === 0) return [];
  return [
    heading(2, "不可判定及原因", 50),
    table(
      "不可判定的目标，按原因",
      [words("原因", 3), numbers("项数", 0.8), words("计划", 2), words("目标", 5)],
      groups.map(({ reason, n, areas, names }) => [cell(reason), cell(n), cell(areas), cell(named(names, "项"))]),
    ),
  ];
}

function named(names: readonly string[], counter: string): string {
  const distinct = [...new Set(names)];
  return distinct.length <= NAMED
    ? distinct.join("、")
    : `${distinct.slice(0, NAMED).join("、")}等${distinct.length}${counter}`;
}
