/** What a store's tables hold, as one hash a table: to compare a store of an earlier schema before and after it moves up. */
import { createHash } from "node:crypto";
import type { Sql } from "../../src/store/port.ts";

export type TableContent = { readonly columns: readonly string[]; readonly rows: number; readonly sha256: string };

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
