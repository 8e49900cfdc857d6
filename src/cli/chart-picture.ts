/** One chart of the briefing, from the same data and the same definition as on paper. */

import type { DistrictQuestion } from "../../reports/briefings/build/question.ts";
import { buildDistrict } from "../../reports/briefings/build-district.ts";
import type { AirSection, DistrictBriefing } from "../../reports/briefings/district-data.ts";
import { svgPng } from "../../reports/briefings/png.ts";
import { calendarChart, calendarHeight } from "../../reports/charts/calendar.ts";
import { cumulativeChart } from "../../reports/charts/cumulative.ts";
import { rankBarsChart, rankBarsHeight } from "../../reports/charts/rank-bars.ts";
import { chartSvg } from "../../reports/charts/render.ts";
import { PAPER } from "../../reports/charts/theme.ts";
import { fault } from "../domain/faults.ts";
import { indicatorOf } from "../domain/indicator.ts";
import type { Plan } from "../domain/plan.ts";
import { version } from "./version.ts";

export const CHART_NAMES = ["calendar", "cumulative", "rank"] as const;

export type ChartName = (typeof CHART_NAMES)[number];

const CUMULATIVE_HEIGHT = 190;

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
  return question.png ? (await svgPng(svg)).bytes : svg;
}

function svgOf(name: ChartName, briefing: DistrictBriefing, indicator: string): string {
  const { width } = PAPER;
  switch (name) {
    case "calendar": {
      const { days } = airOf(briefing);
      return chartSvg(calendarChart(days), { width, height: calendarHeight(days) });
    }
    case "cumulative":
      return chartSvg(cumulativeChart(airOf(briefing).cumulative), { width, height: CUMULATIVE_HEIGHT });
    case "rank": {
      const { zh } = indicatorOf(indicator);
      const table = briefing.rankings.findLast((one) => one.zh.startsWith(zh) && one.rows.length > 0 && one.n > 0);
      if (table === undefined) throw fault("chart.no-data", { what: `${zh}排名` });
      const { unit, rows, cut, ownOnly } = table;
      // Where all bars are our own, those inside the cut are the dark ones.
      const bars = rows.map((row) => ({ ...row, own: ownOnly ? cut !== undefined && row.rank <= cut : row.own }));
      const data = { unit, bars, ...(cut === undefined ? {} : { cut: { worst: cut, zh: `全市后${cut}名` } }) };
      return chartSvg(rankBarsChart(data), { width, height: rankBarsHeight(data) });
    }
  }
}

function airOf({ air, periodZh }: DistrictBriefing): AirSection {
  if (air === undefined || air.countsToDate.validDays === 0)
    throw fault("chart.no-data", { what: `${periodZh}空气质量` });
  return air;
}
