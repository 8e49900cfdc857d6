/**
 * Where a batch's values stand between reading and merging.
 *
 * A batch of ordinary size stands in temporary tables of the store's own connection. DuckDB keeps what a transaction
 * made until it ends, dropped or not, so a large batch is checked on a second connection, outside the batch's
 * transaction, slice by slice, and handed over in files beside the database: what is done with is gone.
 */
import { rm } from "node:fs/promises";
import { join } from "node:path";
import type { Sql, Store } from "../src/store/port.ts";

export type Shelf = {
  /** The connection rows are staged and checked on. */
  readonly sql: Sql;
  /** Whether that is another than the store's. */
  readonly apart: boolean;
  /** Gives the store's connection what a query over the staging tables holds, under a name. */
  readonly show: (name: string, query: string) => Promise<unknown>;
  /**
   * Keeps what a query of the store's connection gives, under a name.
   * @returns a relation both connections can read
   */
  readonly keep: (name: string, query: string) => Promise<string>;
  /** Takes everything away that was shown or kept. */
  readonly clear: () => Promise<void>;
};

/** DuckDB's own memory while a large batch is taken in; past it, staged rows go to its temporary files. */
const MEMORY = "256MiB";

/** @param large whether the batch is too much to stand in memory whole */
export async function openShelf(store: Store, large: boolean): Promise<Shelf> {
  return large ? await onDisk(store) : inMemory(store.sql);
}

function inMemory(sql: Sql): Shelf {
  const views = new Set<string>();
  const tables = new Set<string>();
  return {
    sql,
    apart: false,
    async show(name, query) {
      await sql.run(`CREATE OR REPLACE TEMP VIEW ${name} AS ${query}`);
      views.add(name);
    },
    async keep(name, query) {
      await sql.run(`CREATE OR REPLACE TEMP TABLE ${name} AS ${query}`);
      tables.add(name);
      return name;
    },
    async clear() {
      for (const name of views) await sql.run(`DROP VIEW IF EXISTS temp.${name}`);
      for (const name of tables) await sql.run(`DROP TABLE IF EXISTS temp.${name}`);
    },
  };
}

/** Of all batches of this process: no name comes twice, so that nothing of one file can be taken for another's. */
let made = 0;

/** One more connection a store, for all its large batches: they come one after the other. */
const beside = new WeakMap<Store, Promise<Sql>>();

async function onDisk(store: Store): Promise<Shelf> {
  const connected = beside.get(store) ?? store.connect();
  beside.set(store, connected);
  const apart = await connected;
  const files = new Map<string, string>();
  /** A name that ends in `.part` is no part of a backup; `store/clear-staged.ts` takes away what a killed process left. */
  const write = async (from: Sql, name: string, query: string): Promise<string> => {
    made += 1;
    const file = join(store.dir, `stage-${process.pid}-${made}.part`);
    const former = files.get(name);
    files.set(name, file);
    await from.run(`COPY (${query}) TO ${literal(file)} (FORMAT parquet)`);
    const relation = `read_parquet(${literal(file)})`;
    await store.sql.run(`CREATE OR REPLACE TEMP VIEW ${name} AS SELECT * FROM ${relation}`);
    if (former !== undefined) await rm(former, { force: true });
    return relation;
  };
  // It may hold more than that already, in use by others: then the batch goes on with what there is.
  await apart.run(`SET GLOBAL memory_limit = '${MEMORY}'`).catch(() => undefined);
  return {
    sql: apart,
    apart: true,
    show: (name, query) => write(apart, name, query),
    keep: (name, query) => write(store.sql, name, query),
    async clear() {
      await apart.run("RESET GLOBAL memory_limit");
      for (const file of files.values()) await rm(file, { force: true });
      for (const name of files.keys()) await store.sql.run(`DROP VIEW IF EXISTS temp.${name}`);
    },
  };
}

function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
