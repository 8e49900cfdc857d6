/** The small ringed squares of AQI classes, alike in every chart that shows days. */
import type { LegendOptions } from "chart.js";
import { type ChartStyle, chartFont } from "./theme.ts";

/** Half the side of a square, by class: growing, so that black-and-white print still shows the worst days as the largest. */
export const CLASS_SIZES = [2.2, 2.6, 3.2, 3.8, 4.4, 5] as const;

/** The classes under the chart, with their squares. */
export function classLegend(style: ChartStyle): {
  readonly position: "bottom";
  readonly labels: Partial<LegendOptions<"scatter">["labels"]>;
} {
  return {
    position: "bottom",
    labels: {
      usePointStyle: true,
      pointStyleWidth: 9,
      boxHeight: 8,
      color: style.ink2,
      font: chartFont(style.label),
      padding: 10,
    },
  };
}
