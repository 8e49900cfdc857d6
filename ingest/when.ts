/**
 * Dates, hours and periods as people write them, read in a declared zone; never in the machine's.
 *
 * An instant: `2024/3/5 7:00`, `2024年3月5日7时`, `20240305 07`, `24:00`, ISO with an offset, an Excel serial. A period: T of the
 * command line, `2024年3月`, `3月上半月`, `10月16日-31日`, `1-3月累计`, `2023年12月20日-2024年1月19日`.
 */

import { Fault } from "../src/domain/faults.ts";
import {
  cumulativeOf,
  dayPeriod,
  halfMonthOf,
  halfYearOf,
  monthOf,
  type Period,
  parsePeriod,
  quarterOf,
  yearOf,
} from "../src/domain/period.ts";
import { DAY_MS, type DayNumber, dayNumber, dayParts, daysInMonth } from "../src/domain/time.ts";
import { instantOfClock } from "../src/domain/zone.ts";

/** Full-width digits, letters and marks as plain ones; blanks around gone. */
export function plainText(text: string): string {
  return text
    .normalize("NFKC")
    .replaceAll(/[\u2010-\u2015\u2212~～至]/g, "-")
    .trim();
}

/** Excel's day 0 in its two counts; both begin serial 60 after the 29 February 1900 that never was. */
const SERIAL_ZERO = { "1900": Date.UTC(1899, 11, 30), "1904": Date.UTC(1904, 0, 1) } as const;

export type Clock = {
  /** Figures of the clock as if they were UTC, ms. */
  readonly clock: number;
  /** Set when the text itself gives its offset: the instant needs no zone. */
  readonly instant?: number;
  /** Whether a time of day was written. */
  readonly timed: boolean;
};

/** Serials of 1992 to 2100 in the 1900 count; other plain numbers are no dates. */
const SERIAL = { first: 33_604, last: 73_415, shift1904: 1462 } as const;

const DATE = String.raw`(\d{4})(?:[-/.](\d{1,2})[-/.](\d{1,2})|年(\d{1,2})月(\d{1,2})日?|(\d{2})(\d{2}))`;
const TIME = String.raw`(?:[ T,]*(?:(\d{1,2})(?:[:：时点](?:(\d{1,2})(?:[:：分](\d{1,2})(?:\.\d+)?秒?)?分?)?)?))?`;
const CLOCK = new RegExp(`^${DATE}${TIME}\\s*(Z|[+-]\\d{2}:?\\d{2})?$`);

/**
 * A date, with a time of day or without. `24:00` is the end of its day.
 * @returns `undefined` when the text is none or there is no such date
 */
export function readClock(text: string, serials: "1900" | "1904" = "1900"): Clock | undefined {
  const given = text.normalize("NFKC").trim();
  if (/^\d{5}(\.\d+)?$/.test(given)) return readSerial(Number(given), serials);
  const found = CLOCK.exec(given.replaceAll(/\s+/g, " "));
  if (found === null) return undefined;
  const [, year, m1, d1, m2, d2, m3, d3, hour, minute, second, offset] = found;
  const day = dayNumber(Number(year), Number(m1 ?? m2 ?? m3), Number(d1 ?? d2 ?? d3));
  if (day === undefined) return undefined;
  const [h, m, s] = [Number(hour ?? 0), Number(minute ?? 0), Number(second ?? 0)];
  if (h > 24 || m > 59 || s > 59 || (h === 24 && (m > 0 || s > 0))) return undefined;
  const clock = day * DAY_MS + ((h * 60 + m) * 60 + s) * 1000;
  const timed = hour !== undefined;
  if (offset === undefined) return { clock, timed };
  return { clock, timed, instant: clock - offsetOf(offset) };
}

/** The instant of a date and time in a zone, UTC ms; `undefined` when the text is no date. */
export function readInstant(
  text: string,
  zone = "Asia/Shanghai",
  serials: "1900" | "1904" = "1900",
): number | undefined {
  const read = readClock(text, serials);
  return read === undefined ? undefined : (read.instant ?? instantOfClock(zone, read.clock));
}

function readSerial(serial: number, serials: "1900" | "1904"): Clock | undefined {
  const moved = serials === "1904" ? serial + SERIAL.shift1904 : serial;
  if (moved < SERIAL.first || moved > SERIAL.last) return undefined;
  // A serial is a binary fraction of a day: the nearest second is what was meant.
  const clock = SERIAL_ZERO[serials] + Math.round(serial * 86_400) * 1000;
  return { clock, timed: clock % DAY_MS !== 0 };
}

function offsetOf(text: string): number {
  if (text === "Z") return 0;
  const sign = text.startsWith("-") ? -1 : 1;
  return sign * (Number(text.slice(1, 3)) * 60 + Number(text.slice(-2))) * 60_000;
}

/** A period, and the days it really covers where they differ from its label's (20th to 19th). */
export type PeriodRead = {
  readonly period: Period;
  readonly window?: { readonly first: DayNumber; readonly last: DayNumber };
};

const HALVES: Readonly<Record<string, number>> = { 上: 1, 下: 2 };
const NUMERALS = "一二三四";

/**
 * The period a title or cell names, anywhere in it; a year given beforehand stands where the text has none.
 * @returns `undefined` when no period is named or it cannot be
 */
export function readPeriod(text: string, year?: number): PeriodRead | undefined {
  const given = plainText(text).replaceAll(/\s+/g, "");
  try {
    return exactPeriod(given) ?? namedPeriod(given, year);
  } catch (problem) {
    if (problem instanceof Fault) return undefined;
    throw problem;
  }
}

/** The whole text is a T, a date or a month of figures. */
function exactPeriod(text: string): PeriodRead | undefined {
  if (/^\d{4}-(\d{2}|[QH]\d|\d{2}-(H\d|\d{2})|\d{2}\.\.\d{4}-\d{2})$/.test(text)) return { period: parsePeriod(text) };
  const month = /^(\d{4})[-/.](\d{1,2})$|^(\d{4})(0[1-9]|1[0-2])$/.exec(text);
  if (month !== null) return { period: monthOf(Number(month[1] ?? month[3]), Number(month[2] ?? month[4])) };
  if (/^(19|20)\d{2}年?$/.test(text)) return { period: yearOf(Number(text.slice(0, 4))) };
  const read = readClock(text);
  return read === undefined || read.timed ? undefined : { period: dayPeriod(read.clock / DAY_MS) };
}

function namedPeriod(text: string, known: number | undefined): PeriodRead | undefined {
  const span = /(?:(\d{4})年)?(\d{1,2})月(\d{1,2})日?-(?:(\d{4})年)?(?:(\d{1,2})月)?(\d{1,2})日/.exec(text);
  if (span !== null) {
    const [, fromYear, fromMonth, fromDay, toYear, toMonth, toDay] = span;
    const y = fromYear === undefined ? (known ?? yearIn(text)) : Number(fromYear);
    if (y === undefined) return undefined;
    const m = Number(fromMonth);
    const endMonth = Number(toMonth ?? fromMonth);
    const endYear = toYear === undefined ? (endMonth < m ? y + 1 : y) : Number(toYear);
    return spanOf(dayNumber(y, m, Number(fromDay)), dayNumber(endYear, endMonth, Number(toDay)));
  }
  const y = yearIn(text) ?? known;
  if (y === undefined) return undefined;
  const months = /(?<!\d)(\d{1,2})月?-(\d{1,2})月/.exec(text.replace(/\d{4}年-?/, ""));
  if (months !== null) {
    const [from, to] = [Number(months[1]), Number(months[2])];
    return from > to ? undefined : { period: cumulativeOf(y, to, from) };
  }
  const day = /(\d{1,2})月(\d{1,2})日/.exec(text);
  if (day !== null) {
    const n = dayNumber(y, Number(day[1]), Number(day[2]));
    return n === undefined ? undefined : { period: dayPeriod(n) };
  }
  const half = /(\d{1,2})月份?([上下])半月/.exec(text);
  if (half !== null) return { period: halfMonthOf(y, Number(half[1]), HALVES[half[2] ?? ""] ?? 1) };
  const quarter = /第?([一二三四1-4])季度/.exec(text);
  if (quarter !== null) {
    const digit = quarter[1] ?? "";
    return { period: quarterOf(y, NUMERALS.includes(digit) ? NUMERALS.indexOf(digit) + 1 : Number(digit)) };
  }
  const halfYear = /([上下])半年/.exec(text);
  if (halfYear !== null) return { period: halfYearOf(y, HALVES[halfYear[1] ?? ""] ?? 1) };
  const month = /(?<!\d)(\d{1,2})月/.exec(text.replace(/\d{4}年/, ""));
  if (month !== null) {
    const m = Number(month[1]);
    return { period: m > 1 && /累计/.test(text) ? cumulativeOf(y, m) : monthOf(y, m) };
  }
  return /\d{4}年(全年|度)?/.test(text) ? { period: yearOf(y) } : undefined;
}

/** The year a text names, if any. */
export function yearIn(text: string): number | undefined {
  const found = /(?<!\d)((?:19|20)\d{2})(?:年|[-/.](?=\d{1,2}(?!\d)))/.exec(text.normalize("NFKC"));
  return found === null ? undefined : Number(found[1]);
}

/** From day to day: a day, half-month, month, quarter, year or cumulative; a road-dust month runs from the 20th to the 19th. */
function spanOf(first: DayNumber | undefined, last: DayNumber | undefined): PeriodRead | undefined {
  if (first === undefined || last === undefined || last < first) return undefined;
  const from = dayParts(first);
  const to = dayParts(last);
  if (first === last) return { period: dayPeriod(first) };
  const ends = to.day === daysInMonth(to.year, to.month);
  if (from.year === to.year && from.month === to.month) {
    if (from.day === 1 && to.day === 15) return { period: halfMonthOf(to.year, to.month, 1) };
    if (from.day === 16 && ends) return { period: halfMonthOf(to.year, to.month, 2) };
    if (from.day === 1 && ends) return { period: monthOf(to.year, to.month) };
    return undefined;
  }
  if (from.day === 1 && ends && from.year === to.year) return { period: cumulativeOf(to.year, to.month, from.month) };
  const next = from.month === 12 ? { year: from.year + 1, month: 1 } : { year: from.year, month: from.month + 1 };
  if (next.year === to.year && next.month === to.month && from.day === to.day + 1) {
    return { period: monthOf(to.year, to.month), window: { first, last } };
  }
  return undefined;
}
