/**
 * HJ 633 AQI 技术规定: breakpoints, and the index (IAQI) of a rounded concentration.
 *
 * Editions: 2012 table 1, 2026 table 3. They differ in one row: PM10 and PM2.5 at index 100.
 * Rests on: eq. (1), cl. 4.2 (2012), 4.2.4 (2026); rounding up 2012 cl. 6.2, 2026 cl. 4.2.6.
 * Elsewhere: the day in `hj633-day.ts`, the hour in `hj633-hour.ts`, classes in `hj633-class.ts`.
 */
import type { Edition } from "../domain/edition.ts";

/** Columns of both tables. Particles have no 1-hour column: an hour of theirs is looked up in the day column. */
export type Iaqi1hColumn = "so2_1h" | "no2_1h" | "co_1h" | "o3_1h";
export type IaqiColumn = "so2" | "no2" | "co" | "pm10" | "pm25" | "o3_8h" | Iaqi1hColumn;

/** First column of both tables. */
export const IAQI = [0, 50, 100, 150, 200, 300, 400, 500] as const;

/** CO stands in tenths of mg/m³, so that every entry is whole; all other columns in µg/m³. A column may end early. */
type Table = Readonly<Record<IaqiColumn, readonly number[]>>;

/** HJ 633-2026 table 3, in the order of the printed table. */
const TABLE_2026: Table = {
  so2: [0, 50, 150, 475, 800, 1600, 2100, 2620],
  so2_1h: [0, 150, 500, 650, 800],
  no2: [0, 40, 80, 180, 280, 565, 750, 940],
  no2_1h: [0, 100, 200, 700, 1200, 2340, 3090, 3840],
  co: [0, 20, 40, 140, 240, 360, 480, 600],
  co_1h: [0, 50, 100, 350, 600, 900, 1200, 1500],
  o3_8h: [0, 100, 160, 215, 265, 800],
  o3_1h: [0, 160, 200, 300, 400, 800, 1000, 1200],
  pm10: [0, 50, 120, 250, 350, 420, 500, 600],
  pm25: [0, 35, 60, 115, 150, 250, 350, 500],
};

/** HJ 633-2012 table 1: as 2026, but for particles. */
const TABLE_2012: Table = {
  ...TABLE_2026,
  pm10: [0, 50, 150, 250, 350, 420, 500, 600],
  pm25: [0, 35, 75, 115, 150, 250, 350, 500],
};

export const IAQI_TABLES: Readonly<Record<Edition, Table>> = { "2012": TABLE_2012, "2026": TABLE_2026 };

/**
 * What stands above the end of a column that ends early: SO2 1h above 800 and O3 8h above 800.
 * @source 2012 table 1 notes 2, 3: no index, the other mean decides; 2026 table 3 notes b, c: 200 and 300
 */
const ABOVE_SHORT: Readonly<Record<Edition, Partial<Record<IaqiColumn, number>>>> = {
  "2012": {},
  "2026": { so2_1h: 200, o3_8h: 300 },
};

/** Steps of a column per unit: tenths for CO, whole numbers for the rest. @source HJ 633-2026 cl. 4.2.2, 4.2.3 */
export function stepsPerUnit(column: IaqiColumn): 1n | 10n {
  return column === "co" || column === "co_1h" ? 10n : 1n;
}

/**
 * The index (IAQI) of a rounded concentration.
 *
 * @param steps µg/m³, CO tenths of mg/m³; a whole number, not negative
 * @returns a whole number from 0 to 500, rounded up; `undefined` where the edition gives none
 * @source eq. (1); 2012 cl. 6.2, 2026 cl. 4.2.6; above the table 500 (range of the index, 2026 cl. 4.1.1)
 */
export function iaqiOfSteps(edition: Edition, column: IaqiColumn, steps: number): number | undefined {
  return indexAt(LOOKUP[edition][column], steps);
}

/** A column with every index worked out, for many look-ups of the same column. */
export function iaqiColumn(edition: Edition, column: IaqiColumn): IaqiLookup {
  return LOOKUP[edition][column];
}

/** As `iaqiOfSteps`, on a column taken once with `iaqiColumn`. */
export function indexAt(column: IaqiLookup, steps: number): number | undefined {
  return steps < column.inside.length ? column.inside[steps] : column.above;
}

/** An interval's index by eq. (1), in whole numbers: 2.2 mg/m³ of CO is exactly 55, but binary fractions say 56. */
function interpolate(breakpoints: readonly number[], steps: number): number {
  const high = breakpoints.findIndex((one) => steps <= one);
  const low = Math.max(0, high - 1);
  const [bLow, bHigh] = [breakpoints[low] ?? 0, breakpoints[high] ?? 0];
  const [iLow, iHigh] = [IAQI[low] ?? 0, IAQI[high] ?? 0];
  if (bHigh === bLow) return iLow;
  const product = (iHigh - iLow) * (steps - bLow);
  const span = bHigh - bLow;
  return iLow + (product - (product % span)) / span + (product % span > 0 ? 1 : 0);
}

/** Index by whole step, and what stands above the last one. */
export type IaqiLookup = { readonly inside: Uint16Array; readonly above: number | undefined };

/** Every whole number of every column looked up once: a query asks tens of thousands of times, `calc` millions. */
const LOOKUP: Readonly<Record<Edition, Readonly<Record<IaqiColumn, IaqiLookup>>>> = {
  "2012": lookupOf("2012"),
  "2026": lookupOf("2026"),
};

function lookupOf(edition: Edition): Readonly<Record<IaqiColumn, IaqiLookup>> {
  const columns = Object.entries(IAQI_TABLES[edition]).map(([column, breakpoints]) => {
    const top = breakpoints.at(-1) ?? 0;
    const inside = Uint16Array.from({ length: top + 1 }, (_, steps) => interpolate(breakpoints, steps));
    const whole = breakpoints.length === IAQI.length;
    return [column, { inside, above: whole ? IAQI[7] : ABOVE_SHORT[edition][column as IaqiColumn] }];
  });
  return Object.fromEntries(columns) as Readonly<Record<IaqiColumn, IaqiLookup>>;
}
