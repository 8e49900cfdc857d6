/**
 * What a large batch of a killed process leaves beside the database: its slices, and what DuckDB had put on the disk for
 * it. Hundreds of megabytes that nothing reads again, so they are not left to a person who runs `doctor --repair`.
 */
import { readdir, rm, rmdir, stat } from "node:fs/promises";
import { join } from "node:path";

/** As `ingest/shelf.ts` names them, and as DuckDB does while it writes over one. */
const SLICE = /^(tmp_)?stage-\d+-\d+\.part$/;

/** As DuckDB names its temporary files, in a folder named after the database. */
const SPILLED = /^duckdb_temp_/;

/**
 * Removes them. Only for who holds the database and has not asked anything of it yet: a running process that could own
 * such a file would hold it. What does not go stays, and harms nobody.
 *
 * @param dir of the store
 * @param file of the database
 * @param before what DuckDB wrote later than this stays, UTC ms: opening may itself have put something on the disk
 */
export async function clearStaged(dir: string, file: string, before: number): Promise<void> {
  const spilled = `${file}.tmp`;
  await clear(dir, SLICE, Number.POSITIVE_INFINITY);
  // Without such a folder there is nothing to do; one that still holds something is not removed.
  if (await clear(spilled, SPILLED, before)) await rmdir(spilled).catch(() => undefined);
}

/** @returns whether there is such a folder */
async function clear(folder: string, named: RegExp, before: number): Promise<boolean> {
  const names = await readdir(folder).catch(() => undefined);
  for (const name of names?.filter((one) => named.test(one)) ?? []) {
    const path = join(folder, name);
    const written = await stat(path).catch(() => undefined);
    if (written !== undefined && written.mtimeMs < before) await rm(path, { force: true }).catch(() => undefined);
  }
  return names !== undefined;
}
