/**
 * A number as a workbook: its inputs, and formulas that give it again, rounding included. What the program says stands
 * beside what the formulas come to.
 */
import { type ExplainInputs, sheetName } from "../../src/analysis/explain-inputs.ts";
import { type Exact, toNumber } from "../../src/domain/exact.ts";
import {
  OZONE_8H_FIRST_END,
  OZONE_8H_HOURS,
  OZONE_8H_LIMIT,
  OZONE_8H_MIN_HOURS,
  OZONE_8H_MIN_WINDOWS,
} from "../../src/standards/gb3095-validity.ts";
import { roundHalfEven } from "../../src/standards/gbt8170.ts";
import { columnLetter } from "./letters.ts";
import { type CellValue, type Formula, workbookBytes } from "./xlsx-write.ts";

/** The bytes of the workbook. */
export async function explainWorkbook(inputs: ExplainInputs): Promise<Uint8Array> {
  const { answer, labels, columns, rule } = inputs;
  const last = labels.length + 1;
  const dayWise = rule.kind === "mean" || rule.kind === "percentile";
  const windows = rule.kind === "windows";
  const extra = dayWise ? ["日值"] : windows ? columns.map((one) => `${one.name} 8 小时`) : [];
  const width = 1 + columns.length + extra.length;
  const rows: CellValue[][] = labels.map((label, k) => [
    label,
    ...columns.map((one) => numberOf(one.values[k])),
    ...extra.map(() => null),
  ]);
  const formulas: Formula[] = [];
  const ends = columnLetter(columns.length);
  if (dayWise) {
    for (let k = 2; k <= last; k++) {
      const range = `B${k}:${ends}${k}`;
      const present = columns.flatMap((one) => numberOf(one.values[k - 2]) ?? []);
      const result = present.length >= rule.stations ? present.reduce((a, b) => a + b, 0) / present.length : "";
      const formula = `IF(COUNT(${range})>=${rule.stations},AVERAGE(${range}),"")`;
      formulas.push({ row: k - 1, column: width - 1, formula, result });
    }
  }
  if (windows) {
    for (const [c] of columns.entries()) {
      const letter = columnLetter(c + 1);
      for (let end = OZONE_8H_FIRST_END; end <= labels.length; end++) {
        const range = `${letter}${end + 2 - OZONE_8H_HOURS}:${letter}${end + 1}`;
        const formula = `IF(COUNT(${range})>=${OZONE_8H_MIN_HOURS},AVERAGE(${range}),"")`;
        formulas.push({ row: end, column: 1 + columns.length + c, formula, result: "" });
      }
    }
  }
  const value = numberOf(answer.value) ?? 0;
  const rounded = answer.value === undefined ? 0 : toNumber(roundHalfEven(answer.value, answer.decimals));
  const [whole, at] = [wholeFormula(inputs, last), last + 1];
  rows.push(
    [],
    ["由公式得到", null],
    ["修约（四舍六入五成双）", null],
    ["程序给出（未修约）", value],
    ["程序给出（修约）", rounded],
  );
  formulas.push({ row: at, column: 1, formula: whole, result: value });
  formulas.push({ row: at + 1, column: 1, formula: roundFormula(`B${at + 1}`, answer.decimals), result: rounded });
  return await workbookBytes([
    { name: sheetName(inputs), header: ["日期或时次", ...columns.map((one) => one.name), ...extra], rows, formulas },
    { name: "说明", header: ["项目", "内容"], rows: notesOf(inputs) },
  ]);
}

function wholeFormula({ columns, rule, labels }: ExplainInputs, last: number): string {
  const range = (column: number): string => `${columnLetter(column)}2:${columnLetter(column)}${last}`;
  const days = range(columns.length + 1);
  switch (rule.kind) {
    case "mean":
      return `AVERAGE(${days})`;
    case "percentile":
      return `PERCENTILE(${days},${rule.p}/100)`;
    case "hours": {
      // Columns of one place alone are taken as they are; of a set those with enough hours.
      const means = columns.map(
        (_, k) => `IF(COUNT(${range(k + 1)})>=${columns.length === 1 ? 1 : rule.needed},AVERAGE(${range(k + 1)}),"")`,
      );
      return means.length === 1 ? `AVERAGE(${range(1)})` : meanOfTexts(means);
    }
    case "windows": {
      const windows = columns.map((_, k) => range(columns.length + 1 + k));
      if (windows.length === 1) return `MAX(${windows[0]})`;
      // A station without enough windows is not among those of its set: MAX of none would be 0.
      const best = windows.map(
        (one) => `IF(OR(COUNT(${one})>=${OZONE_8H_MIN_WINDOWS},MAX(${one})>${OZONE_8H_LIMIT}),MAX(${one}),"")`,
      );
      return meanOfTexts(best);
    }
    case "count": {
      const test = rule.at === "most" ? `"<=${rule.limit}"` : `">${rule.limit}"`;
      const count = `COUNTIF(${range(1)},${test})`;
      if (rule.share === undefined) return count;
      return `${count}*100/${rule.share === "valid" ? `COUNT(${range(1)})` : labels.length}`;
    }
  }
}

/** The mean of those that are numbers: SUM and COUNT would take a text inside a list for an error. */
function meanOfTexts(parts: readonly string[]): string {
  const sum = parts.map((one) => `N(${one})`).join("+");
  const count = parts.map((one) => `IF(ISNUMBER(${one}),1,0)`).join("+");
  return `(${sum})/(${count})`;
}

/** GB/T 8170 half to even; a half is told within what binary fractions leave of it. */
function roundFormula(cell: string, decimals: number): string {
  const scaled = `${cell}*10^${decimals}`;
  return `IF(ABS(${scaled}-INT(${scaled})-0.5)<0.000000001,2*ROUND(${scaled}/2,0),ROUND(${scaled},0))/10^${decimals}`;
}

function notesOf({ answer, rule }: ExplainInputs): readonly (readonly CellValue[])[] {
  const policies = Object.entries(answer.policies).map(([name, used]) => `${name}=${used}`);
  const stations = "stations" in rule ? `每日至少 ${rule.stations} 个站点有效` : "有 AQI 的日子";
  return [
    ["地点", `${answer.place.name}（${answer.place.code}）`],
    ["时段", answer.period.text],
    ["指标与统计量", `${answer.indicator} ${answer.statistic}`],
    ["单位", answer.unit],
    ["有效", answer.valid === true ? "是" : `否：${answer.valid.zh}`],
    ["取数", `表中只有有效值，无效的留空；${stations}`],
    ["标准版本", answer.editions.join("、")],
    ["口径", policies.join(" ")],
  ];
}

function numberOf(value: Exact | undefined): number | null {
  return value === undefined ? null : toNumber(value);
}
