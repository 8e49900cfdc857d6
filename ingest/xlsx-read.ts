/** The one place that reads XLSX workbooks: cells as the text a person would type, sheets in their order. */
import { readXlsx } from "hucre/xlsx";

export type WorkbookSheet = { readonly name: string; readonly rows: readonly (readonly string[])[] };

/** XLSX files are zip archives; their first bytes say so. */
export function looksLikeXlsx(bytes: Uint8Array): boolean {
  return bytes[0] === 0x50 && bytes[1] === 0x4b;
}

/** The visible sheets of a workbook. @throws whatever the reader finds wrong with the bytes */
export async function workbookSheets(bytes: Uint8Array): Promise<readonly WorkbookSheet[]> {
  const { sheets } = await readXlsx(bytes, { sheets: (info) => info.hidden !== true && info.veryHidden !== true });
  return sheets.map(({ name, rows }) => ({ name, rows: rows.map((row) => row.map(cellText)) }));
}

/** A date cell has no zone: its day is the one its UTC parts name. */
function cellText(cell: string | number | boolean | Date | null): string {
  if (cell === null) return "";
  return cell instanceof Date ? cell.toISOString().slice(0, 10) : String(cell);
}
