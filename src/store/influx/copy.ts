/**
 * Moving the readings between DuckDB and an InfluxDB, month by month: a slice counts when its target acknowledged it,
 * so an interrupted copy goes on where it stood. The store keeps using the engine it was in until both sides are equal.
 *
 * A slice is compared before it is written: what the target holds already stays, what it holds too much is removed. So
 * a target that was used before, or half of an earlier copy, ends as an exact copy.
 */
import { dayNumber, dayOf, dayParts, dayStart } from "../../domain/time.ts";
import { followEngine, holdEngine } from "../engine.ts";
import type { Sql, Store } from "../port.ts";
import type { Engine } from "../store-config.ts";
import type { Connection } from "./connection.ts";
import { foreignPoints } from "./foreign.ts";
import { makeNameTables } from "./layout.ts";
import { loadPoints } from "./load.ts";
import { sendRows } from "./send.ts";

export type CopyProgress = (done: { readonly upTo: number; readonly rows: number; readonly of: number }) => void;

export type CopyResult = {
  /** Readings in the source. */
  readonly rows: number;
  /** Rows that had to be written or removed in the target; the others were there already. */
  readonly changed: number;
  /** The digest both sides have, as in `doctor` and `batch list`. */
  readonly digest: string;
};

const ALL_TIME = { from: Date.UTC(1991, 11, 30), to: Date.UTC(2101, 0, 2) };
const KEY = ["place", "indicator", "start", "span"] as const;
const same = (a: string, b: string): string => KEY.map((key) => `${a}.${key} = ${b}.${key}`).join(" AND ");

/** A target: how one slice of it is read, and made equal to a table. */
type Target = {
  readonly name: string;
  readonly read: (from: number, to: number) => Promise<string>;
  /** Rows of `copy_change` (port's columns; NULL value = remove), in the slice. */
  readonly apply: (change: string) => Promise<void>;
};

/**
 * Copies all readings of a store into an engine and checks them by digest. Does not switch the store over.
 * @param connection the InfluxDB, on whichever side it is
 * @throws Fault of the server; and returns unequal digests as `undefined`
 */
export async function copyReadings(
  store: Store,
  to: Engine,
  connection: Connection,
  progress: CopyProgress,
): Promise<CopyResult | { readonly differs: readonly [string, string] }> {
  const { sql } = store;
  await makeNameTables(sql);
  const target = to === "influxdb" ? influxTarget(sql, connection) : duckdbTarget(sql);
  const source = await store.readings.relation(ALL_TIME);
  const { n, low, high } = await sql.one<{ n: bigint; low: bigint | null; high: bigint | null }>(
    `SELECT count(*) AS n, epoch_ms(min(start)) AS low, epoch_ms(max(start)) AS high FROM ${source}`,
  );
  // What was copied before a batch came in between is compared again.
  const { batch } = await sql.one<{ batch: number }>("SELECT coalesce(max(id), 0)::INTEGER AS batch FROM batch");
  const [stood, ofBatch] = ((await store.meta(progressKey(target.name))) ?? "").split(" ");
  const resume = Number(ofBatch) === batch ? Number(stood) : ALL_TIME.from;
  let rows = 0;
  let changed = 0;
  for (const [from, until] of slices(Number(low ?? 0n), Number(high ?? 0n))) {
    const there = await count(sql, `${source} WHERE ${between(from, until)}`);
    rows += there;
    if (until <= resume) continue;
    changed += await copySlice(sql, source, target, from, until);
    await store.setMeta(progressKey(target.name), `${until} ${batch}`);
    progress({ upTo: until, rows, of: Number(n) });
  }
  const copied = await target.read(ALL_TIME.from, ALL_TIME.to);
  const [here, there] = [await digest(sql, source), await digest(sql, copied)];
  await sql.run("DELETE FROM meta WHERE key = ?", [progressKey(target.name)]);
  return here === there ? { rows: Number(n), changed, digest: here } : { differs: [here, there] };
}

/** Switches the store over; the readings DuckDB no longer answers for are removed from it. `store.yaml` follows. */
export async function switchEngine(store: Store, to: Engine): Promise<void> {
  await store.sql.transaction(async () => {
    await holdEngine(store.sql, to);
    if (to === "influxdb") await store.sql.run("DELETE FROM reading");
  });
  await followEngine(store.sql, store.dir);
}

async function copySlice(sql: Sql, source: string, target: Target, from: number, until: number): Promise<number> {
  const held = await target.read(from, until - 1);
  await sql.run(`CREATE OR REPLACE TEMP TABLE copy_wanted AS SELECT * FROM ${source} WHERE ${between(from, until)}`);
  await sql.run(`CREATE OR REPLACE TEMP TABLE copy_change AS
    SELECT w.place, w.indicator, w.start, w.span, w.value, w.flag, w.grade, w.batch
    FROM copy_wanted w LEFT JOIN ${held} h ON ${same("w", "h")}
    WHERE h.value IS DISTINCT FROM w.value OR h.flag <> w.flag OR h.grade <> w.grade OR h.batch <> w.batch
    UNION ALL
    SELECT h.place, h.indicator, h.start, h.span, NULL, NULL, NULL, NULL
    FROM ${held} h ANTI JOIN copy_wanted w ON ${same("h", "w")}`);
  const n = await count(sql, "copy_change");
  if (n > 0) await target.apply("copy_change");
  return n;
}

function influxTarget(sql: Sql, connection: Connection): Target {
  const { url, database } = connection.config;
  return {
    name: `${url}/${database}`,
    async read(from, to) {
      await loadPoints(sql, connection, { from, to }, "copy_points");
      await foreignPoints(sql, "copy_points", connection);
      await sql.run(`CREATE OR REPLACE TEMP TABLE copy_held AS
        SELECT l.id AS place, i.id::USMALLINT AS indicator, p.start, s.id::UTINYINT AS span, p.value, p.flag, p.grade, p.batch
        FROM (SELECT * FROM copy_points WHERE NOT void) p JOIN place l ON l.code = p.place
        JOIN influx_indicator i ON i.name = p.indicator JOIN influx_span s ON s.name = p.span`);
      await sql.run("DROP TABLE temp.copy_points");
      return "copy_held";
    },
    apply: async (change) => {
      await sendRows(
        sql,
        connection,
        `(SELECT l.code AS place, i.name AS indicator, s.name AS span, c.start, c.value, c.flag, c.grade, c.batch
          FROM ${change} c JOIN place l ON l.id = c.place JOIN influx_indicator i ON i.id = c.indicator
          JOIN influx_span s ON s.id = c.span)`,
      );
    },
  };
}

function duckdbTarget(sql: Sql): Target {
  return {
    name: "duckdb",
    read: async (from, to) => `(SELECT * FROM reading WHERE ${between(from, to + 1)})`,
    apply: (change) =>
      sql.transaction(async () => {
        await sql.run(`DELETE FROM reading r USING ${change} c WHERE ${same("r", "c")}`);
        await sql.run(`INSERT INTO reading SELECT ${KEY.join(", ")}, value, flag, grade, batch FROM ${change}
          WHERE value IS NOT NULL ORDER BY start, indicator, place`);
      }),
  };
}

/** Beijing months from the first reading to the last; the outer ones reach to the ends of time. */
function slices(low: number, high: number): readonly (readonly [number, number])[] {
  const bounds = [ALL_TIME.from];
  const { year, month } = dayParts(dayOf(low));
  for (let k = 1; ; k++) {
    const index = month - 1 + k;
    const day = dayNumber(year + Math.floor(index / 12), (index % 12) + 1, 1);
    if (day === undefined || dayStart(day) > high) break;
    bounds.push(dayStart(day));
  }
  bounds.push(ALL_TIME.to + 1);
  return bounds.slice(1).map((until, k) => [bounds[k] ?? ALL_TIME.from, until] as const);
}

const between = (from: number, until: number): string =>
  `start >= make_timestamp(${from}000) AND start < make_timestamp(${until}000)`;

const progressKey = (target: string): string => `copy:${target}`;

async function count(sql: Sql, from: string): Promise<number> {
  return Number((await sql.one<{ n: bigint }>(`SELECT count(*) AS n FROM ${from}`)).n);
}

/** Every column of every reading, the batch too: more than content alone, since undo and as-of need the batch. */
async function digest(sql: Sql, from: string): Promise<string> {
  const { n, h } = await sql.one<{ n: bigint; h: bigint | null }>(
    `SELECT count(*) AS n, sum(hash(place, indicator, start, span, value, flag, grade, batch)::HUGEINT) AS h FROM ${from}`,
  );
  return `${n}:${(h ?? 0n).toString(16)}`;
}
