/**
 * Days of each AQI class by month: one row a month, one small ringed square a day, the classes one after the other from
 * good to bad, days without an index at the end.
 *
 * Squares, not solid bars: the classes' colours are only ever small marks, and a square can be counted.
 */
import type { ChartConfiguration, Plugin } from "chart.js";
import { AQI_CLASSES, type AqiClass } from "../../src/standards/hj633-class.ts";
import { CLASS_SIZES, classLegend } from "./class-marks.ts";
import { axesOf, line, type Pen, write } from "./pen.ts";
import { bare, STILL, slots } from "./plain.ts";
import { type ChartStyle, canvasFont, ON_PAPER } from "./theme.ts";

export type ClassMonth = {
  /** `2015-03` */
  readonly month: string;
  /** Days of the calendar that are over. */
  readonly days: number;
  readonly classes: Readonly<Record<AqiClass, number>>;
};

/** Between two classes, in days. */
const GAP = 0.6;
const LONGEST = 31;
const ROW = 13;
const REST = 42;
/** Room at the right for the counts in words, by the size of the labels. */
const WORDS = 19;

type Mark = { readonly x: number; readonly y: number };

/** Height that gives each month its row. */
export function classStackHeight(months: readonly ClassMonth[]): number {
  return Math.max(1, months.length) * ROW + REST;
}

/** The chart of the months given; an empty list is a chart without marks. */
export function classStackChart(
  months: readonly ClassMonth[],
  style: ChartStyle = ON_PAPER,
): ChartConfiguration<"scatter"> {
  return {
    type: "scatter",
    data: {
      datasets: AQI_CLASSES.map(({ class: name, hex }, index) => ({
        label: name,
        data: months.flatMap((month, row) => marksOf(month, row, index)),
        backgroundColor: hex,
        borderColor: style.ring,
        borderWidth: 0.7,
        pointStyle: "rect" as const,
        radius: (CLASS_SIZES[index] ?? 5) * Math.SQRT2,
        clip: false as const,
      })),
    },
    options: {
      ...STILL,
      layout: { padding: { top: 2, right: style.label * WORDS, bottom: 2, left: 2 } },
      plugins: { legend: classLegend(style), tooltip: { enabled: false } },
      scales: {
        x: bare(0, LONGEST + GAP * AQI_CLASSES.length),
        y: {
          ...slots(months.length, (at) => `${Number(months[at]?.month.slice(5) ?? 0)}月`, style),
          reverse: true,
        },
      },
    },
    plugins: [unratedAndWords(months, style)],
  };
}

/** The squares of one class in a month's row, behind those of the better classes. */
function marksOf({ classes }: ClassMonth, row: number, index: number): Mark[] {
  const name = AQI_CLASSES[index]?.class ?? "优";
  const start = startOf(classes, index);
  return Array.from({ length: classes[name] }, (_, at) => ({ x: start + at + 0.5, y: row + 0.5 }));
}

/** Where a class begins: the days and gaps of the classes before it that have any. */
function startOf(classes: ClassMonth["classes"], index: number): number {
  const before = AQI_CLASSES.slice(0, index).map((row) => classes[row.class]);
  return before.reduce((sum, count) => sum + count + (count > 0 ? GAP : 0), 0);
}

function unratedAndWords(months: readonly ClassMonth[], style: ChartStyle): Plugin<"scatter"> {
  return {
    id: "unrated-and-words",
    afterDatasetsDraw: (chart) => {
      const pen: Pen = chart.ctx;
      const { x, y } = axesOf(chart);
      pen.save();
      for (const [row, month] of months.entries()) {
        const at = y.getPixelForValue(row + 0.5);
        const rated = AQI_CLASSES.reduce((sum, one) => sum + month.classes[one.class], 0);
        const start = startOf(month.classes, AQI_CLASSES.length);
        for (let day = 0; day < month.days - rated; day++) {
          const from = x.getPixelForValue(start + day + 0.2);
          line(
            pen,
            { x: from, y: at },
            { x: x.getPixelForValue(start + day + 0.8), y: at },
            { colour: style.mark2, width: 0.8 },
          );
        }
        const font = canvasFont(style.label);
        write(pen, wordsOf(month, rated), { x: chart.chartArea.right + 6, y: at }, { font, colour: style.ink });
      }
      pen.restore();
    },
  };
}

/** 优良20天，重污染3天，无评价1天; what there is none of is not named. */
function wordsOf({ classes, days }: ClassMonth, rated: number): string {
  const heavy = classes.重度污染 + classes.严重污染;
  return [
    `优良${classes.优 + classes.良}天`,
    ...(heavy > 0 ? [`重污染${heavy}天`] : []),
    ...(days > rated ? [`无评价${days - rated}天`] : []),
  ].join("，");
}
