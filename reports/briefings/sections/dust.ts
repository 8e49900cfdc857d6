/** Particles with and without declared dust, or that none was declared. */
import { DAY_MIN_HOURS } from "../../../src/standards/gb3095-validity.ts";
import { cell, figureCell, heading, NONE, note, numbers, table, words } from "../blocks.ts";
import type { AirSection, DistrictBriefing } from "../district-data.ts";
import type { Block } from "../outline.ts";

/** Nothing in a briefing that was not asked about dust. */
export function dustBlocks({ periodZh, toDateZh }: DistrictBriefing, { dust }: AirSection): readonly Block[] {
  if (dust === undefined) return [];
  if (dust.rows.length === 0) return [note(`${toDateZh}没有申报的沙尘时段，颗粒物浓度没有可扣除的小时。`)];
  const spans = periodZh === toDateZh ? [periodZh] : [periodZh, toDateZh];
  return [
    heading(2, "沙尘时段的影响"),
    table(
      "颗粒物浓度：含沙尘时段与扣除沙尘时段",
      [
        words("项目", 0.9),
        words("统计", 2.5),
        words("单位", 0.9),
        ...spans.map((span) => numbers(span, 1.5)),
        numbers("扣除站点小时", 1.4),
        numbers("不再有效天数", 1.4),
      ],
      dust.rows.map(({ zh, statisticZh, unit, period, toDate, leftOut }) => [
        cell(zh),
        cell(statisticZh),
        cell(unit),
        figureCell(period),
        ...(spans.length === 1 ? [] : [figureCell(toDate)]),
        cell(leftOut?.hours ?? NONE),
        cell(leftOut?.daysLost ?? NONE),
      ]),
    ),
    note(
      `${toDateZh}申报沙尘时段${dust.periods}个，涉及${dust.days}天；扣除的小时和天数按此时段计。扣除后不足${DAY_MIN_HOURS}个有效小时的一天不再有效，不补数。` +
        "本简报其他各处的颗粒物浓度和优良天数均含沙尘时段。",
    ),
  ];
}
