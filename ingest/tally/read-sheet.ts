/**
 * A tally sheet, CSV or XLSX, as typed rows with the lines they stand on.
 *
 * Columns are found by their names in the header, in any order; others (what the template explains) are not read. A
 * row the department left unfilled is skipped: it has neither figure nor date nor note.
 */
import { readFile } from "node:fs/promises";
import { basename } from "node:path";
import { fault } from "../../src/domain/faults.ts";
import { REFUSE_REASONS } from "../../src/domain/reject.ts";
import { TALLY_COLUMNS, type TallyColumn, type TallyRow } from "../../src/domain/tally.ts";
import { looksLikeSpreadsheet, readSheets } from "../spreadsheet.ts";
import { csvRows, type SheetRow } from "./csv-rows.ts";

export type TallySheet = {
  readonly file: string;
  readonly rows: readonly { readonly line: number; readonly row: TallyRow }[];
  /** Rows left unfilled. */
  readonly blank: number;
};

const COLUMNS = Object.keys(TALLY_COLUMNS) as TallyColumn[];
const FILLED: readonly TallyColumn[] = ["value", "numerator", "denominator", "base", "date", "note"];

/** @throws Fault `ingest.path-missing`, `tally.sheet-unreadable`, `tally.sheet-header`, `tally.sheet-empty` */
export async function readTallySheet(path: string): Promise<TallySheet> {
  const file = basename(path);
  const bytes = await bytesOf(path);
  for (const rows of await tablesOf(bytes, file)) {
    const header = rows.findIndex((row) => columnsOf(row).has("target"));
    if (header === -1) continue;
    const columns = columnsOf(rows[header] as SheetRow);
    const missing = (["date", "unit"] as const).filter((column) => !columns.has(column));
    if (missing.length > 0) {
      const names = missing.map((column) => TALLY_COLUMNS[column]).join("、");
      throw fault("tally.sheet-header", { missing: names }, { file, line: rows[header]?.line });
    }
    const typed = rows.slice(header + 1).map(({ line, cells }) => ({ line, row: typedRow(cells, columns) }));
    const filled = typed.filter(({ row }) => FILLED.some((column) => (row[column] ?? "") !== ""));
    if (filled.length === 0) throw fault("tally.sheet-empty", {}, { file });
    return { file, rows: filled, blank: typed.length - filled.length };
  }
  throw fault("tally.sheet-header", { missing: TALLY_COLUMNS.target }, { file, line: 1 });
}

async function bytesOf(path: string): Promise<Uint8Array> {
  try {
    return await readFile(path);
  } catch {
    throw fault("ingest.path-missing", { path }, { file: path });
  }
}

async function tablesOf(bytes: Uint8Array, file: string): Promise<readonly (readonly SheetRow[])[]> {
  const unreadable = (reason: string) => fault("tally.sheet-unreadable", { reason }, { file });
  if (bytes.length === 0) throw fault("tally.sheet-empty", {}, { file });
  if (looksLikeSpreadsheet(bytes)) {
    const workbook = await readSheets(bytes);
    if ("refusal" in workbook) throw unreadable(REFUSE_REASONS[workbook.refusal].zh);
    return workbook.sheets.map((sheet) => numbered(sheet.rows));
  }
  const text = textOf(bytes);
  if (text === undefined) throw unreadable("既不是 Excel 工作簿，也不是文本");
  if (/^\s*(%PDF|<)/.test(text)) throw unreadable(text.includes("%PDF") ? "是 PDF 文件" : "是网页");
  return [csvRows(text)];
}

function numbered(rows: readonly (readonly string[])[]): readonly SheetRow[] {
  return rows
    .map((cells, n) => ({ line: n + 1, cells }))
    .filter(({ cells }) => cells.some((cell) => cell.trim() !== ""));
}

/** UTF-8, else GB 18030, which is what spreadsheet programs here write as CSV. */
function textOf(bytes: Uint8Array): string | undefined {
  if (bytes.includes(0)) return undefined;
  for (const encoding of ["utf-8", "gb18030"]) {
    try {
      return new TextDecoder(encoding, { fatal: true }).decode(bytes);
    } catch {
      // The next encoding may fit.
    }
  }
  return undefined;
}

/** Where each known column stands, named in Chinese or by its key. */
function columnsOf(row: SheetRow): ReadonlyMap<TallyColumn, number> {
  const names = row.cells.map((cell) => cell.trim());
  const found = COLUMNS.map(
    (column) => [column, names.findIndex((name) => name === TALLY_COLUMNS[column] || name === column)] as const,
  );
  return new Map(found.filter(([, index]) => index !== -1));
}

function typedRow(cells: readonly string[], columns: ReadonlyMap<TallyColumn, number>): TallyRow {
  return Object.fromEntries([...columns].map(([column, index]) => [column, cells[index]?.trim() ?? ""]));
}
