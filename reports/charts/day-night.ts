/**
 * Day and night levels of noise points: a hollow circle for the day, a full one for the night, each with the limit of its
 * zone as an upright stroke; what lies above its limit is named and dark red.
 */
import type { ChartConfiguration, Plugin } from "chart.js";
import { axesOf, line, type Pen, write } from "./pen.ts";
import { STILL, slots } from "./plain.ts";
import { type ChartStyle, canvasFont, chartFont, ON_PAPER } from "./theme.ts";

export type DayNightPart = { readonly level: string; readonly limit?: string; readonly above: boolean };

export type DayNightRow = {
  readonly place: string;
  readonly zone?: string;
  /** Absent where the part has no valid level. */
  readonly day?: DayNightPart;
  readonly night?: DayNightPart;
};

type Point = { x: number; y: number };

const ROW = 17;
const REST = 66;
/** The axis ends at tens around all levels and limits. */
const STEP = 10;
/** Day above, night below the middle of a row. */
const OFFSET = 0.2;

/** Height that gives each point its row. */
export function dayNightHeight(rows: readonly DayNightRow[]): number {
  return Math.max(1, rows.length) * ROW + REST;
}

/** The chart of the points given, in their order; decibels A. */
export function dayNightChart(
  rows: readonly DayNightRow[],
  style: ChartStyle = ON_PAPER,
): ChartConfiguration<"scatter", Point[], unknown> {
  const values = rows.flatMap(({ day, night }) => [day, night].flatMap((part) => numbersOf(part)));
  const nameOf = (at: number): string => {
    const row = rows[at];
    return row === undefined ? "" : `${row.place}${row.zone === undefined ? "" : `（${row.zone}）`}`;
  };
  const points = (part: "day" | "night", offset: number): Point[] =>
    rows.flatMap((row, at) => {
      const level = row[part]?.level;
      return level === undefined ? [] : [{ x: Number(level), y: at + 0.5 + offset }];
    });
  const tone = (part: "day" | "night"): string[] =>
    rows.flatMap((row) => (row[part] === undefined ? [] : [row[part].above ? style.cut : style.met]));
  return {
    type: "scatter",
    data: {
      datasets: [
        {
          label: "昼间",
          data: points("day", -OFFSET),
          backgroundColor: style.ground,
          borderColor: tone("day"),
          borderWidth: 1.4,
          pointRadius: 3,
          clip: false as const,
        },
        {
          label: "夜间",
          data: points("night", OFFSET),
          backgroundColor: tone("night"),
          borderColor: tone("night"),
          borderWidth: 1.4,
          pointRadius: 3,
          clip: false as const,
        },
      ],
    },
    options: {
      ...STILL,
      layout: { padding: { top: 2, right: 10, bottom: 0, left: 2 } },
      plugins: {
        legend: {
          position: "bottom",
          labels: {
            usePointStyle: true,
            boxHeight: 5,
            color: style.ink2,
            font: chartFont(style.label),
            generateLabels: () => [
              { text: "昼间", datasetIndex: 0, pointStyle: "circle", fillStyle: style.ground, strokeStyle: style.ink2 },
              { text: "夜间", datasetIndex: 1, pointStyle: "circle", fillStyle: style.ink2, strokeStyle: style.ink2 },
              {
                text: "限值",
                datasetIndex: 0,
                pointStyle: "line",
                rotation: 90,
                strokeStyle: style.ink,
                lineWidth: 1.4,
              },
            ],
          },
        },
        tooltip: { enabled: false },
      },
      scales: {
        x: {
          type: "linear",
          min: Math.floor(Math.min(...values, STEP * 4) / STEP) * STEP,
          max: Math.ceil(Math.max(...values, STEP * 6) / STEP) * STEP,
          grid: { color: style.rule, lineWidth: 0.4 },
          border: { display: false },
          title: { display: true, text: "dB(A)", color: style.ink2, font: chartFont(style.label) },
          ticks: { stepSize: STEP, color: style.ink2, font: chartFont(style.label) },
        },
        y: { ...slots(rows.length, nameOf, style), reverse: true },
      },
    },
    plugins: [limitsPlugin(rows, style)],
  };
}

function numbersOf(part: DayNightPart | undefined): readonly number[] {
  if (part === undefined) return [];
  return part.limit === undefined ? [Number(part.level)] : [Number(part.level), Number(part.limit)];
}

function limitsPlugin(rows: readonly DayNightRow[], style: ChartStyle): Plugin<"scatter"> {
  return {
    id: "limits",
    afterDatasetsDraw: (chart) => {
      const pen: Pen = chart.ctx;
      const { x, y } = axesOf(chart);
      pen.save();
      for (const [row, { day, night }] of rows.entries()) {
        for (const [part, offset] of [
          [day, -OFFSET],
          [night, OFFSET],
        ] as const) {
          if (part === undefined) continue;
          const middle = y.getPixelForValue(row + 0.5 + offset);
          if (part.limit !== undefined) {
            const at = x.getPixelForValue(Number(part.limit));
            line(pen, { x: at, y: middle - 3.2 }, { x: at, y: middle + 3.2 }, { colour: style.ink, width: 1.4 });
          }
          if (!part.above) continue;
          const at = { x: x.getPixelForValue(Number(part.level)) + 6, y: middle };
          write(pen, part.level, at, { font: canvasFont(style.note, 500), colour: style.cut });
        }
      }
      pen.restore();
    },
  };
}
