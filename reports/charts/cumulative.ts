/**
 * The cumulative mean over a year: daily bars, the running mean, the target, last year's running mean, and the level
 * the rest of the year must hold.
 *
 * The axis is the whole year, so that what is still to come has its place. Lines differ in dash and width, not only in
 * colour; each is named at its end.
 */
import type { ChartConfiguration, ChartDataset, Plugin } from "chart.js";
import { dayNumber, dayParts, daysInYear, parseDay } from "../../src/domain/time.ts";
import { axesOf, type Pen, write } from "./pen.ts";
import { spread } from "./spread.ts";
import { type ChartStyle, canvasFont, chartFont, ON_PAPER } from "./theme.ts";

/** A day's value as decimal text; absent where the day has no valid value. */
export type DayValue = { readonly day: string; readonly value?: string };

export type CumulativeData = {
  readonly year: number;
  readonly indicatorZh: string;
  readonly unit: string;
  readonly daily: readonly DayValue[];
  /** The mean from 1 January to each day. */
  readonly running: readonly DayValue[];
  readonly lastYear?: readonly DayValue[];
  readonly target?: { readonly value: string; readonly zh: string };
  /** The mean the days after `from` must hold for the target; drawn from that day to 31 December. */
  readonly needed?: { readonly from: string; readonly value: string; readonly zh: string };
};

type Point = { x: number; y: number | null };
type Mixed = ChartConfiguration<"bar" | "line", Point[], number>;

/** The chart of a year so far. Days are numbered 1 to 366 on the axis. */
export function cumulativeChart(data: CumulativeData, style: ChartStyle = ON_PAPER): Mixed {
  const days = daysInYear(data.year);
  const labels = endLabels(data, days);
  const sets: Drawn[] = [...lines(data, days, style), bars(data, style)];
  return {
    type: "bar",
    data: { datasets: sets },
    options: {
      animation: false,
      devicePixelRatio: 1,
      events: [],
      maintainAspectRatio: false,
      layout: { padding: { top: 6, right: 78, bottom: 0, left: 0 } },
      plugins: { legend: legend(sets, style), tooltip: { enabled: false } },
      scales: {
        x: {
          type: "linear",
          min: 0.5,
          max: days + 0.5,
          // A bar chart pads its axis by half a bar unless told; the lines would then start beside their day.
          offset: false,
          grid: { color: style.rule, lineWidth: 0.4, drawTicks: true, tickLength: 3 },
          border: { color: style.mark2, width: 0.6 },
          afterBuildTicks: (axis) => {
            axis.ticks = monthStarts(data.year).map((value) => ({ value }));
          },
          ticks: {
            autoSkip: false,
            maxRotation: 0,
            align: "start",
            color: style.ink2,
            font: chartFont(style.label),
            callback: (_value, index) => `${index + 1}月`,
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
          // An axis from 0 to 1 over nothing would look like a measurement.
          ticks: { display: hasValues(data), maxTicksLimit: 6, color: style.ink2, font: chartFont(style.label) },
        },
      },
    },
    plugins: [namesAtEnds(labels, style), ...(hasValues(data) ? [] : [nothingYet(style)])],
  };
}

function lines(data: CumulativeData, days: number, style: ChartStyle): ChartDataset<"line", Point[]>[] {
  const plain = { type: "line" as const, pointRadius: 0, pointStyle: "line" as const, spanGaps: true, fill: false };
  const sets: ChartDataset<"line", Point[]>[] = [
    { ...plain, label: "年累计平均", data: points(data.running, data.year), borderColor: style.met, borderWidth: 1.8 },
  ];
  if (data.lastYear !== undefined && data.lastYear.length > 0) {
    const shifted = points(data.lastYear, data.year - 1);
    sets.push({
      ...plain,
      label: "上年累计平均",
      data: shifted,
      borderColor: style.mark2,
      borderWidth: 1.2,
      borderDash: [1.5, 2],
    });
  }
  if (data.target !== undefined) {
    const y = Number(data.target.value);
    const level = [
      { x: 0.5, y },
      { x: days + 0.5, y },
    ];
    sets.push({
      ...plain,
      label: data.target.zh,
      data: level,
      borderColor: style.cut,
      borderWidth: 1.2,
      borderDash: [6, 2.5],
    });
  }
  if (data.needed !== undefined) {
    const y = Number(data.needed.value);
    const level = [
      { x: yearDay(data.needed.from, data.year), y },
      { x: days + 0.5, y },
    ];
    sets.push({
      ...plain,
      label: data.needed.zh,
      data: level,
      borderColor: style.ink,
      borderWidth: 2.4,
      borderDash: [2.4, 1.6],
    });
  }
  return sets;
}

function bars(data: CumulativeData, style: ChartStyle): ChartDataset<"bar", Point[]> {
  return {
    type: "bar",
    label: "日均值",
    data: points(data.daily, data.year),
    backgroundColor: style.bar,
    pointStyle: "rect",
    barThickness: 1,
  };
}

function points(values: readonly DayValue[], year: number): Point[] {
  return values.map(({ day, value }) => ({ x: yearDay(day, year), y: value === undefined ? null : Number(value) }));
}

/** 1 for 1 January of the year. */
function yearDay(day: string, year: number): number {
  return parseDay(day) - (dayNumber(year, 1, 1) ?? 0) + 1;
}

function monthStarts(year: number): readonly number[] {
  const first = dayNumber(year, 1, 1) ?? 0;
  return Array.from({ length: 12 }, (_, at) => (dayNumber(year, at + 1, 1) ?? 0) - first + 0.5);
}

/** Chart.js draws solid keys for dashed lines; ours carry the dash, which is what black-and-white print reads. */
function legend(sets: readonly Drawn[], style: ChartStyle) {
  return {
    position: "bottom" as const,
    labels: {
      usePointStyle: true,
      pointStyleWidth: 22,
      boxHeight: 5,
      color: style.ink2,
      font: chartFont(style.label),
      padding: 8,
      generateLabels: () => sets.map(legendKey),
    },
  };
}

type Drawn = ChartDataset<"line", Point[]> | ChartDataset<"bar", Point[]>;

function legendKey(set: Drawn, index: number) {
  const key = { text: String(set.label), datasetIndex: index };
  if (set.type === "bar")
    return { ...key, pointStyle: "rect" as const, fillStyle: String(set.backgroundColor), lineWidth: 0 };
  const line = set as ChartDataset<"line", Point[]>;
  const dash = Array.isArray(line.borderDash) ? (line.borderDash as number[]) : [];
  return {
    ...key,
    pointStyle: "line" as const,
    strokeStyle: String(line.borderColor),
    lineWidth: Number(line.borderWidth),
    lineDash: dash,
  };
}

type Label = { readonly x: number; readonly y: number; readonly text: string; readonly strong: boolean };

/** The last running mean, the target and the needed level, each with its number, to the right of the plot. */
function endLabels(data: CumulativeData, days: number): readonly Label[] {
  const last = data.running.filter(({ value }) => value !== undefined).at(-1);
  const labels: Label[] = [];
  if (last?.value !== undefined) {
    const { month, day } = dayParts(parseDay(last.day));
    const text = `${month}月${day}日累计 ${last.value}`;
    labels.push({ x: days, y: Number(last.value), text, strong: true });
  }
  if (data.target !== undefined) {
    labels.push({ x: days, y: Number(data.target.value), text: `目标 ${data.target.value}`, strong: false });
  }
  if (data.needed !== undefined) {
    labels.push({ x: days, y: Number(data.needed.value), text: `后期需 ${data.needed.value}`, strong: false });
  }
  return labels;
}

function namesAtEnds(labels: readonly Label[], style: ChartStyle): Plugin<"bar" | "line"> {
  return {
    id: "names-at-ends",
    afterDatasetsDraw: (chart) => {
      const pen: Pen = chart.ctx;
      const { x, y } = axesOf(chart);
      const placed = spread(
        labels.map((label) => ({ label, at: y.getPixelForValue(label.y) })),
        style.label + 3,
      );
      pen.save();
      for (const { label, at } of placed) {
        const font = canvasFont(style.label, label.strong ? 500 : 400);
        write(pen, label.text, { x: x.getPixelForValue(label.x) + 5, y: at }, { font, colour: style.ink });
      }
      pen.restore();
    },
  };
}

function hasValues(data: CumulativeData): boolean {
  return [...data.daily, ...data.running].some(({ value }) => value !== undefined);
}

function nothingYet(style: ChartStyle): Plugin<"bar" | "line"> {
  return {
    id: "nothing-yet",
    afterDatasetsDraw: ({ ctx, chartArea }) => {
      const at = { x: (chartArea.left + chartArea.right) / 2, y: (chartArea.top + chartArea.bottom) / 2 };
      write(ctx as Pen, "没有有效日值", at, { font: canvasFont(style.strong), colour: style.ink2, align: "center" });
    },
  };
}
