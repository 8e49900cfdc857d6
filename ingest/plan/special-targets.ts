/** Targets whose number is a word: none left (动态清零), all covered (全覆盖), water class, and rules in an idiom. */
import type { Comparator } from "../../src/domain/plan.ts";
import { chineseNumber } from "./chinese-number.ts";

export type SpecialTarget = {
  readonly start: number;
  readonly end: number;
  readonly comparator: Comparator;
  readonly value: number;
  readonly unit: string;
  readonly operational: boolean;
  readonly flags: readonly string[];
};

const ROMAN = ["Ⅰ", "Ⅱ", "Ⅲ", "Ⅳ", "Ⅴ"];
const LETTERS = ["I", "II", "III", "IV", "V"];

type Rule = {
  readonly pattern: RegExp;
  readonly target: (found: RegExpExecArray) => Omit<SpecialTarget, "start" | "end">;
};

const RULES: readonly Rule[] = [
  {
    pattern: /减([一二三四五六七八九])增([一二三四五六七八九])/g,
    target: ([, cut = "", more = ""]) => ({
      comparator: ">=",
      value: Number(chineseNumber(cut)) / Number(chineseNumber(more)),
      unit: "倍",
      operational: true,
      flags: [`idiom.ratio:${chineseNumber(cut)}:${chineseNumber(more)}`],
    }),
  },
  {
    pattern: /([一二三四五六七八九十])个百分之?百/g,
    target: ([, count = ""]) => ({
      comparator: "=",
      value: 100,
      unit: "%",
      operational: true,
      flags: [`idiom.count:${chineseNumber(count)}`],
    }),
  },
  {
    pattern:
      /(?:达到|优于|不低于|好于|保持|稳定在|达)[^，。；]{0,4}?([ⅠⅡⅢⅣⅤ]|I{1,3}|IV|V)类(?:及以上|以上|水质|标准)?(?![^，。；]{0,6}(?:比例|占比|率))/g,
    // Class I is the best: “class III or better” is a class number of at most 3.
    target: ([, sign = ""]) => ({
      comparator: "<=",
      value: (ROMAN.includes(sign) ? ROMAN : LETTERS).indexOf(sign) + 1,
      unit: "类",
      operational: false,
      flags: ["water-class"],
    }),
  },
  {
    pattern: /(?:无|消除|消灭)劣[ⅤVⅣ]类?/g,
    target: () => ({ comparator: "zero_open", value: 0, unit: "个", operational: false, flags: ["direction"] }),
  },
  {
    pattern: /清零|归零|零(?:增长|新增|事故|发生|反弹|投诉|超标|直排|填埋|弃置)/g,
    target: () => ({ comparator: "zero_open", value: 0, unit: "个", operational: false, flags: ["direction"] }),
  },
  {
    pattern:
      /(?<![健安完])全覆盖|全面覆盖|全部(?:完成|达标|覆盖|清理|整改|淘汰|销号|落实|纳管|纳入|改造|更新|替代|关停|安装|联网|建成|退出|拆除|整治)/g,
    target: () => ({ comparator: "all_covered", value: 100, unit: "%", operational: false, flags: ["whole.unsaid"] }),
  },
];

/** The special targets of a text, in order. What stands in quotation marks (“动态清零”的原则) is a name, but the rules are not. */
export function specialTargetsOf(text: string): readonly SpecialTarget[] {
  return RULES.flatMap(({ pattern, target }) =>
    [...text.matchAll(pattern)].flatMap((found) => {
      const made = target(found);
      const quoted = /[“「][^”」]*$/.test(text.slice(0, found.index));
      if (quoted && made.comparator === "zero_open") return [];
      return [{ ...made, start: found.index, end: found.index + found[0].length }];
    }),
  ).sort((a, b) => a.start - b.start);
}
