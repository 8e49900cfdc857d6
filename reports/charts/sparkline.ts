/**
 * A sparkline of ranks month by month: no axis, up is better, the last one marked; where the line comes near the list not
 * to be in, that list's edge is dashed.
 */
import type { ChartConfiguration, Plugin } from "chart.js";
import { axesOf, line, type Pen } from "./pen.ts";
import { bare, STILL } from "./plain.ts";
import { type ChartStyle, ON_PAPER } from "./theme.ts";

export type SparklineData = {
  /** One a month in order; absent where the month has no rank. Rank 1 is the worst. */
  readonly ranks: readonly (number | undefined)[];
  /** Places ranked. */
  readonly n: number;
  readonly worst?: number;
};

/** The line of a place; gaps stay gaps. */
export function sparklineChart(
  { ranks, n, worst }: SparklineData,
  style: ChartStyle = ON_PAPER,
): ChartConfiguration<"line", (number | null)[], number> {
  const last = ranks.findLastIndex((rank) => rank !== undefined);
  const known = ranks.filter((rank) => rank !== undefined);
  // The place's own range: over the whole list of 349 a year of moves would be a flat line.
  const low = Math.min(...known, n);
  const high = Math.max(...known, low + 1);
  return {
    type: "line",
    data: {
      labels: ranks.map((_, at) => at),
      datasets: [
        {
          data: ranks.map((rank) => rank ?? null),
          borderColor: style.mark,
          borderWidth: 1.2,
          backgroundColor: style.mark,
          // A month alone between two gaps has no line; its dot keeps it seen.
          pointRadius: ranks.map((_, at) => (at === last ? 2.2 : 0.9)),
          clip: false as const,
        },
      ],
    },
    options: {
      ...STILL,
      layout: { padding: 3 },
      plugins: { legend: { display: false }, tooltip: { enabled: false } },
      scales: { x: bare(0, Math.max(1, ranks.length - 1)), y: bare(low, high) },
    },
    plugins: worst === undefined || worst < low || worst > high ? [] : [cutPlugin(worst, style)],
  };
}

function cutPlugin(worst: number, style: ChartStyle): Plugin<"line"> {
  return {
    id: "cut",
    beforeDatasetsDraw: (chart) => {
      const pen: Pen = chart.ctx;
      const at = axesOf(chart).y.getPixelForValue(worst + 0.5);
      pen.save();
      pen.setLineDash([2, 1.5]);
      line(
        pen,
        { x: chart.chartArea.left, y: at },
        { x: chart.chartArea.right, y: at },
        { colour: style.cut, width: 0.7 },
      );
      pen.restore();
    },
  };
}
