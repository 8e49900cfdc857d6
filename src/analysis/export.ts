/**
 * Tables for analysts: readings, daily values and ranks of places under their names, codes and units, as one relation each.
 *
 * Values leave as they are kept (DECIMAL), so nothing is rounded on the way out; a daily mean leaves as sum and count
 * beside a double for quick looks.
 */
import { fault } from "../domain/faults.ts";
import { INDICATORS } from "../domain/indicator.ts";
import { SPANS } from "../domain/reading.ts";
import type { Store } from "../store/port.ts";

export const EXPORT_TABLES = ["readings", "daily", "statistics", "places", "history"] as const;

export type ExportTable = (typeof EXPORT_TABLES)[number];

/** From before the first reading a store takes to after the last. */
export const ALL_TIME = { from: Date.UTC(1991, 11, 30), to: Date.UTC(2101, 0, 2) };

/** A sub-query with the table's rows in a fixed order. */
export async function exportRelation(
  store: Store,
  table: Exclude<ExportTable, "statistics">,
  indicatorIds: readonly number[] | undefined,
): Promise<string> {
  const names = INDICATORS.map(({ id, code, unit }) => `(${id},'${code}','${unit}')`).join(",");
  const item = `(VALUES ${names}) item(id, code, unit)`;
  const spans = `(VALUES ${Object.entries(SPANS)
    .map(([name, id]) => `(${id},'${name}')`)
    .join(",")}) span_name(id, name)`;
  const only = indicatorIds === undefined ? "" : `WHERE r.indicator IN (${indicatorIds.join(",")})`;
  switch (table) {
    case "readings": {
      const relation = await store.readings.relation(ALL_TIME);
      return `(SELECT p.code AS place_code, p.name AS place, p.kind, item.code AS indicator, item.unit, r.start AS start_utc,
          span_name.name AS span, r.value, r.flag, r.grade, r.batch
        FROM ${relation} r JOIN place p ON p.id = r.place JOIN ${item} ON item.id = r.indicator JOIN ${spans} ON span_name.id = r.span
        ${only} ORDER BY r.start, p.code, item.id)`;
    }
    case "history":
      return `(SELECT p.code AS place_code, p.name AS place, item.code AS indicator, item.unit, r.start AS start_utc,
          span_name.name AS span, r.value, r.batch_from, r.batch_to
        FROM history r JOIN place p ON p.id = r.place JOIN ${item} ON item.id = r.indicator JOIN ${spans} ON span_name.id = r.span
        ${only} ORDER BY r.batch_to, r.start, p.code, item.id)`;
    case "daily":
      return `(SELECT p.code AS place_code, p.name AS place, p.kind, item.code AS indicator, item.unit,
          DATE '1970-01-01' + r.day AS day, r.n, r.total, r.total::DOUBLE / r.n AS mean, r.max, r.valid,
          r.mda8::DOUBLE / 168 AS mda8, r.windows, r.mda8_valid
        FROM daily r JOIN place p ON p.id = r.place JOIN ${item} ON item.id = r.indicator ${only} ORDER BY r.day, p.code, item.id)`;
    case "places":
      return `(SELECT p.code, p.name, p.kind, q.code AS parent_code, q.name AS parent, p.time_zone
        FROM place p LEFT JOIN place q ON q.id = p.parent ORDER BY p.id)`;
  }
}

export type ExportFormat = "parquet" | "csv" | "duckdb" | "xlsx";

/** Excel holds this many rows, the head included. */
const XLSX_ROWS = 1_048_575;

/**
 * Writes a relation to a file by DuckDB itself. @returns how many rows
 * @throws Fault `export.too-long` when a workbook could not hold them
 */
export async function writeRelation(
  store: Store,
  relation: string,
  format: Exclude<ExportFormat, "xlsx">,
  file: string,
  table: string,
): Promise<number> {
  const { sql } = store;
  const path = file.replaceAll("'", "''");
  if (format === "duckdb") {
    await sql.run(`ATTACH '${path}' AS exported`);
    try {
      await sql.run(`CREATE TABLE exported.${table} AS SELECT * FROM ${relation}`);
      // Letting go of a file does not work its log in (`store/checkpoints.ts`).
      await sql.run("CHECKPOINT exported");
    } finally {
      await sql.run("DETACH exported");
    }
  } else {
    const how = format === "parquet" ? "FORMAT parquet, COMPRESSION zstd" : "FORMAT csv, HEADER";
    const columns = format === "csv" ? await unrunnable(store, relation) : "*";
    await sql.run(`COPY (SELECT ${columns} FROM ${relation}) TO '${path}' (${how})`);
  }
  return await countOf(store, relation);
}

/** All columns, a text that a spreadsheet would run as a formula with an apostrophe before it, as `csvCell` does. */
async function unrunnable({ sql }: Store, relation: string): Promise<string> {
  const columns = await sql.rows<{ column_name: string; column_type: string }>(`DESCRIBE SELECT * FROM ${relation}`);
  const texts = columns.filter((one) => one.column_type === "VARCHAR").map((one) => `"${one.column_name}"`);
  if (texts.length === 0) return "*";
  const safe = texts.map(
    (name) => `CASE WHEN regexp_matches(${name}, '^[=+@\\t\\r-]') THEN '''' || ${name} ELSE ${name} END AS ${name}`,
  );
  return `* REPLACE (${safe.join(", ")})`;
}

export async function countOf(store: Store, relation: string): Promise<number> {
  return Number((await store.sql.one<{ n: bigint }>(`SELECT count(*) AS n FROM ${relation}`)).n);
}

/** Rows for a workbook, values as numbers, dates as dates. @throws Fault `export.too-long` */
export async function relationRows(
  store: Store,
  relation: string,
): Promise<{ readonly header: readonly string[]; readonly rows: readonly (readonly (string | number | null)[])[] }> {
  const count = await countOf(store, relation);
  if (count > XLSX_ROWS) throw fault("export.too-long", { rows: count, most: XLSX_ROWS });
  const rows = await store.sql.rows(`SELECT COLUMNS(*)::VARCHAR FROM ${relation}`);
  const header = Object.keys(rows[0] ?? {});
  const cell = (value: unknown): string | number | null => {
    if (value === null || value === undefined) return null;
    const text = String(value);
    return /^-?\d{1,15}(\.\d{1,9})?$/.test(text) ? Number(text) : text;
  };
  return {
    header,
    rows: rows.map((row) => header.map((name) => (name.endsWith("code") ? String(row[name] ?? "") : cell(row[name])))),
  };
}
