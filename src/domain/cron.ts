/**
 * Five-field cron expressions in Beijing time: the last time one named, and the next. Times are computed rather than
 * waited for, so that what fell into a time when nothing ran is found out at the next start.
 */
import { fault } from "./faults.ts";
import { DAY_MS, dayOf, dayParts, dayStart, HOUR_MS, MINUTE_MS } from "./time.ts";

export type Cron = {
  readonly minutes: ReadonlySet<number>;
  readonly hours: ReadonlySet<number>;
  readonly days: ReadonlySet<number>;
  readonly months: ReadonlySet<number>;
  /** 0 is Sunday. */
  readonly weekdays: ReadonlySet<number>;
  /** By POSIX, where both a day and a weekday are given, either will do. */
  readonly either: boolean;
};

/** 1970-01-01 was a Thursday. */
const EPOCH_WEEKDAY = 4;
const WEEK = 7;
/** A 29 February comes within eight years, also around a century without one. */
const SEARCHED_DAYS = 8 * 366;

const FIELDS = [
  { name: "minutes", from: 0, to: 59 },
  { name: "hours", from: 0, to: 23 },
  { name: "days", from: 1, to: 31 },
  { name: "months", from: 1, to: 12 },
  { name: "weekdays", from: 0, to: 7 },
] as const;

/** @throws Fault `schedule.cron` naming the field that cannot be read */
export function parseCron(text: string): Cron {
  const parts = text.trim().split(/\s+/);
  if (parts.length !== FIELDS.length) throw fault("schedule.cron", { given: text, part: `${parts.length} 段` });
  const sets = FIELDS.map(({ from, to }, k) => {
    const part = parts[k] ?? "";
    const set = fieldOf(part, from, to);
    if (set === undefined) throw fault("schedule.cron", { given: text, part });
    return set;
  });
  const [minutes, hours, days, months, weekdays] = sets as [
    ReadonlySet<number>,
    ReadonlySet<number>,
    ReadonlySet<number>,
    ReadonlySet<number>,
    ReadonlySet<number>,
  ];
  return {
    ...{ minutes, hours, days, months },
    weekdays: new Set([...weekdays].map((one) => one % WEEK)),
    either: !parts[2]?.startsWith("*") && !parts[4]?.startsWith("*"),
  };
}

function fieldOf(text: string, from: number, to: number): ReadonlySet<number> | undefined {
  const found = new Set<number>();
  for (const part of text.split(",")) {
    const match = /^(?:\*|(\d{1,2})(?:-(\d{1,2}))?)(?:\/(\d{1,2}))?$/.exec(part);
    if (match === null) return undefined;
    const [, first, last, every] = match;
    const step = every === undefined ? 1 : Number(every);
    const low = first === undefined ? from : Number(first);
    const high = first === undefined || (last === undefined && every !== undefined) ? to : Number(last ?? first);
    if (step === 0 || low < from || high > to || low > high) return undefined;
    for (let one = low; one <= high; one += step) found.add(one);
  }
  return found;
}

/** The last time at or before an instant, UTC milliseconds; undefined for a day that never comes (30 February). */
export function dueBefore(cron: Cron, at: number): number | undefined {
  const today = dayOf(at);
  for (let day = today; day > today - SEARCHED_DAYS; day--) {
    if (!onDay(cron, day)) continue;
    const found = timesOf(cron, day).findLast((time) => time <= at);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The next time after an instant, UTC milliseconds. */
export function dueAfter(cron: Cron, at: number): number | undefined {
  const today = dayOf(at);
  for (let day = today; day < today + SEARCHED_DAYS; day++) {
    if (!onDay(cron, day)) continue;
    const found = timesOf(cron, day).find((time) => time > at);
    if (found !== undefined) return found;
  }
  return undefined;
}

function onDay({ days, months, weekdays, either }: Cron, day: number): boolean {
  const { month, day: ofMonth } = dayParts(day);
  if (!months.has(month)) return false;
  const weekday = weekdays.has((((day + EPOCH_WEEKDAY) % WEEK) + WEEK) % WEEK);
  return either ? days.has(ofMonth) || weekday : days.has(ofMonth) && weekday;
}

function timesOf({ hours, minutes }: Cron, day: number): readonly number[] {
  const start = dayStart(day);
  const times: number[] = [];
  for (let hour = 0; hour < DAY_MS / HOUR_MS; hour++) {
    if (!hours.has(hour)) continue;
    for (let minute = 0; minute < HOUR_MS / MINUTE_MS; minute++)
      if (minutes.has(minute)) times.push(start + hour * HOUR_MS + minute * MINUTE_MS);
  }
  return times;
}
