/**
 * Periods: a day, half-month, month, quarter, half-year, year, or the cumulative span of months from January on.
 *
 * Written T: `2015-03-14`, `2015-03-H1|H2` (half-months 1–15 and 16–end), `2015-03`, `2015-Q1`, `2015-H1|H2`
 * (half-years), `2015`, `2015-01..2015-03` (cumulative; it may start in any month of the year).
 */
import { fault } from "./faults.ts";
import { type DayNumber, dayNumber, dayParts, daysInMonth, dayText } from "./time.ts";

export type PeriodKind = "day" | "halfMonth" | "month" | "quarter" | "halfYear" | "year" | "cumulative";

/** First and last day are both inside. `text` is the canonical T. */
export type Period = {
  readonly kind: PeriodKind;
  readonly text: string;
  readonly first: DayNumber;
  readonly last: DayNumber;
};

const two = (n: number): string => String(n).padStart(2, "0");

/** The period a text T names. @throws Fault `period.unknown` with what is wrong with it */
export function parsePeriod(text: string): Period {
  const given = text.trim();
  const wrong = (reason: string) => fault("period.unknown", { given: text, reason }, { parameter: "--period" });
  const found = /^(\d{4})(?:-(?:Q(\d)|H(\d)|(\d{1,2})(?:-(?:H(\d)|(\d{1,2})))?))?$/.exec(given);
  if (found !== null) {
    const [, year = "", quarter, halfYear, month, half, day] = found;
    const y = Number(year);
    if (dayNumber(y, 1, 1) === undefined) throw wrong(`没有 ${year} 年的数据（只收 1992–2100 年）`);
    if (quarter !== undefined) {
      if (!/[1-4]/.test(quarter)) throw wrong(`没有第 ${quarter} 季度`);
      return quarterOf(y, Number(quarter));
    }
    if (halfYear !== undefined) {
      if (!/[12]/.test(halfYear)) throw wrong(`没有 H${halfYear}：只有 H1（上半年）和 H2（下半年）`);
      return halfYearOf(y, Number(halfYear));
    }
    if (month === undefined) return yearOf(y);
    const m = Number(month);
    if (month.length !== 2) throw wrong("月份写两位");
    if (m < 1 || m > 12) throw wrong(`没有 ${month} 月`);
    if (half !== undefined) {
      if (!/[12]/.test(half)) throw wrong(`没有 H${half}：只有 H1（上半月）和 H2（下半月）`);
      return halfMonthOf(y, m, Number(half));
    }
    if (day === undefined) return monthOf(y, m);
    if (day.length !== 2) throw wrong("日期写两位");
    const n = dayNumber(y, m, Number(day));
    if (n === undefined) throw wrong(`${y} 年 ${m} 月没有 ${day} 日`);
    return dayPeriod(n);
  }
  const span = /^(\d{4})-(\d{2})\.\.(\d{4})-(\d{2})$/.exec(given);
  if (span !== null) {
    const [fromYear, fromMonth, toYear, toMonth] = span.slice(1).map(Number) as [number, number, number, number];
    if (fromYear !== toYear) throw wrong("累计只能在同一年内");
    if (dayNumber(fromYear, fromMonth, 1) === undefined) throw wrong(`没有 ${span[2]} 月`);
    if (dayNumber(toYear, toMonth, 1) === undefined) throw wrong(`没有 ${span[4]} 月`);
    if (fromMonth > toMonth) throw wrong("起月在止月之后");
    return cumulativeOf(fromYear, toMonth, fromMonth);
  }
  throw wrong("不是已知的写法");
}

export function dayPeriod(day: DayNumber): Period {
  return { kind: "day", text: dayText(day), first: day, last: day };
}

/** Half 1 is days 1–15, half 2 the rest. */
export function halfMonthOf(year: number, month: number, half: number): Period {
  const text = `${year}-${two(month)}-H${half}`;
  return half === 1
    ? { kind: "halfMonth", text, first: at(year, month, 1), last: at(year, month, 15) }
    : { kind: "halfMonth", text, first: at(year, month, 16), last: at(year, month, daysInMonth(year, month)) };
}

export function monthOf(year: number, month: number): Period {
  return {
    kind: "month",
    text: `${year}-${two(month)}`,
    first: at(year, month, 1),
    last: at(year, month, daysInMonth(year, month)),
  };
}

export function quarterOf(year: number, quarter: number): Period {
  return { ...months(year, quarter * 3 - 2, quarter * 3), kind: "quarter", text: `${year}-Q${quarter}` };
}

export function halfYearOf(year: number, half: number): Period {
  return { ...months(year, half * 6 - 5, half * 6), kind: "halfYear", text: `${year}-H${half}` };
}

export function yearOf(year: number): Period {
  return { ...months(year, 1, 12), kind: "year", text: String(year) };
}

/** The months `from` (January unless told) to `to` of a year, both inside. */
export function cumulativeOf(year: number, to: number, from = 1): Period {
  return { ...months(year, from, to), kind: "cumulative", text: `${year}-${two(from)}..${year}-${two(to)}` };
}

/** Days of the calendar in the period. */
export function daysIn(period: Period): number {
  return period.last - period.first + 1;
}

/** The months that touch the period, in order. */
export function monthsIn(period: Pick<Period, "first" | "last">): readonly Period[] {
  const from = dayParts(period.first);
  const to = dayParts(period.last);
  const list: Period[] = [];
  for (let month = from.year * 12 + from.month - 1; month <= to.year * 12 + to.month - 1; month++) {
    list.push(monthOf(Math.floor(month / 12), (month % 12) + 1));
  }
  return list;
}

/** The same period one year earlier; for a 29 February the 28th. */
export function yearBefore(period: Period): Period {
  const shifted = period.text.replace(/\d{4}/g, (year) => String(Number(year) - 1));
  return parsePeriod(shifted.endsWith("-02-29") ? shifted.replace("-29", "-28") : shifted);
}

/** The period of the same length just before; of a cumulative one, that of a month less. `undefined` where none is. */
export function periodBefore(period: Period): Period | undefined {
  const { year, month } = dayParts(period.first - 1);
  if (dayNumber(year, 1, 1) === undefined) return undefined;
  switch (period.kind) {
    case "day":
      return dayPeriod(period.first - 1);
    case "halfMonth":
      return halfMonthOf(year, month, dayParts(period.first).day === 1 ? 2 : 1);
    case "month":
      return monthOf(year, month);
    case "quarter":
      return quarterOf(year, Math.ceil(month / 3));
    case "halfYear":
      return halfYearOf(year, Math.ceil(month / 6));
    case "year":
      return yearOf(year);
    case "cumulative": {
      const [start, end] = [dayParts(period.first), dayParts(period.last)];
      return end.month > start.month ? cumulativeOf(end.year, end.month - 1, start.month) : undefined;
    }
  }
}

/** The period in Chinese: `2015年3月`, `2015年3月上半月`, `2015年1—3月`. */
export function periodZh(period: Period): string {
  const { year, month, day } = dayParts(period.first);
  const end = dayParts(period.last);
  switch (period.kind) {
    case "day":
      return `${year}年${month}月${day}日`;
    case "halfMonth":
      return `${year}年${month}月${day === 1 ? "上" : "下"}半月`;
    case "month":
      return `${year}年${month}月`;
    case "quarter":
      return `${year}年第${"一二三四"[(month - 1) / 3]}季度`;
    case "halfYear":
      return `${year}年${month === 1 ? "上" : "下"}半年`;
    case "year":
      return `${year}年`;
    case "cumulative":
      return month === end.month ? `${year}年${month}月` : `${year}年${month}—${end.month}月`;
  }
}

function months(year: number, from: number, to: number): { readonly first: DayNumber; readonly last: DayNumber } {
  return { first: at(year, from, 1), last: at(year, to, daysInMonth(year, to)) };
}

function at(year: number, month: number, day: number): DayNumber {
  const n = dayNumber(year, month, day);
  if (n === undefined) throw fault("period.unknown", { given: `${year}-${month}-${day}`, reason: "没有这一天" });
  return n;
}
