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

/** Adds the daily values of the place-days in `touched`, from the readings of a relation, to a table like `daily`. */
export async function computeDaily(sql: Sql, relation: string, touched: string, into: string): Promise<void> {
  await sql.run(`CREATE OR REPLACE TEMP TABLE day_hour AS
    SELECT r.*, CAST((epoch_ms(r.start) + 28800000) // 3600000 % 24 AS INTEGER) + 1 AS hour_end
    FROM (SELECT place, indicator, start, span, value, ${DAY_OF_START} AS day FROM ${relation}
          WHERE span IN (${SPANS.hour}, ${SPANS.day})) r
    SEMI JOIN ${touched} t ON r.place = t.place AND r.indicator = t.indicator AND r.day = t.day`);
  await sql.run(`INSERT INTO ${into}
    SELECT h.place, h.indicator, h.day, h.span, h.n, h.total, h.max,
      h.span = ${SPANS.day} OR h.n >= CASE WHEN h.indicator = ${OZONE} THEN ${OZONE_1H_MIN_HOURS} ELSE ${DAY_MIN_HOURS} END,
      o.mda8, CASE WHEN h.indicator = ${OZONE} AND h.span = ${SPANS.hour} THEN coalesce(o.windows, 0) END,
      CASE WHEN h.indicator = ${OZONE} AND h.span = ${SPANS.hour} THEN coalesce(o.windows >= ${OZONE_8H_MIN_WINDOWS}
        OR o.mda8 > ${OZONE_8H_LIMIT} * ${MDA8_DENOMINATOR}, false) END
    FROM (SELECT place, indicator, day, span, CAST(count(*) AS USMALLINT) AS n, sum(value) AS total, max(value) AS max
          FROM day_hour GROUP BY place, indicator, day, span) h
    LEFT JOIN (${OZONE_WINDOWS}) o ON h.indicator = ${OZONE} AND h.span = ${SPANS.hour} AND o.place = h.place AND o.day = h.day
    ORDER BY h.day, h.indicator, h.place`);
  await sql.run("DROP TABLE temp.day_hour");
}

/** Each ozone hour belongs to the windows that end with it or up to seven hours later, inside its day. */
const OZONE_WINDOWS = `SELECT place, day, max(total * (${MDA8_DENOMINATOR} // n)) AS mda8, CAST(count(*) AS UTINYINT) AS windows
  FROM (SELECT place, day, window_end, sum(value) AS total, count(*) AS n
        FROM (SELECT place, day, value, unnest(range(greatest(hour_end, ${OZONE_8H_FIRST_END}),
                least(hour_end + ${OZONE_8H_HOURS - 1}, ${OZONE_8H_LAST_END}) + 1)) AS window_end
              FROM day_hour WHERE indicator = ${OZONE} AND span = ${SPANS.hour})
        GROUP BY place, day, window_end)
  WHERE n >= ${OZONE_8H_MIN_HOURS} GROUP BY place, day`;
