/** One item of a text, with the words around it → how it is compared, with what, and how firmly. */
import { type Exact, ratio, reduce, toNumber } from "../../src/domain/exact.ts";
import type { Comparator, Firmness } from "../../src/domain/plan.ts";
import { chineseNumber } from "./chinese-number.ts";
import type { Quantity } from "./classify.ts";
import { comparatorOf } from "./comparator.ts";
import { isTime } from "./measure-words.ts";
import { datesAround } from "./target-dates.ts";
import type { Item } from "./target-items.ts";

export type Part = {
  /** The clause, and of it what stands before and behind the item and is about it. */
  readonly whole: string;
  readonly before: string;
  readonly after: string;
  readonly phrase: string;
  /** Whether the item goes on with the one before (15家…、2家…). */
  readonly follows: boolean;
  /** The sign before the clause. */
  readonly lead: string;
  /** The clause, and the one before it where that is only a date: 6月底前，完成…. */
  readonly dated: string;
};

export type Read = {
  readonly comparator: Comparator;
  readonly value: number | string;
  readonly unit: string;
  readonly firmness: Firmness;
  readonly flags: readonly string[];
  /** Whether each of several listed subjects has to reach the number by itself. */
  readonly perSubject: boolean;
};

/**
 * Comparator, value and firmness of an item; undefined for one that another item tells (the cut of a run).
 *
 * @param fixed whether the item before is the size of a set that is there already
 */
export function readItem(item: Item, part: Part, fixed: boolean): Read | undefined {
  const strives = /力争|争取|努力/.test(part.before);
  const firm = (operational: boolean, about = false): Firmness =>
    operational ? "operational" : strives ? "strive" : about ? "about" : "binding";
  if (item.kind === "frequency") {
    const { value, unit, flags } = item.at;
    return { comparator: ">=", value: plain(value), unit, firmness: "operational", flags, perSubject: false };
  }
  if (item.kind === "special") {
    const { comparator, value, unit, operational, flags } = item.at;
    const nearly = /基本|大部/.test(part.before);
    const stated = comparator === "all_covered" && /\d%|百分百/.test(part.whole);
    return stated
      ? undefined
      : { comparator, value, unit, firmness: firm(operational, nearly), flags, perSubject: false };
  }
  const quantity = item.at;
  const { unit } = quantity;
  if (unit === "名" && /[前后末]$/.test(part.before)) return rank(quantity, part, firm);
  if (isRun(unit, part)) {
    const cut = /[后末]\s*(\d+|[一二三四五六七八九十百]+)/.exec(part.after)?.[1];
    const number = cut === undefined || /^\d/.test(cut) ? cut : chineseNumber(cut);
    const refused = /不[^，。；]{0,4}连续$/.test(part.before);
    const flags = [number === undefined ? "cut.missing" : `cut:${number}`, ...(refused ? [] : ["trigger"])];
    const comparator = "not_n_months_running";
    return { comparator, value: plain(quantity.value), unit, firmness: firm(!refused), flags, perSubject: false };
  }
  const value = plain(quantity.value);
  const counted = quantity.flags.includes("frequency.counted");
  const read = comparatorOf(part.before, part.after, {
    unit,
    isRange: quantity.upper !== undefined,
    more: quantity.more,
    is100: value === 100,
    isZero: value === 0,
    chinese: quantity.chinese && !counted,
  });
  const fixedToo = part.follows && fixed && read.flags.includes("comparator.unsaid");
  const comparator = fixedToo ? "=" : read.comparator;
  const flags = [
    ...quantity.flags,
    ...(fixedToo ? ["set.fixed"] : read.flags.filter((flag) => !(counted && flag === "comparator.unsaid"))),
    ...datesAround(part.dated),
  ];
  const about = comparator === "~" || /^左右/.test(part.after) || /约$/.test(part.before);
  const percent = unit === "%" || unit === "‰" || unit === "";
  const measured = percent || /\//.test(unit);
  const works =
    /^范围[内外]/.test(part.after) ||
    flags.includes("frequency.counted") ||
    (isTime(unit) && comparator === "<=" && /^(?:之|以)?内/.test(part.after)) ||
    (comparator === "=" && flags.includes("set.fixed") && /类|项/.test(unit));
  return {
    comparator,
    value: quantity.upper === undefined ? value : `${value}-${plain(quantity.upper)}`,
    unit,
    firmness: firm(works, about),
    flags,
    perSubject: measured,
  };
}

function rank(quantity: Quantity, part: Part, firm: (operational: boolean) => Firmness): Read | undefined {
  const value = plain(quantity.value);
  const worst = /[后末]$/.test(part.before);
  const refused = /(?:不得?|未|无|避免|退出|防止|杜绝)[^，。；]{0,8}(?:进入|列入|位列|处于|排名?)/.test(part.before);
  if (
    worst &&
    /连续[^，。；]{0,8}$/.test(part.before.replace(/\d+个月.*$/, "")) &&
    /连续\d+个月|连续[一二三四五六七八九十两]+个月/.test(part.whole)
  ) {
    // The cut of a run, told with the run.
    return undefined;
  }
  if (worst) {
    return {
      comparator: "not_in_worst",
      value,
      unit: "名",
      firmness: firm(!refused),
      flags: refused ? [] : ["trigger"],
      perSubject: true,
    };
  }
  return { comparator: "<=", value, unit: "名", firmness: firm(false), flags: ["rank.from-best"], perSubject: true };
}

/** 连续3个月进入后30名: as something not to happen, or as what triggers an action. */
function isRun(unit: string, part: Part): boolean {
  return unit === "个月" && /连续$/.test(part.before) && /^[^，。；]{0,8}(?:进入|列入|位列)/.test(part.after);
}

/** A number where a finite decimal writes it, else `n/d`. */
function plain(value: Exact): number | string {
  const { num, den } = reduce(value);
  let rest = den;
  for (const prime of [2n, 5n]) while (rest % prime === 0n) rest /= prime;
  return rest === 1n ? toNumber(ratio(num, den)) : `${num}/${den}`;
}
