/**
 * The AQI calendar: every day of a period with its class as a small ringed square.
 *
 * Up to 31 days: one month as a wall calendar, Monday first, each day with its value, class word and primary
 * pollutants, so that nothing hangs on colour. More days: one row a month, one column a day of the month, and the
 * square grows with the class so that black-and-white print still shows the bad days.
 */
import type { ChartConfiguration, Plugin } from "chart.js";
import { type DayNumber, dayParts, parseDay } from "../../src/domain/time.ts";
import { AQI_CLASSES, type AqiClass } from "../../src/standards/hj633-class.ts";
import { CLASS_SIZES, classLegend } from "./class-marks.ts";
import { type Axis, axesOf, line, type Pen, write } from "./pen.ts";
import { type ChartStyle, canvasFont, chartFont, ON_PAPER } from "./theme.ts";

/** One day; without `aqi` the day has no valid index and is shown as —. */
export type CalendarDay = {
  /** `2015-03-14` */
  readonly day: string;
  readonly aqi?: number;
  readonly class?: AqiClass;
  readonly primary?: readonly string[];
  /** The index was given although an item was missing; marked with *. */
  readonly partial?: boolean;
};

type Point = { readonly x: number; readonly y: number };
type Cell = Point & { readonly day: CalendarDay };

const WEEKDAYS = ["一", "二", "三", "四", "五", "六", "日"] as const;
const NO_VALUE = "—";

/** Whether the days fit a wall calendar of one month. */
export function isWallCalendar(days: readonly CalendarDay[]): boolean {
  const months = new Set(days.map(({ day }) => day.slice(0, 7)));
  return months.size <= 1;
}

/** Rows of the chart: weeks of the wall calendar, or months. At least one. */
export function calendarRows(days: readonly CalendarDay[]): number {
  const cells = isWallCalendar(days) ? wallCells(days) : rowCells(days);
  return Math.max(1, ...cells.map(({ y }) => Math.floor(y) + 1));
}

/** Height that gives each week or month its row; the unit is that of the canvas. */
export function calendarHeight(days: readonly CalendarDay[]): number {
  const rows = calendarRows(days);
  return isWallCalendar(days) ? rows * WALL_ROW + WALL_REST : rows * MONTH_ROW + MONTH_REST;
}

/** Points of a row, and of weekdays and legend together: of a wall calendar, and of one with a row a month. */
const WALL_ROW = 29;
const WALL_REST = 42;
const MONTH_ROW = 13;
const MONTH_REST = 48;

/** The chart of a period's days. An empty list is a chart without marks. */
export function calendarChart(
  days: readonly CalendarDay[],
  style: ChartStyle = ON_PAPER,
): ChartConfiguration<"scatter"> {
  const wall = isWallCalendar(days);
  const cells = wall ? wallCells(days) : rowCells(days);
  const rows = calendarRows(days);
  const columns = wall ? WEEKDAYS.length : 31;
  return {
    type: "scatter",
    data: {
      datasets: AQI_CLASSES.map(({ class: name, hex }, index) => ({
        label: name,
        data: cells
          .filter(({ day }) => day.class === name)
          .map(({ x, y }) => ({ x: wall ? x - 0.39 : x, y: wall ? y + 0.1 : y })),
        backgroundColor: hex,
        borderColor: style.ring,
        borderWidth: 0.7,
        pointStyle: "rect",
        radius: (wall ? 4.6 : (CLASS_SIZES[index] ?? 5)) * Math.SQRT2,
        clip: false as const,
      })),
    },
    options: {
      animation: false,
      devicePixelRatio: 1,
      events: [],
      maintainAspectRatio: false,
      layout: { padding: { top: 2, right: 2, bottom: 2, left: 2 } },
      plugins: {
        legend: classLegend(style),
        tooltip: { enabled: false },
      },
      scales: {
        x: {
          type: "linear",
          position: "top",
          min: 0,
          max: columns,
          grid: { display: false },
          border: { display: false },
          afterBuildTicks: (axis) => {
            axis.ticks = Array.from({ length: columns }, (_, at) => ({ value: at + 0.5 }));
          },
          ticks: {
            autoSkip: false,
            maxRotation: 0,
            padding: 1,
            color: style.ink2,
            font: chartFont(style.label),
            callback: (value) =>
              wall ? (WEEKDAYS[Math.floor(Number(value))] ?? "") : String(Math.floor(Number(value)) + 1),
          },
        },
        y: {
          type: "linear",
          reverse: true,
          min: 0,
          max: rows,
          grid: { display: false },
          border: { display: false },
          afterBuildTicks: (axis) => {
            axis.ticks = Array.from({ length: rows }, (_, at) => ({ value: at + 0.5 }));
          },
          ticks: {
            display: !wall,
            autoSkip: false,
            color: style.ink2,
            font: chartFont(style.label),
            callback: (value) => monthLabels(days)[Math.floor(Number(value))] ?? "",
          },
        },
      },
    },
    plugins: [wall ? wallPlugin(cells, rows, style) : emptyDayPlugin(cells, style)],
  };
}

function wallCells(days: readonly CalendarDay[]): readonly Cell[] {
  const first = days[0];
  if (first === undefined) return [];
  const start = parseDay(`${first.day.slice(0, 7)}-01`);
  const offset = weekday(start);
  return days.map((day) => {
    const at = offset + parseDay(day.day) - start;
    return { x: (at % 7) + 0.5, y: Math.floor(at / 7) + 0.5, day };
  });
}

function rowCells(days: readonly CalendarDay[]): readonly Cell[] {
  const labels = [...new Set(days.map(({ day }) => day.slice(0, 7)))];
  return days.map((day) => ({
    x: dayParts(parseDay(day.day)).day - 0.5,
    y: labels.indexOf(day.day.slice(0, 7)) + 0.5,
    day,
  }));
}

function monthLabels(days: readonly CalendarDay[]): readonly string[] {
  return [...new Set(days.map(({ day }) => day.slice(0, 7)))].map((month) => `${Number(month.slice(5))}月`);
}

/** 0 for Monday. Day 0 of the day numbers, 1970-01-01, was a Thursday. */
function weekday(day: DayNumber): number {
  return (day + 3) % 7;
}

/** The cells' frames and texts: the day of the month, the index, its class in words, the primary pollutants. */
function wallPlugin(cells: readonly Cell[], rows: number, style: ChartStyle): Plugin<"scatter"> {
  return {
    id: "wall",
    afterDatasetsDraw: (chart) => {
      const pen: Pen = chart.ctx;
      const { x, y } = axesOf(chart);
      pen.save();
      for (let row = 0; row <= rows; row++) {
        const at = y.getPixelForValue(row);
        line(
          pen,
          { x: x.getPixelForValue(0), y: at },
          { x: x.getPixelForValue(7), y: at },
          { colour: style.rule, width: 0.5 },
        );
      }
      for (let column = 1; column < 7; column++) {
        const at = x.getPixelForValue(column);
        line(
          pen,
          { x: at, y: y.getPixelForValue(0) },
          { x: at, y: y.getPixelForValue(rows) },
          { colour: style.rule, width: 0.5 },
        );
      }
      for (const cell of cells) writeCell(pen, cell, x, y, style);
      pen.restore();
    },
  };
}

/** 轻度污染 is 轻度 in a cell: the legend has the words in full, and four characters touch the next day. */
function shortClass(name: AqiClass | undefined): string {
  return name === undefined ? "" : name.replace("污染", "");
}

function writeCell(pen: Pen, { x, y, day }: Cell, xs: Axis, ys: Axis, style: ChartStyle): void {
  const left = xs.getPixelForValue(x - 0.45);
  const text = xs.getPixelForValue(x - 0.3);
  const top = ys.getPixelForValue(y - 0.28);
  const middle = ys.getPixelForValue(y + 0.1);
  write(
    pen,
    String(Number(day.day.slice(8))),
    { x: left, y: top },
    { font: canvasFont(style.note), colour: style.ink3 },
  );
  if (day.aqi === undefined) {
    write(pen, NO_VALUE, { x: text, y: middle }, { font: canvasFont(style.strong), colour: style.ink3 });
    return;
  }
  const value = `${day.aqi}${day.partial ? "*" : ""}`;
  write(pen, value, { x: text, y: middle }, { font: canvasFont(style.strong, 500), colour: style.ink });
  const right = xs.getPixelForValue(x + 0.45);
  write(
    pen,
    shortClass(day.class),
    { x: right, y: middle },
    { font: canvasFont(style.note), colour: style.ink2, align: "right" },
  );
  const primary = (day.primary ?? []).join("、");
  write(pen, primary, { x: right, y: top }, { font: canvasFont(style.note - 0.5), colour: style.ink3, align: "right" });
}

/** In the rows of months a day without a valid index is a short dash, so that a gap is not taken for a clean day. */
function emptyDayPlugin(cells: readonly Cell[], style: ChartStyle): Plugin<"scatter"> {
  return {
    id: "empty-days",
    afterDatasetsDraw: (chart) => {
      const pen: Pen = chart.ctx;
      const { x, y } = axesOf(chart);
      pen.save();
      for (const cell of cells.filter(({ day }) => day.aqi === undefined)) {
        const at = { x: x.getPixelForValue(cell.x), y: y.getPixelForValue(cell.y) };
        line(pen, { x: at.x - 3, y: at.y }, { x: at.x + 3, y: at.y }, { colour: style.mark2, width: 0.8 });
      }
      pen.restore();
    },
  };
}
