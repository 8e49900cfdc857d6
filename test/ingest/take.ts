/** Taking made-up files into a temporary store, and asking what it then holds. */
import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { type BatchResult, ingestPath } from "../../ingest/pipeline.ts";
import type { TemporaryStore } from "../store-fixture.ts";

export const NOW = new Date("2026-01-01T00:00:00Z");

export type Options = { readonly format?: string; readonly options?: Readonly<Record<string, string>> };

/** Writes a file beside the store and takes it in; the one batch that makes. */
export async function take(
  fixture: TemporaryStore,
  name: string,
  bytes: string | Uint8Array,
  { format = "auto", options = {} }: Options = {},
): Promise<BatchResult> {
  const path = join(fixture.dir, name);
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, bytes);
  const [batch] = await ingestPath(fixture.store, format, path, { now: NOW, options });
  return batch as BatchResult;
}

/** Readings as `place indicator-id start span value flag`, sorted; starts in Beijing time, values without trailing zeros. */
export async function held({ store }: TemporaryStore): Promise<readonly string[]> {
  const rows = await store.sql.rows<{
    name: string;
    indicator: number;
    start: string;
    span: number;
    value: string;
    flag: number;
  }>(
    `SELECT p.name, indicator, strftime(start + INTERVAL 8 HOUR, '%Y-%m-%d %H:%M') AS start, span, value::VARCHAR AS value, flag
     FROM reading r JOIN place p ON p.id = r.place`,
  );
  return rows
    .map(
      (row) =>
        `${row.name} ${row.indicator} ${row.start} ${row.span} ${row.value.replace(/\.?0+$/, "")}${row.flag === 0 ? "" : ` f${row.flag}`}`,
    )
    .sort();
}
