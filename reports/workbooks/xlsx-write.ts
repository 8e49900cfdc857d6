/** The one place that writes XLSX workbooks: real numbers and dates, headers that stay in view, lists to choose from. */
import { writeXlsx } from "hucre/xlsx";

export type CellValue = string | number | Date | null;

export type Choice = {
  /** `E2:E40`. */
  readonly range: string;
  readonly values: readonly string[];
};

/** A formula of our own making, never a text from outside; row and column count from 0, the header's row is 0. */
export type Formula = {
  readonly row: number;
  readonly column: number;
  /** Without the leading `=`. */
  readonly formula: string;
  /** What it comes to, for readers that do not calculate. */
  readonly result: number | string;
};

export type WorkbookSheet = {
  readonly name: string;
  readonly header: readonly string[];
  readonly rows: readonly (readonly CellValue[])[];
  readonly choices?: readonly Choice[];
  readonly formulas?: readonly Formula[];
};

/** Widths in characters; Chinese text takes two. */
const NARROWEST = 8;
const WIDEST = 44;

/** The bytes of a workbook. Texts are written as texts, so none of them is ever a formula. */
export async function workbookBytes(sheets: readonly WorkbookSheet[]): Promise<Uint8Array> {
  return await writeXlsx({
    sheets: sheets.map(({ name, header, rows, choices = [], formulas = [] }) => ({
      name,
      columns: header.map((_, index) => ({ width: widthOf([header, ...rows].map((row) => row[index] ?? null)) })),
      rows: [[...header], ...rows.map((row) => [...row])],
      freezePane: { rows: 1 },
      ...(formulas.length === 0
        ? {}
        : {
            cells: new Map(
              formulas.map((one) => [
                `${one.row},${one.column}`,
                { type: "formula" as const, formula: one.formula, formulaResult: one.result, value: one.result },
              ]),
            ),
          }),
      dataValidations: choices.map(({ range, values }) => ({
        type: "list" as const,
        values: [...values],
        range,
        allowBlank: true,
        showErrorMessage: true,
        errorTitle: "不在可选范围",
        errorMessage: "请从下拉列表中选择",
      })),
    })),
  });
}

function widthOf(cells: readonly CellValue[]): number {
  const longest = cells.map((cell) => (typeof cell === "string" ? textWidth(cell) : 0));
  return Math.min(WIDEST, Math.max(NARROWEST, ...longest) + 2);
}

function textWidth(text: string): number {
  return [...text].reduce((width, sign) => width + (sign > "\u2E7F" ? 2 : 1), 0);
}
