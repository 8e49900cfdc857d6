/**
 * Checks that keep a value and mark it: a flag never drops anything, policy says what a statistic leaves out.
 *
 * The thresholds are ours, not a standard's: chosen so that real dust storms and clean days of a real archive stay
 * unmarked. They look at what one batch brings, so a mark says "seen so in its batch".
 */
import { type IndicatorCode, indicatorOf } from "../src/domain/indicator.ts";
import { FLAGS, SPANS } from "../src/domain/reading.ts";
import { DAY_MS, HOUR_MS } from "../src/domain/time.ts";
import type { Sql } from "../src/store/port.ts";

export type SoftCheck = {
  readonly indicator: IndicatorCode;
  /** This many equal hours in a row are a flat line. */
  readonly flatHours: number;
  /** A single hour this many times higher than the hours before and after, and at least `spikeFrom`, is a spike. */
  readonly spikeFactor: number;
  readonly spikeFrom: number;
};

/** Gases lie at the detection limit for days, so their flat lines have to be longer. */
export const SOFT_CHECKS: readonly SoftCheck[] = [
  { indicator: "pm25", flatHours: 12, spikeFactor: 8, spikeFrom: 400 },
  { indicator: "pm10", flatHours: 12, spikeFactor: 8, spikeFrom: 800 },
  { indicator: "so2", flatHours: 48, spikeFactor: 10, spikeFrom: 200 },
  { indicator: "no2", flatHours: 24, spikeFactor: 8, spikeFrom: 200 },
  { indicator: "co", flatHours: 48, spikeFactor: 10, spikeFrom: 5 },
  { indicator: "o3", flatHours: 24, spikeFactor: 8, spikeFrom: 200 },
  { indicator: "tsp", flatHours: 12, spikeFactor: 8, spikeFrom: 1500 },
];

/** Pairs of which the first is a part of the second, so it cannot be larger. */
const PARTS: readonly (readonly [IndicatorCode, IndicatorCode])[] = [["pm25", "pm10"]];

/** A stamp this far ahead of the clock is no mistake of minutes. */
const FUTURE_SLACK_MS = DAY_MS;

/** Rejects staged values of the future and marks the odd ones. */
export async function flagSoft(sql: Sql, now: Date): Promise<void> {
  await rejectFuture(sql, now);
  await flagParts(sql);
  await flagRuns(sql);
}

async function rejectFuture(sql: Sql, now: Date): Promise<void> {
  const future = `outcome IS NULL AND start > make_timestamp(${now.getTime() + FUTURE_SLACK_MS}000)`;
  const [any] = await sql.rows(`SELECT 1 AS x FROM cell WHERE ${future} LIMIT 1`);
  if (any === undefined) return;
  await sql.run(
    `UPDATE cell SET txt = value::VARCHAR, outcome = 'row.future', detail = start::VARCHAR WHERE ${future}`,
  );
}

async function flagParts(sql: Sql): Promise<void> {
  for (const [part, whole] of PARTS.map((pair) => pair.map((code) => indicatorOf(code).id))) {
    await sql.run(`CREATE OR REPLACE TEMP TABLE soft AS SELECT a.rowid AS one, b.rowid AS other FROM cell a
        JOIN cell b USING (place, start, span)
      WHERE a.indicator = ${part} AND b.indicator = ${whole} AND a.value > b.value AND a.outcome IS NULL AND b.outcome IS NULL`);
    for (const side of ["one", "other"])
      await flagCells(sql, `SELECT DISTINCT ${side} AS id, ${FLAGS.crossItem} AS flags FROM soft`);
  }
}

/** Room for indicator ids and for days since 1970 in one key. */
const INDICATORS_ROOM = 1024;
const DAYS_ROOM = 1_000_000;

/**
 * Flat lines and spikes, found from their candidates: a year of an archive is mostly hours that differ and are not high,
 * so what cannot be either is set aside by one pass before anything is sorted or matched.
 */
async function flagRuns(sql: Sql): Promise<void> {
  const checks = SOFT_CHECKS.map((check) => ({ ...check, id: indicatorOf(check.indicator).id }));
  const rows = checks.map((one) => `(${one.id}, ${one.flatHours}, ${one.spikeFactor}, ${one.spikeFrom})`).join(", ");
  const table = `(VALUES ${rows}) t(indicator, flat, spike, spike_from)`;
  const hourly = `outcome IS NULL AND span = ${SPANS.hour}`;
  // An hour that stands twice in a batch is one hour of a run.
  // A run of n equal hours lies on two days at most unless it fills one, so some day holds half of it.
  // Place, indicator and day as one whole number: two keys group faster than four.
  await sql.run(`CREATE OR REPLACE TEMP TABLE soft_flat AS
    SELECT (at_day // ${DAYS_ROOM} // ${INDICATORS_ROOM})::INTEGER AS place, (at_day // ${DAYS_ROOM} % ${INDICATORS_ROOM})::USMALLINT AS indicator,
      value, at_day % ${DAYS_ROOM} AS day, flat
    FROM (SELECT (place::BIGINT * ${INDICATORS_ROOM} + indicator) * ${DAYS_ROOM} + epoch_ms(start) // ${DAY_MS} AS at_day, value, count(*) AS n
          FROM cell WHERE ${hourly} GROUP BY at_day, value HAVING n >= ${Math.min(...checks.map((one) => one.flatHours)) / 2}) g
    JOIN ${table} ON t.indicator = at_day // ${DAYS_ROOM} % ${INDICATORS_ROOM} WHERE n * 2 >= least(flat, 48)`);
  await sql.run(`CREATE OR REPLACE TEMP TABLE soft AS
    WITH near AS (SELECT DISTINCT c.rowid AS id, c.place, c.indicator, c.value, f.flat, epoch_ms(c.start) // ${HOUR_MS} AS slot
        FROM cell c JOIN soft_flat f ON f.place = c.place AND f.indicator = c.indicator AND f.value = c.value
          AND epoch_ms(c.start) // ${DAY_MS} BETWEEN f.day - 1 AND f.day + 1
        WHERE c.outcome IS NULL AND c.span = ${SPANS.hour}),
      runs AS (SELECT *, slot - dense_rank() OVER (PARTITION BY place, indicator, value ORDER BY slot) AS run FROM near)
    SELECT id, ${FLAGS.flatLine} AS flags FROM
      (SELECT id, flat, max(slot) OVER one_run - min(slot) OVER one_run + 1 AS length FROM runs
        WINDOW one_run AS (PARTITION BY place, indicator, value, run)) WHERE length >= flat`);
  await sql.run(`CREATE OR REPLACE TEMP TABLE soft_high AS
    SELECT rowid AS id, place, indicator, value, spike, epoch_ms(start) // ${HOUR_MS} AS slot
    FROM cell JOIN ${table} USING (indicator) WHERE ${hourly} AND value >= spike_from`);
  await sql.run(`INSERT INTO soft SELECT h.id, ${FLAGS.spike}
    FROM (SELECT *, unnest([-1, 1]) AS side FROM soft_high) h
    JOIN cell n ON n.place = h.place AND n.indicator = h.indicator AND n.start = make_timestamp((h.slot + h.side) * ${HOUR_MS}000)
    WHERE n.outcome IS NULL AND n.span = ${SPANS.hour}
    GROUP BY h.id HAVING count(DISTINCT side) = 2 AND any_value(h.value) >= any_value(spike) * max(n.value)`);
  await flagCells(sql, "SELECT id, bit_or(flags) AS flags FROM soft GROUP BY id");
  for (const name of ["soft", "soft_flat", "soft_high"]) await sql.run(`DROP TABLE IF EXISTS ${name}`);
}

async function flagCells(sql: Sql, marks: string): Promise<void> {
  await sql.run(`UPDATE cell SET flag = (cell.flag | m.flags)::USMALLINT FROM (${marks}) m WHERE cell.rowid = m.id`);
}
