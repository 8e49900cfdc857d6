/** What the rest of the year must hold for each target of readings, under both conventions. */
import { cell, figureCell, heading, note, numbers, table, words } from "../blocks.ts";
import type { DistrictBriefing } from "../district-data.ts";
import type { Block } from "../outline.ts";

export function outlookSection({ outlook = [] }: DistrictBriefing): readonly Block[] {
  if (outlook.length === 0) return [];
  return [
    heading(1, "全年展望"),
    table(
      "余下时间须达到的水平",
      [
        words("目标", 2.4),
        numbers("要求", 0.9),
        numbers("目前", 1.4),
        words("按日历天数", 1.9),
        words("按有效天数", 1.9),
        words("能否达到", 1.6),
        numbers("达到的可能", 2.2),
      ],
      outlook.map((row) => [
        { text: row.zh, tail: row.unit },
        cell(row.target),
        figureCell(row.soFar),
        cell(row.calendar),
        cell(row.validDays),
        cell(row.reach),
        figureCell(row.chance),
      ]),
    ),
    note(
      "按日历天数：缺测日也算时间，不算优良；按有效天数：只算有数据的天。达到的可能由往年同日的日值分块重取样得出，不作趋势修正，不是预报。",
    ),
  ];
}
