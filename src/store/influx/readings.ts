/**
 * Readings in an InfluxDB, behind the store's port.
 *
 * A transaction of the catalogue gathers its changes (`pending.ts`). At its end, in this order: the intent is committed
 * (`intent.ts`), the server acknowledges every line (`send.ts`), the catalogue commits, the intent is forgotten. Dying
 * between any two of these is repaired by the next start (`repair.ts`): before the commit everything is put back, after
 * it everything is there.
 */
import { join } from "node:path";
import { Fault, messageOf } from "../../domain/faults.ts";
import { scopeFilter } from "../duckdb-readings.ts";
import type { ReadingScope, ReadingStore, Sql } from "../port.ts";
import { checkServer } from "./check.ts";
import type { Connection } from "./connection.ts";
import { foreignPoints } from "./foreign.ts";
import { commitAdding, commitIntent, foldChanges, NAMED_CHANGE, openIntents } from "./intent.ts";
import { INDICATOR_NAMES, makeNameTables } from "./layout.ts";
import { loadPoints } from "./load.ts";
import { clearPending, overlay, pendingState, putPending, removePending } from "./pending.ts";
import { repairIntents, unrepaired } from "./repair.ts";
import { sendPages } from "./send.ts";

export type InfluxReadings = {
  readonly readings: ReadingStore;
  /** The catalogue's connection whose transactions carry the server along. */
  readonly sql: Sql;
};

/** Loaded scopes are temporary tables; those of earlier questions go when this many newer ones were asked. */
const KEPT_TABLES = 6;

type Loaded = { readonly scope: ReadingScope; readonly table: string };

/**
 * Joins a catalogue connection and a server. Repairs what a crash left behind before anything else.
 * @param beside a second connection of the same catalogue, for intents
 * @throws Fault `store.influx-unreachable` and others, only when there is something to repair
 */
export async function influxReadings(
  base: Sql,
  beside: Sql,
  connection: Connection,
  dir: string,
): Promise<InfluxReadings> {
  let depth = 0;
  let counter = 0;
  let broken = false;
  let kept: Loaded[] = [];
  const old: string[] = [];

  const mend = async (): Promise<void> => {
    if (!broken) return;
    try {
      await repairIntents(beside, connection);
    } catch (error) {
      throw unrepaired(connection, error instanceof Fault ? messageOf(error, "zh") : String(error));
    }
    broken = false;
  };

  /** The server's readings of a scope, in a table with the port's columns, without pending changes. */
  const held = async (scope: ReadingScope): Promise<string> => {
    const known = depth > 0 ? kept.find((one) => covers(one.scope, scope)) : undefined;
    if (known !== undefined) return known.table;
    counter += 1;
    const points = `influx_points_${counter}`;
    const table = `influx_read_${counter}`;
    await loadPoints(base, connection, await pointScope(base, scope), points);
    await foreignPoints(base, points, connection);
    await base.run(`CREATE OR REPLACE TEMP TABLE ${table} AS
      SELECT l.id AS place, i.id::USMALLINT AS indicator, p.start, s.id::UTINYINT AS span, p.value, p.flag, p.grade, p.batch
      FROM (SELECT * FROM ${points} WHERE NOT void) p
      JOIN place l ON l.code = p.place JOIN influx_indicator i ON i.name = p.indicator JOIN influx_span s ON s.name = p.span
      ORDER BY p.start, i.id, l.id`);
    await base.run(`DROP TABLE temp.${points}`);
    if (depth > 0) kept.push({ scope, table });
    else old.push(table);
    for (const gone of old.splice(0, Math.max(0, old.length - KEPT_TABLES))) {
      await base.run(`DROP TABLE IF EXISTS temp.${gone}`);
    }
    return table;
  };

  const flush = async (): Promise<number | undefined> => {
    const { rows, range, formerRange, batch } = await pendingState(base);
    if (range === undefined) return undefined;
    await foldChanges(base, formerRange === undefined ? undefined : await held(formerRange));
    const intent =
      formerRange === undefined && batch !== undefined && !(await isCommitted(beside, batch))
        ? await commitAdding(base, beside, { rows, ...range, batch })
        : await commitIntent(base, beside, join(dir, "influx-intent.parquet"));
    broken = true;
    await sendPages(base, connection, NAMED_CHANGE, rows);
    await base.run("DROP TABLE temp.influx_change");
    await clearPending(base);
    return intent;
  };

  const transaction = async <T>(work: () => Promise<T>): Promise<T> => {
    if (depth > 0) return await base.transaction(work);
    await mend();
    let intent: number | undefined;
    let result: T;
    try {
      result = await base.transaction(async () => {
        depth += 1;
        try {
          const given = await work();
          intent = await flush();
          return given;
        } finally {
          old.push(...kept.map((one) => one.table));
          kept = [];
          depth -= 1;
        }
      });
    } catch (error) {
      // Should this fail too, it is tried again before the next question, and on the next start.
      await mend().catch(() => undefined);
      throw error;
    }
    // The batch stands, whatever becomes of the intent: a later start finds it done and forgets it.
    if (intent !== undefined) await mend().catch(() => undefined);
    return result;
  };

  await makeNameTables(base);
  await clearPending(base);
  broken = (await openIntents(beside)).length > 0;
  await mend();

  const change = async (work: () => Promise<void>): Promise<void> => {
    if (depth > 0) await work();
    else await transaction(work);
  };
  return {
    sql: { ...base, transaction },
    readings: {
      engine: "influxdb",
      async relation(scope) {
        await mend();
        const table = await held(scope);
        const filtered = `(SELECT * FROM ${table} WHERE ${scopeFilter(scope)})`;
        return depth > 0 ? overlay(filtered, scopeFilter(scope)) : filtered;
      },
      insert: (relation) => change(() => putPending(base, relation, true)),
      replace: (relation) => change(() => putPending(base, relation, false)),
      remove: (relation) => change(() => removePending(base, relation)),
      async check() {
        await mend();
        return await checkServer(beside, connection);
      },
    },
  };
}

/** Whether points of a batch may be on the server already. */
async function isCommitted(beside: Sql, batch: number): Promise<boolean> {
  return (await beside.rows("SELECT 1 AS x FROM batch WHERE id = ?", [batch])).length > 0;
}

/** Whether a loaded scope holds all of another. */
function covers(loaded: ReadingScope, wanted: ReadingScope): boolean {
  const within = (all: readonly number[] | undefined, some: readonly number[] | undefined): boolean =>
    all === undefined || (some?.every((one) => all.includes(one)) ?? false);
  return (
    loaded.from <= wanted.from &&
    loaded.to >= wanted.to &&
    within(loaded.placeIds, wanted.placeIds) &&
    within(loaded.indicatorIds, wanted.indicatorIds)
  );
}

async function pointScope(sql: Sql, { from, to, placeIds, indicatorIds }: ReadingScope) {
  const places =
    placeIds === undefined
      ? undefined
      : (await sql.rows<{ code: string }>(`SELECT code FROM place WHERE id IN (${[-1, ...placeIds].join(",")})`)).map(
          (row) => row.code,
        );
  const indicators = indicatorIds?.flatMap((id) => INDICATOR_NAMES.get(id) ?? []);
  return { from, to, places, indicators };
}
