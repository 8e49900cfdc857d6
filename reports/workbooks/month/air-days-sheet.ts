/** Daily values of a district and its stations over a month, one row a place and day; below a place its days without a gap. */
import type { AqiDay } from "../../../src/analysis/aqi-days.ts";
import { type Exact, toNumber } from "../../../src/domain/exact.ts";
import { findIndicator, indicatorOf } from "../../../src/domain/indicator.ts";
import { dayText } from "../../../src/domain/time.ts";
import { POLLUTANTS, type Pollutant } from "../../../src/standards/hj633-day.ts";
import { columnLetter } from "../letters.ts";
import type { CellValue, WorkbookSheet } from "../xlsx-write.ts";
import { dayFormat, numberFormat } from "./formats.ts";

export const DAYS_SHEET = "空气日值";
/** Columns before the pollutants: place and date. */
const BEFORE = 2;
const CLASS_COLUMN = BEFORE + POLLUTANTS.length + 1;

export type PlaceDays = { readonly name: string; readonly days: readonly AqiDay[] };

export function airDaysSheet(places: readonly PlaceDays[]): WorkbookSheet {
  const rows = places.flatMap(({ name, days }) => days.map((day) => rowOf(name, day)));
  const formats = [undefined, dayFormat, ...POLLUTANTS.map((code) => numberFormat(indicatorOf(code).decimals)), "0"];
  const heads = POLLUTANTS.map((code) => {
    const { zh, unit } = indicatorOf(code);
    return `${zh}${code === "o3" ? "日最大8小时" : ""}（${unit}）`;
  });
  return {
    name: DAYS_SHEET,
    header: ["地点", "日期", ...heads, "AQI", "级别", "首要污染物"],
    rows,
    formats: rows.map(() => formats),
  };
}

/** Where the days of the place at `index` stand in the sheet, for formulas of other sheets. */
export function daysRange(places: readonly PlaceDays[], index: number, code: Pollutant | "class"): string {
  const above = places.slice(0, index).reduce((sum, { days }) => sum + days.length, 0);
  const letter = columnLetter(code === "class" ? CLASS_COLUMN : BEFORE + POLLUTANTS.indexOf(code));
  // The head is row 1.
  return `${DAYS_SHEET}!$${letter}$${above + 2}:$${letter}$${above + 1 + (places[index]?.days.length ?? 0)}`;
}

/** The unrounded daily value an index rests on. */
export function dayValue({ values }: AqiDay, code: Pollutant): Exact | undefined {
  return values[code === "o3" ? "o3_8h" : code];
}

function rowOf(name: string, day: AqiDay): readonly CellValue[] {
  const { aqi, class: row, primary } = day;
  return [
    name,
    // Midnight in UTC: a workbook's day has no zone, and the writer takes UTC's.
    new Date(`${dayText(day.day)}T00:00:00Z`),
    ...POLLUTANTS.map((code) => numberOf(dayValue(day, code))),
    aqi ?? null,
    row?.class ?? "无有效AQI",
    primary.map((code) => findIndicator(code)?.zh ?? code).join("、"),
  ];
}

/** Unrounded, so that means worked out again agree; the cell's format shows the standard's decimals. */
function numberOf(value: Exact | undefined): number | null {
  return value === undefined ? null : toNumber(value);
}
