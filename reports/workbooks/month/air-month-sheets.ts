/** A month's statistics by place and pollutant with a formula beside each, and its days by class as sums of the daily sheet. */
import { STATISTIC_ZH, type Statistic } from "../../../src/analysis/statistic.ts";
import { toNumber } from "../../../src/domain/exact.ts";
import { findIndicator } from "../../../src/domain/indicator.ts";
import { roundHalfEven } from "../../../src/standards/gbt8170.ts";
import { AQI_CLASSES } from "../../../src/standards/hj633-class.ts";
import { POLLUTANTS, type Pollutant } from "../../../src/standards/hj633-day.ts";
import { COLOURS } from "../../charts/theme.ts";
import { columnLetter } from "../letters.ts";
import type { CellValue, Formula, WorkbookSheet } from "../xlsx-write.ts";
import { daysRange, dayValue, type PlaceDays } from "./air-days-sheet.ts";
import { numberFormat } from "./formats.ts";

/** Decimals of the figure worked out again beyond those of the printed one. */
const MORE_DECIMALS = 2;
const [COUNT, CHECK, LOWEST, HIGHEST] = [4, 6, 7, 8];

/** @param statistics of each pollutant, in the order of `places` */
export function airStatisticsSheet(
  places: readonly PlaceDays[],
  statistics: ReadonlyMap<Pollutant, readonly Statistic[]>,
): WorkbookSheet {
  const rows: (readonly CellValue[])[] = [];
  const formats: (readonly (string | undefined)[])[] = [];
  const formulas: Formula[] = [];
  for (const [index, place] of places.entries()) {
    for (const code of POLLUTANTS) {
      const one = statistics.get(code)?.[index];
      if (one === undefined) continue;
      const row = rows.length + 1;
      formulas.push(...formulasOf(one, place, { row, code, range: daysRange(places, index, code) }));
      const value = one.valid === true && one.value !== undefined ? roundHalfEven(one.value, one.decimals) : undefined;
      rows.push([
        place.name,
        findIndicator(code)?.zh ?? code,
        STATISTIC_ZH[one.statistic].replaceAll(" ", ""),
        one.unit,
        0,
        value === undefined ? null : toNumber(value),
        null,
        null,
        null,
        one.valid === true ? "有效" : one.valid.zh,
      ]);
      const plain = numberFormat(one.decimals);
      const more = numberFormat(one.decimals + MORE_DECIMALS);
      formats.push([undefined, undefined, undefined, undefined, "0", plain, more, plain, plain]);
    }
  }
  const last = rows.length + 1;
  return {
    name: "空气月统计",
    header: [
      "地点",
      "项目",
      "统计量",
      "单位",
      "有效天数",
      "月统计值",
      "核对（公式，未修约）",
      "最小日值",
      "最大日值",
      "有效性",
    ],
    rows,
    formats,
    formulas,
    // Half a unit of the last printed place is what rounding may move.
    rules: [
      {
        range: `F2:F${last}`,
        formula: 'AND(ISNUMBER(F2),ISNUMBER(G2),ABS(F2-G2)>IF(D2="mg/m³",0.0501,0.501))',
        fill: COLOURS.missedSoft,
      },
    ],
  };
}

/** The count of a place's days always; the rest where there are any and the statistic is made of days. */
function formulasOf(
  one: Statistic,
  { days }: PlaceDays,
  at: { readonly row: number; readonly code: Pollutant; readonly range: string },
): readonly Formula[] {
  const { row, range } = at;
  const known = days.flatMap((day) => dayValue(day, at.code) ?? []).map(toNumber);
  const count: Formula = { row, column: COUNT, formula: `COUNT(${range})`, result: known.length };
  if (known.length === 0) return [count];
  const share = /^p(\d+)$/.exec(one.statistic)?.[1];
  const again = share === undefined ? `AVERAGE(${range})` : `PERCENTILE(${range},${Number(share) / 100})`;
  return [
    count,
    ...(one.origin === "days" && one.value !== undefined
      ? [{ row, column: CHECK, formula: again, result: toNumber(one.value) }]
      : []),
    { row, column: LOWEST, formula: `MIN(${range})`, result: Math.min(...known) },
    { row, column: HIGHEST, formula: `MAX(${range})`, result: Math.max(...known) },
  ];
}

/** Days by class as counts of the daily sheet, the ratio as their quotient. */
export function airClassSheet(places: readonly PlaceDays[]): WorkbookSheet {
  const classes = AQI_CLASSES.map((row) => row.class);
  const lastClass = columnLetter(classes.length);
  const [valid, good, share] = [classes.length + 1, classes.length + 2, classes.length + 3];
  const formulas = places.flatMap(({ days }, index): readonly Formula[] => {
    const row = index + 1;
    const range = daysRange(places, index, "class");
    const counts = classes.map((name) => days.filter((day) => day.class?.class === name).length);
    const sum = counts.reduce((total, n) => total + n, 0);
    const goodDays = (counts[0] ?? 0) + (counts[1] ?? 0);
    const line = row + 1;
    return [
      ...counts.map((result, at) => ({
        row,
        column: at + 1,
        formula: `COUNTIF(${range},${columnLetter(at + 1)}$1)`,
        result,
      })),
      { row, column: valid, formula: `SUM(B${line}:${lastClass}${line})`, result: sum },
      { row, column: good, formula: `B${line}+C${line}`, result: goodDays },
      ...(sum === 0
        ? []
        : [
            {
              row,
              column: share,
              formula: `${columnLetter(good)}${line}/${columnLetter(valid)}${line}`,
              result: goodDays / sum,
            },
          ]),
      {
        row,
        column: share + 1,
        formula: `ROWS(${range})-${columnLetter(valid)}${line}`,
        result: days.length - sum,
      },
    ];
  });
  return {
    name: "空气级别天数",
    header: ["地点", ...classes, "有效天数", "优良天数", "优良天数比率", "无有效AQI天数"],
    rows: places.map(({ name }) => [name, ...Array.from({ length: classes.length + 4 }, () => null)]),
    formats: places.map(() => [undefined, ...Array.from({ length: classes.length + 2 }, () => "0"), "0.0%", "0"]),
    formulas,
  };
}
