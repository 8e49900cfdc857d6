/**
 * Intents: before the first line goes to the server, the catalogue keeps (committed, on a connection of its own) which
 * keys will change and what they held before. `influx_done` is written by the batch's own transaction, so after a crash
 * it tells which side of the commit we were on.
 *
 * Places and indicators are kept by name: a place that the lost transaction had registered has no id afterwards.
 */
import { rm } from "node:fs/promises";
import { fault } from "../../domain/faults.ts";
import type { Sql } from "../port.ts";

/** What the line protocol cannot carry in a tag. */
const UNWRITABLE = "[\\\\\\n\\r]";

/**
 * Makes `influx_change` (names, key, new and former values) from the pending changes; former values from `held`.
 * @throws Fault `store.influx-refused` when a code cannot be a tag; RangeError when a change has no name: none is left out
 */
export async function foldChanges(sql: Sql, held: string): Promise<void> {
  await sql.run(`CREATE OR REPLACE TEMP TABLE influx_change AS
    SELECT l.code AS place, i.name AS indicator, s.name AS span, p.start, p.value, p.flag, p.grade, p.batch,
      h.value AS old_value, h.flag AS old_flag, h.grade AS old_grade, h.batch AS old_batch
    FROM influx_pending p
    JOIN place l ON l.id = p.place JOIN influx_indicator i ON i.id = p.indicator JOIN influx_span s ON s.id = p.span
    LEFT JOIN ${held} h ON h.place = p.place AND h.indicator = p.indicator AND h.start = p.start AND h.span = p.span`);
  const { lost, bad } = await sql.one<{ lost: bigint; bad: string | null }>(
    `SELECT (SELECT count(*) FROM influx_pending) - count(*) AS lost,
       any_value(place) FILTER (regexp_matches(place, '${UNWRITABLE}')) AS bad FROM influx_change`,
  );
  if (lost !== 0n) throw new RangeError(`${lost} changes have no place, indicator or span of the catalogue`);
  if (bad !== null) {
    const reason = `地点代码 ${JSON.stringify(bad)} 里有反斜杠或换行，不能写进 InfluxDB`;
    throw fault("store.influx-refused", { url: "", status: "未发送", reason }, { parameter: bad });
  }
}

/**
 * Commits the intent of `influx_change` on another connection and notes it as done in the running transaction.
 * The rows pass through a file, since a temporary table is seen only by its own connection.
 * @returns the intent's number
 */
export async function commitIntent(sql: Sql, beside: Sql, file: string): Promise<number> {
  const quoted = `'${file.replaceAll("'", "''")}'`;
  await sql.run(`COPY (SELECT place, indicator, span, start, old_value, old_flag, old_grade, old_batch FROM influx_change)
    TO ${quoted} (FORMAT parquet)`);
  const { id } = await beside.one<{ id: bigint }>(`SELECT coalesce(max(id), 0)::BIGINT + 1 AS id FROM
    (SELECT id FROM influx_intent UNION ALL SELECT id FROM influx_done)`);
  await beside.transaction(async () => {
    await beside.run(
      `INSERT INTO influx_intent SELECT ${id}, count(*), min(start), max(start) FROM read_parquet(${quoted})`,
    );
    await beside.run(`INSERT INTO influx_intent_row SELECT ${id}, * FROM read_parquet(${quoted})`);
  });
  await rm(file, { force: true });
  await sql.run(`INSERT INTO influx_done VALUES (${id})`);
  return Number(id);
}

export type Intent = { readonly id: number; readonly from: number; readonly to: number; readonly done: boolean };

/** Intents not settled yet, the oldest first. */
export async function openIntents(sql: Sql): Promise<readonly Intent[]> {
  const rows = await sql.rows<{ id: bigint; low: bigint; high: bigint; done: boolean }>(
    `SELECT id, epoch_ms(low) AS low, epoch_ms(high) AS high, id IN (SELECT id FROM influx_done) AS done
     FROM influx_intent ORDER BY id`,
  );
  return rows.map(({ id, low, high, done }) => ({ id: Number(id), from: Number(low), to: Number(high), done }));
}

/** Forgets an intent: its batch is committed, or what it had changed is put back. */
export async function settleIntent(sql: Sql, id: number): Promise<void> {
  await sql.transaction(async () => {
    await sql.run(`DELETE FROM influx_intent_row WHERE intent = ${id}`);
    await sql.run(`DELETE FROM influx_intent WHERE id = ${id}`);
    await sql.run(`DELETE FROM influx_done WHERE id = ${id}`);
  });
}
