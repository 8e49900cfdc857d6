/** The sheet a department fills in: one row a figure, what is asked for on the left, cells to fill on the right. */
import type { TemplateRow } from "../../src/analysis/tally-duty.ts";
import { csvCell } from "../../src/domain/csv-cell.ts";
import type { toNumber } from "../../src/domain/exact.ts";
import { TALLY_COLUMNS } from "../../src/domain/tally.ts";
import { dayText } from "../../src/domain/time.ts";
import { decimalText } from "../../src/standards/gbt8170.ts";
import { type CellValue, type Choice, type WorkbookSheet, workbookBytes } from "./xlsx-write.ts";

const ASKED = ["计划", "事项", "指标", "目标值", "完成时限", "上次填报"] as const;
const FILLED = Object.values(TALLY_COLUMNS);

/** Column letters of the cells with a list to choose from. */
const UNIT = letterOf(TALLY_COLUMNS.unit);
const PART = letterOf(TALLY_COLUMNS.part);
const DEPARTMENT = letterOf(TALLY_COLUMNS.department);

/** Header and rows of a department's sheet, as texts and numbers. */
function tallyTable(
  rows: readonly TemplateRow[],
  department: string,
): {
  readonly header: readonly string[];
  readonly rows: readonly (readonly CellValue[])[];
} {
  return { header: [...ASKED, ...FILLED], rows: rows.map((row) => [...asked(row), ...filled(row, department)]) };
}

/** The same as CSV for spreadsheet programs: UTF-8 with its mark, and no cell that could be taken for a formula. */
export function tallyCsv(rows: readonly TemplateRow[], department: string): string {
  const table = tallyTable(rows, department);
  return `\uFEFF${[table.header, ...table.rows].map((row) => row.map(csvCell).join(",")).join("\r\n")}\r\n`;
}

/** The same as an XLSX workbook, with lists to choose from and a sheet of instructions. */
export async function tallyWorkbook(rows: readonly TemplateRow[], department: string): Promise<Uint8Array> {
  const choices = rows.flatMap(({ target, part }, n): Choice[] => {
    const cell = (letter: string) => `${letter}${n + 2}:${letter}${n + 2}`;
    return [
      ...(target.unit === "" ? [] : [{ range: cell(UNIT), values: [target.unit] }]),
      ...(part === "" ? [] : [{ range: cell(PART), values: target.scope.names }]),
      { range: cell(DEPARTMENT), values: [...target.lead, ...target.main] },
    ];
  });
  const sheet: WorkbookSheet = { name: "填报", ...tallyTable(rows, department), choices };
  return await workbookBytes([sheet, { name: "填报说明", header: ["说明"], rows: HELP.map((line) => [line]) }]);
}

const HELP = [
  "只填右侧各列；左侧是目标内容和上次填报的数，供对照，不会读入。没有进展的行可以空着。",
  "数据日期：数字实际截止的那一天，不能晚于填报当天。",
  "累计类目标填从年初到数据日期的累计数，不是本月新增数。",
  "比例类目标填分子和分母即可，数值由程序计算，不能超过 100%。",
  "要求上升、下降或保持的目标，请同时填上年同期数。",
  "填错了不要删改旧表：同一目标、同一日期重新填一次，即为更正，原数保留可查。",
];

function asked({ target, plan, wanted, deadline, current }: TemplateRow): readonly CellValue[] {
  const last =
    current === undefined ? "" : `${dayText(current.date)}：${shortText(current.value)} ${current.unit}`.trim();
  return [plan, target.item, target.metric, wanted, deadline, last];
}

/** Left empty for the department: date, figures, reporter and note. */
function filled({ target, part }: TemplateRow, department: string): readonly CellValue[] {
  const known: Readonly<Record<string, string>> = { target: target.id, part, unit: target.unit, department };
  return Object.keys(TALLY_COLUMNS).map((column) => known[column] ?? null);
}

/** A whole number as it is, anything else with at most two decimals. */
function shortText(value: Parameters<typeof toNumber>[0]): string {
  return value.num % value.den === 0n ? String(value.num / value.den) : decimalText(value, 2);
}

function letterOf(name: string): string {
  const index = ASKED.length + (FILLED as readonly string[]).indexOf(name);
  return String.fromCharCode("A".charCodeAt(0) + index);
}
