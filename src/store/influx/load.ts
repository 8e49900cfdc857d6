/**
 * Loading a scope's points from the server into a temporary table of the catalogue, complete or not at all.
 *
 * The answer is counted against the server's own count in the same request. Days and months are never formed by the
 * server: it is only asked for points between two instants.
 */
import type { ReadingScope, Sql } from "../port.ts";
import { type Cell, type Series, seriesOf, short } from "./answer.ts";
import type { Connection } from "./connection.ts";
import type { Statement } from "./flavour.ts";
import { EXACT_AS_VALUE, FIELDS, MEASUREMENT, TAGS } from "./layout.ts";

/** What is asked: bounds as in `ReadingScope`, places and indicators by the names the tags carry. */
export type PointScope = Pick<ReadingScope, "from" | "to"> & {
  readonly places?: readonly string[] | undefined;
  readonly indicators?: readonly string[] | undefined;
};

/** Longer lists are not sent: the server is asked for everything between the instants instead. */
const MOST_NAMES = 40;

/** A tag cannot hold it: the line protocol ends a point with it. */
const BETWEEN = "\n";

/** No reading is older than 1970; the latest instant of InfluxDB, in milliseconds (nanoseconds in 64 bits). */
const EARLIEST = 0;
const LATEST = 9_223_372_036_854;

/**
 * Makes `table` (place, indicator, span as texts, start, value, flag, grade, batch, void) with every point of a scope.
 * @returns how many points @throws Fault `store.influx-answer` when it is not all of them
 */
export async function loadPoints(sql: Sql, connection: Connection, scope: PointScope, table: string): Promise<number> {
  const raw = `${table}_raw`;
  const keys = `${table}_key`;
  await sql.run(`CREATE OR REPLACE TEMP TABLE ${raw} (start BIGINT, key INTEGER, exact BIGINT, flag INTEGER,
    grade INTEGER, batch INTEGER, void INTEGER)`);
  await sql.run(`CREATE OR REPLACE TEMP TABLE ${keys} (key INTEGER, place VARCHAR, indicator VARCHAR, span VARCHAR)`);
  const names = new Map<string, number>();
  let promised = 0;
  let got = 0;
  for await (const series of seriesOf(connection.query(statementOf(scope)), connection.config)) {
    if (series.statement === 0) {
      promised += Number(series.values[0]?.[series.columns.indexOf("count")] ?? 0);
      continue;
    }
    await keep(sql, raw, series, names, connection);
    got += series.values.length;
  }
  if (got !== promised) throw short(`应有 ${promised} 个点，收到 ${got} 个`, connection.config);
  const split = [...names.keys()].map((name) => name.split(BETWEEN));
  await sql.append(keys, [
    { type: "int", values: [...names.values()] },
    ...[0, 1, 2].map((at) => ({ type: "varchar" as const, values: split.map((parts) => parts[at] ?? "") })),
  ]);
  await sql.run(`CREATE OR REPLACE TEMP TABLE ${table} AS
    SELECT k.place, k.indicator, k.span, make_timestamp(start * 1000) AS start, ${EXACT_AS_VALUE} AS value,
      flag::USMALLINT AS flag, grade::UTINYINT AS grade, batch, void <> 0 AS void
    FROM ${raw} r JOIN ${keys} k USING (key)`);
  await sql.run(`DROP TABLE temp.${raw}`);
  await sql.run(`DROP TABLE temp.${keys}`);
  return got;
}

async function keep(
  sql: Sql,
  table: string,
  { columns, values }: Series,
  names: Map<string, number>,
  connection: Connection,
): Promise<void> {
  const at = (name: string): number => columns.indexOf(name);
  const [place, indicator, span] = TAGS.map(at) as [number, number, number];
  const [exact, flag, grade, batch, marker] = FIELDS.map(at) as [number, number, number, number, number];
  const time = at("time");
  if ([place, indicator, span, exact, flag, grade, batch, marker, time].includes(-1)) {
    throw short(`应答缺列：${columns.join("、")}`, connection.config);
  }
  const whole = (cell: Cell | undefined): bigint => {
    if (typeof cell === "string" || typeof cell === "number") return BigInt(cell);
    throw short("有的点缺少字段 exact、flag、grade、batch 或 void：不是 duibiao 写的", connection.config);
  };
  const keyOf = (row: readonly Cell[]): number => {
    const name = `${row[place] ?? ""}${BETWEEN}${row[indicator] ?? ""}${BETWEEN}${row[span] ?? ""}`;
    const known = names.get(name);
    if (known !== undefined) return known;
    names.set(name, names.size);
    return names.size - 1;
  };
  const numbers = (column: number) =>
    values.map((row) => {
      const cell = row[column];
      return typeof cell === "number" ? cell : Number(whole(cell));
    });
  await sql.append(table, [
    { type: "bigint", values: values.map((row) => whole(row[time])) },
    { type: "int", values: values.map(keyOf) },
    { type: "bigint", values: values.map((row) => whole(row[exact])) },
    { type: "int", values: numbers(flag) },
    { type: "int", values: numbers(grade) },
    { type: "int", values: numbers(batch) },
    { type: "int", values: numbers(marker) },
  ]);
}

function statementOf({ from, to, places, indicators }: PointScope): Statement {
  const texts: Record<string, string> = {};
  const conditions = [`time >= ${bounded(from)}ms`, `time <= ${bounded(to)}ms`];
  for (const [tag, list] of [
    ["place", places],
    ["indicator", indicators],
  ] as const) {
    if (list === undefined || list.length === 0 || list.length > MOST_NAMES) continue;
    const terms = list.map((name, k) => {
      texts[`${tag}${k}`] = name;
      return `"${tag}" = $${tag}${k}`;
    });
    conditions.push(`(${terms.join(" OR ")})`);
  }
  const source = `FROM "${MEASUREMENT}" WHERE ${conditions.join(" AND ")}`;
  // Names are quoted: `exact` is a word of InfluxQL.
  const columns = [...TAGS, ...FIELDS].map((name) => `"${name}"`).join(", ");
  return { text: `SELECT count("exact") ${source}; SELECT ${columns} ${source}`, texts };
}

function bounded(ms: number): number {
  return Math.min(Math.max(Math.trunc(ms), EARLIEST), LATEST);
}
