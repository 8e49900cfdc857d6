/** Dates as pages print them. */
import { type DayNumber, dayParts, dayText } from "../../domain/time.ts";

const WEEKDAYS = ["日", "一", "二", "三", "四", "五", "六"] as const;

/** The day of the week, 0 Sunday: 1970-01-01 was a Thursday. */
export function weekdayOf(day: DayNumber): number {
  return (((day + 4) % 7) + 7) % 7;
}

/** `2024年10月12日 星期六` */
export function longDay(day: DayNumber): string {
  const { year, month, day: date } = dayParts(day);
  return `${year}年${month}月${date}日 星期${WEEKDAYS[weekdayOf(day)]}`;
}

/** `10-12`, with the year where it is not `year`. */
export function shortDay(day: DayNumber, year?: number): string {
  const text = dayText(day);
  return year === undefined || dayParts(day).year === year ? text.slice(5) : text;
}
