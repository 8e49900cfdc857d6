/** What the plans ask of this township, how it stands, and what was reported. */
import { cell, heading, NONE, note, numbers, standingCell, table, words } from "../blocks.ts";
import type { Block } from "../outline.ts";
import type { TownshipBriefing } from "../township-data.ts";
import { dayZh } from "../words.ts";

const ROOM = 40;

/** No head where no plan has a target for each township and nothing was reported. */
export function townshipTasks({ tasks = [], tallies = [] }: TownshipBriefing): readonly Block[] {
  if (tasks.length === 0 && tallies.length === 0) return [];
  return [
    heading(1, "任务和进展", ROOM),
    ...(tasks.length === 0
      ? []
      : [
          table(
            "计划中逐街乡判定的目标",
            [words("目标", 3.4), words("要求", 1.6), words("状态", 1.5), words("说明", 4)],
            tasks.map(({ zh, unit, target, standing, reason }) => [
              { text: zh, tail: unit },
              cell(target),
              standingCell(standing),
              cell(reason ?? NONE),
            ]),
          ),
          note("名次类目标以公布名单为准，推算名次只供参考。"),
        ]),
    ...(tallies.length === 0
      ? []
      : [
          table(
            "本街乡填报的进展",
            [words("目标", 5), numbers("数值", 1.6), words("单位", 1.2), words("数据日期", 2)],
            tallies.map(({ zh, value, unit, date }) => [
              cell(zh),
              cell(value),
              cell(unit || NONE),
              { text: dayZh(date), date },
            ]),
          ),
        ]),
  ];
}
