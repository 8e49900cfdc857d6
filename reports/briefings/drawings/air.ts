/** The charts of air: the calendar, days by class and month, the cumulative line. */
import { calendarChart, calendarHeight } from "../../charts/calendar.ts";
import { classStackChart, classStackHeight } from "../../charts/class-stack.ts";
import { cumulativeChart } from "../../charts/cumulative.ts";
import { chartSvg } from "../../charts/render.ts";
import { PAPER } from "../../charts/theme.ts";
import type { AirSection } from "../district-data.ts";
import type { FigureBlock } from "../outline.ts";
import { dayZh } from "../words.ts";

const { width } = PAPER;
const CUMULATIVE_HEIGHT = 190;

/** Every day of the period. */
export function calendarFigure({ days, counts }: AirSection, periodZh: string): FigureBlock {
  return {
    kind: "figure",
    caption: `${periodZh}逐日AQI`,
    alt: `日历图：${periodZh}逐日AQI与级别，有效${counts.validDays}天，优良${counts.goodDays}天，重污染${counts.heavyDays}天`,
    svg: chartSvg(calendarChart(days), { width, height: calendarHeight(days) }),
  };
}

/** Days of each class by month of the year to date; of one month the calendar already says all. */
export function classStackFigure({ months = [] }: AirSection, toDateZh: string): FigureBlock | undefined {
  if (months.length < 2) return undefined;
  const words = months.map(
    ({ month, classes }) =>
      `${Number(month.slice(5))}月优良${classes.优 + classes.良}天重污染${classes.重度污染 + classes.严重污染}天`,
  );
  return {
    kind: "figure",
    caption: `${toDateZh}各月空气质量级别天数`,
    alt: `方格图：各月各级别天数，每格一天；${words.join("，")}`,
    svg: chartSvg(classStackChart(months), { width, height: classStackHeight(months) }),
  };
}

/** Daily values, the mean to date, the target and what the rest of the year must hold. */
export function cumulativeFigure({ cumulative: data }: AirSection): FigureBlock {
  const last = data.running.filter(({ value }) => value !== undefined).at(-1);
  const state = last?.value === undefined ? "尚无有效值" : `截至${dayZh(last.day)}累计平均${last.value}${data.unit}`;
  const target = data.target === undefined ? "" : `，目标${data.target.value}`;
  return {
    kind: "figure",
    caption: `${data.indicatorZh}日均值与年累计平均`,
    alt: `柱线图：${data.year}年${data.indicatorZh}日均值与累计平均，${state}${target}`,
    svg: chartSvg(cumulativeChart(data), { width, height: CUMULATIVE_HEIGHT }),
  };
}
