/** Invented days, counts and rankings: the stuff the cases are made of. */
import type { DayCounts, RankRow } from "../../../../reports/briefings/district-data.ts";
import type { CalendarDay } from "../../../../reports/charts/calendar.ts";
import type { DayValue } from "../../../../reports/charts/cumulative.ts";
import { aqiClass } from "../../../../src/standards/hj633-class.ts";

const dayOf = (year: number, at: number): string =>
  new Date(Date.UTC(year, 0, 1) + at * 86_400_000).toISOString().slice(0, 10);

/** Days of a year from one day of the year (0 = 1 January), with a gap every ninth day. */
export function inventedDays(from: number, count: number): readonly CalendarDay[] {
  return Array.from({ length: count }, (_, index) => {
    const at = from + index;
    const day = dayOf(2015, at);
    const aqi = 20 + ((at * at * 37 + at * 91) % 290);
    if (at % 9 === 4) return { day };
    const primary = aqi <= 50 ? [] : at % 7 === 3 ? ["PM2.5", "PM10"] : ["PM2.5"];
    return { day, aqi, class: aqiClass(aqi).class, primary, partial: at % 11 === 3 };
  });
}

export function inventedCounts(days: readonly CalendarDay[]): DayCounts {
  const of = (name: string): number => days.filter((day) => day.class === name).length;
  const classes = {
    优: of("优"),
    良: of("良"),
    轻度污染: of("轻度污染"),
    中度污染: of("中度污染"),
    重度污染: of("重度污染"),
    严重污染: of("严重污染"),
  };
  return {
    days: days.length,
    validDays: days.filter(({ aqi }) => aqi !== undefined).length,
    partialDays: days.filter(({ partial }) => partial === true).length,
    classes,
    goodDays: classes.优 + classes.良,
    heavyDays: classes.重度污染 + classes.严重污染,
    goodRatio: { value: "28.6" },
    goodRatioLow: "25.8",
    goodRatioHigh: "35.5",
    primary: [
      { zh: "PM2.5", days: 24 },
      { zh: "PM10", days: 4 },
    ],
  };
}

export function inventedValues(year: number, count: number, value: (at: number) => number): readonly DayValue[] {
  return Array.from({ length: count }, (_, at) =>
    at % 17 === 5 ? { day: dayOf(year, at) } : { day: dayOf(year, at), value: value(at).toFixed(1) },
  );
}

export const STATIONS =
  "奥体中心 农展馆 东四环 东四 天坛 官园 万寿西宫 万柳 古城 顺义 昌平 怀柔 定陵 北部新区 植物园 丰台花园 云岗".split(
    " ",
  );

/** A ranking of `count` places with ties at the second place. */
export function inventedRanking(count: number): readonly RankRow[] {
  const top = count > 100 ? 400 : 110;
  return Array.from({ length: count }, (_, at) => {
    const tied = at === 1 || at === 2;
    const place = STATIONS[at] ?? `第${at + 1}街道`;
    return {
      rank: at === 2 ? 2 : at + 1,
      tied,
      place,
      value: String(top - (at === 2 ? 1 : at)),
      validDays: 31 - (at % 4),
      own: at < 3,
    };
  });
}
