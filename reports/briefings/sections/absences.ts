/** Who is missing and why; parts nothing is known of are named too. */
import { cell, daysZh, heading, numbers, paragraph, sameReason, table, words } from "../blocks.ts";
import type { DistrictBriefing } from "../district-data.ts";
import type { Block } from "../outline.ts";

export function absencesSection({ absences: rows, noData = [] }: DistrictBriefing): readonly Block[] {
  const none =
    noData.length === 0
      ? []
      : [paragraph(`无数据：${noData.map(({ zh, reason }) => `${zh}（${reason}）`).join("、")}。`)];
  if (rows.length === 0) return [heading(1, "缺数情况"), paragraph("本期应有数据全部到位。"), ...none];
  return [
    heading(1, "缺数情况", 45),
    ...none,
    table(
      "缺失或不足的数据",
      [words("地点", 3), words("项目", 2.4), numbers("有效天数", 1.3), words("原因", 6)],
      sameReason(rows).map((row) => [cell(row.place), cell(row.whatZh), cell(daysZh(row)), cell(row.reason)]),
    ),
  ];
}
