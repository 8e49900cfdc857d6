/** One chart of the briefing, from the same data and the same definition as on paper. */

import type { DistrictQuestion } from "../../reports/briefings/build/question.ts";
import { buildDistrict } from "../../reports/briefings/build-district.ts";
import type { AirSection, DistrictBriefing, RankTable } from "../../reports/briefings/district-data.ts";
import { calendarFigure, classStackFigure, cumulativeFigure } from "../../reports/briefings/drawings/air.ts";
import { bulletsFigure } from "../../reports/briefings/drawings/bullets.ts";
import { dayNightFigure } from "../../reports/briefings/drawings/day-night.ts";
import { stripFigure } from "../../reports/briefings/drawings/section-strip.ts";
import { slopeFigure } from "../../reports/briefings/drawings/slope.ts";
import { svgPng } from "../../reports/briefings/png.ts";
import { rankBarsChart, rankBarsHeight } from "../../reports/charts/rank-bars.ts";
import { chartSvg } from "../../reports/charts/render.ts";
import { PAPER } from "../../reports/charts/theme.ts";
import { fault } from "../domain/faults.ts";
import { indicatorOf } from "../domain/indicator.ts";
import type { Plan } from "../domain/plan.ts";
import { version } from "./version.ts";

export const CHART_NAMES = [
  "calendar",
  "classes",
  "cumulative",
  "rank",
  "slope",
  "sections",
  "noise",
  "standings",
] as const;

export type ChartName = (typeof CHART_NAMES)[number];

/**
 * The picture as SVG text or PNG bytes.
 * @throws Fault `briefing.period`, `chart.no-data`, `briefing.glyph-missing`
 */
export async function chartPicture(
  name: ChartName,
  question: DistrictQuestion & { readonly indicator: string; readonly png: boolean },
  plans: readonly Plan[],
): Promise<string | Uint8Array> {
  const briefing = await buildDistrict(question, plans, version());
  const svg = svgOf(name, briefing, question.indicator);
  if (svg === undefined) throw fault("chart.no-data", { what: `${briefing.periodZh}${NEEDS_ZH[name]}` });
  return question.png ? (await svgPng(svg)).bytes : svg;
}

/** What a chart that cannot be drawn lacks. */
const NEEDS_ZH: Readonly<Record<ChartName, string>> = {
  calendar: "空气质量",
  classes: "两个月以上的空气质量",
  cumulative: "空气质量",
  rank: "排名",
  slope: "与上期可比的排名",
  sections: "两个月以上的断面水质",
  noise: "功能区噪声",
  standings: "可比的空气质量目标",
};

/** `undefined` where there is nothing to draw. */
function svgOf(name: ChartName, briefing: DistrictBriefing, indicator: string): string | undefined {
  const { periodZh, toDateZh, water, noise, standings } = briefing;
  switch (name) {
    case "calendar":
      return airOf(briefing, (air) => calendarFigure(air, periodZh));
    case "classes":
      return airOf(briefing, (air) => classStackFigure(air, toDateZh));
    case "cumulative":
      return airOf(briefing, cumulativeFigure);
    case "rank":
      return barsOf(rankingOf(briefing, indicator));
    case "slope":
      return slopeFigure(rankingOf(briefing, indicator))?.svg;
    case "sections":
      return water === undefined ? undefined : stripFigure(water, toDateZh)?.svg;
    case "noise":
      return noise === undefined ? undefined : dayNightFigure(noise, periodZh)?.svg;
    case "standings":
      return bulletsFigure(standings)?.svg;
  }
}

function airOf(
  { air }: DistrictBriefing,
  draw: (air: AirSection) => { readonly svg: string } | undefined,
): string | undefined {
  return air === undefined || air.countsToDate.validDays === 0 ? undefined : draw(air)?.svg;
}

/** Townships where there are any, else stations. @throws Fault `chart.no-data` */
function rankingOf({ rankings }: DistrictBriefing, indicator: string): RankTable {
  const { zh } = indicatorOf(indicator);
  const table = rankings.findLast((one) => one.zh.startsWith(zh) && one.rows.length > 0 && one.n > 0);
  if (table === undefined) throw fault("chart.no-data", { what: `${zh}排名` });
  return table;
}

function barsOf({ unit, rows, cut, ownOnly }: RankTable): string {
  // Where all bars are our own, those inside the cut are the dark ones.
  const bars = rows.map((row) => ({ ...row, own: ownOnly ? cut !== undefined && row.rank <= cut : row.own }));
  const data = { unit, bars, ...(cut === undefined ? {} : { cut: { worst: cut, zh: `全市后${cut}名` } }) };
  return chartSvg(rankBarsChart(data), { width: PAPER.width, height: rankBarsHeight(data) });
}
