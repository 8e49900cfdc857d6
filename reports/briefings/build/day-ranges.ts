/** Days as people list them: 3月2—5日、17日; many of them by month. */
import { type DayNumber, dayParts } from "../../../src/domain/time.ts";

/** Neighbouring days as one range; the month is said again only when it changes. Days come in order. */
export function dayRangesZh(days: readonly DayNumber[]): string {
  const ranges: { first: DayNumber; last: DayNumber }[] = [];
  for (const day of days) {
    const open = ranges.at(-1);
    if (open !== undefined && open.last === day - 1) open.last = day;
    else ranges.push({ first: day, last: day });
  }
  let month = 0;
  const dayZh = (day: DayNumber): string => {
    const parts = dayParts(day);
    const zh = parts.month === month ? `${parts.day}` : `${parts.month}月${parts.day}`;
    month = parts.month;
    return zh;
  };
  return ranges
    .map(({ first, last }) =>
      first === last ? `${dayZh(first)}日` : `${dayZh(first)}${crosses(first, last) ? "日" : ""}—${dayZh(last)}日`,
    )
    .join("、");
}

/** Days as counts by month, for too many to be listed: 1月12天、2月9天. Days come in order. */
export function dayCountsZh(days: readonly DayNumber[]): string {
  const counts = new Map<number, number>();
  for (const day of days) {
    const { month } = dayParts(day);
    counts.set(month, (counts.get(month) ?? 0) + 1);
  }
  return [...counts].map(([month, count]) => `${month}月${count}天`).join("、");
}

function crosses(first: DayNumber, last: DayNumber): boolean {
  return dayParts(first).month !== dayParts(last).month;
}
