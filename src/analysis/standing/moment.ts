/** The days a target is judged over, and where a day stands in them. */
import { ratio } from "../../domain/exact.ts";
import type { Target } from "../../domain/plan.ts";
import { type DayNumber, dayNumber, dayParts, daysInMonth, dayText, parseDay } from "../../domain/time.ts";
import type { Moment } from "./evidence.ts";

/** First and last day, both inside. */
export type Window = { readonly first: DayNumber; readonly last: DayNumber };

/**
 * The days a target is judged over: its year, cut by the dates its deadline gives. A deadline in a later year moves the
 * whole window there, so the target is not judged early.
 *
 * @param year the year it is judged in; another than its own is a trial, for which all dates move along
 */
export function windowOf(target: Target, year: number = target.year): Window {
  const { from, to } = target.deadline;
  const shift = year - target.year;
  const last = to === undefined ? parseDay(`${year}-12-31`) : shifted(to, shift);
  const dueYear = dayParts(last).year;
  const first = from === undefined ? parseDay(`${dueYear}-01-01`) : shifted(from, shift);
  return { first, last };
}

/** Where a day stands in a window; the day itself has gone by. */
export function momentIn({ first, last }: Window, at: DayNumber): Moment {
  const days = last - first + 1;
  const gone = Math.min(Math.max(at - first + 1, 0), days);
  return { elapsed: ratio(BigInt(gone), BigInt(days)), begun: at >= first, over: at >= last };
}

/** The same date other years on; 29 February becomes the 28th where there is none. */
function shifted(day: DayNumber, years: number): DayNumber {
  const { year, month, day: date } = dayParts(day);
  const moved = dayNumber(year + years, month, Math.min(date, daysInMonth(year + years, month)));
  if (moved === undefined) throw new RangeError(`no such year: ${dayText(day)} + ${years}`);
  return moved;
}
