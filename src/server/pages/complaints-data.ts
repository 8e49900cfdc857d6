/** Noise complaints by place and period: sums of the daily counts, with how many days there were. */
import { indicatorOf } from "../../domain/indicator.ts";
import type { Period } from "../../domain/period.ts";
import type { Place } from "../../domain/place.ts";
import { SPANS } from "../../domain/reading.ts";
import { DAY_MS, dayStart } from "../../domain/time.ts";
import type { Ask } from "../route.ts";

/** `days` 0: nothing was read, which is not the same as no complaint. */
export type Complaints = { readonly place: Place; readonly count: bigint; readonly days: number };

const STORED_ONE = 100_000_000n;

export async function complaintsOf(
  { store }: Ask,
  places: readonly Place[],
  period: Period,
): Promise<readonly Complaints[]> {
  const relation = await store.readings.relation({
    from: dayStart(period.first),
    to: dayStart(period.last) + DAY_MS - 1,
    placeIds: places.map((place) => place.id),
    indicatorIds: [indicatorOf("noise_complaints").id],
  });
  const rows = await store.sql.rows<{ place: number; total: bigint; days: bigint }>(
    `SELECT place, sum(value) AS total, count(*) AS days FROM ${relation} WHERE span = ${SPANS.day} GROUP BY place`,
  );
  const held = new Map(rows.map((row) => [row.place, row]));
  return places.map((place) => {
    const row = held.get(place.id);
    return { place, count: row === undefined ? 0n : row.total / STORED_ONE, days: Number(row?.days ?? 0n) };
  });
}
