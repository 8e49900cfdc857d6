/**
 * The time of a record of the national water release: Beijing time without a year, read from when it was collected.
 *
 * The day of collecting is the date in the file's name; a folder or name `YYYY-MM` is an archive of that month; with
 * neither it is now. The year is the one that puts the date at most a day after and half a year before that day.
 */
import type { RejectReason } from "../src/domain/reject.ts";
import {
  DAY_MS,
  type DayNumber,
  dayNumber,
  dayOf,
  dayParts,
  dayStart,
  daysInMonth,
  HOUR_MS,
  MINUTE_MS,
} from "../src/domain/time.ts";

export type Collected = {
  readonly day: DayNumber;
  /** An archive holds a whole month; a snapshot must not repeat old records. */
  readonly archive: boolean;
};

/** Policy of this format: a date may lie so many days before the day of collecting, and a day after it. */
const YEAR_BACK_DAYS = 180;
const YEAR_AHEAD_DAYS = 1;
/** Policy of this format: stopped stations repeat their last record; older than this many days it is stale. */
const STALE_DAYS = 2;

/** When the file was collected. @param path of the file with its folders */
export function collectedOn(name: string, path: string, now: Date): Collected {
  // A time of day may follow the date without a break: 20260901080000.
  const date = /(?<!\d)(\d{4})[-_]?(\d{2})[-_]?(\d{2})(?=\D|\d{4}(?:\d{2})?(?!\d)|$)/.exec(name);
  const day = date === null ? undefined : dayNumber(Number(date[1]), Number(date[2]), Number(date[3]));
  if (day !== undefined) return { day, archive: false };
  const parts = [name, ...path.split(/[\\/]/).reverse()];
  for (const part of parts) {
    const month = /(?<!\d)(\d{4})-(\d{2})(?!\d)/.exec(part);
    const first = month === null ? undefined : dayNumber(Number(month[1]), Number(month[2]), 1);
    if (first === undefined) continue;
    const { year, month: number } = dayParts(first);
    return { day: first + daysInMonth(year, number) - 1, archive: true };
  }
  return { day: dayOf(now.getTime()), archive: false };
}

type RecordTime = { readonly start: number } | { readonly reason: Extract<RejectReason, `row.${string}`> };

const NO_TIME = ["", "--", "*", "-", "null"];

/** The instant of `05-08 15:00` (or of a time with a year), or why there is none. */
export function recordTime(text: string, collected: Collected): RecordTime {
  if (NO_TIME.includes(text)) return { reason: "row.no-time" };
  const found = /^(?:(\d{4})[-/])?(\d{1,2})[-/](\d{1,2})[ T](\d{1,2}):(\d{2})(?::\d{2})?$/.exec(text);
  if (found === null) return { reason: "row.bad-time" };
  const [month, date, hour, minute] = found.slice(2).map(Number) as [number, number, number, number];
  const late = hour > 24 || minute > 59 || (hour === 24 && minute > 0);
  const impossible = month < 1 || month > 12 || date < 1 || date > daysInMonth(2000, month);
  if (late || impossible) return { reason: "row.bad-time" };
  const { year } = dayParts(collected.day);
  const years = found[1] === undefined ? [year, year + 1, year - 1] : [Number(found[1])];
  const near = (day: DayNumber): boolean =>
    day <= collected.day + YEAR_AHEAD_DAYS && (found[1] !== undefined || day >= collected.day - YEAR_BACK_DAYS);
  const day = years.map((one) => dayNumber(one, month, date)).find((one) => one !== undefined && near(one));
  if (day === undefined) return { reason: found[1] === undefined ? "row.no-year" : "row.future" };
  const start = dayStart(day) + hour * HOUR_MS + minute * MINUTE_MS;
  const stale = !collected.archive && start < dayStart(collected.day) - STALE_DAYS * DAY_MS;
  return stale ? { reason: "row.stale" } : { start };
}
