/**
 * GB 3095 环境空气质量标准: how much data a mean needs.
 *
 * Both editions have the same numbers: GB 3095-2026 table 4, cl. 6.4 (confirmed); GB 3095-2012 table 4 (from memory,
 * one implementation agrees). All valid data take part in a statistic; one that needs more is still computed, but
 * carries `valid: false`.
 * Rests on, for ozone: HJ 663-2013 and HJ 663-2026 cl. 6.1.2.
 * Elsewhere: half-months and running periods are our choice (`periodCoverage` in `policy.ts`).
 */
import { compare, type Exact, exact } from "../domain/exact.ts";
import type { PeriodKind } from "../domain/period.ts";
import { ceilDiv } from "./gbt8170.ts";
import { POLICIES, type Policies } from "./policy.ts";

type MinimumRow = { readonly what: string; readonly minimum: number; readonly clause: string };

/** The minimums as the standards print them, for method sheets and reasons. */
export const MINIMUMS = {
  dayHours: { what: "SO2 NO2 CO PM10 PM2.5 NOx: hourly values of a day", minimum: 20, clause: "GB 3095 table 4" },
  windowHours: { what: "O3: hourly values of an 8-hour mean", minimum: 6, clause: "GB 3095 table 4" },
  windows: { what: "O3: valid 8-hour means of a day", minimum: 14, clause: "HJ 663 cl. 6.1.2" },
  monthDays: { what: "daily values of a month", minimum: 27, clause: "GB 3095 table 4, annual row" },
  februaryDays: { what: "daily values of a February", minimum: 25, clause: "GB 3095 table 4, annual row" },
  yearDays: { what: "daily values of a year, each month valid too", minimum: 324, clause: "GB 3095 table 4" },
  tspYearDays: { what: "TSP BaP Pb: daily values of a year, evenly spread", minimum: 60, clause: "GB 3095 table 4" },
  tspMonthDays: { what: "TSP BaP Pb: daily values of a month", minimum: 5, clause: "GB 3095 table 4" },
  pbQuarterDays: { what: "Pb: daily values of a quarter", minimum: 15, clause: "GB 3095 table 4" },
  tspDayHours: { what: "TSP BaP Pb by sampling: hours of a day", minimum: 24, clause: "GB 3095 table 4" },
  hourMinutes: { what: "SO2 NO2 CO O3 NOx: minutes of an hour", minimum: 45, clause: "GB 3095 table 4" },
} as const satisfies Record<string, MinimumRow>;

/** Hours a daily mean needs. @source GB 3095-2026 table 4 */
export const DAY_MIN_HOURS = MINIMUMS.dayHours.minimum;

/**
 * Minutes an hour needs. The table names the gases; particles take the same by our own choice, since it gives them none.
 * @source GB 3095-2026 table 4
 */
export const HOUR_MIN_MINUTES = MINIMUMS.hourMinutes.minimum;

/** O3 8-hour means: length, and hours needed. @source GB 3095-2026 cl. 3.8, table 4 */
export const OZONE_8H_HOURS = 8;
export const OZONE_8H_MIN_HOURS = MINIMUMS.windowHours.minimum;

/** O3 windows of a day end at these hours, so that all lie inside the day: 17 windows. @source HJ 663 cl. 6.1.2 */
export const OZONE_8H_FIRST_END = 8;
export const OZONE_8H_LAST_END = 24;

/** Valid 8-hour means a day needs, unless its maximum is above the limit. @source HJ 663 cl. 6.1.2 */
export const OZONE_8H_MIN_WINDOWS = MINIMUMS.windows.minimum;

/** Grade II limit of the daily 8-hour maximum, µg/m³, the same in all editions. @source GB 3095 table 1 */
export const OZONE_8H_LIMIT = 160;

const OZONE_8H_LIMIT_EXACT = exact(OZONE_8H_LIMIT);

/** Hours a day's 1-hour ozone maximum needs: our choice, the default of policy `o3HourMinimum`. */
export const OZONE_1H_MIN_HOURS = POLICIES.o3HourMinimum.default;

/** Whether an 8-hour mean of so many hours counts. @source GB 3095-2026 table 4 */
export function windowIsValid(hours: number): boolean {
  return hours >= OZONE_8H_MIN_HOURS;
}

/**
 * Whether a day's 8-hour ozone maximum counts.
 * @param mda8 µg/m³, unrounded: a day with too few windows counts when this is above the limit
 * @source HJ 663-2013 and HJ 663-2026 cl. 6.1.2
 */
export function mda8IsValid(validWindows: number, mda8: Exact | undefined): boolean {
  if (mda8 === undefined) return false;
  return validWindows >= OZONE_8H_MIN_WINDOWS || compare(mda8, OZONE_8H_LIMIT_EXACT) > 0;
}

/** Valid days a month needs; February the same in leap years. Month counts from 1. @source GB 3095-2026 table 4 */
export function monthMinimumDays(month: number): number {
  return month === 2 ? MINIMUMS.februaryDays.minimum : MINIMUMS.monthDays.minimum;
}

/** Valid days a year needs, leap or not, beside twelve valid months. @source GB 3095-2026 table 4 */
export function yearMinimumDays(): number {
  return MINIMUMS.yearDays.minimum;
}

/** Days out of `days` that the share of policy `periodCoverage` asks for, rounded up. */
export function coverageMinimumDays(days: number, policies: Pick<Policies, "periodCoverage">): number {
  const { num, den } = policies.periodCoverage;
  return Number(ceilDiv(BigInt(days) * num, den));
}

/** What a period needs: valid days, and whether each month inside must be valid by itself. */
export type PeriodMinimum = { readonly days: number; readonly months: "each" | "none" };

/**
 * What a statistic over a whole period needs.
 *
 * Months and years by the standard. A quarter, a half-year and a cumulative period of complete months need each of
 * their months valid; their day minimum is the sum that follows from it. A half-month, and any period still running
 * (`running`: its last day is not over), needs the share of policy `periodCoverage`.
 *
 * @param months calendar months (1–12) the period consists of
 * @param days days of the calendar in the period, or in the part of it that is over
 * @source GB 3095-2026 table 4 for months and years; the rest is policy
 */
export function periodMinimum(
  period: {
    readonly kind: PeriodKind;
    readonly months: readonly number[];
    readonly days: number;
    readonly running: boolean;
  },
  policies: Pick<Policies, "periodCoverage">,
): PeriodMinimum {
  if (period.kind === "day") return { days: 1, months: "none" };
  if (period.kind === "halfMonth" || period.running) {
    return { days: coverageMinimumDays(period.days, policies), months: "none" };
  }
  if (period.kind === "year") return { days: yearMinimumDays(), months: "each" };
  const days = period.months.reduce((total, month) => total + monthMinimumDays(month), 0);
  return { days, months: period.kind === "month" ? "none" : "each" };
}

/** Whether a year of this item also needs each month valid: policy `yearValidity` decides for CO and O3. */
export function yearNeedsMonths(item: string, policies: Pick<Policies, "yearValidity">): boolean {
  return item !== "co" && item !== "o3" ? true : policies.yearValidity === "months";
}
