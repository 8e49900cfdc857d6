/**
 * Months in SQL, counted as year · 12 + month − 1, in Asia/Shanghai. The months of a span are few: comparing with their
 * ends costs a third of taking each date apart.
 */
import { monthsIn } from "../domain/period.ts";
import { type DayNumber, dayParts, dayStart } from "../domain/time.ts";

/** The month of the column `day`, for days of the span. */
export function monthOfDay(first: DayNumber, last: DayNumber): string {
  return monthCase(first, last, (end) => `day <= ${end}`);
}

/** The month of the column `start`, for instants of the span's days. */
export function monthOfStart(first: DayNumber, last: DayNumber): string {
  return monthCase(first, last, (end) => `start < make_timestamp(${dayStart(end + 1)}000)`);
}

/** The same of single days, outside SQL. */
export function monthNumbers(first: DayNumber, last: DayNumber): (day: DayNumber) => number {
  const months = monthsIn({ first, last });
  const numbers = months.flatMap((month) =>
    Array<number>(Math.min(month.last, last) - Math.max(month.first, first) + 1).fill(monthNumber(month.first)),
  );
  return (day) => numbers[day - first] ?? 0;
}

function monthCase(first: DayNumber, last: DayNumber, until: (end: DayNumber) => string): string {
  const months = monthsIn({ first, last });
  const ends = months.slice(0, -1).map((month) => `WHEN ${until(month.last)} THEN ${monthNumber(month.first)}`);
  return ends.length === 0 ? `${monthNumber(last)}` : `CASE ${ends.join(" ")} ELSE ${monthNumber(last)} END`;
}

function monthNumber(day: DayNumber): number {
  const { year, month } = dayParts(day);
  return year * 12 + month - 1;
}
