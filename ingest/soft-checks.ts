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
  await sql.run(`INSERT INTO refusal SELECT file, line, c.name, cell.value::VARCHAR, 'row.future', cell.start::VARCHAR
    FROM cell JOIN grid_column c ON c.grid = cell.grid AND c.col = cell.col WHERE ${future}`);
  await sql.run(`UPDATE cell SET outcome = 'row.future' WHERE ${future}`);
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

/** Room for indicator ids and for hours since 1970 (until 2209) in one key. */
const INDICATORS_ROOM = 1024;
const HOURS_ROOM = 2_097_152;

/**
 * Flat lines and spikes. Hours that equal the hour before are found by a join, so that only they have to be sorted: a
 * year of an archive is mostly hours that differ.
 */
async function flagRuns(sql: Sql): Promise<void> {
  const checks = SOFT_CHECKS.map((check) => ({ ...check, id: indicatorOf(check.indicator).id }));
  const rows = checks.map((one) => `(${one.id}, ${one.flatHours}, ${one.spikeFactor}, ${one.spikeFrom})`).join(", ");
  // Place, indicator and hour as one whole number: neighbours differ by one, and one key joins faster than three.
  await sql.run(`CREATE OR REPLACE TEMP TABLE soft_hour AS
    SELECT rowid AS id, indicator, value, (place::BIGINT * ${INDICATORS_ROOM} + indicator) * ${HOURS_ROOM} + epoch_ms(start) // ${HOUR_MS} AS slot
    FROM cell WHERE outcome IS NULL AND span = ${SPANS.hour} AND indicator IN (${checks.map((one) => one.id).join(", ")})`);
  await sql.run(`CREATE OR REPLACE TEMP TABLE soft AS
    WITH same AS (SELECT DISTINCT a.indicator, a.slot FROM soft_hour a JOIN soft_hour b ON b.slot = a.slot - 1 AND b.value = a.value),
      runs AS (SELECT *, slot - row_number() OVER (ORDER BY slot) AS run FROM same),
      lines AS (SELECT min(slot) - 1 AS first, max(slot) AS last FROM runs
        JOIN (VALUES ${rows}) t(indicator, flat, spike, spike_from) USING (indicator)
        GROUP BY run HAVING count(*) + 1 >= any_value(flat))
    SELECT h.id, ${FLAGS.flatLine} AS flags
    FROM (SELECT unnest(range(first, last + 1)) AS slot FROM lines) l JOIN soft_hour h USING (slot)`);
  // Few hours are high enough to be a spike: taken apart first, their neighbours are found at once.
  await sql.run(`CREATE OR REPLACE TEMP TABLE soft_high AS SELECT h.*, spike FROM soft_hour h
    JOIN (VALUES ${rows}) t(indicator, flat, spike, spike_from) USING (indicator) WHERE value >= spike_from`);
  await sql.run(`CREATE OR REPLACE TEMP TABLE soft_near AS SELECT h.id, h.value, h.spike, h.side, n.value AS near
    FROM (SELECT *, unnest([-1, 1]) AS side FROM soft_high) h JOIN soft_hour n ON n.slot = h.slot + h.side`);
  await sql.run(`INSERT INTO soft SELECT id, ${FLAGS.spike} FROM soft_near GROUP BY id
    HAVING count(DISTINCT side) = 2 AND any_value(value) >= any_value(spike) * max(near)`);
  await flagCells(sql, "SELECT id, bit_or(flags) AS flags FROM soft GROUP BY id");
  for (const table of ["soft_hour", "soft_high", "soft_near"]) await sql.run(`DROP TABLE ${table}`);
}

async function flagCells(sql: Sql, marks: string): Promise<void> {
  await sql.run(`UPDATE cell SET flag = (cell.flag | m.flags)::USMALLINT FROM (${marks}) m WHERE cell.rowid = m.id`);
}
