/**
 * Hours from minutes: a logger's minutes are kept as they came, and the hours they make are kept beside them as
 * ordinary hourly values of the same batch, so that every statistic, correction, undo and as-of works on them as on any
 * other. An hour is the mean of all its minutes held, however many batches they came in.
 */
import type { Indicator } from "../src/domain/indicator.ts";
import { GRADES, type Grade, SPANS } from "../src/domain/reading.ts";
import { HOUR_MS } from "../src/domain/time.ts";
import { HOUR_MIN_MINUTES } from "../src/standards/gb3095-validity.ts";
import type { Store } from "../src/store/port.ts";
import { COMPUTED_FILE } from "./batch-account.ts";
import type { Shelf } from "./shelf.ts";
import { type Slice, within } from "./slices.ts";

/** Means are taken of concentrations and of what weather stations average; levels, sums and directions are none. */
export function makesHours({ medium, averaging, code }: Indicator): boolean {
  return averaging === "arithmetic" && (medium === "air" || medium === "weather" || code === "tsp");
}

/** Hours the batch's minutes touch, and how many of them have too few minutes for a value. */
export type MinuteHours = { readonly touched: number; readonly short: number };

/**
 * Adds to `cell` the hours the staged minutes make, together with the minutes held. Call it after the cells are checked.
 * The mean is rounded once, half away from zero, at the store's eighth decimal.
 * @returns counts of the slice's own hours
 * @source GB 3095-2026 table 4: 45 minutes of sampling an hour
 */
export async function addMinuteHours(store: Store, shelf: Shelf, grade: Grade, slice: Slice): Promise<MinuteHours> {
  const { sql } = store;
  const { low, high } = await shelf.sql.one<{ low: bigint | null; high: bigint | null }>(
    `SELECT min(epoch_ms(start)) // ${HOUR_MS} AS low, max(epoch_ms(start)) // ${HOUR_MS} AS high
     FROM cell WHERE outcome IS NULL AND span = ${SPANS.minute}`,
  );
  if (low === null || high === null) return { touched: 0, short: 0 };
  const hour = `epoch_ms(start) // ${HOUR_MS}`;
  await shelf.show(
    "minute_new",
    `SELECT place, indicator, start, arg_max(value, (file::HUGEINT * 4294967296 + line) * 65536 + col) AS value
    FROM cell WHERE outcome IS NULL AND span = ${SPANS.minute} GROUP BY place, indicator, start`,
  );
  const held = await store.readings.relation({
    from: Number(low) * HOUR_MS,
    to: (Number(high) + 1) * HOUR_MS - 1,
  });
  const minutes = `(SELECT place, indicator, start, value, grade FROM ${held} WHERE span = ${SPANS.minute})`;
  const first = (await sql.rows(`SELECT 1 AS x FROM ${minutes} LIMIT 1`)).length === 0;
  const all = first
    ? "minute_new"
    : `(SELECT coalesce(n.place, h.place) AS place, coalesce(n.indicator, h.indicator) AS indicator,
          coalesce(n.start, h.start) AS start, CASE WHEN n.value IS NULL OR h.grade > ${GRADES[grade]} THEN h.value ELSE n.value END AS value
        FROM minute_new n FULL JOIN (SELECT * FROM ${minutes} m
          SEMI JOIN (SELECT DISTINCT place, indicator, ${hour} AS slot FROM minute_new) t
          ON t.place = m.place AND t.indicator = m.indicator AND t.slot = epoch_ms(m.start) // ${HOUR_MS}) h
        ON h.place = n.place AND h.indicator = n.indicator AND h.start = n.start)`;
  // Whole multiples of the stored unit: nothing passes through a double.
  const hours = await shelf.keep(
    "minute_hour",
    `SELECT place, indicator, slot, n, sign(total) * ((abs(total) * 2 + n) // (n * 2)) AS mean
    FROM (SELECT place, indicator, ${hour} AS slot, count(*) AS n, (sum(value)::DECIMAL(28,8) * 100000000)::HUGEINT AS total
      FROM ${all} GROUP BY place, indicator, slot)`,
  );
  await shelf.sql.run(`INSERT INTO cell (file, line, grid, col, place, indicator, start, span, flag, value)
    SELECT ${COMPUTED_FILE}, 0, 0, 0, place, indicator, make_timestamp(slot * ${HOUR_MS}000), ${SPANS.hour}, 0,
      CAST(CAST(mean AS DECIMAL(18,0)) * CAST(0.00000001 AS DECIMAL(8,8)) AS DECIMAL(18,8))
    FROM ${hours} WHERE n >= ${HOUR_MIN_MINUTES} ORDER BY slot, indicator, place`);
  const { touched, short } = await sql.one<{ touched: bigint; short: bigint }>(
    `SELECT count(*) AS touched, count(*) FILTER (n < ${HOUR_MIN_MINUTES}) AS short FROM ${hours}
     WHERE ${within(slice, `slot * ${HOUR_MS}`)}`,
  );
  return { touched: Number(touched), short: Number(short) };
}
