/** The township briefing as an outline: its sections in order. */

import { cell, heading, paragraph, table, words } from "./blocks.ts";
import { outlineOf } from "./briefing-outline.ts";
import type { Block, Outline } from "./outline.ts";
import { titleMark } from "./preliminary.ts";
import { changesSection } from "./sections/changes.ts";
import { townshipDays } from "./sections/township-days.ts";
import { townshipNeighbours, townshipRanks } from "./sections/township-ranks.ts";
import { townshipTasks } from "./sections/township-tasks.ts";
import type { TownshipBriefing } from "./township-data.ts";
import { townshipSummary } from "./township-sentences.ts";

/** @throws Fault `briefing.glyph-missing` when a chart has a character the fonts lack */
export function townshipOutline(briefing: TownshipBriefing): Outline {
  return outlineOf(briefing, townshipTitle(briefing), townshipBlocks(briefing));
}

/** 建外街道2026年10月生态环境月报 */
export function townshipTitle(briefing: TownshipBriefing): string {
  const { township, periodZh, kindZh } = briefing;
  return `${township}${periodZh}生态环境${kindZh}${titleMark(briefing)}`;
}

/** Not yet numbered. */
export function townshipBlocks(briefing: TownshipBriefing): readonly Block[] {
  const { preliminary } = briefing;
  return [
    ...(preliminary === undefined ? [] : [paragraph(preliminary, "初步")]),
    heading(1, "摘要"),
    ...townshipSummary(briefing).map((text) => paragraph(text)),
    ...changesSection(briefing),
    ...townshipRanks(briefing),
    ...townshipNeighbours(briefing),
    ...townshipDays(briefing),
    ...townshipTasks(briefing),
    ...absences(briefing),
    heading(1, "方法说明", METHODS_ROOM),
    ...briefing.methods.map(({ zh, text }) => paragraph(text, zh)),
  ];
}

const METHODS_ROOM = 30;

function absences({ absences: rows }: TownshipBriefing): readonly Block[] {
  if (rows.length === 0) return [heading(1, "缺数情况"), paragraph("本期应有数据全部到位。")];
  return [
    heading(1, "缺数情况", METHODS_ROOM),
    table(
      "缺失或不足的数据",
      [words("项目", 3), { head: "有效天数", width: 1.3, align: "right" }, words("原因", 7)],
      rows.map(({ whatZh, validDays, reason }) => [cell(whatZh), cell(validDays ?? "—"), cell(reason)]),
    ),
  ];
}
