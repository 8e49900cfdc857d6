/**
 * Rank bars: places worst first, one bar each with its value, ours dark and the others light, and the cut line where
 * it cuts.
 */
import type { ChartConfiguration, Plugin } from "chart.js";
import { axesOf, line, type Pen, write } from "./pen.ts";
import { type ChartStyle, canvasFont, chartFont, ON_PAPER } from "./theme.ts";

export type RankBar = { readonly rank: number; readonly place: string; readonly value: string; readonly own?: boolean };

export type RankBarsData = {
  readonly unit: string;
  readonly bars: readonly RankBar[];
  /** Drawn below the last place whose rank is within the cut: `worst: 30` of the city's list. */
  readonly cut?: { readonly worst: number; readonly zh: string };
};

/** Height that gives each bar its line; the unit is that of the canvas. */
export function rankBarsHeight(data: RankBarsData, style: ChartStyle = ON_PAPER): number {
  return Math.max(1, data.bars.length) * (style.label + 4) + style.label * 2;
}

/** The chart of a ranking; values are decimal text and are only drawn here, never compared. */
export function rankBarsChart(data: RankBarsData, style: ChartStyle = ON_PAPER): ChartConfiguration<"bar"> {
  return {
    type: "bar",
    data: {
      labels: data.bars.map(({ rank, place }) => `${rank}  ${place}`),
      datasets: [
        {
          data: data.bars.map(({ value }) => Number(value)),
          backgroundColor: data.bars.map(({ own }) => (own ? style.met : style.mark2)),
          barPercentage: 0.72,
          categoryPercentage: 1,
        },
      ],
    },
    options: {
      animation: false,
      devicePixelRatio: 1,
      events: [],
      indexAxis: "y",
      maintainAspectRatio: false,
      layout: { padding: { top: 0, right: 36, bottom: 0, left: 0 } },
      plugins: { legend: { display: false }, tooltip: { enabled: false } },
      scales: {
        x: {
          beginAtZero: true,
          grid: { color: style.rule, lineWidth: 0.4 },
          border: { display: false },
          ticks: { maxTicksLimit: 6, color: style.ink2, font: chartFont(style.label) },
        },
        y: {
          grid: { display: false },
          border: { color: style.mark2, width: 0.6 },
          ticks: { autoSkip: false, color: style.ink, font: chartFont(style.label), crossAlign: "far" },
        },
      },
    },
    plugins: [valuesAndCut(data, style)],
  };
}

function valuesAndCut(data: RankBarsData, style: ChartStyle): Plugin<"bar"> {
  return {
    id: "values-and-cut",
    afterDatasetsDraw: (chart) => {
      const pen: Pen = chart.ctx;
      const { x, y } = axesOf(chart);
      pen.save();
      for (const [index, bar] of data.bars.entries()) {
        const at = { x: x.getPixelForValue(Number(bar.value)) + 4, y: y.getPixelForValue(index) };
        write(pen, bar.value, at, { font: canvasFont(style.label, bar.own ? 500 : 400), colour: style.ink });
      }
      const last = data.cut === undefined ? -1 : data.bars.findLastIndex(({ rank }) => rank <= (data.cut?.worst ?? 0));
      if (data.cut !== undefined && last >= 0 && last < data.bars.length - 1) {
        const at = (y.getPixelForValue(last) + y.getPixelForValue(last + 1)) / 2;
        const right = chart.chartArea.right;
        line(pen, { x: 0, y: at }, { x: right, y: at }, { colour: style.cut, width: 1.2 });
        const font = canvasFont(style.note);
        write(pen, data.cut.zh, { x: right, y: at - style.note * 0.7 }, { font, colour: style.cut, align: "right" });
      }
      pen.restore();
    },
  };
}
