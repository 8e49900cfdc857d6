/** CSV as spreadsheets read it: a mark of UTF-8 first, quotes where needed, and no cell that a spreadsheet would run. */

import { csvCell } from "../domain/csv-cell.ts";

type Cell = string | number | boolean;

export function csvText(head: readonly string[], rows: readonly (readonly Cell[])[]): string {
  return `\uFEFF${[head, ...rows].map((row) => row.map(csvCell).join(",")).join("\r\n")}\r\n`;
}
