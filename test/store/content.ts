/** What a store's tables hold, as one hash a table: to compare a store of an earlier schema before and after it moves up. */
import { createHash } from "node:crypto";
import type { Sql } from "../../src/store/port.ts";

export type TableContent = { readonly columns: readonly string[]; readonly rows: number; readonly sha256: string };

/** What says how far a store has moved up itself, and so must change. */
const MOVING = "meta";

/** Every table's columns of now, by name. */
export async function columnsOf(sql: Sql): Promise<ReadonlyMap<string, readonly string[]>> {
  const found = await sql.rows<{ table_name: string; column_name: string }>(
    `SELECT table_name, column_name FROM information_schema.columns
     WHERE table_schema = 'main' AND table_catalog = current_database() ORDER BY table_name, ordinal_position`,
  );
  const tables = new Map<string, string[]>();
  for (const { table_name: table, column_name: column } of found) {
    if (table === MOVING) continue;
    tables.set(table, [...(tables.get(table) ?? []), column]);
  }
  return tables;
}

/** The content of some columns of a table, whatever the order of its rows. */
export async function contentOf(sql: Sql, table: string, columns: readonly string[]): Promise<TableContent> {
  const texts = columns.map((column) => `coalesce("${column}"::VARCHAR, 'NULL')`).join(", ");
  const rows = await sql.rows<{ line: string }>(
    `SELECT concat_ws(chr(31), ${texts}) AS line FROM "${table}" ORDER BY line`,
  );
  const sha256 = createHash("sha256")
    .update(rows.map((row) => row.line).join("\n"))
    .digest("hex");
  return { columns, rows: rows.length, sha256 };
}
