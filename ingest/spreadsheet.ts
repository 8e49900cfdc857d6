/**
 * The one place that reads spreadsheets (Excel from 97 on, OpenDocument), whoever asks: readings, plans, tally sheets.
 *
 * Cells are texts. A number is written as Excel itself shows it at most, with 15 digits, since a binary fraction is not
 * what was typed. A date has no zone: its figures are kept as they stand.
 */
import { type CellValue, read } from "hucre";
import type { RefuseReason } from "../src/domain/reject.ts";
import { checkDocument, isZip, zipNames } from "./archive.ts";
import { odsFacts } from "./ods.ts";
import type { TextTable } from "./table.ts";

/** A merged area; rows and columns count from 0, ends included. */
export type MergedArea = {
  readonly startRow: number;
  readonly endRow: number;
  readonly startCol: number;
  readonly endCol: number;
};

export type SheetOfText = {
  readonly name: string;
  readonly rows: readonly (readonly string[])[];
  readonly merges: readonly MergedArea[];
};

export type Sheets = { readonly sheets: readonly SheetOfText[] } | { readonly refusal: RefuseReason };

export type Workbook = { readonly tables: readonly TextTable[] } | { readonly refusal: RefuseReason };

/** Excel's own precision. */
const DIGITS = 15;
/** Merged areas larger than this are decoration, not heads. */
const MOST_MERGED = 10_000;

/** Whether bytes begin as an Excel file of any age does; a zip is told from others by its content. */
export function looksLikeSpreadsheet(bytes: Uint8Array): boolean {
  return isCompound(bytes) || isRawBiff(bytes) || isZip(bytes);
}

/** The visible sheets, in their order; a merged cell's text stands in its first cell alone. */
export async function readSheets(bytes: Uint8Array): Promise<Sheets> {
  const refusal = isZip(bytes) ? await refusalOfZip(bytes) : refusalOfBinary(bytes);
  if (refusal !== undefined) return { refusal };
  try {
    const ods = isZip(bytes) && (await isOds(bytes)) ? odsFacts(bytes) : undefined;
    if (ods?.encrypted === true) return { refusal: "file.encrypted" };
    const { sheets } = await read(bytes, { sheets: (info) => info.hidden !== true && info.veryHidden !== true });
    const visible = sheets.filter(({ name }) => ods?.hidden.has(name) !== true);
    return {
      sheets: visible.map(({ name, rows, merges }) => ({
        name,
        rows: rows.map((row) => row.map(cellText)),
        merges: merges ?? [],
      })),
    };
  } catch (problem) {
    return { refusal: /password|encrypt/i.test(String(problem)) ? "file.encrypted" : "file.unreadable" };
  }
}

/** The visible sheets that hold anything, as tables; a merged cell's text stands in every cell it covers. */
export async function readWorkbook(bytes: Uint8Array): Promise<Workbook> {
  const read = await readSheets(bytes);
  if ("refusal" in read) return read;
  const tables = read.sheets.map(tableOfSheet).filter((table) => table.rows.length > 0);
  return tables.length === 0 ? { refusal: "file.empty" } : { tables };
}

async function refusalOfZip(bytes: Uint8Array): Promise<RefuseReason | undefined> {
  const unsafe = await checkDocument(bytes);
  if (unsafe !== undefined) return unsafe;
  const names = await zipNames(bytes);
  if (names.some((name) => name.endsWith("workbook.bin"))) return "file.xlsb";
  if (names.includes("xl/workbook.xml")) return undefined;
  return isOdsByNames(names) ? undefined : "file.unsupported";
}

async function isOds(bytes: Uint8Array): Promise<boolean> {
  return isOdsByNames(await zipNames(bytes));
}

function isOdsByNames(names: readonly string[]): boolean {
  return names.includes("mimetype") && names.includes("content.xml");
}

function isCompound(bytes: Uint8Array): boolean {
  return bytes[0] === 0xd0 && bytes[1] === 0xcf && bytes[2] === 0x11 && bytes[3] === 0xe0;
}

/** Excel 2 to 4 wrote their records without a container: the first one says so. */
function isRawBiff(bytes: Uint8Array): boolean {
  return bytes[0] === 0x09 && [0, 2, 4].includes(bytes[1] ?? -1) && [4, 6].includes(bytes[2] ?? -1) && bytes[3] === 0;
}

/** Excel 97 and later name their stream `Workbook`, Excel 5 and 95 `Book`. */
function refusalOfBinary(bytes: Uint8Array): RefuseReason | undefined {
  if (isRawBiff(bytes)) return "file.old-xls";
  const holds = (name: string): boolean => Buffer.from(bytes).includes(Buffer.from(`${name}\0`, "utf16le"));
  if (holds("EncryptedPackage")) return "file.encrypted";
  if (holds("Workbook")) return undefined;
  return holds("Book") ? "file.old-xls" : "file.unsupported";
}

function tableOfSheet({ name, rows, merges }: SheetOfText): TextTable {
  const cells = merges.length === 0 ? rows : rows.map((row) => [...row]);
  for (const { startRow, endRow, startCol, endCol } of merges) {
    const text = cells[startRow]?.[startCol] ?? "";
    if (text === "" || (endRow - startRow + 1) * (endCol - startCol + 1) > MOST_MERGED) continue;
    for (let r = startRow; r <= Math.min(endRow, cells.length - 1); r++) {
      const row = cells[r] as string[];
      while (row.length <= endCol) row.push("");
      for (let c = startCol; c <= endCol; c++) row[c] = text;
    }
  }
  const lines = cells.map((row, index) => ({ line: index + 1, cells: row }));
  return { name, rows: lines.filter((row) => row.cells.some((cell) => cell !== "")) };
}

function cellText(value: CellValue): string {
  if (value === null || value === undefined) return "";
  if (value instanceof Date) return dateText(value);
  if (typeof value === "number") return numberText(value);
  return String(value).trim();
}

/** hucre gives a date's figures as UTC, so they are read back as UTC; a binary fraction of a day is rounded to the second. */
function dateText(value: Date): string {
  const seconds = Math.round(value.getTime() / 1000);
  if (!Number.isFinite(seconds)) return "";
  const text = new Date(seconds * 1000).toISOString();
  return text.slice(11, 19) === "00:00:00" ? text.slice(0, 10) : text.slice(0, 19).replace("T", " ");
}

function numberText(value: number): string {
  const text = String(value);
  // With its point, a text of so many signs has no digit too many.
  return Number.isInteger(value) || text.length <= DIGITS ? text : String(Number(value.toPrecision(DIGITS)));
}
