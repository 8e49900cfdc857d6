/**
 * How much of the database a process may keep in memory.
 *
 * DuckDB keeps every page it read until it has four fifths of the machine's memory: right for a command that ends, too
 * much for a process that stays, beside which the typesetter, the cache of pages and the system want theirs.
 */
import { totalmem } from "node:os";
import type { Sql } from "./port.ts";

const MB = 2 ** 20;

/** DuckDB's share of what the process may use, unless somebody says otherwise. */
const SHARE = 1 / 2;

/** From now on pages beyond this are given back before others are read, and what is sorted beyond it goes to the disk. */
export async function limitMemory(sql: Sql, megabytes = Math.floor((usable() * SHARE) / MB)): Promise<void> {
  await sql.run(`SET memory_limit = '${Math.floor(megabytes)} MiB'`);
}

/** Bytes: the machine's memory, or less where the system sets a limit, as a container or a unit does. */
function usable(): number {
  const limit = process.constrainedMemory();
  return limit > 0 ? Math.min(limit, totalmem()) : totalmem();
}
