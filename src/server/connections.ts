/**
 * Connections for requests: each request has one of its own while it is answered, never two on one.
 *
 * Analysis makes temporary tables on its connection, and a page asks many questions: so a request reads inside one
 * transaction, which gives it one consistent state of the data and drops its temporary tables at the end.
 */
import type { Sql, Store } from "../store/port.ts";

export type Pool = {
  /** Runs `work` on a connection inside a transaction that is rolled back at the end: for reading. */
  readonly read: <T>(work: (sql: Sql) => Promise<T>) => Promise<T>;
  /** How many requests wait for a connection. */
  readonly waiting: () => number;
};

export function connectionPool(store: Pick<Store, "connect">, size: number): Pool {
  const idle: Sql[] = [];
  const queue: ((sql: Sql) => void)[] = [];
  let made = 0;

  const take = async (): Promise<Sql> => {
    const free = idle.pop();
    if (free !== undefined) return free;
    if (made < size) {
      made += 1;
      try {
        return await store.connect();
      } catch (error) {
        made -= 1;
        throw error;
      }
    }
    return await new Promise((resolve) => queue.push(resolve));
  };

  const give = (sql: Sql): void => {
    const next = queue.shift();
    if (next === undefined) idle.push(sql);
    else next(sql);
  };

  return {
    read: async (work) => {
      const sql = await take();
      try {
        await sql.run("BEGIN TRANSACTION");
        try {
          return await work(sql);
        } finally {
          await sql.run("ROLLBACK");
        }
      } finally {
        give(sql);
      }
    },
    waiting: () => queue.length,
  };
}
