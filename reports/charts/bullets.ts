/**
 * Standing bullets: for each target how far the figure is along, as a share of the target, on one axis for all.
 *
 * The upright line is the target. For “at most” the bar has to stay left of it, for “at least” it has to reach it: the
 * words at the right say which, and the mark before the name says where the target stands. A thin line spans what the
 * days without data leave open.
 */
import type { ChartConfiguration, Plugin } from "chart.js";
import { axesOf, line, type Pen, write } from "./pen.ts";
import { STILL } from "./plain.ts";
import { type ChartStyle, canvasFont, chartFont, ON_PAPER } from "./theme.ts";

export type Bullet = {
  /** With the mark of its standing: ▲ PM2.5年均浓度. */
  readonly zh: string;
  readonly value: string;
  /** The number of the target, above 0. */
  readonly limit: string;
  /** 96，要求≤ 33 */
  readonly words: string;
  readonly low?: string;
  readonly high?: string;
  /** Missed or at risk: dark. */
  readonly bad: boolean;
};

const ROW = 17;
const REST = 42;
/** Percent of the target where the axis ends; a longer bar is cut and marked. */
const END = 200;
const TARGET = 100;
/** Room for the words at the right, by the size of the labels. */
const WORDS = 20;

/** Height that gives each target its row. */
export function bulletsHeight(bullets: readonly Bullet[]): number {
  return Math.max(1, bullets.length) * ROW + REST;
}

/** The chart of the targets given, in their order. */
export function bulletsChart(bullets: readonly Bullet[], style: ChartStyle = ON_PAPER): ChartConfiguration<"bar"> {
  return {
    type: "bar",
    data: {
      labels: bullets.map(({ zh }) => zh),
      datasets: [
        {
          data: bullets.map((one) => Math.min(END, shareOf(one, one.value))),
          backgroundColor: bullets.map(({ bad }) => (bad ? style.mark2 : style.bar)),
          barPercentage: 0.55,
          categoryPercentage: 1,
        },
      ],
    },
    options: {
      ...STILL,
      indexAxis: "y",
      layout: { padding: { top: 2, right: style.label * WORDS, bottom: 0, left: 2 } },
      plugins: { legend: { display: false }, tooltip: { enabled: false } },
      scales: {
        x: {
          min: 0,
          max: END,
          grid: { color: style.rule, lineWidth: 0.4 },
          border: { display: false },
          title: { display: true, text: "占目标值的百分比（%）", color: style.ink2, font: chartFont(style.label) },
          ticks: { stepSize: TARGET / 2, color: style.ink2, font: chartFont(style.label) },
        },
        y: {
          grid: { display: false },
          border: { color: style.mark2, width: 0.6 },
          ticks: { autoSkip: false, color: style.ink, font: chartFont(style.label), crossAlign: "far" },
        },
      },
    },
    plugins: [targetPlugin(bullets, style)],
  };
}

/** Percent of the target; drawn only, never compared. */
function shareOf({ limit }: Bullet, value: string): number {
  return (Number(value) / Number(limit)) * TARGET;
}

function targetPlugin(bullets: readonly Bullet[], style: ChartStyle): Plugin<"bar"> {
  return {
    id: "target",
    afterDatasetsDraw: (chart) => {
      const pen: Pen = chart.ctx;
      const { x, y } = axesOf(chart);
      const { right, top, bottom } = chart.chartArea;
      const target = x.getPixelForValue(TARGET);
      pen.save();
      line(pen, { x: target, y: top }, { x: target, y: bottom }, { colour: style.cut, width: 1.4 });
      const slot = (bottom - top) / Math.max(1, bullets.length);
      for (const [row, one] of bullets.entries()) {
        const at = y.getPixelForValue(row);
        if (one.low !== undefined && one.high !== undefined) {
          const ends = [one.low, one.high].map((end) => x.getPixelForValue(Math.min(END, shareOf(one, end))));
          const [from = 0, to = 0] = ends;
          line(pen, { x: from, y: at }, { x: to, y: at }, { colour: style.ink, width: 1 });
          for (const end of ends)
            line(
              pen,
              { x: end, y: at - slot * 0.15 },
              { x: end, y: at + slot * 0.15 },
              { colour: style.ink, width: 1 },
            );
        }
        if (shareOf(one, one.value) > END) {
          const cut = canvasFont(style.strong, 500);
          write(pen, "»", { x: right - 3, y: at - 1 }, { font: cut, colour: style.ground, align: "right" });
        }
        write(pen, one.words, { x: right + 6, y: at }, { font: canvasFont(style.label), colour: style.ink });
      }
      pen.restore();
    },
  };
}
