/** The files of a batch with the rows a person put right, and the format that hands on only those. */
import { fault } from "../../src/domain/faults.ts";
import { batchRejects, type HeldBatch } from "../../src/store/batches.ts";
import type { Mended } from "../../src/store/mends.ts";
import type { Store } from "../../src/store/port.ts";
import type { Format, ReadContext, SourceFile } from "../format.ts";
import { formatNamed } from "../formats.ts";
import type { Readable } from "../readable.ts";
import { dataLines } from "./data-lines.ts";
import { type Cells, editable, headsAbove } from "./editable.ts";
import { type MendedFile, mendingFormat } from "./mending-format.ts";
import { headLabels, type ReturnedRow } from "./reject-sheet.ts";

export type BatchContent = { readonly format: Format; readonly files: readonly Readable[] };

export type Mend = BatchContent & { readonly lines: Mended["lines"] };

/**
 * @param files those of the batch
 * @throws Fault `batch.fix-unknown` for a row that was not rejected in the batch, `store.broken` when an original is gone
 */
export async function mend(
  store: Store,
  batch: HeldBatch,
  { files }: BatchContent,
  context: ReadContext,
  returned: readonly ReturnedRow[],
): Promise<Mend> {
  const rejected = new Map<string, Map<number, Set<string>>>();
  for (const { file, line, column } of await batchRejects(store.sql, batch.id)) {
    const lines = rejected.get(file) ?? new Map<number, Set<string>>();
    rejected.set(file, lines);
    lines.set(line, (lines.get(line) ?? new Set()).add(column));
  }
  const byFile = new Map<string, ReturnedRow[]>();
  for (const row of returned) {
    if (row.batch !== String(batch.id) || rejected.get(row.file)?.has(row.line) !== true) {
      throw fault("batch.fix-unknown", { batch: row.batch, id: batch.id }, { file: row.file, line: row.line });
    }
    byFile.set(row.file, [...(byFile.get(row.file) ?? []), row]);
  }
  const format = formatNamed(batch.format);
  const mended = new Map<string, MendedFile>();
  const readables: Readable[] = [];
  for (const [path, rows] of byFile) {
    const found = files.find(({ file }) => file.path === path);
    if (found === undefined) throw fault("store.broken", { reason: `批次 ${batch.id} 的原件不在` }, { file: path });
    const columns = rejected.get(path) ?? new Map<number, Set<string>>();
    mended.set(path, {
      before: found.file,
      lines: new Map(rows.map(({ line }) => [line, columns.get(line) ?? new Set<string>()])),
    });
    readables.push({ ...found, file: putRight(found, rows, format, dataLines(format, found.file, context)) });
  }
  const lines = [...byFile].flatMap(([file, rows]) =>
    [...new Set(rows.map((row) => row.line))].map((line) => ({ file, line })),
  );
  return { format: mendingFormat(format, mended), files: readables, lines };
}

/** The file with the rows handed back, and with its heads where those were changed too. */
function putRight(
  { file }: Readable,
  rows: readonly ReturnedRow[],
  { wholeLines }: Format,
  data: ReadonlySet<number>,
): SourceFile {
  const content = editable(file, wholeLines);
  const changed = new Map<number, Cells>();
  for (const { line, cells, heads } of rows) {
    const shown = headsAbove(content, line, data);
    const had = content.cellsOf(line)?.length ?? cells.length;
    const width = Math.max(cells.length, shown.cells.length > 0 ? shown.cells.length : had);
    changed.set(line, padded(cells, width));
    const labels = headLabels(shown.cells, 0);
    const now = labels.map((label, k) => ((heads[k] ?? "") === "" ? label : (heads[k] as string)));
    if (shown.line > 0 && now.some((head, k) => head !== labels[k])) {
      changed.set(
        shown.line,
        now.map((head, k) => (head === labels[k] ? (shown.cells[k] ?? "") : head)),
      );
    }
  }
  return content.withCells(changed);
}

function padded(cells: Cells, width: number): Cells {
  return Array.from({ length: width }, (_, k) => cells[k] ?? "");
}
