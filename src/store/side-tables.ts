/**
 * What batches bring beside readings: published ranks, complaints, declared dust periods, windows of odd months, sections
 * without water.
 *
 * Rows are only ever added. The row that holds for a key is the one of its latest batch that was not undone, so undoing
 * a batch needs no work here, and any earlier state can be asked for.
 */
import type { AppendType, Sql } from "./port.ts";

type Columns = Readonly<Record<string, AppendType>>;

export type SideTable = { readonly keys: Columns; readonly values: Columns };

export const SIDE_TABLES = {
  /** `period` is a T; `last_day` and `first_day` are the days it really covers; `printed` is the value as it was printed. */
  published_rank: {
    keys: {
      issuer: "varchar",
      list: "varchar",
      indicator: "usmallint",
      period: "varchar",
      rank_order: "varchar",
      place: "int",
    },
    values: { first_day: "int", last_day: "int", rank: "int", printed: "varchar", list_length: "int" },
  },
  /** One complaint without anything of a person: a digest of its number, where, when, what about, how it ended. */
  complaint: {
    keys: { id_hash: "varchar" },
    values: { place: "int", day: "int", category: "varchar", solved: "varchar", satisfied: "varchar" },
  },
  /** Hours (UTC ms) an office declared as dust weather, for the places below `place`. */
  dust_period: {
    keys: { place: "int", first_hour: "bigint" },
    values: { last_hour: "bigint", kind: "varchar", issuer: "varchar" },
  },
  /** The days a reading's month really covers, where its source counts from the 20th to the 19th. */
  period_window: {
    keys: { place: "int", indicator: "usmallint", period: "varchar" },
    values: { first_day: "int", last_day: "int" },
  },
  /** Months (by their first day) in which a section could not be sampled, and why: `dry`, `frozen`, `not_sampled`. */
  section_state: {
    keys: { place: "int", month: "int" },
    values: { state: "varchar" },
  },
} as const satisfies Readonly<Record<string, SideTable>>;

export type SideTableName = keyof typeof SIDE_TABLES;

const SQL_TYPES: Readonly<Record<AppendType, string>> = {
  int: "INTEGER",
  bigint: "BIGINT",
  utinyint: "UTINYINT",
  usmallint: "USMALLINT",
  varchar: "VARCHAR",
  boolean: "BOOLEAN",
};

/** Key columns, then value columns, in the order of the table. */
export function sideColumns(name: SideTableName): readonly { readonly name: string; readonly type: AppendType }[] {
  const { keys, values }: SideTable = SIDE_TABLES[name];
  return Object.entries({ ...keys, ...values }).map(([column, type]) => ({ name: column, type }));
}

/** The statement that makes a side table. */
export function createSideTable(name: SideTableName): string {
  const columns = sideColumns(name).map((column) => `"${column.name}" ${SQL_TYPES[column.type]}`);
  return `CREATE TABLE ${name} (${columns.join(", ")}, batch INTEGER NOT NULL)`;
}

/** A sub-query of the rows that hold: the latest of each key, of batches that were not undone, up to a batch when one is given. */
export function heldSide(name: SideTableName, upTo?: number): string {
  const keys = Object.keys(SIDE_TABLES[name].keys).join(", ");
  const until = upTo === undefined ? "" : ` AND batch <= ${upTo}`;
  return `(SELECT * FROM ${name} WHERE batch NOT IN (SELECT undoes FROM batch WHERE undoes IS NOT NULL
      ${upTo === undefined ? "" : `AND id <= ${upTo}`})${until}
    QUALIFY row_number() OVER (PARTITION BY ${keys} ORDER BY batch DESC) = 1)`;
}

/** A staged row: where it stood, and its columns by name. */
export type SideRow = {
  readonly file: number;
  readonly line: number;
  readonly values: Readonly<Record<string, string | number | bigint | null>>;
  /** `false` for a row that goes beside a reading, which is accounted already. */
  readonly counted?: boolean;
};

/**
 * Adds staged rows as `batch`: those whose key is new or whose values differ. Within the rows a later one replaces an
 * earlier one. Leaves `settled_side` (file, line, outcome), one row a staged row, adding to what is there.
 */
export async function mergeSide(sql: Sql, name: SideTableName, rows: readonly SideRow[], batch: number): Promise<void> {
  if (rows.length === 0) return;
  const columns = sideColumns(name);
  const staged = columns.map((column) => `"${column.name}" ${SQL_TYPES[column.type]}`).join(", ");
  await sql.run(
    `CREATE OR REPLACE TEMP TABLE side_in (file INTEGER, line INTEGER, turn INTEGER, counted BOOLEAN, ${staged})`,
  );
  await sql.append("side_in", [
    { type: "int", values: rows.map((row) => row.file) },
    { type: "int", values: rows.map((row) => row.line) },
    { type: "int", values: rows.map((_, index) => index) },
    { type: "boolean", values: rows.map((row) => row.counted !== false) },
    ...columns.map(({ name: column, type }) => ({ type, values: rows.map((row) => row.values[column] ?? null) })),
  ]);
  const keys = Object.keys(SIDE_TABLES[name].keys);
  const values = Object.keys(SIDE_TABLES[name].values);
  const window = `(PARTITION BY ${keys.map((key) => `s.${key}`).join(", ")} ORDER BY s.turn)`;
  await sql.run(`CREATE OR REPLACE TEMP TABLE side_merged AS
    SELECT s.*, lead(s.turn) OVER ${window} IS NULL AS last,
      CASE WHEN lag(s.turn) OVER ${window} IS NULL AND h.batch IS NULL THEN 'inserted'
        WHEN coalesce(lag(${struct("s", values)}) OVER ${window}, ${struct("h", values)}) IS NOT DISTINCT FROM ${struct("s", values)}
        THEN 'unchanged' ELSE 'corrected' END AS outcome,
      h.batch IS NOT NULL AND ${struct("h", values)} IS NOT DISTINCT FROM ${struct("s", values)} AS same
    FROM side_in s LEFT JOIN ${heldSide(name)} h ON ${keys.map((key) => `h.${key} = s.${key}`).join(" AND ")}`);
  await sql.run(`INSERT INTO ${name} SELECT ${columns.map((column) => `"${column.name}"`).join(", ")}, ${batch}
    FROM side_merged WHERE last AND NOT same ORDER BY turn`);
  await sql.run("INSERT INTO settled_side SELECT file, line, outcome FROM side_merged WHERE counted");
}

/** The values as one text, so that rows compare as a whole; NULL where the row is absent is told by `batch`. */
function struct(alias: string, values: readonly string[]): string {
  return `(CASE WHEN ${alias === "h" ? "h.batch IS NULL" : "false"} THEN NULL ELSE concat_ws(chr(31), ${values
    .map((value) => `coalesce(${alias}.${value}::VARCHAR, chr(30))`)
    .join(", ")}) END)`;
}
