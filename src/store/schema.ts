/** Whether a store's tables are those its migrations make. */
import { DuckDBInstance } from "@duckdb/node-api";
import { duckdbSql } from "./duckdb-sql.ts";
import { MIGRATIONS, SCHEMA_VERSION } from "./migrations.ts";
import type { Sql } from "./port.ts";

export type SchemaState = { readonly version: number; readonly known: number; readonly differences: readonly string[] };

/** The tables and columns a store lacks, has too many or has of another type, as short texts in Chinese. */
export async function schemaState(sql: Sql): Promise<SchemaState> {
  const { version } = await sql.one<{ version: string }>("SELECT value AS version FROM meta WHERE key = 'schema'");
  const [held, made] = [await columnsOf(sql), await freshColumns()];
  const differences = [
    ...[...made].filter(([name]) => !held.has(name)).map(([name]) => `缺 ${name}`),
    ...[...held].filter(([name]) => !made.has(name)).map(([name]) => `多出 ${name}`),
    ...[...made].flatMap(([name, type]) => {
      const found = held.get(name);
      return found === undefined || found === type ? [] : [`${name} 是 ${found}，应为 ${type}`];
    }),
  ];
  return { version: Number(version), known: SCHEMA_VERSION, differences };
}

/** Type and NOT NULL by `table.column`. */
async function columnsOf(sql: Sql): Promise<ReadonlyMap<string, string>> {
  const rows = await sql.rows<{ name: string; type: string }>(
    `SELECT table_name || '.' || column_name AS name, data_type || CASE is_nullable WHEN 'NO' THEN ' NOT NULL' ELSE '' END AS type
     FROM information_schema.columns WHERE table_schema = 'main' AND table_catalog = current_database()`,
  );
  return new Map(rows.map(({ name, type }) => [name, type]));
}

/** The columns of a store made just now. */
async function freshColumns(): Promise<ReadonlyMap<string, string>> {
  const instance = await DuckDBInstance.create(":memory:");
  try {
    const connection = await instance.connect();
    const sql = duckdbSql(connection);
    for (const { statements } of MIGRATIONS) for (const statement of statements) await sql.run(statement);
    const columns = await columnsOf(sql);
    connection.closeSync();
    return columns;
  } finally {
    instance.closeSync();
  }
}
