/**
 * Changes of the running transaction, kept in the temporary table `influx_pending` until its end: one row a key, NULL
 * value = removed. So a transaction that is rolled back, or a dry run, never touches the server.
 *
 * `fresh` marks keys that the server did not hold before the transaction (the promise of `insert`).
 */
import type { Sql } from "../port.ts";

export const KEY = "place, indicator, start, span";
const SAME = "p.place = b.place AND p.indicator = b.indicator AND p.start = b.start AND p.span = b.span";

export async function clearPending(sql: Sql): Promise<void> {
  await sql.run(`CREATE OR REPLACE TEMP TABLE influx_pending (place INTEGER, indicator USMALLINT, start TIMESTAMP,
    span UTINYINT, value DECIMAL(18,8), flag USMALLINT, grade UTINYINT, batch INTEGER, fresh BOOLEAN)`);
}

async function pendingCount(sql: Sql): Promise<number> {
  return Number((await sql.one<{ n: bigint }>("SELECT count(*) AS n FROM influx_pending")).n);
}

type Range = { readonly from: number; readonly to: number };

export type PendingState = {
  readonly rows: number;
  /** Of all; undefined when nothing is pending. */
  readonly range: Range | undefined;
  /** Of the keys the server may hold; undefined when every one is fresh. */
  readonly formerRange: Range | undefined;
  /** Their batch, when all are of one. */
  readonly batch: number | undefined;
};

export async function pendingState(sql: Sql): Promise<PendingState> {
  type Bound = bigint | null;
  const { n, low, high, oldLow, oldHigh, batches, batch } = await sql.one<{
    n: bigint;
    low: Bound;
    high: Bound;
    oldLow: Bound;
    oldHigh: Bound;
    batches: bigint;
    batch: number | null;
  }>(`SELECT count(*) AS n, epoch_ms(min(start)) AS low, epoch_ms(max(start)) AS high,
      epoch_ms(min(start) FILTER (NOT fresh)) AS oldLow, epoch_ms(max(start) FILTER (NOT fresh)) AS oldHigh,
      count(DISTINCT batch) AS batches, max(batch) AS batch FROM influx_pending`);
  const range = (from: Bound, to: Bound): Range | undefined =>
    from === null || to === null ? undefined : { from: Number(from), to: Number(to) };
  return {
    rows: Number(n),
    range: range(low, high),
    formerRange: range(oldLow, oldHigh),
    batch: batches === 1n && batch !== null ? batch : undefined,
  };
}

/** Takes rows of a relation in; `fresh` as above. A key that is pending already keeps its own `fresh`. */
export async function putPending(sql: Sql, relation: string, fresh: boolean): Promise<void> {
  const columns = `${KEY}, value, flag, grade, batch`;
  if ((await pendingCount(sql)) === 0) {
    await sql.run(`INSERT INTO influx_pending SELECT ${columns}, ${fresh} FROM ${relation}`);
    return;
  }
  await sql.run(`CREATE OR REPLACE TEMP TABLE influx_given AS
    SELECT b.place, b.indicator, b.start, b.span, b.value, b.flag, b.grade, b.batch, coalesce(p.fresh, ${fresh}) AS fresh
    FROM ${relation} b LEFT JOIN influx_pending p ON ${SAME}`);
  await sql.run(`DELETE FROM influx_pending p USING influx_given b WHERE ${SAME}`);
  await sql.run("INSERT INTO influx_pending SELECT * FROM influx_given");
  await sql.run("DROP TABLE temp.influx_given");
}

/** Marks the keys of a relation as removed. */
export async function removePending(sql: Sql, relation: string): Promise<void> {
  const gone = `(SELECT ${KEY}, NULL::DECIMAL(18,8) AS value, NULL::USMALLINT AS flag, NULL::UTINYINT AS grade,
    NULL::INTEGER AS batch FROM ${relation})`;
  await putPending(sql, gone, false);
  await sql.run("DELETE FROM influx_pending WHERE fresh AND value IS NULL");
}

/** What a relation of held readings becomes with the pending changes of a scope filter laid over it. */
export function overlay(held: string, filter: string): string {
  return `(SELECT b.* FROM ${held} b ANTI JOIN influx_pending p ON ${SAME}
    UNION ALL SELECT ${KEY}, value, flag, grade, batch FROM influx_pending WHERE value IS NOT NULL AND ${filter})`;
}
