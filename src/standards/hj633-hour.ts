/**
 * HJ 633 环境空气质量指数（AQI）技术规定: the real-time index of one hour.
 *
 * 2026: six items, all means of the current hour; an hour of PM10 or PM2.5 is looked up in the day column (cl. 4.2.3,
 * 4.2.4). 2012 (cl. 5.1.3) lists nine with running means beside them, but what was published is decided by the six of
 * the current hour: particles on the day column, ozone's 1 hour (1,214 of 1,214 complete published rows agree). A
 * running 8-hour mean of ozone is rated in 2012 when it is given.
 * Elsewhere: the day in `hj633-day.ts`; the breakpoints in `hj633-table.ts`.
 */
import type { Edition } from "../domain/edition.ts";
import type { Exact } from "../domain/exact.ts";
import { fault } from "../domain/faults.ts";
import { roundToSteps } from "./gbt8170.ts";
import { type DayIndex, indexOf, type Pollutant } from "./hj633-day.ts";
import { type IaqiColumn, iaqiOfSteps, stepsPerUnit } from "./hj633-table.ts";
import type { Policies } from "./policy.ts";

export type HourItem = "so2" | "no2" | "co" | "pm10" | "pm25" | "o3_1h" | "o3_8h";

/** The column an hour's item is looked up in. @source HJ 633-2026 table 3, cl. 4.2.4; 2012 as published */
export const HOUR_COLUMNS: Readonly<Record<HourItem, IaqiColumn>> = {
  pm25: "pm25",
  pm10: "pm10",
  so2: "so2_1h",
  no2: "no2_1h",
  co: "co_1h",
  o3_1h: "o3_1h",
  o3_8h: "o3_8h",
};

/** Items of an hour by edition. @source HJ 633-2012 cl. 5.1.3; HJ 633-2026 cl. 4.2.3 */
export const HOUR_ITEMS: Readonly<Record<Edition, readonly HourItem[]>> = {
  "2012": ["pm25", "pm10", "so2", "no2", "co", "o3_1h", "o3_8h"],
  "2026": ["pm25", "pm10", "so2", "no2", "co", "o3_1h"],
};

/** A value, `"missing"` for one that is monitored but not there (NA), `undefined` for one that is not monitored (/). */
export type Monitored = Exact | "missing" | undefined;

/**
 * The index (IAQI) of one item's hourly value.
 *
 * @param value µg/m³, CO mg/m³; unrounded: rounded here, once, half to even
 * @returns a whole number from 0 to 500, rounded up; `undefined` where the edition gives none (2012: SO2 above 800, whose
 *   24-hour mean decides; 2026: 200 there; 2026 has no running 8-hour ozone)
 * @throws Fault `value.negative`
 * @source HJ 633-2012 table 1; HJ 633-2026 table 3 with note b, cl. 4.2.3, 4.2.4, 4.2.6
 */
export function hourIaqi(edition: Edition, item: HourItem, value: Exact): number | undefined {
  if (value.num < 0n) throw fault("value.negative", { what: item, given: `${value.num}/${value.den}` });
  if (item === "o3_8h" && edition === "2026") return undefined;
  const column = HOUR_COLUMNS[item];
  return iaqiOfSteps(edition, column, Number(roundToSteps(value, stepsPerUnit(column))));
}

/**
 * The index of one hour.
 *
 * Items that are not monitored take no part. When a monitored one is missing, or has no index above its column's end,
 * the index of the rest is given only above 100, else NA (policy `aqiMissing`).
 *
 * @throws Fault `value.negative`
 * @source HJ 633-2012 cl. 4.3, 4.4; HJ 633-2026 cl. 4.2.5, 4.3, 5.3; notes of tables 4 and 5 for NA and "/"
 */
export function hourIndex(
  edition: Edition,
  values: Readonly<Partial<Record<HourItem, Monitored>>>,
  options: Pick<Policies, "aqiMissing">,
): DayIndex {
  const iaqi: Partial<Record<Pollutant, number>> = {};
  let missing = false;
  for (const item of HOUR_ITEMS[edition]) {
    const value = values[item];
    if (value === undefined) continue;
    const index = value === "missing" ? undefined : hourIaqi(edition, item, value);
    const pollutant = item === "o3_1h" || item === "o3_8h" ? "o3" : item;
    if (index !== undefined) iaqi[pollutant] = Math.max(index, iaqi[pollutant] ?? 0);
    else missing ||= item !== "o3_8h" || iaqi.o3 === undefined;
  }
  return indexOf(iaqi, missing, options);
}
