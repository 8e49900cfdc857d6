/** The chart of water classes by section and month. */
import { chartSvg } from "../../charts/render.ts";
import { sectionStripChart, sectionStripHeight } from "../../charts/section-strip.ts";
import { PAPER } from "../../charts/theme.ts";
import type { WaterPart } from "../district-parts.ts";
import type { FigureBlock } from "../outline.ts";

/** Over the months of the year to date; of one month the table already says all. */
export function stripFigure({ strip }: WaterPart, toDateZh: string): FigureBlock | undefined {
  if (strip === undefined || strip.months.length < 2) return undefined;
  const words = strip.rows.map(
    ({ place, cells }) => `${place}${cells.map((cell, at) => `${strip.months[at]}${cell?.class ?? "无"}`).join("")}`,
  );
  return {
    kind: "figure",
    caption: `${toDateZh}各断面逐月水质类别`,
    alt: `方格图：各断面逐月水质类别；${words.join("；")}`,
    svg: chartSvg(sectionStripChart(strip), { width: PAPER.width, height: sectionStripHeight(strip) }),
  };
}
