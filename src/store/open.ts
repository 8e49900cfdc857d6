/** Opening a store: one folder, one DuckDB file, one owning process; migrated forward, never backward. */
import { existsSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { join, resolve } from "node:path";
import { type DuckDBConnection, DuckDBInstance } from "@duckdb/node-api";
import { fault } from "../domain/faults.ts";
import type { PlaceTable } from "../domain/place.ts";
import { dropJournal, journalOf, putBack } from "./checkpoint-journal.ts";
import { type Checkpoints, checkpointsOf, NEVER_BY_ITSELF, NOT_WHEN_CLOSED } from "./checkpoints.ts";
import { clearStaged } from "./clear-staged.ts";
import { commitHearers, heardSql } from "./data-version.ts";
import { diskFault } from "./disk.ts";
import { duckdbSql } from "./duckdb-sql.ts";
import { chooseReadings, heldEngine, readingsOf } from "./engine.ts";
import { MIGRATIONS, SCHEMA_VERSION } from "./migrations.ts";
import { originalsIn } from "./originals.ts";
import { insertPlaces, insertSets, readPlaces } from "./places.ts";
import type { PlaceSeeds, Sql, Store } from "./port.ts";
import { readStoreConfig } from "./store-config.ts";

const FILE = "duibiao.duckdb";

export type OpenOptions = {
  /** Makes the store where there is none. */
  readonly create?: boolean;
  /** What a new store starts from. */
  readonly seeds: PlaceSeeds;
  /** Takes the readings where they are, even when `store.yaml` wants them elsewhere: for moving them. */
  readonly asHeld?: boolean;
};

/**
 * Opens (or makes) the store in a folder.
 * @throws Fault `store.missing`, `store.in-use`, `store.newer`, `store.broken`, `store.config`, `store.engine-differs`
 */
export async function openStore(dir: string, { create = false, seeds, asHeld = false }: OpenOptions): Promise<Store> {
  const folder = resolve(dir);
  const file = join(folder, FILE);
  const fresh = !existsSync(file);
  if (fresh && !create) throw fault("store.missing", { path: folder }, { parameter: "--store" });
  if (fresh) await makeFolder(folder);
  const config = readStoreConfig(folder, process.env);
  const begun = Date.now();
  const instance = await openInstance(file);
  // The file stays locked as long as any connection to it is open.
  const opened: DuckDBConnection[] = [];
  let checkpoints: Checkpoints | undefined;
  const close = async (): Promise<void> => {
    for (const one of opened) one.closeSync();
    instance.closeSync();
    await checkpoints?.close();
  };
  try {
    if (!fresh) await clearStaged(folder, file, begun);
    const another = async (): Promise<DuckDBConnection> => {
      const connection = await instance.connect();
      opened.push(connection);
      return connection;
    };
    const kept = await checkpointsOf(await another(), file);
    checkpoints = kept;
    const commits = commitHearers();
    const told = async (): Promise<void> => {
      await commits.tell();
      await kept.whenDue();
    };
    const connect = async (): Promise<Sql> => heardSql(duckdbSql(await another()), told);
    const catalogue = await connect();
    await migrate(catalogue, file, seeds);
    const { sql, readings } = asHeld
      ? await readingsOf(catalogue, connect, { ...config, engine: await heldEngine(catalogue) }, folder)
      : await chooseReadings(catalogue, connect, config, folder);
    let table: Promise<PlaceTable> | undefined;
    return {
      dir: folder,
      sql,
      readings,
      originals: originalsIn(join(folder, "originals")),
      places: () => {
        table ??= readPlaces(sql);
        return table;
      },
      forgetPlaces: () => {
        table = undefined;
      },
      addPlaces: async (places) => {
        const ids = await insertPlaces(sql, places);
        table = undefined;
        return ids;
      },
      meta: async (key) => (await sql.rows<{ value: string }>("SELECT value FROM meta WHERE key = ?", [key]))[0]?.value,
      setMeta: (key, value) => sql.run("INSERT OR REPLACE INTO meta VALUES (?, ?)", [key, value]),
      connect,
      afterCommit: commits.add,
      close: async () => {
        await kept.atEnd();
        await close();
      },
    };
  } catch (error) {
    await close();
    throw error;
  }
}

async function makeFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true });
  } catch (error) {
    throw fault("store.broken", { reason: `建不了文件夹：${reasonOf(error)}` }, { file: folder });
  }
}

/** Opens the file, after putting back what a checkpoint that was killed wrote over. */
async function openInstance(file: string): Promise<DuckDBInstance> {
  try {
    if (existsSync(journalOf(file))) await undoTornCheckpoint(file);
    return await openFile(file);
  } catch (error) {
    const reason = reasonOf(error);
    if (IN_USE.test(reason)) {
      const pid = /PID (\d+)/.exec(reason)?.[1];
      throw fault("store.in-use", { owner: pid === undefined ? "另一个进程" : `进程号 ${pid}` }, { file });
    }
    throw diskFault(error) ?? fault("store.broken", { reason: reason.split("\n")[0] ?? reason }, { file });
  }
}

function openFile(file: string): Promise<DuckDBInstance> {
  return DuckDBInstance.create(file, {
    preserve_insertion_order: "true",
    // DuckDB keeps pieces of the files it read by their names, and ours come again with other content.
    enable_external_file_cache: "false",
    ...NEVER_BY_ITSELF,
  });
}

/** DuckDB itself holds the lock on the file; its message names the owner's process id. */
const IN_USE = /set lock on file|being used by another process/i;

/** A process that has the file open may just be at a checkpoint: whether it is can be learnt by opening only. */
async function undoTornCheckpoint(file: string): Promise<void> {
  let held: DuckDBInstance | undefined;
  try {
    held = await openFile(file);
    const connection = await held.connect();
    await connection.run(NOT_WHEN_CLOSED);
    connection.closeSync();
  } catch (error) {
    if (IN_USE.test(reasonOf(error))) throw error;
    // Torn, as it may be.
  }
  await putBack(file);
  held?.closeSync();
  await dropJournal(file);
}

async function migrate(sql: Sql, file: string, seeds: PlaceSeeds): Promise<void> {
  const found = await schemaVersion(sql);
  if (found > SCHEMA_VERSION) throw fault("store.newer", { found, known: SCHEMA_VERSION }, { file });
  if (found === SCHEMA_VERSION) return;
  await sql.transaction(async () => {
    for (const { version, statements } of MIGRATIONS) {
      if (version <= found) continue;
      for (const statement of statements) await sql.run(statement);
    }
    await sql.run("INSERT OR REPLACE INTO meta VALUES ('schema', ?)", [String(SCHEMA_VERSION)]);
    if (found === 0) {
      await insertPlaces(sql, seeds.places);
      await insertSets(sql, seeds.sets);
    }
  });
}

async function schemaVersion(sql: Sql): Promise<number> {
  const tables = await sql.rows("SELECT 1 AS x FROM information_schema.tables WHERE table_name = 'meta'");
  if (tables.length === 0) return 0;
  const [row] = await sql.rows<{ value: string }>("SELECT value FROM meta WHERE key = 'schema'");
  return Number(row?.value ?? 0);
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
