/** Replay: a new store from the originals of another, batch by batch, to the same content. */
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { fault } from "../src/domain/faults.ts";
import { batchFiles, listBatches } from "../src/store/batches.ts";
import type { Store } from "../src/store/port.ts";
import { batchOptionsKey, ingestPath } from "./pipeline.ts";

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
      const taken = new Set<string>();
      for (const [sha256, name] of originals) {
        // Scrubbed members of one archive were kept one by one and share its name.
        const file = taken.has(fileName(name)) ? join(sha256.slice(0, 12), fileName(name)) : fileName(name);
        taken.add(fileName(name));
        await mkdir(dirname(join(folder, file)), { recursive: true });
        await writeFile(join(folder, file), await from.originals.get(sha256));
      }
      const options = JSON.parse((await from.meta(batchOptionsKey(batch.id))) ?? "{}") as Record<string, string>;
      const path = originals.size === 1 ? join(folder, fileName([...originals.values()][0] ?? "")) : folder;
      const results = await ingestPath(into, batch.format, path, { now: batch.at, options });
      if (results.every((result) => result.id === undefined)) {
        throw fault("store.broken", { reason: `批次 ${batch.id} 的原件读不出数据` }, { file: batch.source });
      }
      onStep({ batch: batch.id, files: files.length });
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }
}

/** A sheet is found in its workbook: `a.xlsx#Sheet2` was handed in as `a.xlsx`. A member of an archive is found in the archive: `a.tar.gz/inner/b.csv` was handed in as `a.tar.gz`. */
function fileName(path: string): string {
  const file = path.replace(/#[^/]*$/, "");
  const archive = /^(.*?\.(tar\.gz|tgz|tar|zip))(\/|$)/i.exec(file);
  return basename(archive?.[1] ?? file);
}
