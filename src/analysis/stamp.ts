/**
 * The stamp of a store's data: a digest of the sorted input hashes with the schema and the program's version.
 *
 * No clock and no row id goes in, so the same files give the same stamp in any store. Files of batches that were undone
 * are no input any more.
 */
import { createHash } from "node:crypto";
import { SCHEMA_VERSION } from "../store/migrations.ts";
import type { Store } from "../store/port.ts";

export type Stamp = { readonly digest: string; readonly schema: string; readonly program: string };

export async function stampOf(store: Store, program: string): Promise<Stamp> {
  const rows = await store.sql.rows<{ sha256: string }>(
    `SELECT DISTINCT f.sha256 AS sha256 FROM batch_file f JOIN batch b ON b.id = f.batch
     WHERE f.outcome = 'read' AND b.kind = 'ingest' AND b.id NOT IN (SELECT undoes FROM batch WHERE undoes IS NOT NULL)
     ORDER BY sha256`,
  );
  const schema = String(SCHEMA_VERSION);
  const lines = [`schema ${schema}`, `program ${program}`, ...rows.map((row) => row.sha256)];
  return { digest: createHash("sha256").update(lines.join("\n")).digest("hex"), schema, program };
}
