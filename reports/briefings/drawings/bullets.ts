/** The chart of standings: each figure as a share of its target. */
import { STANDING_ZH } from "../../../src/domain/plan.ts";
import { type Bullet, bulletsChart, bulletsHeight } from "../../charts/bullets.ts";
import { chartSvg } from "../../charts/render.ts";
import { PAPER } from "../../charts/theme.ts";
import type { StandingRow } from "../district-data.ts";
import { type FigureBlock, STANDING_MARK } from "../outline.ts";

/** `undefined` where fewer than two targets have a figure and a number to reach: one needs no chart. */
export function bulletsFigure(rows: readonly StandingRow[]): FigureBlock | undefined {
  const bullets = rows.filter(({ restates }) => restates === undefined).flatMap(bulletOf);
  if (bullets.length < 2) return undefined;
  return {
    kind: "figure",
    caption: "年累计与目标值之比",
    alt: `条形图：${bullets.map(({ zh, words }) => `${zh} ${words}`).join("；")}`,
    svg: chartSvg(bulletsChart(bullets), { width: PAPER.width, height: bulletsHeight(bullets) }),
  };
}

function bulletOf({ zh, unit, target, limit, toDate, low, high, standing }: StandingRow): readonly Bullet[] {
  if (limit === undefined || !("value" in toDate) || !(Number(limit) > 0)) return [];
  const bad = standing === "missed" || standing === "at_risk";
  return [
    {
      zh: `${STANDING_MARK[standing]} ${zh}`,
      value: toDate.value,
      limit,
      words: `${toDate.value}${unit === "%" ? "" : " "}${unit}，要求${target}，${STANDING_ZH[standing]}`,
      bad,
      ...(low === undefined ? {} : { low }),
      ...(high === undefined ? {} : { high }),
    },
  ];
}
