/** The chart of noise points, day and night beside their limits. */
import { type DayNightPart, type DayNightRow, dayNightChart, dayNightHeight } from "../../charts/day-night.ts";
import { chartSvg } from "../../charts/render.ts";
import { PAPER } from "../../charts/theme.ts";
import type { NoiseLevel, NoisePart } from "../district-parts.ts";
import type { FigureBlock } from "../outline.ts";

/** `undefined` where no point has a valid level. */
export function dayNightFigure({ rows }: NoisePart, periodZh: string): FigureBlock | undefined {
  const points = rows.map(({ place, zone, day, night }): DayNightRow => {
    const [light, dark] = [partOf(day), partOf(night)];
    return {
      place,
      ...(zone === undefined ? {} : { zone }),
      ...(light === undefined ? {} : { day: light }),
      ...(dark === undefined ? {} : { night: dark }),
    };
  });
  const heard = points.filter(({ day, night }) => day !== undefined || night !== undefined);
  if (heard.length === 0) return undefined;
  const above = heard.filter(({ day, night }) => day?.above === true || night?.above === true);
  const words = above.length === 0 ? "均未超过限值" : `超过限值的点位：${above.map(({ place }) => place).join("、")}`;
  return {
    kind: "figure",
    caption: `${periodZh}各点位昼间、夜间等效声级与限值`,
    alt: `点图：各点位昼间、夜间等效声级与功能区限值，${words}`,
    svg: chartSvg(dayNightChart(heard), { width: PAPER.width, height: dayNightHeight(heard) }),
  };
}

function partOf({ level, limit, above }: NoiseLevel): DayNightPart | undefined {
  if (!("value" in level)) return undefined;
  return { level: level.value, above, ...(limit === undefined ? {} : { limit }) };
}
