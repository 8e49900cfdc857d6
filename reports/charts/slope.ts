/**
 * The slope of rank moves: every place a line from its rank before to its rank now, the greatest moves both ways named.
 *
 * Up is better: rank 1, the worst, lies at the bottom, and the list not to be in lies below its line.
 */
import type { ChartConfiguration, Plugin } from "chart.js";
import { axesOf, line, type Pen, write } from "./pen.ts";
import { bare, STILL } from "./plain.ts";
import { spread } from "./spread.ts";
import { type ChartStyle, canvasFont, ON_PAPER } from "./theme.ts";

export type SlopeLine = { readonly place: string; readonly before: number; readonly now: number };

export type SlopeData = {
  readonly beforeZh: string;
  readonly nowZh: string;
  /** Places ranked: the axis ends there. */
  readonly n: number;
  readonly lines: readonly SlopeLine[];
  readonly cut?: { readonly worst: number; readonly zh: string };
};

/** Named at each side: more would be a list, and the table is one. */
const NAMED = 5;
/** Room for names at both sides, by the size of the labels. */
const NAMES = 15;

type Point = { x: number; y: number };

/** Those that moved most, at most five each way; of equal moves the first. Places that did not move are never named. */
export function greatestMoves(lines: readonly SlopeLine[]): {
  readonly up: readonly SlopeLine[];
  readonly down: readonly SlopeLine[];
} {
  const sorted = [...lines].sort((a, b) => moveOf(b) - moveOf(a));
  return {
    up: sorted.filter((one) => moveOf(one) > 0).slice(0, NAMED),
    down: sorted
      .filter((one) => moveOf(one) < 0)
      .reverse()
      .slice(0, NAMED),
  };
}

/** The chart of the moves. */
export function slopeChart(data: SlopeData, style: ChartStyle = ON_PAPER): ChartConfiguration<"line", Point[], number> {
  const { up, down } = greatestMoves(data.lines);
  const named = [...up, ...down];
  const rest = data.lines.filter((one) => !named.includes(one));
  const set = (one: SlopeLine, how: { colour: string; width: number; dash?: number[] }) => ({
    label: one.place,
    data: [
      { x: 0, y: one.before },
      { x: 1, y: one.now },
    ],
    borderColor: how.colour,
    backgroundColor: how.colour,
    borderWidth: how.width,
    borderDash: how.dash ?? [],
    pointRadius: how.width,
    clip: false as const,
  });
  return {
    type: "line",
    data: {
      datasets: [
        ...rest.map((one) => set(one, { colour: style.bar, width: 0.8 })),
        ...up.map((one) => set(one, { colour: style.met, width: 1.6 })),
        ...down.map((one) => set(one, { colour: style.cut, width: 1.6, dash: [4, 2] })),
      ],
    },
    options: {
      ...STILL,
      layout: { padding: { top: style.label * 2.2, right: style.label * NAMES, bottom: 6, left: style.label * NAMES } },
      plugins: { legend: { display: false }, tooltip: { enabled: false } },
      scales: { x: bare(0, 1), y: bare(1, Math.max(2, data.n)) },
    },
    plugins: [endsAndCut(data, named, style)],
  };
}

/** Places gained: rank 1 is the worst. */
function moveOf({ before, now }: SlopeLine): number {
  return now - before;
}

function endsAndCut(data: SlopeData, named: readonly SlopeLine[], style: ChartStyle): Plugin<"line"> {
  return {
    id: "ends-and-cut",
    afterDatasetsDraw: (chart) => {
      const pen: Pen = chart.ctx;
      const { x, y } = axesOf(chart);
      const { top, bottom, left, right } = chart.chartArea;
      const font = canvasFont(style.label);
      pen.save();
      for (const side of [left, right])
        line(pen, { x: side, y: top }, { x: side, y: bottom }, { colour: style.mark2, width: 0.6 });
      const head = top - style.label;
      const strong = canvasFont(style.label, 500);
      write(pen, data.beforeZh, { x: left, y: head }, { font: strong, colour: style.ink, align: "center" });
      write(pen, data.nowZh, { x: right, y: head }, { font: strong, colour: style.ink, align: "center" });
      if (data.cut !== undefined) {
        const at = y.getPixelForValue(data.cut.worst + 0.5);
        pen.setLineDash([5, 2.5]);
        line(pen, { x: left, y: at }, { x: right, y: at }, { colour: style.cut, width: 1 });
        pen.setLineDash([]);
        const middle = { x: (left + right) / 2, y: at + style.note * 0.75 };
        write(pen, data.cut.zh, middle, { font: canvasFont(style.note), colour: style.cut, align: "center" });
      }
      const step = style.label + 2;
      const labels = (rankOf: (one: SlopeLine) => number) =>
        spread(
          named.map((label) => ({ label, at: y.getPixelForValue(rankOf(label)) })),
          step,
          bottom,
        );
      for (const { label, at } of labels(({ before }) => before)) {
        const words = `${label.place}　${label.before}`;
        write(pen, words, { x: x.getPixelForValue(0) - 6, y: at }, { font, colour: style.ink, align: "right" });
      }
      for (const { label, at } of labels(({ now }) => now)) {
        const words = `${label.now}　${label.place}　${moveZh(moveOf(label))}`;
        write(pen, words, { x: x.getPixelForValue(1) + 6, y: at }, { font, colour: style.ink });
      }
      pen.restore();
    },
  };
}

function moveZh(move: number): string {
  return move > 0 ? `进${move}` : `退${-move}`;
}
