/**
 * HJ 633 环境空气质量指数（AQI）技术规定: the index of one day.
 *
 * Editions: 2012, and 2026 for observations from 2026-03-01 on (`editionOn` chooses by observation day).
 * Rests on: HJ 633-2012 table 1, cl. 4.2 to 4.4, 5.1.2, 6.2; HJ 633-2026 table 3, cl. 4.2, 4.3, 5.3.1.
 * Elsewhere: breakpoints in `hj633-table.ts`, hourly reports in `hj633-hour.ts`, classes in `hj633-class.ts`, which
 * daily values are valid in `gb3095-validity.ts`.
 */
import type { Edition } from "../domain/edition.ts";
import type { Exact } from "../domain/exact.ts";
import { fault } from "../domain/faults.ts";
import { roundToSteps } from "./gbt8170.ts";
import { type AqiClassRow, aqiClass, GOOD_UP_TO } from "./hj633-class.ts";
import { iaqiOfSteps, stepsPerUnit } from "./hj633-table.ts";
import type { Policies } from "./policy.ts";

export type DayItem = "so2" | "no2" | "co" | "pm10" | "pm25" | "o3_8h" | "o3_1h";

export type Pollutant = "pm25" | "pm10" | "so2" | "no2" | "co" | "o3";

/** Primary pollutants are listed in this order, ozone once. */
export const POLLUTANTS: readonly Pollutant[] = ["pm25", "pm10", "so2", "no2", "co", "o3"];

/** Items of a day by edition: 2012 also rates the 1-hour maximum of ozone. @source 2012 cl. 5.1.2; 2026 cl. 4.2.2 */
export const DAY_ITEMS: Readonly<Record<Edition, readonly DayItem[]>> = {
  "2012": ["pm25", "pm10", "so2", "no2", "co", "o3_8h", "o3_1h"],
  "2026": ["pm25", "pm10", "so2", "no2", "co", "o3_8h"],
};

/** No primary pollutant up to this index. @source 2012 cl. 3.3, 4.4.2; 2026 cl. 3.3, 4.3.1 */
export const PRIMARY_ABOVE = 50;

export type DayIndex = {
  /** The index as published; `undefined` is NA. */
  readonly aqi: number | undefined;
  /** The index of whatever is valid; `undefined` when nothing is. */
  readonly available: number | undefined;
  readonly primary: readonly Pollutant[];
  readonly availablePrimary: readonly Pollutant[];
  readonly class: AqiClassRow | undefined;
  readonly availableClass: AqiClassRow | undefined;
  /** `full`: all six valid. `partial`: one is missing and the rest decide. `na`: not given. */
  readonly completeness: "full" | "partial" | "na";
  /** The index of each pollutant that has one; ozone the larger of its two in 2012. */
  readonly iaqi: Readonly<Partial<Record<Pollutant, number>>>;
};

/**
 * The index (IAQI) of one item's daily value.
 *
 * @param value µg/m³, CO mg/m³; unrounded: it is rounded here, once, half to even, to whole µg/m³ or a tenth of mg/m³
 * @returns a whole number from 0 to 500, rounded up; `undefined` where the edition gives none (2012: O3 8h above 800;
 *   2026: the 1-hour maximum is no daily item)
 * @throws Fault `value.negative`
 * @source eq. (1); rounding of the value 2026 cl. 4.2.2 (2012 is silent, treated alike); rounding up 2012 cl. 6.2
 * @example dayIaqi("2026", "pm25", exact("60.5")) // 100: 60.5 becomes 60
 */
export function dayIaqi(edition: Edition, item: DayItem, value: Exact): number | undefined {
  if (value.num < 0n) throw fault("value.negative", { what: item, given: `${value.num}/${value.den}` });
  if (item === "o3_1h" && edition === "2026") return undefined;
  return iaqiOfSteps(edition, item, Number(roundToSteps(value, stepsPerUnit(item))));
}

/**
 * The index of one day from its valid daily values; a value that is missing or not valid is `undefined`.
 *
 * When one of the six (O3: the 8-hour maximum) is missing, the index of the rest is given only above 100, else NA. An
 * invalid O3 1-hour maximum alone does not make a day incomplete; in 2012 it stands in where the 8-hour value gives
 * none. Policy `aqiMissing: available` gives the index of the rest always.
 *
 * @throws Fault `value.negative`
 * @source HJ 633-2012 cl. 4.3, 4.4; HJ 633-2026 cl. 4.2.5, 4.3, 5.3.1 (the 2012 text is silent on missing pollutants)
 */
export function dayIndex(
  edition: Edition,
  values: Readonly<Partial<Record<DayItem, Exact | undefined>>>,
  options: Pick<Policies, "aqiMissing">,
): DayIndex {
  const iaqi: Partial<Record<Pollutant, number>> = {};
  let missing = false;
  for (const item of DAY_ITEMS[edition]) {
    const value = values[item];
    const index = value === undefined ? undefined : dayIaqi(edition, item, value);
    if (item === "o3_1h") {
      // The 8-hour value above the table has no index in 2012; the 1-hour one decides, and without it O3 is missing.
      if (index === undefined) missing ||= iaqi.o3 === undefined;
      else if (iaqi.o3 === undefined || index > iaqi.o3) iaqi.o3 = index;
    } else if (value === undefined) missing = true;
    else if (index !== undefined) iaqi[item === "o3_8h" ? "o3" : item] = index;
  }
  return indexOf(iaqi, missing, options);
}

/** The index of a set of IAQIs: the largest, its pollutants, and NA where one is missing and the rest do not decide. */
export function indexOf(
  iaqi: Readonly<Partial<Record<Pollutant, number>>>,
  missing: boolean,
  options: Pick<Policies, "aqiMissing">,
): DayIndex {
  let available: number | undefined;
  for (const pollutant of POLLUTANTS) {
    const one = iaqi[pollutant];
    if (one !== undefined && (available === undefined || one > available)) available = one;
  }
  const availablePrimary =
    available === undefined || available <= PRIMARY_ABOVE ? [] : POLLUTANTS.filter((one) => iaqi[one] === available);
  const availableClass = available === undefined ? undefined : aqiClass(available);
  const given = available !== undefined && (!missing || available > GOOD_UP_TO || options.aqiMissing === "available");
  return {
    aqi: given ? available : undefined,
    available,
    primary: given ? availablePrimary : [],
    availablePrimary,
    class: given ? availableClass : undefined,
    availableClass,
    completeness: !given ? "na" : missing ? "partial" : "full",
    iaqi,
  };
}
