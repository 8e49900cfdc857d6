/**
 * Intents: before the first line goes to the server, the catalogue keeps (committed, on a connection of its own) which
 * keys will change and what they held before. `influx_done` is written by the batch's own transaction, so after a crash
 * it tells which side of the commit we were on.
 *
 * Places and indicators are kept by name: a place that the lost transaction had registered has no id afterwards.
 *
 * A batch that only adds (`insert` promises that the server held none of its keys) needs no list: the server's points
 * tell themselves that they are of that batch. Then the intent is one row, however large the batch.
 */
import { rm } from "node:fs/promises";
import { fault } from "../../domain/faults.ts";
import type { Sql } from "../port.ts";
import { PAGE_NUMBER } from "./send.ts";

/** What the line protocol cannot carry in a tag. */
const UNWRITABLE = "[\\\\\\n\\r]";

/** The former values of a key; `held` below gives them where there can be any. */
const FORMER = ["value", "flag", "grade", "batch"] as const;

/** The rows of `influx_change` with the names their tags carry. */
export const NAMED_CHANGE = `(SELECT c.* EXCLUDE (place, indicator, span), l.code AS place, i.name AS indicator, s.name AS span
  FROM influx_change c JOIN place l ON l.id = c.place JOIN influx_indicator i ON i.id = c.indicator
  JOIN influx_span s ON s.id = c.span)`;

/**
 * Makes `influx_change` (key, new and former values, page of lines) from the pending changes, in the order of time.
 * @param held readings that hold every former value; `undefined` when there can be none
 * @throws Fault `store.influx-refused` when a code cannot be a tag; RangeError when a change has no name: none is left out
 */
export async function foldChanges(sql: Sql, held: string | undefined): Promise<void> {
  const former = FORMER.map((name) => `${held === undefined ? "NULL" : `h.${name}`} AS old_${name}`).join(", ");
  const join =
    held === undefined
      ? ""
      : `LEFT JOIN ${held} h ON h.place = p.place AND h.indicator = p.indicator AND h.start = p.start AND h.span = p.span`;
  await sql.run(`CREATE OR REPLACE TEMP TABLE influx_change AS SELECT *, ${PAGE_NUMBER} FROM (
    SELECT p.* EXCLUDE (fresh), ${former} FROM influx_pending p ${join} ORDER BY p.start)`);
  const { lost, bad } = await sql.one<{ lost: bigint; bad: string | null }>(
    `SELECT (SELECT count(*) FROM influx_change WHERE place NOT IN (SELECT id FROM place)
         OR indicator NOT IN (SELECT id FROM influx_indicator) OR span NOT IN (SELECT id FROM influx_span)) AS lost,
       (SELECT any_value(code) FROM place WHERE regexp_matches(code, '${UNWRITABLE}')
          AND id IN (SELECT place FROM influx_pending)) AS bad`,
  );
  if (lost !== 0n) throw new RangeError(`${lost} changes have no place, indicator or span of the catalogue`);
  if (bad !== null) {
    const reason = `地点代码 ${JSON.stringify(bad)} 里有反斜杠或换行，不能写进 InfluxDB`;
    throw fault("store.influx-refused", { url: "", status: "未发送", reason }, { parameter: bad });
  }
}

/** Commits the intent of a batch that only adds, on another connection, and notes it as done in the running transaction. @returns the intent's number */
export async function commitAdding(
  sql: Sql,
  beside: Sql,
  {
    rows,
    from,
    to,
    batch,
  }: { readonly rows: number; readonly from: number; readonly to: number; readonly batch: number },
): Promise<number> {
  const id = await nextIntent(beside);
  await beside.run(
    `INSERT INTO influx_intent VALUES (${id}, ${rows}, make_timestamp(${from}000), make_timestamp(${to}000), ${batch})`,
  );
  await sql.run(`INSERT INTO influx_done VALUES (${id})`);
  return id;
}

/**
 * Commits the intent of `influx_change` on another connection and notes it as done in the running transaction.
 * The rows pass through a file, since a temporary table is seen only by its own connection.
 * @returns the intent's number
 */
export async function commitIntent(sql: Sql, beside: Sql, file: string): Promise<number> {
  const quoted = `'${file.replaceAll("'", "''")}'`;
  await sql.run(`COPY (SELECT place, indicator, span, start, old_value, old_flag, old_grade, old_batch FROM ${NAMED_CHANGE})
    TO ${quoted} (FORMAT parquet, COMPRESSION uncompressed)`);
  const id = await nextIntent(beside);
  await beside.transaction(async () => {
    await beside.run(
      `INSERT INTO influx_intent SELECT ${id}, count(*), min(start), max(start), NULL FROM read_parquet(${quoted})`,
    );
    await beside.run(`INSERT INTO influx_intent_row SELECT ${id}, * FROM read_parquet(${quoted})`);
  });
  await rm(file, { force: true });
  await sql.run(`INSERT INTO influx_done VALUES (${id})`);
  return id;
}

async function nextIntent(beside: Sql): Promise<number> {
  const { id } = await beside.one<{ id: bigint }>(`SELECT coalesce(max(id), 0)::BIGINT + 1 AS id FROM
    (SELECT id FROM influx_intent UNION ALL SELECT id FROM influx_done)`);
  return Number(id);
}

export type Intent = {
  readonly id: number;
  readonly from: number;
  readonly to: number;
  readonly done: boolean;
  /** The batch that only adds; undefined where the keys are listed. */
  readonly adds: number | undefined;
};

/** Intents not settled yet, the oldest first. */
export async function openIntents(sql: Sql): Promise<readonly Intent[]> {
  const rows = await sql.rows<{ id: bigint; low: bigint; high: bigint; done: boolean; adds: number | null }>(
    `SELECT id, adds, epoch_ms(low) AS low, epoch_ms(high) AS high, id IN (SELECT id FROM influx_done) AS done
     FROM influx_intent ORDER BY id`,
  );
  return rows.map(({ id, low, high, done, adds }) => ({
    id: Number(id),
    from: Number(low),
    to: Number(high),
    done,
    adds: adds ?? undefined,
  }));
}

/** Forgets an intent: its batch is committed, or what it had changed is put back. */
export async function settleIntent(sql: Sql, id: number): Promise<void> {
  await sql.transaction(async () => {
    await sql.run(`DELETE FROM influx_intent_row WHERE intent = ${id}`);
    await sql.run(`DELETE FROM influx_intent WHERE id = ${id}`);
    await sql.run(`DELETE FROM influx_done WHERE id = ${id}`);
  });
}
