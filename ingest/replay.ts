/** Replay: a new store from the originals of another, batch by batch, to the same content. */
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { fault } from "../src/domain/faults.ts";
import { batchFiles, type HeldBatch, listBatches } from "../src/store/batches.ts";
import type { Store } from "../src/store/port.ts";
import { handedIn, mendOf } from "./batch-files.ts";
import { ingestMended } from "./mend/resubmit.ts";
import { batchOptions, ingestPath } from "./pipeline.ts";

export type ReplayStep = { readonly batch: number; readonly files: number };

/**
 * Ingests again, in order, every batch that stands (undone ones are left out), from the kept bytes.
 * @throws Fault `store.broken` when an original is gone or altered
 */
export async function replayInto(from: Store, into: Store, onStep: (step: ReplayStep) => void): Promise<void> {
  const batches = [...(await listBatches(from.sql))].reverse();
  /** Batch numbers there, by those here. */
  const numbers = new Map<number, number>();
  for (const batch of batches) {
    if (batch.kind !== "ingest" || batch.undoneBy !== undefined) continue;
    const files = await batchFiles(from.sql, batch.id);
    const options = await batchOptions(from, batch.id);
    const mends = options["mends"];
    if (mends !== undefined) {
      const mend = await mendOf(from, batch, Number(mends));
      const kept = await from.originals.get(files[0]?.original ?? "");
      const mended = { id: numbers.get(Number(mends)) ?? Number(mends) };
      const how = { now: batch.at, options };
      const { id } = await ingestMended(into, { ...mend, batch: mended, path: batch.source, kept }, how);
      keep(numbers, batch, id);
      onStep({ batch: batch.id, files: files.length });
      continue;
    }
    const folder = await mkdtemp(join(tmpdir(), "duibiao-replay-"));
    try {
      const originals = new Map(files.filter((file) => file.original !== "").map((file) => [file.original, file.name]));
      const taken = new Set<string>();
      for (const [sha256, name] of originals) {
        // Scrubbed members of one archive were kept one by one and share its name.
        const file = taken.has(fileName(name)) ? join(sha256.slice(0, 12), fileName(name)) : fileName(name);
        taken.add(fileName(name));
        await mkdir(dirname(join(folder, file)), { recursive: true });
        await writeFile(join(folder, file), await from.originals.get(sha256));
      }
      const path = originals.size === 1 ? join(folder, fileName([...originals.values()][0] ?? "")) : folder;
      const results = await ingestPath(into, batch.format, path, { now: batch.at, options });
      keep(numbers, batch, results.find((result) => result.id !== undefined)?.id);
      onStep({ batch: batch.id, files: files.length });
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }
}

function keep(numbers: Map<number, number>, { id, source }: HeldBatch, made: number | undefined): void {
  if (made === undefined) throw fault("store.broken", { reason: `批次 ${id} 的原件读不出数据` }, { file: source });
  numbers.set(id, made);
}

function fileName(path: string): string {
  return basename(handedIn(path));
}
