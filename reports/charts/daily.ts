/** Daily values of one place: bars, the worst days dark and named, a dash where the day has no valid value. */
import type { ChartConfiguration, Plugin } from "chart.js";
import type { DayValue } from "./cumulative.ts";
import { axesOf, line, type Pen, write } from "./pen.ts";
import { type ChartStyle, canvasFont, chartFont, ON_PAPER } from "./theme.ts";

export type DailyData = {
  readonly indicatorZh: string;
  readonly unit: string;
  readonly days: readonly DayValue[];
  /** The days to be named, `2015-03-14`. */
  readonly worst: readonly string[];
  /** The mean of the period, drawn as a line. */
  readonly mean?: string;
};

/** The chart of a period's days; up to a month shows each day's number, more the first of each month. */
export function dailyChart(data: DailyData, style: ChartStyle = ON_PAPER): ChartConfiguration<"bar"> {
  const months = new Set(data.days.map(({ day }) => day.slice(0, 7)));
  const worst = new Set(data.worst);
  return {
    type: "bar",
    data: {
      labels: data.days.map(({ day }) => day),
      datasets: [
        {
          data: data.days.map(({ value }) => (value === undefined ? null : Number(value))),
          backgroundColor: data.days.map(({ day }) => (worst.has(day) ? style.mark : style.bar)),
          barPercentage: 0.8,
          categoryPercentage: 1,
        },
      ],
    },
    options: {
      animation: false,
      devicePixelRatio: 1,
      events: [],
      maintainAspectRatio: false,
      layout: { padding: { top: 12, right: 52, bottom: 0, left: 0 } },
      plugins: { legend: { display: false }, tooltip: { enabled: false } },
      scales: {
        x: {
          grid: { display: false },
          border: { color: style.mark2, width: 0.6 },
          ticks: {
            autoSkip: false,
            maxRotation: 0,
            color: style.ink2,
            font: chartFont(style.label),
            callback: (_value, index) => tick(data.days[index]?.day ?? "", months.size > 1),
          },
        },
        y: {
          beginAtZero: true,
          title: {
            display: true,
            text: `${data.indicatorZh}（${data.unit}）`,
            color: style.ink2,
            font: chartFont(style.label),
          },
          grid: { color: style.rule, lineWidth: 0.4 },
          border: { display: false },
          ticks: {
            display: data.days.some(({ value }) => value !== undefined),
            maxTicksLimit: 5,
            color: style.ink2,
            font: chartFont(style.label),
          },
        },
      },
    },
    plugins: [namesAndGaps(data, worst, style)],
  };
}

function tick(day: string, manyMonths: boolean): string {
  if (!manyMonths) return String(Number(day.slice(8)));
  return day.endsWith("-01") ? `${Number(day.slice(5, 7))}月` : "";
}

type Named = { readonly x: number; readonly y: number; readonly value: string };

/** Of numbers that would be printed over each other, the higher value's stays; the summary names all of them. */
function apart(named: readonly Named[], size: number): readonly Named[] {
  const kept: Named[] = [];
  for (const one of [...named].sort((a, b) => Number(b.value) - Number(a.value))) {
    const width = (one.value.length + 0.5) * size * 0.6;
    if (kept.every(({ x, y }) => Math.abs(x - one.x) >= width || Math.abs(y - one.y) >= size)) kept.push(one);
  }
  return kept;
}

function namesAndGaps(data: DailyData, worst: ReadonlySet<string>, style: ChartStyle): Plugin<"bar"> {
  return {
    id: "names-and-gaps",
    afterDatasetsDraw: (chart) => {
      const pen: Pen = chart.ctx;
      const { x, y } = axesOf(chart);
      pen.save();
      // Half a day's width at most: over a year, dashes of a fixed length run together into a line.
      const half = Math.min(3, (x.getPixelForValue(1) - x.getPixelForValue(0)) * 0.4);
      const named: Named[] = [];
      for (const [index, { day, value }] of data.days.entries()) {
        const at = x.getPixelForValue(index);
        if (value === undefined) {
          const base = y.getPixelForValue(0) - 3;
          line(pen, { x: at - half, y: base }, { x: at + half, y: base }, { colour: style.mark2, width: 0.8 });
        } else if (worst.has(day)) {
          named.push({ x: at, y: y.getPixelForValue(Number(value)) - style.note * 0.8, value });
        }
      }
      for (const { value, ...above } of apart(named, style.note)) {
        write(pen, value, above, { font: canvasFont(style.note, 500), colour: style.ink, align: "center" });
      }
      if (data.mean !== undefined) {
        const { left, right } = chart.chartArea;
        const at = y.getPixelForValue(Number(data.mean));
        pen.setLineDash([5, 2.5]);
        line(pen, { x: left, y: at }, { x: right, y: at }, { colour: style.met, width: 1.2 });
        pen.setLineDash([]);
        write(
          pen,
          `平均 ${data.mean}`,
          { x: right + 5, y: at },
          { font: canvasFont(style.label, 500), colour: style.ink },
        );
      }
      pen.restore();
    },
  };
}
