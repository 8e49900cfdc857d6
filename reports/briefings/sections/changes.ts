/** What changed since the last published briefing. */
import { cell, heading, paragraph, table, words } from "../blocks.ts";
import type { DistrictBriefing } from "../district-data.ts";
import type { Block } from "../outline.ts";

export function changesSection({ changes }: Pick<DistrictBriefing, "changes">): readonly Block[] {
  if (changes === undefined) return [];
  const { since, correction, rows } = changes;
  return [
    heading(1, correction ? "更正说明" : "与上次公布相比"),
    paragraph(
      correction
        ? `本期为更正版，取代${since}；原版照旧保存。${rows.length === 0 ? "数据有更新，各项结论和数字没有变化。" : "变化如下。"}`
        : `与${since}相比，${rows.length === 0 ? "各项目标的状态没有变化。" : "状态有变化的目标如下。"}`,
    ),
    ...(rows.length === 0
      ? []
      : [
          table(
            correction ? "更正前后" : "目标状态的变化",
            [words("项目", 4), words(correction ? "原版" : "上次", 3), words(correction ? "本版" : "本次", 3)],
            rows.map(({ zh, before, now }) => [cell(zh), cell(before), cell(now)]),
          ),
        ]),
  ];
}
