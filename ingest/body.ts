/**
 * What a file's bytes hold, whatever its name says: a text, or tables (a workbook's sheets, a page, a Word document).
 */
import { convertToHtml } from "mammoth";
import type { RefuseReason } from "../src/domain/reject.ts";
import { checkDocument, isZip, zipNames } from "./archive.ts";
import { decodeText, type Encoding, looksLikeHtml } from "./decode.ts";
import { hasTable, tableOfHtml, withoutScripts } from "./html-table.ts";
import { looksLikeSpreadsheet, readWorkbook } from "./spreadsheet.ts";
import type { TextTable } from "./table.ts";

/** Characters of a text, enough to recognise it and to propose what its columns are. */
export const BEGINNING = 200_000;

/** `cut`: of the text only the beginning, since whoever opened it is not the one who reads it. */
export type Body =
  | { readonly kind: "text"; readonly text: string; readonly encoding: Encoding; readonly cut?: boolean }
  | { readonly kind: "tables"; readonly tables: readonly TextTable[] }
  | { readonly kind: "refused"; readonly refusal: RefuseReason };

/** A page is read as a table only where its name says that a table is meant: an error page named .csv is none. */
const PAGE_NAME = /\.(xls|xlsx|htm|html|mht|et)$/i;

/** Magic bytes of what people attach by mistake. */
const OTHER_MAGIC = ["%PDF", "\x89PNG", "\xff\xd8\xff", "Rar!", "7z\xbc\xaf", "PAR1", "SQLite"];

export async function openBody(bytes: Uint8Array, name: string): Promise<Body> {
  const start = Buffer.from(bytes.subarray(0, 8)).toString("latin1");
  if (OTHER_MAGIC.some((magic) => start.startsWith(magic))) return { kind: "refused", refusal: "file.unsupported" };
  if (isZip(bytes) && (await isWord(bytes))) return await readWord(bytes);
  if (looksLikeSpreadsheet(bytes)) {
    const workbook = await readWorkbook(bytes);
    return "refusal" in workbook ? { kind: "refused", ...workbook } : { kind: "tables", tables: workbook.tables };
  }
  const decoded = decodeText(bytes);
  if ("refusal" in decoded) return { kind: "refused", ...decoded };
  if (!looksLikeHtml(decoded.text)) return { kind: "text", ...decoded };
  if (/<!ENTITY/i.test(decoded.text)) return { kind: "refused", refusal: "file.xml-entities" };
  if (!PAGE_NAME.test(name)) return { kind: "refused", refusal: "file.html" };
  return pageBody(decoded.text);
}

function pageBody(html: string): Body {
  const page = withoutScripts(html);
  if (!hasTable(page)) return { kind: "refused", refusal: "file.html" };
  const table = tableOfHtml(page);
  return table.rows.length === 0 ? { kind: "refused", refusal: "file.no-table" } : { kind: "tables", tables: [table] };
}

async function isWord(bytes: Uint8Array): Promise<boolean> {
  try {
    return (await zipNames(bytes)).includes("word/document.xml");
  } catch {
    return false;
  }
}

async function readWord(bytes: Uint8Array): Promise<Body> {
  const refusal = await checkDocument(bytes);
  if (refusal !== undefined) return { kind: "refused", refusal };
  try {
    const { value } = await convertToHtml({ buffer: Buffer.from(bytes) });
    return pageBody(value);
  } catch {
    return { kind: "refused", refusal: "file.unreadable" };
  }
}
