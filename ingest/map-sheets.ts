/** How the sheets of a workbook take one mapping: which have its heads, and what the others lack. */
import { bareText, findHead, type Head } from "./heads.ts";
import type { TextTable } from "./table.ts";

/** A table's head, if it has all the heads that are named. */
export function headWith(table: TextTable, named: readonly string[]): Head | undefined {
  const bare = named.map(bareText);
  return findHead(table, (heads) => bare.every((name) => heads.includes(name)));
}

/** The named heads a table has not, by the row that has most of them; none when the mapping fits it. */
export function lackedBy(table: TextTable, named: readonly string[]): readonly string[] {
  if (headWith(table, named) !== undefined) return [];
  let least = named;
  findHead(table, (heads) => {
    const lacks = named.filter((name) => !heads.includes(bareText(name)));
    if (lacks.length < least.length) least = lacks;
    return false;
  });
  return least;
}
