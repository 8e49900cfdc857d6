/** Readings in the catalogue's own DuckDB file: the default. */
import type { ReadingScope, ReadingStore, Sql } from "./port.ts";

const KEY = "a.place = b.place AND a.indicator = b.indicator AND a.start = b.start AND a.span = b.span";

export function duckdbReadings(sql: Sql): ReadingStore {
  return {
    engine: "duckdb",
    relation: async (scope) => `(SELECT * FROM reading WHERE ${scopeFilter(scope)})`,
    async insert(relation) {
      await sql.run(
        `INSERT INTO reading SELECT place, indicator, start, span, value, flag, grade, batch FROM ${relation}
         ORDER BY start`,
      );
    },
    async replace(relation) {
      await sql.run(
        `UPDATE reading a SET value = b.value, flag = b.flag, grade = b.grade, batch = b.batch FROM ${relation} b WHERE ${KEY}`,
      );
    },
    async remove(relation) {
      await sql.run(`DELETE FROM reading a USING ${relation} b WHERE ${KEY}`);
    },
    check: async () => ({ ok: true, detail: "DuckDB，与目录同一文件" }),
  };
}

/** A scope as SQL over the columns of `reading`; zone maps prune by `start`, since rows are kept in its order. */
export function scopeFilter(scope: ReadingScope): string {
  const parts = [`start >= make_timestamp(${scope.from}000)`, `start <= make_timestamp(${scope.to}000)`];
  if (scope.placeIds !== undefined) parts.push(`place IN (${[-1, ...scope.placeIds].join(",")})`);
  if (scope.indicatorIds !== undefined) parts.push(`indicator IN (${[0, ...scope.indicatorIds].join(",")})`);
  return parts.join(" AND ");
}
