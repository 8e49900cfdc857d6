/** The months and half-months of the simulated days. */
import { halfMonthOf, monthOf, type Period } from "../../src/domain/period.ts";
import { dayParts } from "../../src/domain/time.ts";
import type { Days } from "./job.ts";

/** The months that touch the days, in order. */
export function monthsBetween(days: Days): readonly Period[] {
  const months: Period[] = [];
  for (let day = days.first; day <= days.last; ) {
    const { year, month } = dayParts(day);
    const period = monthOf(year, month);
    months.push(period);
    day = period.last + 1;
  }
  return months;
}

/** The months that lie wholly inside the days: what is published by the month exists for these only. */
export function wholeMonths(days: Days): readonly Period[] {
  return monthsBetween(days).filter((month) => month.first >= days.first && month.last <= days.last);
}

/** The half-months that lie wholly inside the days, in order. */
export function wholeHalfMonths(days: Days): readonly Period[] {
  return monthsBetween(days)
    .flatMap((period) => {
      const { year, month } = dayParts(period.first);
      return [halfMonthOf(year, month, 1), halfMonthOf(year, month, 2)];
    })
    .filter((half) => half.first >= days.first && half.last <= days.last);
}
