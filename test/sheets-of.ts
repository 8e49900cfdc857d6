/** A workbook's visible sheets as texts, as every part of the program reads them. */
import { readSheets, type SheetOfText } from "../ingest/spreadsheet.ts";

export async function sheetsOf(bytes: Uint8Array): Promise<readonly SheetOfText[]> {
  const read = await readSheets(bytes);
  if ("refusal" in read) throw new Error(read.refusal);
  return read.sheets;
}
