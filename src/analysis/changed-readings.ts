/** Readings that differ between two states of a store, and the place-days they touch: where every change begins. */
import { type Exact, fromStored } from "../domain/exact.ts";
import { MEASURED_SPANS, SPANS } from "../domain/reading.ts";
import { DAY_MS, type DayNumber, dayOf } from "../domain/time.ts";
import type { Store } from "../store/port.ts";
import { readingsAt } from "./as-of.ts";
import { DAY_OF_START } from "./daily.ts";

export type ReadingChange = {
  readonly placeId: number;
  readonly indicatorId: number;
  readonly span: number;
  readonly start: number;
  readonly from: Exact | undefined;
  readonly to: Exact | undefined;
  /** The batch that made it what it is in the later state; of a removed one the batch that took it away. */
  readonly batch: number;
};

/** How many readings of one place and indicator changed, and in which batches. */
export type ReadingMove = {
  readonly placeId: number;
  readonly indicatorId: number;
  readonly inserted: number;
  readonly corrected: number;
  readonly removed: number;
  readonly first: DayNumber;
  readonly last: DayNumber;
  readonly batches: readonly number[];
};

export type ChangedReadings = {
  readonly moves: readonly ReadingMove[];
  readonly sample: readonly ReadingChange[];
  readonly total: number;
  /** Days of the first and the last change; undefined when nothing changed. */
  readonly days: { readonly first: DayNumber; readonly last: DayNumber } | undefined;
};

const ALL_TIME = { from: Date.UTC(1991, 11, 30), to: Date.UTC(2101, 0, 2) };

/** Single readings shown: corrections first, newest last. */
const SAMPLE = 200;

/** Leaves the table `changed_reading` for who reads on. @param to the later batch; undefined for the present */
export async function changedReadings(store: Store, from: number, to: number | undefined): Promise<ChangedReadings> {
  const { sql } = store;
  const bounds = await sql.one<{ low: bigint | null; high: bigint | null }>(
    `SELECT epoch_ms(min(start)) AS low, epoch_ms(max(start)) AS high FROM (
       SELECT start FROM ${await store.readings.relation(ALL_TIME)} WHERE batch > ${from}
       UNION ALL SELECT start FROM history WHERE batch_to > ${from})`,
  );
  if (bounds.low === null || bounds.high === null) return { moves: [], sample: [], total: 0, days: undefined };
  const current = await store.readings.relation({ from: Number(bounds.low), to: Number(bounds.high) });
  const later = to === undefined ? current : readingsAt(current, to);
  await sql.run(`CREATE OR REPLACE TEMP TABLE changed_key AS
    SELECT DISTINCT place, indicator, start, span FROM (
      SELECT place, indicator, start, span FROM ${current} WHERE batch > ${from}
      UNION ALL SELECT place, indicator, start, span FROM history WHERE batch_to > ${from})`);
  await sql.run(`CREATE OR REPLACE TEMP TABLE changed_reading AS
    SELECT k.place, k.indicator, k.start, k.span, a.value AS before, b.value AS after,
      coalesce(b.batch, (SELECT max(h.batch_to) FROM history h WHERE h.place = k.place AND h.indicator = k.indicator
        AND h.start = k.start AND h.span = k.span ${to === undefined ? "" : `AND h.batch_to <= ${to}`}), 0)::INTEGER AS batch
    FROM changed_key k
    LEFT JOIN ${readingsAt(current, from)} a USING (place, indicator, start, span)
    LEFT JOIN ${later} b USING (place, indicator, start, span)
    WHERE a.value IS DISTINCT FROM b.value`);
  await sql.run("DROP TABLE temp.changed_key");
  return await describeChanges(store);
}

async function describeChanges({ sql }: Store): Promise<ChangedReadings> {
  const rows = await sql.rows<{
    place: number;
    indicator: number;
    inserted: bigint;
    corrected: bigint;
    removed: bigint;
    first: number;
    last: number;
    batches: string;
  }>(`SELECT place, indicator, count(*) FILTER (before IS NULL) AS inserted,
      count(*) FILTER (before IS NOT NULL AND after IS NOT NULL) AS corrected, count(*) FILTER (after IS NULL) AS removed,
      min(${DAY_OF_START}) AS first, max(${DAY_OF_START}) AS last,
      string_agg(DISTINCT batch::VARCHAR, ',') AS batches
    FROM changed_reading GROUP BY place, indicator ORDER BY place, indicator`);
  const moves = rows.map(
    (row): ReadingMove => ({
      placeId: row.place,
      indicatorId: row.indicator,
      inserted: Number(row.inserted),
      corrected: Number(row.corrected),
      removed: Number(row.removed),
      first: row.first,
      last: row.last,
      batches: row.batches
        .split(",")
        .map(Number)
        .sort((a, b) => a - b),
    }),
  );
  const sample = await sql.rows<{
    place: number;
    indicator: number;
    span: number;
    start: bigint;
    before: bigint | null;
    after: bigint | null;
    batch: number;
  }>(`SELECT place, indicator, span, epoch_ms(start) AS start, before, after, batch FROM changed_reading
    ORDER BY (before IS NULL), start, place, indicator LIMIT ${SAMPLE}`);
  const exactly = (value: bigint | null) => (value === null ? undefined : fromStored(value));
  return {
    moves,
    total: moves.reduce((sum, one) => sum + one.inserted + one.corrected + one.removed, 0),
    sample: sample.map((row) => ({
      placeId: row.place,
      indicatorId: row.indicator,
      span: row.span,
      start: Number(row.start),
      from: exactly(row.before),
      to: exactly(row.after),
      batch: row.batch,
    })),
    days:
      moves.length === 0
        ? undefined
        : {
            first: Math.min(...moves.map((one) => one.first)),
            last: Math.max(
              ...moves.map((one) => one.last),
              lastDayOf(sample.map((row) => [row.span, Number(row.start)])),
            ),
          },
  };
}

/** A month's value is kept under its first day, but touches all of it. */
function lastDayOf(spans: readonly (readonly [number, number])[]): DayNumber {
  const longer = spans.filter(([span]) => !MEASURED_SPANS.includes(span));
  return Math.max(0, ...longer.map(([, start]) => dayOf(start + 30 * DAY_MS)));
}

export type DayMove = {
  readonly placeId: number;
  readonly indicatorId: number;
  readonly day: DayNumber;
  readonly from: DayState | undefined;
  readonly to: DayState | undefined;
};

/** Hours (or the one given value), their exact sum, and whether the day counts. */
export type DayState = { readonly n: number; readonly total: Exact; readonly valid: boolean };

/** Place-days whose daily value differs between two daily relations, among the changed readings. */
export async function movedDays(
  { sql }: Store,
  before: string,
  after: string,
  limit: number,
): Promise<{ readonly total: number; readonly days: readonly DayMove[] }> {
  await sql.run(`CREATE OR REPLACE TEMP TABLE moved_day AS
    SELECT t.*, a.n AS n_a, a.total AS total_a, coalesce(a.mda8_valid, a.valid) AS valid_a,
      b.n AS n_b, b.total AS total_b, coalesce(b.mda8_valid, b.valid) AS valid_b
    FROM (SELECT DISTINCT place, indicator, ${DAY_OF_START} AS day, span FROM changed_reading
      WHERE span IN (${SPANS.hour}, ${SPANS.day})) t
    LEFT JOIN ${before} a ON a.place = t.place AND a.indicator = t.indicator AND a.day = t.day AND a.span = t.span
    LEFT JOIN ${after} b ON b.place = t.place AND b.indicator = t.indicator AND b.day = t.day AND b.span = t.span
    WHERE (a.n, a.total, a.max, a.mda8) IS DISTINCT FROM (b.n, b.total, b.max, b.mda8)`);
  const { total } = await sql.one<{ total: bigint }>("SELECT count(*) AS total FROM moved_day");
  const rows = await sql.rows<Record<string, number | bigint | boolean | null>>(
    `SELECT * FROM moved_day ORDER BY (n_a IS NULL), day, place, indicator LIMIT ${limit}`,
  );
  const stateOf = (row: (typeof rows)[number], side: "a" | "b"): DayState | undefined => {
    const [n, sum, valid] = [row[`n_${side}`], row[`total_${side}`], row[`valid_${side}`]];
    if (n === null || typeof sum !== "bigint") return undefined;
    return { n: Number(n), total: fromStored(sum), valid: valid === true };
  };
  return {
    total: Number(total),
    days: rows.map((row) => ({
      placeId: Number(row["place"]),
      indicatorId: Number(row["indicator"]),
      day: Number(row["day"]),
      from: stateOf(row, "a"),
      to: stateOf(row, "b"),
    })),
  };
}
