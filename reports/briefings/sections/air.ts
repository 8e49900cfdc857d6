/** Air: concentrations, the calendar, days by class, the cumulative line. */
import { AQI_CLASSES } from "../../../src/standards/hj633-class.ts";
import { isWallCalendar } from "../../charts/calendar.ts";
import { cell, changeZh, figureCell, heading, note, numbers, table, words } from "../blocks.ts";
import type { AirSection, DayCounts, DistrictBriefing, Figure } from "../district-data.ts";
import { calendarFigure, classStackFigure, cumulativeFigure } from "../drawings/air.ts";
import type { Block, Cell } from "../outline.ts";
import { dustBlocks } from "./dust.ts";

/** Millimetres of a narrow table's first column and of each other. */
const NARROW_FIRST = 30;
const NARROW = 25;

/** @throws Fault `briefing.glyph-missing` when a chart has a character the fonts lack */
export function airSectionBlocks(briefing: DistrictBriefing): readonly Block[] {
  const { air } = briefing;
  if (air === undefined) return [];
  return [
    heading(1, "空气质量"),
    ...concentrations(briefing, air),
    ...dustBlocks(briefing, air),
    ...calendar(briefing, air),
    ...classes(briefing, air),
    ...episodes(briefing, air),
    ...cumulative(air),
  ];
}

function concentrations({ district, periodZh, toDateZh }: DistrictBriefing, air: AirSection): readonly Block[] {
  const compared = air.items.some(({ change, changeToDate }) => change !== undefined || changeToDate !== undefined);
  const whole = periodZh === toDateZh;
  const spans = whole ? [periodZh] : [periodZh, toDateZh];
  const pair = (period: Figure, change: string): readonly Cell[] =>
    compared ? [figureCell(period), cell(change)] : [figureCell(period)];
  return [
    heading(2, "主要污染物浓度"),
    table(
      `${district}主要污染物浓度`,
      [
        words("项目", 2.6),
        words("单位", 1),
        ...spans.flatMap((span) => (compared ? [numbers(span, 1.6), numbers("同比", 1.4)] : [numbers(span, 2)])),
      ],
      air.items.map((item) => [
        cell(item.zh + item.statisticZh),
        cell(item.unit),
        ...pair(item.period, changeZh(item.change)),
        ...(whole ? [] : pair(item.toDate, changeZh(item.changeToDate))),
      ]),
    ),
    note(
      `${district}的浓度取${air.stations.join("、")}的日均值平均。${compared ? "" : "没有可比的上年同期数值，不作同比。"}${
        whole ? "" : "年累计按运行中年度的有效性要求判定，与目标判定同一口径。"
      }`,
    ),
  ];
}

function calendar({ periodZh }: DistrictBriefing, air: AirSection): readonly Block[] {
  const partial = air.days.some((day) => day.partial) ? "；*表示有缺项、由其余项给出" : "";
  const cells = isWallCalendar(air.days)
    ? `每格：日期、AQI、级别、首要污染物；—表示无有效AQI${partial}。`
    : "每行一月，每列一日；级别越差格子越大；短横为无有效AQI的天。";
  return [heading(2, "空气质量日历"), calendarFigure(air, periodZh), note(cells)];
}

function classes({ periodZh, toDateZh }: DistrictBriefing, air: AirSection): readonly Block[] {
  const rows = [classRow(periodZh, air.counts)];
  if (periodZh !== toDateZh) rows.push(classRow(toDateZh, air.countsToDate));
  const { primary } = air.counts;
  const stack = classStackFigure(air, toDateZh);
  return [
    heading(2, "级别分布与首要污染物"),
    table(
      "空气质量级别天数",
      [
        words("时段", 1.9),
        ...AQI_CLASSES.map((row, at) => ({ ...numbers(row.class, at < 2 ? 0.7 : 1.2), hex: row.hex })),
        numbers("有效", 0.7),
        numbers("优良率", 1.2),
        numbers("无评价", 0.8),
      ],
      rows,
    ),
    ...(stack === undefined ? [] : [stack, note("每格一天，由好到差排列，越差格子越大；短横为无有效AQI的天。")]),
    ...(primary.length === 0
      ? []
      : [
          table(
            "首要污染物天数（优级以外的天）",
            // As wide as it has columns: two numbers pushed to the two ends of a page cannot be read as a row.
            [words("时段", NARROW_FIRST), ...primary.map(({ zh }) => numbers(zh, NARROW))],
            [[cell(periodZh), ...primary.map(({ days }) => cell(days))]],
            { narrow: true },
          ),
        ]),
  ];
}

/** Of a long span the worst are told; in the order of the calendar. */
const EPISODES_TOLD = 10;

function episodes({ periodZh }: DistrictBriefing, { episodes: all = [] }: AirSection): readonly Block[] {
  if (all.length === 0) return [];
  const told = [...all].sort((a, b) => b.days - a.days || b.worst - a.worst).slice(0, EPISODES_TOLD);
  const left = all.length - told.length;
  return [
    table(
      `${periodZh}污染过程（连续2天以上AQI大于100）`,
      [
        words("起止", 2.4),
        numbers("天数", 0.8),
        numbers("重污染天数", 1.2),
        numbers("最高AQI", 1),
        words("出现在", 1.2),
        words("首要污染物", 3.4),
      ],
      all
        .filter((one) => told.includes(one))
        .map((one) => [
          cell(one.spanZh),
          cell(one.days),
          cell(one.heavyDays),
          cell(one.worst),
          cell(one.worstZh),
          cell(one.primaryZh),
        ]),
    ),
    note(`无有效AQI的一天算作中断。${left > 0 ? `只列最长的${told.length}次，另有${left}次。` : ""}`),
  ];
}

function classRow(zh: string, counts: DayCounts): readonly Cell[] {
  const { goodRatio: ratio } = counts;
  return [
    cell(zh),
    ...AQI_CLASSES.map((row) => cell(counts.classes[row.class])),
    cell(counts.validDays),
    figureCell("value" in ratio ? { value: `${ratio.value}%` } : ratio),
    cell(counts.days - counts.validDays),
  ];
}

function cumulative(air: AirSection): readonly Block[] {
  return [heading(2, `${air.cumulative.indicatorZh}累计`), cumulativeFigure(air)];
}
