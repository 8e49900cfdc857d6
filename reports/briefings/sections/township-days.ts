/** A township's daily values, the worst days dark and named. */
import { dailyChart } from "../../charts/daily.ts";
import { chartSvg } from "../../charts/render.ts";
import { PAPER } from "../../charts/theme.ts";
import { heading, note } from "../blocks.ts";
import type { Block } from "../outline.ts";
import type { TownshipBriefing } from "../township-data.ts";

const HEIGHT = 112;

export function townshipDays({ daily, periodZh, township }: TownshipBriefing): readonly Block[] {
  if (daily.length === 0) return [];
  return [
    heading(1, "逐日浓度"),
    ...daily.map(
      (one): Block => ({
        kind: "figure",
        caption: `${periodZh}${one.indicatorZh}逐日浓度`,
        alt: `柱图：${periodZh}${township}${one.indicatorZh}逐日浓度`,
        svg: chartSvg(dailyChart(one), { width: PAPER.width, height: HEIGHT }),
      }),
    ),
    note("深色为浓度最高的几天；蓝色虚线为期间平均（有效时才有）；短横表示当天没有有效日值。"),
  ];
}
