/** Tables of text: what a delimited text, a sheet, a page or a document has in common. */
import { eachLine, splitCells } from "./text-lines.ts";

/** `line` counts from 1: a line of the text or a row of the sheet. */
export type TextRow = { readonly line: number; readonly cells: readonly string[] };

export type TextTable = {
  /** A sheet's name; empty for a text. */
  readonly name: string;
  /** Rows that hold anything; a paragraph between tables is a row of one cell. */
  readonly rows: readonly TextRow[];
};

const DELIMITERS = [",", "\t", ";", "|"] as const;

/** How many lines are looked at to tell the delimiter. */
const SAMPLE_LINES = 40;

/** The delimiter that cuts most lines, and into most cells where two cut as many; a comma when nothing cuts. */
export function delimiterOf(text: string): string {
  const lines = text.slice(0, 20_000).split(/\r?\n/, SAMPLE_LINES);
  const scored = DELIMITERS.map((delimiter) => {
    const widths = lines.map((line) => splitCells(line, delimiter).length - 1).filter((cuts) => cuts > 0);
    return { delimiter, lines: widths.length, cuts: Math.max(0, ...widths) };
  });
  return scored.sort((a, b) => b.lines - a.lines || b.cuts - a.cuts)[0]?.delimiter ?? ",";
}

/** A delimited text as a table, cells trimmed. */
export function tableOfText(text: string, delimiter = delimiterOf(text)): TextTable {
  const rows: TextRow[] = [];
  eachLine(text, (line, number) => {
    if (line.trim() === "") return;
    rows.push({ line: number, cells: splitCells(line, delimiter).map((cell) => cell.trim()) });
  });
  return { name: "", rows };
}

/** A table as comma-separated text, for what only looks at the first lines. */
export function headOfTable(table: TextTable, rows = 20): string {
  return table.rows
    .slice(0, rows)
    .map((row) => row.cells.join(","))
    .join("\n");
}

/** Names of files that hold tables: delimited texts, spreadsheets, pages, documents. */
export function isTableName(name: string): boolean {
  return /\.(csv|tsv|txt|xlsx|xlsm|xls|et|ods|html?|docx)$/i.test(name);
}
