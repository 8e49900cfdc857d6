/** The one place that writes XLSX workbooks: real numbers and dates, headers that stay in view, lists to choose from. */
import { writeXlsx } from "hucre/xlsx";
import { type SheetLook, type StyledCell, stylesOf } from "./xlsx-styles.ts";

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

/** Cells filled while a formula of our own holds for them; relative to the range's first cell. */
export type FillRule = { readonly range: string; readonly formula: string; readonly fill: string };

export type WorkbookSheet = SheetLook & {
  readonly name: string;
  readonly header: readonly string[];
  readonly rows: readonly (readonly CellValue[])[];
  readonly choices?: readonly Choice[];
  readonly formulas?: readonly Formula[];
  readonly rules?: readonly FillRule[];
};

/** Widths in characters; Chinese text takes two. A sheet of one column holds sentences. */
const NARROWEST = 6;
const NARROWEST_NUMBER = 8;
const WIDEST = 44;
const WIDEST_ALONE = 72;
/** Points a line of text takes where the reader has to use another font than ours. */
const LINE = 16;

/** More columns than this are printed across. */
const UPRIGHT_COLUMNS = 7;

type FormulaCell = {
  readonly type: "formula";
  readonly formula: string;
  readonly formulaResult: number | string;
  readonly value: number | string;
  readonly style?: StyledCell["style"];
};

/** The bytes of a workbook. Texts are written as texts, so none of them is ever a formula. `date`: the file's own, for equal bytes. */
export async function workbookBytes(sheets: readonly WorkbookSheet[], date?: Date): Promise<Uint8Array> {
  return await writeXlsx({
    ...(date === undefined ? {} : { properties: { created: date, modified: date } }),
    sheets: sheets.map(({ name, header, rows, choices = [], formulas = [], rules = [], ...look }) => ({
      name,
      ...sized(header, rows, look.wrap === true),
      rows: [[...header], ...rows.map((row) => [...row])],
      freezePane: { rows: 1 },
      cells: cellsOf(stylesOf(header.length, rows, look), formulas),
      // Text that is dark on white stays dark on the fills of our theme.
      conditionalRules: rules.map(({ range, formula, fill }, at) => ({
        type: "expression" as const,
        priority: at + 1,
        formula,
        range,
        style: {
          fill: { type: "pattern" as const, pattern: "solid" as const, bgColor: { rgb: fill.slice(1).toUpperCase() } },
        },
      })),
      // Printed, a table is as wide as the page and its head stands on each of them.
      pageSetup: {
        paperSize: "a4",
        orientation: header.length > UPRIGHT_COLUMNS ? "landscape" : "portrait",
        fitToPage: true,
        fitToWidth: 1,
        fitToHeight: 0,
        printTitlesRow: "$1:$1",
        showGridLines: true,
      },
      headerFooter: { oddFooter: "&L&A&R第 &P 页，共 &N 页" },
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

/** A formula's cell keeps the look its column has. */
function cellsOf(
  styles: ReadonlyMap<string, StyledCell>,
  formulas: readonly Formula[],
): Map<string, StyledCell | FormulaCell> {
  const cells = new Map<string, StyledCell | FormulaCell>(styles);
  for (const { row, column, formula, result } of formulas) {
    const key = `${row},${column}`;
    const style = styles.get(key)?.style;
    cells.set(key, {
      type: "formula",
      formula,
      formulaResult: result,
      value: result,
      ...(style === undefined ? {} : { style }),
    });
  }
  return cells;
}

/** Widths, and where texts are wrapped the heights they need: LibreOffice shows one line of a row that has none. */
function sized(header: readonly string[], rows: readonly (readonly CellValue[])[], wrap: boolean) {
  const widest = header.length === 1 ? WIDEST_ALONE : WIDEST;
  const columns = header.map((_, index) => ({
    width: widthOf(
      [header, ...rows].map((row) => row[index] ?? null),
      widest,
    ),
  }));
  if (!wrap) return { columns };
  const lines = (row: readonly CellValue[]): number =>
    Math.max(
      1,
      ...row.map((cell, at) =>
        typeof cell === "string" ? Math.ceil((textWidth(cell) + 1) / (columns[at]?.width ?? 1)) : 1,
      ),
    );
  return { columns, rowDefs: new Map(rows.map((row, at) => [at + 1, { height: lines(row) * LINE }])) };
}

function widthOf(cells: readonly CellValue[], widest: number): number {
  const longest = cells.reduce<number>((most, cell) => Math.max(most, cellWidth(cell)), NARROWEST);
  return Math.min(widest, longest + 2);
}

/** A number is as wide as its format says, which is rarely more than this; a day is written as one. */
function cellWidth(cell: CellValue): number {
  if (typeof cell === "string") return textWidth(cell);
  return NARROWEST_NUMBER + (cell instanceof Date ? 2 : 0);
}

function textWidth(text: string): number {
  return [...text].reduce((width, sign) => width + (sign > "\u2E7F" ? 2 : 1), 0);
}
