/** The units a document prints on lines of their own in its unit columns: what tells a unit where the layout does not. */
import { alignRow } from "./align.ts";
import type { PlanTable } from "./plan-tables.ts";

export function knownUnits(tables: readonly PlanTable[]): ReadonlySet<string> {
  const known = new Set<string>();
  for (const { header, rows } of tables) {
    for (const row of rows) {
      const { cells } = alignRow(header, row);
      for (const role of ["lead", "main", "support"] as const) {
        for (const { text } of cells.get(role)?.paragraphs ?? []) known.add(text.replace(/\s+/g, ""));
      }
    }
  }
  return known;
}
