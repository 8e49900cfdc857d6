/** How often, without a numeral: 每日, 每月, 按季度, 按年度, 每两个月; and two dates, which are twice a year. */
import { ratio } from "../../src/domain/exact.ts";
import { chineseNumber } from "./chinese-number.ts";
import type { Quantity } from "./classify.ts";

export type Frequency = Quantity & { readonly period: string };

const NUMBER = "[一二三四五六七八九十两]+|\\d+";

const OFTEN = new RegExp(
  `每(?<many>${NUMBER})?(?:个)?(?<each>半年|半月|工作日|季度|季|年度|年|月|周|星期|旬|日|天|小时)(?!均|产|报)|[按逐](?<by>半年|半月|季度|季|年度|年(?!增|下|上|递|提|减|降)|月(?!份|增|下|上|递|提|减|降)|周|旬|日(?!均|常))`,
  "g",
);

const PERIODS: Readonly<Record<string, string>> = { 季: "季度", 年度: "年", 星期: "周", 天: "日" };

/** The frequencies of a text, each as “once in the period”. */
export function frequenciesOf(text: string): readonly Frequency[] {
  const weekdays = weekdaysOf(text);
  const others = [...text.matchAll(OFTEN)].filter(({ index }) => !weekdays.some((one) => one.start === index));
  const often = others.map((found) => {
    const each = found.groups?.["each"] ?? found.groups?.["by"] ?? "";
    const base = PERIODS[each] ?? each;
    const many = found.groups?.["many"];
    const count =
      many === undefined || many === "一" ? 1 : Number(/^\d+$/.test(many) ? many : (chineseNumber(many) ?? 1n));
    const period = count === 1 ? base : `${count}${base === "月" || base === "季度" ? "个" : ""}${base}`;
    return once(found.index, found.index + found[0].length, period);
  });
  return [...weekdays, ...often].sort((a, b) => a.start - b.start);
}

const MONTH = "\\d{1,2}月(?:\\d{1,2}日|[上中下]旬|底|初|末|份)?(?:之?前)?";

/** Several dates in a row, each of which something is due on: 2月底、8月底前更新清单. */
export function datesOf(text: string): readonly Frequency[] {
  return [...text.matchAll(new RegExp(`${MONTH}(?:[、和及]${MONTH})+`, "g"))].map((found) => {
    const times = BigInt(found[0].split(/[、和及]/).length);
    return {
      ...once(found.index, found.index + found[0].length, "年"),
      value: ratio(times),
      flags: ["frequency.from-dates"],
    };
  });
}

const WEEKDAY = "[一二三四五六日]";

/** Weekdays: 每周二、周四. */
function weekdaysOf(text: string): readonly Frequency[] {
  const pattern = new RegExp(`每(?:周|星期)${WEEKDAY}(?:[、和及](?:周|星期)?${WEEKDAY})*`, "g");
  return [...text.matchAll(pattern)].map((found) => {
    const times = BigInt(found[0].split(/[、和及]/).length);
    return {
      ...once(found.index, found.index + found[0].length, "周"),
      value: ratio(times),
      flags: ["frequency.from-dates"],
    };
  });
}

function once(start: number, end: number, period: string): Frequency {
  return {
    start,
    end,
    value: ratio(1n),
    upper: undefined,
    unit: `次/${period}`,
    more: false,
    chinese: true,
    flags: [],
    period,
  };
}
