/** The days a target has been judged over so far, as a period, and the same days a year before. */
import { monthsIn, type Period } from "../domain/period.ts";
import { type DayNumber, dayNumber, dayParts, daysInMonth, dayText } from "../domain/time.ts";
import type { Window } from "./standing/moment.ts";

/** The whole window as a period, so that validity follows the year's rules; a question's `today` says how much is over. */
export function windowPeriod({ first, last }: Window): Period {
  const { year } = dayParts(first);
  const whole = dayText(first) === `${year}-01-01` && dayText(last) === `${year}-12-31`;
  return {
    kind: whole ? "year" : "cumulative",
    text: whole ? String(year) : `${dayText(first)}..${dayText(last)}`,
    first,
    last,
  };
}

/** The same days a year before those of the window that are over; `undefined` before 1992. */
export function sameDaysBefore({ first, last }: Window, at: DayNumber): Period | undefined {
  const [from, to] = [yearEarlier(first), yearEarlier(Math.min(at, last))];
  return from === undefined || to === undefined ? undefined : windowPeriod({ first: from, last: to });
}

/** The months of a window that are over, as one period; `undefined` when none is. Water is judged by these. */
export function wholeMonthsSoFar({ first, last }: Window, at: DayNumber): Period | undefined {
  const end = monthsIn(windowPeriod({ first, last })).findLast((month) => month.last <= Math.min(at, last));
  return end === undefined ? undefined : windowPeriod({ first, last: end.last });
}

function yearEarlier(day: DayNumber): DayNumber | undefined {
  const { year, month, day: date } = dayParts(day);
  return year <= 1992 ? undefined : dayNumber(year - 1, month, Math.min(date, daysInMonth(year - 1, month)));
}
