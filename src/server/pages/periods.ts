/** Periods pages begin with, and the ones before and after. */
import { halfMonthOf, monthOf, type Period, parsePeriod, yearOf } from "../../domain/period.ts";
import { type DayNumber, dayParts } from "../../domain/time.ts";

/** The last month that was over on a day. */
export function lastMonth(today: DayNumber): Period {
  const { year, month } = dayParts(today + 1);
  return month === 1 ? monthOf(year - 1, 12) : monthOf(year, month - 1);
}

/** The months up to the one of a day, the latest first. */
export function recentMonths(today: DayNumber, count: number): readonly Period[] {
  const { year, month } = dayParts(today);
  return Array.from({ length: count }, (_, k) => {
    const at = year * 12 + (month - 1) - k;
    return monthOf(Math.floor(at / 12), (at % 12) + 1);
  });
}

/** The period of the same kind before (−1) or after (+1); cumulative spans grow and shrink by a month. */
export function shifted(period: Period, by: -1 | 1): Period | undefined {
  const { year, month, day } = dayParts(period.first);
  switch (period.kind) {
    case "day":
      return undefined;
    case "halfMonth": {
      const at = (year * 12 + month - 1) * 2 + (day === 1 ? 0 : 1) + by;
      return halfMonthOf(Math.floor(at / 24), (Math.floor(at / 2) % 12) + 1, (at % 2) + 1);
    }
    case "month": {
      const at = year * 12 + month - 1 + by;
      return monthOf(Math.floor(at / 12), (at % 12) + 1);
    }
    case "year":
      return yearOf(year + by);
    case "cumulative": {
      const end = dayParts(period.last).month + by;
      return end < month || end > 12 ? undefined : parsePeriod(`${year}-${two(month)}..${year}-${two(end)}`);
    }
    default:
      return undefined;
  }
}

function two(n: number): string {
  return String(n).padStart(2, "0");
}
