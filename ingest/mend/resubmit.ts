/**
 * Rejected rows that a person put right, taken in as a batch of their own: same format, same grade, told the same, and
 * linked to the batch they mend.
 */
import { readFile } from "node:fs/promises";
import { fault } from "../../src/domain/faults.ts";
import type { HeldBatch } from "../../src/store/batches.ts";
import type { Store } from "../../src/store/port.ts";
import { contentOf, contextOf } from "../batch-files.ts";
import type { Format } from "../format.ts";
import { formatNamed } from "../formats.ts";
import { sha256Of } from "../members.ts";
import { type BatchResult, batchOptions, type IngestOptions, ingestFiles } from "../pipeline.ts";
import type { Readable } from "../readable.ts";
import { editable } from "./editable.ts";
import { readFixes } from "./fixes.ts";
import { mend } from "./mend-of.ts";
import { SHEET_HEADS } from "./reject-sheet.ts";

/**
 * Takes the fixed rows of a batch's rejects in.
 * @param path the file as it came back
 * @throws Fault `ingest.path-missing`, `batch.not-mendable`, `batch.fixes-unreadable`, `batch.fix-unknown`
 */
export async function resubmit(
  store: Store,
  batch: HeldBatch,
  path: string,
  options: Omit<IngestOptions, "options">,
): Promise<BatchResult> {
  const problem =
    batch.kind === "undo"
      ? "它本身是一次撤销"
      : batch.undoneBy === undefined
        ? undefined
        : `已被批次 ${batch.undoneBy} 撤销`;
  if (problem !== undefined) throw fault("batch.not-mendable", { batch: batch.id, reason: problem });
  const bytes = await readFile(path).catch(() => {
    throw fault("ingest.path-missing", { path }, { file: path });
  });
  const { format, files, lines } = await mend(
    store,
    batch,
    await contentOf(store, batch),
    await contextOf(store, batch),
    await readFixes(bytes, path),
  );
  const scrub = formatNamed(batch.format).scrub;
  const kept = scrub === undefined ? bytes : Buffer.from(scrubbedSheet(batch.id, files, lines, scrub));
  return await ingestMended(store, { batch, path, kept, format, files, lines }, options);
}

export type MendInput = {
  /** The batch that is mended, as the store that takes it knows it. */
  readonly batch: Pick<HeldBatch, "id">;
  readonly path: string;
  /** What is kept of the file handed back. */
  readonly kept: Uint8Array;
  readonly format: Format;
  readonly files: readonly Readable[];
  readonly lines: Awaited<ReturnType<typeof mend>>["lines"];
};

/** The step a first run and a replay share. */
export async function ingestMended(
  store: Store,
  { batch, path, kept, format, files, lines }: MendInput,
  { options, ...how }: IngestOptions,
): Promise<BatchResult> {
  const sha256 = sha256Of(kept);
  const told = options ?? (await batchOptions(store, batch.id));
  return await ingestFiles(
    store,
    format,
    {
      path,
      source: { members: [], originals: [{ path, bytes: kept, sha256 }] },
      files: files.map((one) => ({ ...one, member: { ...one.member, sha256, original: sha256 } })),
      refused: [],
      // What is kept has no facts about persons any more.
      personal: new Set(),
      mended: { of: batch.id, lines },
    },
    { ...how, options: { ...told, mends: String(batch.id) } },
  );
}

/** The rows of a file with facts about persons, in the layout they came back in, without those facts. */
function scrubbedSheet(
  batch: number,
  files: readonly Readable[],
  lines: MendInput["lines"],
  scrub: NonNullable<Format["scrub"]>,
): string {
  const rows: (readonly string[])[] = [SHEET_HEADS];
  for (const { file } of files) {
    const { name, path, origin } = file;
    const content = editable({ name, path, origin, text: scrub(file) });
    for (const { line } of lines.filter((one) => one.file === file.path)) {
      rows.push([String(batch), file.path, String(line), "", "", ...(content.cellsOf(line) ?? [])]);
    }
  }
  return `${rows.map((cells) => cells.map(quoted).join(",")).join("\n")}\n`;
}

function quoted(cell: string): string {
  return /[",]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}
