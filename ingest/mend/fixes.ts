/** What a person handed back: rows by file and line, out of an Excel file or a CSV in the layout of the export. */
import { basename } from "node:path";
import { fault } from "../../src/domain/faults.ts";
import { REFUSE_REASONS } from "../../src/domain/reject.ts";
import { openBody } from "../body.ts";
import { tableOfText } from "../table.ts";
import { type ReturnedRow, returnedRows } from "./reject-sheet.ts";

/**
 * The rows of all sheets that are in the layout.
 * @throws Fault `batch.fixes-unreadable`
 */
export async function readFixes(bytes: Uint8Array, path: string): Promise<readonly ReturnedRow[]> {
  const file = basename(path);
  const body = await openBody(bytes, file);
  if (body.kind === "refused") {
    throw fault("batch.fixes-unreadable", { reason: REFUSE_REASONS[body.refusal].zh }, { file: path });
  }
  const tables = body.kind === "text" ? [tableOfText(body.text, ",")] : body.tables;
  const found = tables.map(returnedRows);
  if (found.every((rows) => rows === undefined)) {
    throw fault(
      "batch.fixes-unreadable",
      { reason: "没有导出时的表头“批次、文件、行、拒收原因、怎么办”" },
      { file: path },
    );
  }
  const rows = found.flatMap((list) => list ?? []);
  if (rows.length === 0) throw fault("batch.fixes-unreadable", { reason: "表里没有行" }, { file: path });
  return rows;
}
