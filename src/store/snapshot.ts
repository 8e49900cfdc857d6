/**
 * The catalogue as of one instant, as a DuckDB file of its own, while others go on reading and writing.
 *
 * DuckDB copies its tables inside one transaction. The file itself is never opened here: a process that closes any
 * handle on it gives up its lock (POSIX), and would let a second owner in. Readings that lie in an InfluxDB are laid
 * into the copy, which then says that they are held in DuckDB: a backup is whole without the server.
 */
import { MOVED_TO_DUCKDB } from "./engine.ts";
import type { Store } from "./port.ts";

const ALL_TIME = { from: Date.UTC(1991, 11, 30), to: Date.UTC(2101, 0, 2) };
const COPY = "backup_copy";

/** @param file a new one @throws Error of DuckDB, as when the disk is full; and Fault of an InfluxDB */
export async function snapshotCatalogue({ sql, readings }: Store, file: string): Promise<void> {
  const { name } = await sql.one<{ name: string }>("SELECT current_database() AS name");
  await sql.run(`ATTACH '${file.replaceAll("'", "''")}' AS ${COPY}`);
  try {
    await sql.transaction(async () => {
      await sql.run(`COPY FROM DATABASE "${name}" TO ${COPY}`);
      if (readings.engine === "duckdb") return;
      await sql.run(`INSERT INTO ${COPY}.reading SELECT place, indicator, start, span, value, flag, grade, batch
        FROM ${await readings.relation(ALL_TIME)} ORDER BY start`);
      await sql.run(`INSERT OR REPLACE INTO ${COPY}.meta ${MOVED_TO_DUCKDB}`);
      for (const table of ["influx_intent", "influx_intent_row", "influx_done"])
        await sql.run(`DELETE FROM ${COPY}.${table}`);
    });
    // Letting go of a file does not work its log in (`checkpoints.ts`).
    await sql.run(`CHECKPOINT ${COPY}`);
  } finally {
    await sql.run(`DETACH ${COPY}`);
  }
}
