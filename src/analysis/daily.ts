/**
 * Daily values: the only rollup kept. Recomputed for the place-days a batch touched, in the batch's transaction.
 *
 * A row of `daily` holds, for one place, indicator and natural day of the place: count and exact sum of the hours (or
 * the day value itself where the source gives days), the largest hour, and for ozone the largest valid 8-hour mean
 * kept times 168, so that it stays whole whatever 6, 7 or 8 hours it rests on.
 */

import { indicatorOf } from "../domain/indicator.ts";
import { SPANS } from "../domain/reading.ts";
import { type DayNumber, dayStart } from "../domain/time.ts";
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
import type { ReadingScope, Sql, Store } from "../store/port.ts";

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
  const extent = await extentOf(sql, touched);
  if (extent === undefined) return 0;
  const within = `d.day BETWEEN ${extent.first} AND ${extent.last}`;
  await sql.run(
    extent.whole
      ? `DELETE FROM daily d WHERE ${within} AND ${among(extent)}`
      : `DELETE FROM daily d USING ${touched} t
         WHERE d.place = t.place AND d.indicator = t.indicator AND d.day = t.day AND ${within}`,
  );
  await sumDays(sql, await store.readings.relation(scopeOf(extent)), extent, touched, "daily");
  return extent.n;
}

/**
 * Adds the daily values of the place-days in `touched` to a table like `daily`.
 * @param relationOf the readings to take, for the scope the place-days lie in
 */
export async function computeDaily(
  sql: Sql,
  relationOf: (scope: ReadingScope) => Promise<string>,
  touched: string,
  into: string,
): Promise<void> {
  const extent = await extentOf(sql, touched);
  if (extent !== undefined) await sumDays(sql, await relationOf(scopeOf(extent)), extent, touched, into);
}

/** The bounds of some place-days. `places` is undefined where they are so many that naming them costs more than it saves. */
type Extent = {
  readonly n: number;
  readonly first: DayNumber;
  readonly last: DayNumber;
  readonly places: readonly number[] | undefined;
  readonly indicators: readonly number[];
  /** Whether every day of the span is touched at every place for every indicator: then they need not be told apart. */
  readonly whole: boolean;
};

/** One late hour touches a place-day, one late file of the network some dozens: their places and indicators are named. */
const FEW = 256;

async function extentOf(sql: Sql, touched: string): Promise<Extent | undefined> {
  const [places = [], indicators = [], days = []] = (await sql.columns(
    `SELECT place, indicator, day FROM ${touched} LIMIT ${FEW + 1}`,
  )) as readonly (readonly number[])[];
  if (days.length === 0) return undefined;
  if (days.length <= FEW) {
    const [first, last] = [Math.min(...days), Math.max(...days)];
    const [atPlaces, ofIndicators] = [[...new Set(places)], [...new Set(indicators)]];
    const distinct = new Set(days.map((day, k) => `${places[k]}|${indicators[k]}|${day}`)).size;
    return {
      n: days.length,
      first,
      last,
      places: atPlaces,
      indicators: ofIndicators,
      whole: distinct === atPlaces.length * ofIndicators.length * (last - first + 1),
    };
  }
  const all = await sql.one<{ n: bigint; first: number; last: number; indicators: string }>(
    `SELECT count(*) AS n, min(day) AS first, max(day) AS last,
       string_agg(DISTINCT indicator::VARCHAR, ',') AS indicators FROM ${touched}`,
  );
  return {
    ...all,
    n: Number(all.n),
    places: undefined,
    indicators: all.indicators.split(",").map(Number),
    whole: false,
  };
}

/** SQL condition: the place and indicator of the row `d` are among those of the extent. */
function among({ places = [], indicators }: Extent): string {
  return `d.place IN (${places.join(",")}) AND d.indicator IN (${indicators.join(",")})`;
}

function scopeOf({ first, last, places, indicators }: Extent): ReadingScope {
  return {
    from: dayStart(first),
    to: dayStart(last + 1) - 1,
    indicatorIds: indicators,
    ...(places === undefined ? {} : { placeIds: places }),
  };
}

/**
 * All days of the relation's span are summed and the touched ones picked from the sums: far fewer rows to match than
 * the hours are.
 */
async function sumDays(sql: Sql, relation: string, extent: Extent, touched: string, into: string): Promise<void> {
  const { first, last, indicators } = extent;
  const hours = `(SELECT place, indicator, span, value, CAST((epoch_ms(start) + 28800000) // 86400000 AS INTEGER) AS day,
      CAST((epoch_ms(start) + 28800000) // 3600000 % 24 AS INTEGER) + 1 AS hour_end
    FROM ${relation} WHERE span IN (${SPANS.hour}, ${SPANS.day}))`;
  const ozone = indicators.includes(OZONE);
  const largest = ozone
    ? `o.mda8, o.windows, CASE WHEN o.windows IS NOT NULL
        THEN coalesce(o.windows >= ${OZONE_8H_MIN_WINDOWS} OR o.mda8 > ${OZONE_8H_LIMIT} * ${MDA8_DENOMINATOR}, false) END`
    : "NULL, NULL, NULL";
  const joined = ozone
    ? `LEFT JOIN (${ozoneDays(hours, first, last)}) o
      ON o.indicator = h.indicator AND o.span = h.span AND o.place = h.place AND o.day = h.day`
    : "";
  await sql.run(`INSERT INTO ${into}
    SELECT h.place, h.indicator, h.day, h.span, h.n, h.total, h.max,
      h.span = ${SPANS.day} OR h.n >= CASE WHEN h.indicator = ${OZONE} THEN ${OZONE_1H_MIN_HOURS} ELSE ${DAY_MIN_HOURS} END,
      ${largest}
    FROM (SELECT place, indicator, day, span, CAST(count(*) AS USMALLINT) AS n, sum(value) AS total, max(value) AS max
          FROM ${hours} WHERE day BETWEEN ${first} AND ${last} GROUP BY place, indicator, day, span) h
    ${extent.whole ? "" : `SEMI JOIN ${touched} t ON h.place = t.place AND h.indicator = t.indicator AND h.day = t.day`}
    ${joined}
    ORDER BY h.day, h.indicator, h.place`);
}

/**
 * The largest valid 8-hour mean of each ozone day, times 168, and how many windows are valid. Each hour is laid into the
 * windows it belongs to, named by their last hour: twice as fast as one expression a window, and far quicker to plan.
 */
function ozoneDays(hours: string, first: DayNumber, last: DayNumber): string {
  const ends = `unnest(range(greatest(${OZONE_8H_FIRST_END}, hour_end), least(${OZONE_8H_LAST_END}, hour_end + ${OZONE_8H_HOURS - 1}) + 1))`;
  return `SELECT ${OZONE}::USMALLINT AS indicator, ${SPANS.hour}::UTINYINT AS span, place, day,
      CAST(count(*) FILTER (n >= ${OZONE_8H_MIN_HOURS}) AS UTINYINT) AS windows,
      max(total * (${MDA8_DENOMINATOR} // n)) FILTER (n >= ${OZONE_8H_MIN_HOURS}) AS mda8
    FROM (SELECT place, day, ends, CAST(count(*) AS INTEGER) AS n, sum(value) AS total
      FROM (SELECT place, day, value, ${ends} AS ends FROM ${hours}
        WHERE indicator = ${OZONE} AND span = ${SPANS.hour} AND day BETWEEN ${first} AND ${last})
      GROUP BY place, day, ends)
    GROUP BY place, day`;
}
