/**
 * The classes of water sections over the months: one row a section, one cell a month with the class in it.
 *
 * Read in black and white: a cell that reaches its target is light, one class worse is grey, more is dark; the class
 * itself is always written.
 */
import type { ChartConfiguration, Plugin } from "chart.js";
import { axesOf, line, type Pen, write } from "./pen.ts";
import { STILL, slots } from "./plain.ts";
import { type ChartStyle, canvasFont, ON_PAPER } from "./theme.ts";

export type StripCell = {
  /** Ⅲ, 劣Ⅴ */
  readonly class: string;
  /** Classes worse than the target, 0 when it is reached; absent without a target. */
  readonly worse?: number;
};

export type StripRow = {
  readonly place: string;
  readonly target?: string;
  /** One a month; absent where the month has no class. */
  readonly cells: readonly (StripCell | undefined)[];
};

export type SectionStripData = { readonly months: readonly string[]; readonly rows: readonly StripRow[] };

const ROW = 16;
const REST = 22;

/** Height that gives each section its row. */
export function sectionStripHeight({ rows }: SectionStripData): number {
  return Math.max(1, rows.length) * ROW + REST;
}

/** The chart of the sections given, in their order. */
export function sectionStripChart(
  data: SectionStripData,
  style: ChartStyle = ON_PAPER,
): ChartConfiguration<"scatter", { x: number; y: number }[], unknown> {
  const { months, rows } = data;
  const nameOf = (at: number): string => {
    const row = rows[at];
    return row === undefined ? "" : `${row.place}${row.target === undefined ? "" : `（目标${row.target}）`}`;
  };
  return {
    type: "scatter",
    data: {
      datasets: rows.map(({ place, cells }, row) => ({
        label: place,
        data: cells.flatMap((cell, at) => (cell === undefined ? [] : [{ x: at + 0.5, y: row + 0.5 }])),
        // The cells themselves are drawn below: a point cannot be wider than high.
        pointRadius: 0,
      })),
    },
    options: {
      ...STILL,
      layout: { padding: { top: 0, right: 2, bottom: 2, left: 2 } },
      plugins: { legend: { display: false }, tooltip: { enabled: false } },
      scales: {
        x: { ...slots(months.length, (at) => months[at] ?? "", style), position: "top" },
        y: { ...slots(rows.length, nameOf, style), reverse: true },
      },
    },
    plugins: [cellsPlugin(data, style)],
  };
}

function cellsPlugin({ rows }: SectionStripData, style: ChartStyle): Plugin<"scatter"> {
  return {
    id: "cells",
    afterDatasetsDraw: (chart) => {
      const pen: Pen = chart.ctx;
      const { x, y } = axesOf(chart);
      pen.save();
      for (const [row, { cells }] of rows.entries()) {
        for (const [at, cell] of cells.entries()) {
          const [left, right] = [x.getPixelForValue(at) + 1, x.getPixelForValue(at + 1) - 1];
          const [top, bottom] = [y.getPixelForValue(row) + 1, y.getPixelForValue(row + 1) - 1];
          const middle = { x: (left + right) / 2, y: (top + bottom) / 2 };
          if (cell === undefined) {
            line(pen, { x: middle.x - 3, y: middle.y }, { x: middle.x + 3, y: middle.y }, DASH(style));
            continue;
          }
          const { ground, ink } = toneOf(cell.worse, style);
          pen.fillStyle = ground;
          pen.fillRect(left, top, right - left, bottom - top);
          pen.strokeStyle = style.mark2;
          pen.lineWidth = 0.5;
          pen.strokeRect(left, top, right - left, bottom - top);
          const font = canvasFont(style.label, cell.worse === undefined || cell.worse === 0 ? 400 : 500);
          write(pen, cell.class, middle, { font, colour: ink, align: "center" });
        }
      }
      pen.restore();
    },
  };
}

const DASH = (style: ChartStyle) => ({ colour: style.mark2, width: 0.8 });

/** Dark ink on light grounds, light ink on the dark one. */
function toneOf(worse: number | undefined, style: ChartStyle): { readonly ground: string; readonly ink: string } {
  if (worse === undefined || worse === 0) return { ground: style.ground, ink: style.ink };
  return worse === 1 ? { ground: style.bar, ink: style.ink } : { ground: style.mark, ink: style.ground };
}
