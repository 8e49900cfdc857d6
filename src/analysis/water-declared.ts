/** Months in which a section could not be sampled, as somebody declared: dry, frozen, not sampled. */
import type { Period } from "../domain/period.ts";
import type { NotAssessed } from "../standards/water-target.ts";
import type { Store } from "../store/port.ts";
import { heldSide } from "../store/side-tables.ts";

/** By section id, the reason of each month (its first day). */
export type Declared = ReadonlyMap<number, ReadonlyMap<number, NotAssessed>>;

/** What was declared of the months of a period. */
export async function declaredMonths(store: Store, { first, last }: Pick<Period, "first" | "last">): Promise<Declared> {
  const rows = await store.sql.rows<{ place: number; month: number; state: NotAssessed }>(
    `SELECT place, month, state FROM ${heldSide("section_state")} WHERE month BETWEEN ${first} AND ${last} ORDER BY place, month`,
  );
  const found = new Map<number, Map<number, NotAssessed>>();
  for (const { place, month, state } of rows) {
    const months = found.get(place) ?? new Map<number, NotAssessed>();
    found.set(place, months.set(month, state));
  }
  return found;
}
