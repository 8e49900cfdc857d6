/** Until when the data of a period go. */
import type { Period } from "../../../src/domain/period.ts";
import type { DayNumber } from "../../../src/domain/time.ts";
import type { Store } from "../../../src/store/port.ts";

/** The last day of the period anything was measured on; its last day where nothing was, so that a document has a date. */
export async function lastDataDay(store: Store, { first, last }: Period): Promise<DayNumber> {
  const row = await store.sql.one<{ day: number | null }>(
    `SELECT max(day) AS day FROM daily WHERE day BETWEEN ${first} AND ${last}`,
  );
  return row.day ?? last;
}
