/** The rejected rows of a batch as sheets for a person: each row's own cells, with the reasons and what to do beside it. */
import { REJECT_REASONS, type RejectReason } from "../../src/domain/reject.ts";
import type { HeldBatch } from "../../src/store/batches.ts";
import { openRejects } from "../../src/store/mends.ts";
import type { Store } from "../../src/store/port.ts";
import { contentOf, contextOf } from "../batch-files.ts";
import { formatNamed } from "../formats.ts";
import { dataLines } from "./data-lines.ts";
import { type Cells, type Editable, editable, headsAbove } from "./editable.ts";
import { headLabels, SHEET_HEADS } from "./reject-sheet.ts";

export type RejectSheet = { readonly header: Cells; readonly rows: readonly Cells[] };

export type RejectSheets = {
  /** One for each set of heads. */
  readonly sheets: readonly RejectSheet[];
  /** Rows that did not find room. */
  readonly left: number;
};

/** An Excel sheet ends at 1,048,576 rows; a person mends far fewer at a time. */
const MOST_ROWS = 100_000;

/** What was rejected and not mended since. */
export async function rejectSheets(store: Store, batch: HeldBatch): Promise<RejectSheets> {
  const rows = rowsOf(await openRejects(store.sql, batch));
  const format = formatNamed(batch.format);
  const { files } = await contentOf(store, batch);
  const context = await contextOf(store, batch);
  const open = new Map<string, { readonly content: Editable; readonly data: ReadonlySet<number> }>();
  const sheets = new Map<string, { heads: Cells; rows: { lead: Cells; cells: Cells }[] }>();
  for (const { file, line, reasons, fixes } of rows.slice(0, MOST_ROWS)) {
    const found = files.find((one) => one.file.path === file);
    if (found !== undefined && !open.has(file)) {
      const data = dataLines(format, found.file, context);
      open.set(file, { content: editable(found.file, format.wholeLines), data });
    }
    const opened = open.get(file);
    const cells = opened?.content.cellsOf(line) ?? [];
    const heads = opened === undefined ? [] : headsAbove(opened.content, line, opened.data).cells;
    const sheet = sheets.get(heads.join("\n")) ?? { heads, rows: [] };
    sheets.set(heads.join("\n"), sheet);
    const what = cells.length === 0 ? ["原件里找不到这一行，请改好原文件再导入"] : fixes;
    sheet.rows.push({ lead: [String(batch.id), file, String(line), reasons.join("；"), what.join("；")], cells });
  }
  return {
    left: Math.max(0, rows.length - MOST_ROWS),
    sheets: [...sheets.values()].map(({ heads, rows: list }) => ({
      header: [...SHEET_HEADS, ...headLabels(heads, Math.max(0, ...list.map(({ cells }) => cells.length)))],
      rows: list.map(({ lead, cells }) => [...lead, ...cells]),
    })),
  };
}

type Row = { readonly file: string; readonly line: number; readonly reasons: string[]; readonly fixes: string[] };

/** One row a line, with all that was wrong in it; equal reasons are said once. */
function rowsOf(rejects: Awaited<ReturnType<typeof openRejects>>): readonly Row[] {
  const rows = new Map<string, Row>();
  for (const { file, line, column, raw, reason, detail } of rejects) {
    const { zh, fix } = REJECT_REASONS[reason as RejectReason];
    const row = rows.get(`${file}\n${line}`) ?? { file, line, reasons: [], fixes: [] };
    rows.set(`${file}\n${line}`, row);
    const where = column === "" ? "" : `${column} `;
    const shown = raw.length > 60 ? `${raw.slice(0, 60)}…` : raw;
    row.reasons.push(`${where}“${shown}”${zh}${detail === null || detail === "" ? "" : `（${detail}）`}`);
    if (!row.fixes.includes(fix)) row.fixes.push(fix);
  }
  return [...rows.values()];
}
