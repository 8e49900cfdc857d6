/**
 * When DuckDB's log is worked into its file: by us and never by DuckDB itself, since it writes over metadata in place and
 * a kill in the middle of that would leave a file nobody can open (`checkpoint-journal.ts`).
 */
import { open, stat } from "node:fs/promises";
import type { DuckDBConnection } from "@duckdb/node-api";
import { dropJournal, hasJournal, writeJournal } from "./checkpoint-journal.ts";
import { duckdbSql } from "./duckdb-sql.ts";

/** A log of this size is worked in after the commit that made it so: DuckDB's own measure. */
const DUE_BYTES = 16 * 2 ** 20;

/** DuckDB's settings under which it never does it by itself; a log is kept, and read again when the file is opened. */
export const NEVER_BY_ITSELF = { checkpoint_threshold: "1TB" } as const;
export const NOT_WHEN_CLOSED = "PRAGMA disable_checkpoint_on_shutdown";

export type Checkpoints = {
  /** Works the log in when it has grown large; a commit that is done stays done, whatever becomes of this. */
  readonly whenDue: () => Promise<void>;
  /** Works in what there is, before the file is closed. */
  readonly atEnd: () => Promise<void>;
  /** To be called when DuckDB has let go of the file. */
  readonly close: () => Promise<void>;
};

/** @param connection one of its own: nobody else asks on it */
export async function checkpointsOf(connection: DuckDBConnection, file: string): Promise<Checkpoints> {
  const sql = duckdbSql(connection);
  await sql.run(NOT_WHEN_CLOSED);
  // Windows lets nobody else open it: no journal there.
  const handle = process.platform === "win32" ? undefined : await open(file, "r");
  let running: Promise<void> | undefined;

  const take = async (): Promise<void> => {
    if (handle !== undefined && !(await hasJournal(file, handle))) {
      const { blockBytes } = await sql.one<{ blockBytes: bigint }>(
        `SELECT block_size AS "blockBytes" FROM pragma_database_size() WHERE database_name = current_database()`,
      );
      const blocks = await sql.rows<{ id: number }>(
        "SELECT block_id::INTEGER AS id FROM pragma_metadata_info() ORDER BY id",
      );
      await writeJournal(file, handle, { blockBytes: Number(blockBytes), blocks: blocks.map(({ id }) => id) });
    }
    await sql.run("CHECKPOINT");
    await dropJournal(file);
  };
  /** A disk without room or another's long change: the log stays as it is, and the next commit tries again. */
  const tried = (): Promise<void> => {
    running ??= take()
      .catch(() => undefined)
      .finally(() => {
        running = undefined;
      });
    return running;
  };
  const logBytes = async (): Promise<number> => (await stat(`${file}.wal`).catch(() => undefined))?.size ?? 0;

  return {
    whenDue: async () => {
      if (running === undefined && (await logBytes()) >= DUE_BYTES) await tried();
    },
    atEnd: async () => {
      await running;
      if ((await logBytes()) > 0) await tried();
    },
    close: async () => {
      await handle?.close();
    },
  };
}
