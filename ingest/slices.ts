/**
 * A large batch is checked and merged in slices of whole days. A key stands in one slice only, and so does a day's
 * value, so that the slices one after the other come to what the whole at once does.
 */
import { DAY_OF_START } from "../src/analysis/daily.ts";
import { type DayNumber, dayStart } from "../src/domain/time.ts";
import type { Sql } from "../src/store/port.ts";

/** Starts from `from` up to but without `to`, UTC milliseconds. */
export type Slice = { readonly from: number; readonly to: number };

/** The whole batch in one. */
export const ALL: Slice = { from: Number.NEGATIVE_INFINITY, to: Number.POSITIVE_INFINITY };

/** How many days of neighbours a value's soft checks look at: the longest flat line reaches back less than two. */
const NEIGHBOUR_DAYS = 2;

/** Days packed, in order, into slices of about `most` cells; a day of more is a slice of its own. */
export async function slicesOf(sql: Sql, most: number): Promise<readonly Slice[]> {
  const days = await sql.rows<{ day: DayNumber; cells: bigint }>(
    `SELECT ${DAY_OF_START} AS day, sum(width)::BIGINT AS cells
     FROM (SELECT make_timestamp(start * 1000) AS start, width FROM grid_row) GROUP BY day ORDER BY day`,
  );
  const starts: number[] = [];
  let filled = Number.POSITIVE_INFINITY;
  for (const { day, cells } of days) {
    if (filled + Number(cells) > most) {
      starts.push(dayStart(day));
      filled = 0;
    }
    filled += Number(cells);
  }
  if (starts.length < 2) return [ALL];
  return starts.map((from, k) => ({
    from: k === 0 ? ALL.from : from,
    to: starts[k + 1] ?? ALL.to,
  }));
}

/** A slice with the days around it that its soft checks look at. */
export function withNeighbours({ from, to }: Slice): Slice {
  const around = dayStart(NEIGHBOUR_DAYS) - dayStart(0);
  return { from: from - around, to: to + around };
}

/** A slice as SQL over a start in UTC milliseconds. */
export function within({ from, to }: Slice, start: string): string {
  const parts = [
    ...(Number.isFinite(from) ? [`${start} >= ${from}`] : []),
    ...(Number.isFinite(to) ? [`${start} < ${to}`] : []),
  ];
  return parts.length === 0 ? "true" : parts.join(" AND ");
}
