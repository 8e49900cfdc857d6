/**
 * How a reading lies in InfluxDB: one point a key, in the measurement `reading`.
 *
 * `reading,indicator=pm25,place=1001A,span=hour batch=7i,exact=1230000000i,flag=0i,grade=0i,value=12.3,void=0i <ms>`
 *
 * `exact` is the value times 10⁸: what duibiao reads. `value` is the nearest double, for dashboards. All fields are
 * always written, since fields of one point merge. A point is never deleted (3.x cannot, and a DELETE by time in 1.x
 * may delete nothing without saying so): `void=1i` marks it as not held, and every reader has to leave it out.
 */
import { INDICATORS } from "../../domain/indicator.ts";
import { SPANS } from "../../domain/reading.ts";
import type { Sql } from "../port.ts";

export const MEASUREMENT = "reading";

/** Fields that are read back, in the order they are asked for. */
export const TAGS = ["place", "indicator", "span"] as const;
export const FIELDS = ["exact", "flag", "grade", "batch", "void"] as const;

/** The value is kept as a whole multiple of 10⁻⁸. */
const SCALE = 100_000_000;

/** Ids of the catalogue and the names the tags carry; `code_of` tables join them in SQL. */
export const INDICATOR_NAMES: ReadonlyMap<number, string> = new Map(INDICATORS.map(({ id, code }) => [id, code]));
export const SPAN_NAMES: ReadonlyMap<number, string> = new Map(Object.entries(SPANS).map(([name, id]) => [id, name]));

/** Makes the small tables `influx_indicator` and `influx_span` (id, name) on a connection. */
export async function makeNameTables(sql: Sql): Promise<void> {
  for (const [table, names] of [
    ["influx_indicator", INDICATOR_NAMES],
    ["influx_span", SPAN_NAMES],
  ] as const) {
    await sql.run(`CREATE OR REPLACE TEMP TABLE ${table} (id INTEGER, name VARCHAR)`);
    await sql.append(table, [
      { type: "int", values: [...names.keys()] },
      { type: "varchar", values: [...names.values()] },
    ]);
  }
}

/** Codes of indicators and spans are ours and need no escape; a place's code may be anything. */
const PLACE = "replace(replace(replace(place, ',', '\\,'), '=', '\\='), ' ', '\\ ')";

/** The value times 10⁸ as digits: its text without the point is five times faster than 128-bit arithmetic. */
const EXACT = `CASE WHEN value < 0 THEN '-' ELSE '' END,
  coalesce(nullif(ltrim(replace(abs(value)::VARCHAR, '.', ''), '0'), ''), '0')`;

/**
 * The line of a row with place, indicator, span (texts), start, value, flag, grade, batch; a NULL value writes the
 * void marker.
 */
export const LINE = `concat('${MEASUREMENT},indicator=', indicator, ',place=', ${PLACE}, ',span=', span,
  ' batch=', coalesce(batch, 0), 'i,exact=', ${EXACT}, 'i,flag=', coalesce(flag, 0), 'i,grade=', coalesce(grade, 0),
  'i,value=', coalesce(CAST(value AS DOUBLE), 0), ',void=', CASE WHEN value IS NULL THEN 1 ELSE 0 END,
  'i ', epoch_ms(start))`;

/** `exact` as the DECIMAL(18,8) it stands for: whole part and rest apart, so that 64 bits are enough at each step. */
export const EXACT_AS_VALUE = `CAST(CAST(exact // ${SCALE} AS DECIMAL(18,8))
  + CAST(exact % ${SCALE} AS DECIMAL(9,0)) * 0.00000001::DECIMAL(9,8) AS DECIMAL(18,8))`;
