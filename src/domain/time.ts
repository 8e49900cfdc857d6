/**
 * Time: instants are UTC milliseconds; days and months are those of Asia/Shanghai.
 *
 * China has stood at +08:00 without summer time since 1992, so the arithmetic is fixed; earlier years (summer time in
 * 1986–1991) are refused. The machine's zone and locale never matter. Zones other than +08:00 belong to the source
 * that has them (`ingest/`).
 */
import { fault } from "./faults.ts";

export const MINUTE_MS = 60_000;
export const HOUR_MS = 60 * MINUTE_MS;
export const DAY_MS = 24 * HOUR_MS;
/** Asia/Shanghai is this far ahead of UTC. */
export const SHANGHAI_OFFSET_MS = 8 * HOUR_MS;
const FIRST_YEAR = 1992;
const LAST_YEAR = 2100;

/** A calendar day of Asia/Shanghai as whole days since 1970-01-01. */
export type DayNumber = number;

/** The day number of a calendar date; `undefined` when there is no such date or it is before 1992. Month counts from 1. */
export function dayNumber(year: number, month: number, day: number): DayNumber | undefined {
  if (!Number.isInteger(year) || year < FIRST_YEAR || year > LAST_YEAR) return undefined;
  if (month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month)) return undefined;
  return Date.UTC(year, month - 1, day) / DAY_MS;
}

export function isLeapYear(year: number): boolean {
  return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
}

/** Days of a month, 28 to 31; month counts from 1. */
export function daysInMonth(year: number, month: number): number {
  if (month === 2) return isLeapYear(year) ? 29 : 28;
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
}

export function daysInYear(year: number): number {
  return isLeapYear(year) ? 366 : 365;
}

/** `2015-03-14` of a day number. */
export function dayText(day: DayNumber): string {
  return new Date(day * DAY_MS).toISOString().slice(0, 10);
}

/** Year, month (from 1) and day of the month of a day number. */
export function dayParts(day: DayNumber): { readonly year: number; readonly month: number; readonly day: number } {
  const date = new Date(day * DAY_MS);
  return { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() };
}

/** The day number of `2015-03-14`. @throws Fault `period.unknown` */
export function parseDay(text: string): DayNumber {
  const found = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  const day = found === null ? undefined : dayNumber(Number(found[1]), Number(found[2]), Number(found[3]));
  if (day === undefined) throw fault("period.unknown", { given: text, reason: "不是 1992 年以后的日期" });
  return day;
}

/** The instant (UTC ms) at which a day of Asia/Shanghai begins. */
export function dayStart(day: DayNumber): number {
  return day * DAY_MS - SHANGHAI_OFFSET_MS;
}

/** The day of Asia/Shanghai an instant (UTC ms) falls into. */
export function dayOf(instant: number): DayNumber {
  return Math.floor((instant + SHANGHAI_OFFSET_MS) / DAY_MS);
}

/** `2015-03-14 07:00` in Asia/Shanghai, for people. */
export function minuteText(instant: number): string {
  return new Date(instant + SHANGHAI_OFFSET_MS).toISOString().slice(0, 16).replace("T", " ");
}
