/**
 * Daily values: the only rollup kept. Recomputed for the place-days a batch touched, in the batch's transaction.
 *
 * A row of `daily` holds, for one place, indicator and natural day of the place: count and exact sum of the hours (or
 * the day value itself where the source gives days), the largest hour, and for ozone the largest valid 8-hour mean
 * kept times 168, so that it stays whole whatever 6, 7 or 8 hours it rests on.
 */

import { indicatorOf } from "../domain/indicator.ts";
import { SPANS } from "../domain/reading.ts";
import { HOUR_MS } from "../domain/time.ts";
import {
  DAY_MIN_HOURS,
  OZONE_1H_MIN_HOURS,
  OZONE_8H_FIRST_END,
  OZONE_8H_HOURS,
  OZONE_8H_LAST_END,
  OZONE_8H_LIMIT,
  OZONE_8H_MIN_HOURS,
  OZONE_8H_MIN_WINDOWS,
} from "../standards/gb3095-validity.ts";
import type { Sql, Store } from "../store/port.ts";

/** 8-hour means rest on 6, 7 or 8 hours; times this they are whole multiples of the stored unit. */
export const MDA8_DENOMINATOR = 168n;

/** The day a start (UTC) belongs to, in the calendar of Asia/Shanghai, as a day number. */
export const DAY_OF_START = "CAST(floor((epoch_ms(start) + 28800000) / 86400000.0) AS INTEGER)";

const OZONE = indicatorOf("o3").id;

/**
 * Recomputes `daily` for the rows (place, indicator, day) of a relation. Nothing else is read or written.
 * @returns how many place-days were touched
 */
export async function recomputeDaily(store: Store, touched: string): Promise<number> {
  const { sql } = store;
  const bounds = await sql.one<{ n: bigint; low: number | null; high: number | null }>(
    `SELECT count(*) AS n, min(day) AS low, max(day) AS high FROM ${touched}`,
  );
  if (bounds.low === null || bounds.high === null) return 0;
  const scope = { from: (bounds.low - 1) * 24 * HOUR_MS, to: (bounds.high + 1) * 24 * HOUR_MS };
  const relation = await store.readings.relation(scope);
  await sql.run(`DELETE FROM daily d USING ${touched} t
    WHERE d.place = t.place AND d.indicator = t.indicator AND d.day = t.day`);
  await computeDaily(sql, relation, touched, "daily");
  return Number(bounds.n);
}

/**
 * Adds the daily values of the place-days in `touched`, from the readings of a relation, to a table like `daily`.
 *
 * All days of the relation's span are summed and the touched ones picked from the sums: far fewer rows to match than
 * the hours are. An ozone day is laid out as 24 columns, so that each 8-hour window is one expression over its row.
 */
export async function computeDaily(sql: Sql, relation: string, touched: string, into: string): Promise<void> {
  const { low, high } = await sql.one<{ low: number | null; high: number | null }>(
    `SELECT min(day) AS low, max(day) AS high FROM ${touched}`,
  );
  if (low === null || high === null) return;
  const hours = `(SELECT place, indicator, span, value, CAST((epoch_ms(start) + 28800000) // 86400000 AS INTEGER) AS day,
      CAST((epoch_ms(start) + 28800000) // 3600000 % 24 AS INTEGER) + 1 AS hour_end
    FROM ${relation} WHERE span IN (${SPANS.hour}, ${SPANS.day}))`;
  await sql.run(`INSERT INTO ${into}
    SELECT h.place, h.indicator, h.day, h.span, h.n, h.total, h.max,
      h.span = ${SPANS.day} OR h.n >= CASE WHEN h.indicator = ${OZONE} THEN ${OZONE_1H_MIN_HOURS} ELSE ${DAY_MIN_HOURS} END,
      o.mda8, o.windows, CASE WHEN o.windows IS NOT NULL
        THEN coalesce(o.windows >= ${OZONE_8H_MIN_WINDOWS} OR o.mda8 > ${OZONE_8H_LIMIT} * ${MDA8_DENOMINATOR}, false) END
    FROM (SELECT place, indicator, day, span, CAST(count(*) AS USMALLINT) AS n, sum(value) AS total, max(value) AS max
          FROM ${hours} WHERE day BETWEEN ${low} AND ${high} GROUP BY place, indicator, day, span) h
    SEMI JOIN ${touched} t ON h.place = t.place AND h.indicator = t.indicator AND h.day = t.day
    LEFT JOIN (${ozoneDays(hours, low, high)}) o
      ON o.indicator = h.indicator AND o.span = h.span AND o.place = h.place AND o.day = h.day
    ORDER BY h.day, h.indicator, h.place`);
}

/** The largest valid 8-hour mean of each ozone day, times 168, and how many windows are valid. */
function ozoneDays(hours: string, low: number, high: number): string {
  const ends = Array.from({ length: OZONE_8H_LAST_END - OZONE_8H_FIRST_END + 1 }, (_, k) => OZONE_8H_FIRST_END + k);
  const columns = Array.from({ length: OZONE_8H_LAST_END }, (_, k) => k + 1);
  const inside = (end: number): readonly number[] =>
    columns.filter((hour) => hour <= end && hour > end - OZONE_8H_HOURS);
  const count = (end: number): string =>
    `(${inside(end)
      .map((hour) => `(h${hour} IS NOT NULL)::INTEGER`)
      .join(" + ")})`;
  const total = (end: number): string =>
    `(${inside(end)
      .map((hour) => `coalesce(h${hour}, 0)`)
      .join(" + ")})`;
  return `SELECT ${OZONE}::USMALLINT AS indicator, ${SPANS.hour}::UTINYINT AS span, place, day, CAST(${ends.map((end) => `(n${end} >= ${OZONE_8H_MIN_HOURS})::INTEGER`).join(" + ")} AS UTINYINT) AS windows,
      greatest(${ends.map((end) => `CASE WHEN n${end} >= ${OZONE_8H_MIN_HOURS} THEN ${total(end)} * (${MDA8_DENOMINATOR} // n${end}) END`).join(", ")}) AS mda8
    FROM (SELECT *, ${ends.map((end) => `${count(end)} AS n${end}`).join(", ")}
      FROM (SELECT place, day, ${columns.map((hour) => `CAST(any_value(value) FILTER (hour_end = ${hour}) AS DECIMAL(38,8)) AS h${hour}`).join(", ")}
        FROM ${hours} WHERE indicator = ${OZONE} AND span = ${SPANS.hour} AND day BETWEEN ${low} AND ${high} GROUP BY place, day))`;
}
