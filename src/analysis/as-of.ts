/**
 * As of: readings and daily values as they stood after a batch. What was current then is what is current now and has
 * not changed since, plus what history keeps of that time; only place-days that differ are computed again.
 */
import { fault } from "../domain/faults.ts";
import type { Period } from "../domain/period.ts";
import { dayStart } from "../domain/time.ts";
import { allBriefings, madeAt } from "../store/briefings.ts";
import { scopeFilter } from "../store/duckdb-readings.ts";
import type { ReadingScope, Sql, Store } from "../store/port.ts";
import { computeDaily, DAY_OF_START } from "./daily.ts";

/**
 * The number of the last batch that counts: a batch's own, the last before an instant, or the last a briefing was made from.
 * @param text `12`, `2026-01-31T08:00`, or a briefing's file name with or without `.pdf`
 * @throws Fault `batch.unknown`, `option.value`
 */
export async function parseMoment(store: Store, text: string, parameter = "--as-of"): Promise<number> {
  const { last } = await store.sql.one<{ last: number }>("SELECT coalesce(max(id), 0)::INTEGER AS last FROM batch");
  if (/^\d{1,9}$/.test(text)) {
    const id = Number(text);
    if (id < 1 || id > last) throw fault("batch.unknown", { given: text }, { parameter });
    return id;
  }
  const briefing = (await allBriefings(store.sql)).find(({ name }) => name === text || name === `${text}.pdf`);
  if (briefing !== undefined) return await batchBefore(store, await madeAt(store.sql, briefing.id), text, parameter);
  const form = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})?)?$/.test(text);
  // A bare date means the end of that day in Beijing; a time without zone is Beijing time.
  const instant = !form
    ? Number.NaN
    : Date.parse(
        text.length === 10 ? `${text}T23:59:59.999+08:00` : /(Z|[+-]\d{2}:\d{2})$/.test(text) ? text : `${text}+08:00`,
      );
  if (Number.isNaN(instant)) {
    const expected = "批次号，2026-01-31、2026-01-31T08:00，或简报文件名";
    throw fault("option.value", { option: parameter.slice(2), given: text, expected }, { parameter });
  }
  return await batchBefore(store, instant, text, parameter);
}

async function batchBefore({ sql }: Store, instant: number, text: string, parameter: string): Promise<number> {
  const [row] = await sql.rows<{ id: number }>(
    `SELECT max(id) AS id FROM batch WHERE made_at <= make_timestamp(${instant}000) HAVING max(id) IS NOT NULL`,
  );
  if (row === undefined) {
    throw fault(
      "option.value",
      { option: parameter.slice(2), given: text, expected: "第一个批次之后的时刻（duibiao batch list 可查）" },
      { parameter },
    );
  }
  return row.id;
}

/**
 * The readings of a scope as they stood after a batch, as a relation with the columns of the port.
 *
 * An undo gives a key its older value back under that value's own batch, so in history the older value spans the batch
 * that was undone: of rows that hold at the same time the one of the latest batch is what stood then.
 *
 * @param scope the same bounds the current readings were asked with, so that history adds nothing beyond them
 */
export function readingsAt(current: string, batch: number, scope?: ReadingScope): string {
  const within = scope === undefined ? "" : ` AND ${scopeFilter(scope)}`;
  const then = `SELECT place, indicator, start, span, value, flag, grade, batch_from AS batch FROM history
    WHERE batch_from <= ${batch} AND batch_to > ${batch}${within}
    QUALIFY row_number() OVER (PARTITION BY place, indicator, start, span ORDER BY batch_from DESC) = 1`;
  return `(SELECT c.* FROM ${current} c ANTI JOIN (${then}) h
      ON c.place = h.place AND c.indicator = h.indicator AND c.start = h.start AND c.span = h.span
      WHERE c.batch <= ${batch}
    UNION ALL (${then}))`;
}

/** The store with its readings as they stood after a batch; the catalogue's own tables are those of now. */
export function storeAt(store: Store, batch: number): Store {
  const { readings } = store;
  return {
    ...store,
    readings: { ...readings, relation: async (scope) => readingsAt(await readings.relation(scope), batch, scope) },
  };
}

/** What a question is asked of: the readings of then, the daily values of then, the last batch that counts. */
export type StoreState = {
  readonly store: Store;
  /** The last batch; undefined for the present. */
  readonly batch: number | undefined;
  /** The relation to read a period's daily values from. */
  readonly dailyOf: (period: Pick<Period, "first" | "last">) => Promise<string>;
};

/** The state after a batch; the present when none is given. */
export function stateAt(store: Store, batch: number | undefined): StoreState {
  if (batch === undefined) return { store, batch, dailyOf: async () => "daily" };
  return { store: storeAt(store, batch), batch, dailyOf: (period) => dailyAt(store, batch, period) };
}

/** Tables made by `dailyAt`, the oldest first, by the connection that holds them. */
const made = new WeakMap<Sql, Set<string>>();

/** So many states are kept on a connection: more than any single question asks for. */
const MOST_STATES = 64;

/**
 * The daily values of a period as they stood after a batch: a temporary table, or `daily` when none of its days moved since.
 * What stood then never changes, so a table that is there is taken as it is.
 */
export async function dailyAt(store: Store, batch: number, period: Pick<Period, "first" | "last">): Promise<string> {
  const { sql } = store;
  const table = `daily_at_${batch}_${period.first}_${period.last}`;
  // Asked of the database, not remembered: a transaction that was rolled back has taken its tables along.
  const there = await sql.rows("SELECT 1 AS x FROM duckdb_tables() WHERE temporary AND table_name = ?", [table]);
  if (there.length > 0) return table;
  const found = await makeDailyAt(store, batch, period, table);
  if (found === table) await keepTable(sql, table);
  return found;
}

async function keepTable(sql: Sql, table: string): Promise<void> {
  const tables = made.get(sql) ?? new Set<string>();
  made.set(sql, tables);
  tables.delete(table);
  tables.add(table);
  for (const oldest of tables) {
    if (tables.size <= MOST_STATES) return;
    tables.delete(oldest);
    await sql.run(`DROP TABLE IF EXISTS temp.${oldest}`);
  }
}

async function makeDailyAt(
  store: Store,
  batch: number,
  period: Pick<Period, "first" | "last">,
  table: string,
): Promise<string> {
  const { sql } = store;
  const scope = { from: dayStart(period.first), to: dayStart(period.last + 1) - 1 };
  const current = await store.readings.relation(scope);
  await sql.run(`CREATE OR REPLACE TEMP TABLE moved AS
    SELECT DISTINCT place, indicator, ${DAY_OF_START} AS day FROM (
      SELECT place, indicator, start FROM ${current} WHERE batch > ${batch}
      UNION ALL SELECT place, indicator, start FROM history
        WHERE (batch_to > ${batch} OR batch_from > ${batch}) AND ${scopeFilter(scope)})`);
  const { moved } = await sql.one<{ moved: bigint }>("SELECT count(*) AS moved FROM temp.moved");
  if (moved === 0n) {
    await sql.run("DROP TABLE temp.moved");
    return "daily";
  }
  await sql.run(`CREATE OR REPLACE TEMP TABLE ${table} AS
    SELECT d.* FROM daily d ANTI JOIN moved m ON d.place = m.place AND d.indicator = m.indicator AND d.day = m.day
    WHERE d.day BETWEEN ${period.first} AND ${period.last}`);
  const then = async (within: ReadingScope): Promise<string> =>
    readingsAt(await store.readings.relation(within), batch, within);
  await computeDaily(sql, then, "moved", table);
  await sql.run("DROP TABLE temp.moved");
  return table;
}
