/** Replay: a new store from the originals of another, batch by batch, to the same content. */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { fault } from "../src/domain/faults.ts";
import { batchFiles, listBatches } from "../src/store/batches.ts";
import type { Store } from "../src/store/port.ts";
import { ingestPath } from "./pipeline.ts";

export type ReplayStep = { readonly batch: number; readonly files: number };

/**
 * Ingests again, in order, every batch that stands (undone ones are left out), from the kept bytes.
 * @throws Fault `store.broken` when an original is gone or altered
 */
export async function replayInto(from: Store, into: Store, onStep: (step: ReplayStep) => void): Promise<void> {
  const batches = [...(await listBatches(from.sql))].reverse();
  for (const batch of batches) {
    if (batch.kind !== "ingest" || batch.undoneBy !== undefined) continue;
    const files = await batchFiles(from.sql, batch.id);
    const folder = await mkdtemp(join(tmpdir(), "duibiao-replay-"));
    try {
      const originals = new Map(files.filter((file) => file.original !== "").map((file) => [file.original, file.name]));
      for (const [sha256, name] of originals) {
        await writeFile(join(folder, fileName(name)), await from.originals.get(sha256));
      }
      const path = originals.size === 1 ? join(folder, fileName([...originals.values()][0] ?? "")) : folder;
      const results = await ingestPath(into, batch.format, path, { now: batch.at });
      if (results.every((result) => result.id === undefined)) {
        throw fault("store.broken", { reason: `批次 ${batch.id} 的原件读不出数据` }, { file: batch.source });
      }
      onStep({ batch: batch.id, files: files.length });
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }
}

/** A member of an archive is found in the archive: `a.tar.gz/inner/b.csv` was handed in as `a.tar.gz`. */
function fileName(path: string): string {
  const archive = /^(.*?\.(tar\.gz|tgz|tar|zip))(\/|$)/i.exec(path);
  return basename(archive?.[1] ?? path);
}
