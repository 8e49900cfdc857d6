/**
 * Every numeral of a text: digits (ASCII and full width), Chinese numerals, Roman numerals of one character, circled
 * and raised digits. What belongs together is one numeral: 4.75万, 1-3, 三分之一, 百分之八十, 八成五.
 *
 * Which of them are numbers and which are part of a word is decided later (`numeral-class.ts`): here none is left out.
 */
import { divide, type Exact, exact, multiply, ratio } from "../../src/domain/exact.ts";
import { chineseNumber } from "./chinese-number.ts";

export type Numeral = {
  readonly start: number;
  readonly end: number;
  readonly text: string;
  readonly kind: "digits" | "chinese" | "sign";
  /** The value; undefined where the signs write no number (百花, ²). */
  readonly value: Exact | undefined;
  /** Upper end of a range. */
  readonly upper: Exact | undefined;
  /** `%` or `‰` where the numeral itself says so (百分之八十, 八成); `share` for 三分之一. */
  readonly share: "%" | "‰" | "share" | undefined;
};

/** Characters that write numbers in Chinese, and 半 (half). */
const C = "〇零一二三四五六七八九十百千万亿两半";
const A = "\\d{1,3}(?:,\\d{3})+(?:\\.\\d+)?(?!\\d)|\\d+(?:\\.\\d+)?";
const SEP = "\\s?[-~—–至到]\\s?";
/** Thousand and hundred after digits, but not the first part of 千瓦, 千米, 千克. */
const TIMES = "(?:[万亿]|[千百](?![瓦米克伏帕焦卡赫]))*";

const NUMERAL = new RegExp(
  [
    "(?<hundred>百分之?百)",
    `(?<parts>[百千])分之(?<ofParts>${A}|[${C}]+(?:点[${C}]+)?)`,
    `(?<den>[${C}]+)分之(?<num>[${C}]+)`,
    `(?<tenths>${A}|[${C}]+)成(?<fifth>[半一二三四五六七八九]?)(?![立为功效果本员品分长年套都人就事交全熟绩因])`,
    "(?<half>一半|半数|过半)",
    "(?<![\\d./])(?<part>\\d{1,3})/(?<whole>[1-9]\\d{0,2})(?![\\d./])",
    `(?<ascii>${A})(?<times>${TIMES})(?:%?${SEP}(?<to>${A})(?<toTimes>${TIMES}))?(?<percent>[%‰])?`,
    `(?<chinese>[${C}]+)(?:(?:至|到)(?<chineseTo>[${C}]+))?`,
    "(?<sign>[\\p{Nl}\\p{No}])",
  ].join("|"),
  "gu",
);

/** Full-width digits, signs and letters as ASCII, one for one, so that places in the text stay the same. */
export function narrowed(text: string): string {
  return text.replace(/[\uFF10-\uFF19\uFF21-\uFF3A\uFF41-\uFF5A％．－～＜＞＝]/g, (sign) =>
    String.fromCharCode(sign.charCodeAt(0) - 0xfee0),
  );
}

/** All numerals of a text, in order; every sign that writes a number is inside exactly one of them. */
export function numeralsOf(text: string): readonly Numeral[] {
  return [...narrowed(text).matchAll(NUMERAL)].map((found) => {
    const start = found.index;
    const end = start + found[0].length;
    return { start, end, text: text.slice(start, end), ...readGroups(found.groups ?? {}) };
  });
}

type Groups = Readonly<Record<string, string | undefined>>;

function readGroups(g: Groups): Pick<Numeral, "kind" | "value" | "upper" | "share"> {
  const plain = { upper: undefined, share: undefined };
  if (g["hundred"] !== undefined) return { ...plain, kind: "chinese", value: ratio(100n), share: "%" };
  if (g["ofParts"] !== undefined) {
    return { ...plain, kind: "chinese", value: anyNumber(g["ofParts"]), share: g["parts"] === "百" ? "%" : "‰" };
  }
  if (g["half"] !== undefined) return { ...plain, kind: "chinese", value: ratio(1n, 2n), share: "share" };
  if (g["part"] !== undefined) {
    return { ...plain, kind: "digits", value: ratio(BigInt(g["part"]), BigInt(g["whole"] ?? "1")), share: "share" };
  }
  if (g["num"] !== undefined) {
    const [num, den] = [chineseNumber(g["num"]), chineseNumber(g["den"] ?? "")];
    const value = num === undefined || den === undefined || den === 0n ? undefined : ratio(num, den);
    return { ...plain, kind: "chinese", value, share: "share" };
  }
  if (g["tenths"] !== undefined) {
    const tenths = anyNumber(g["tenths"]);
    const half = g["fifth"] === "半" ? 5n : (chineseNumber(g["fifth"] ?? "") ?? 0n);
    const value = tenths === undefined ? undefined : ratio(tenths.num * 10n + half * tenths.den, tenths.den);
    return { ...plain, kind: "chinese", value, share: "%" };
  }
  if (g["ascii"] !== undefined) {
    const upper = g["to"] === undefined ? undefined : digits(g["to"], g["toTimes"]);
    // 1-3万 means 1万 to 3万.
    const times = g["times"] === "" && g["to"] !== undefined ? g["toTimes"] : g["times"];
    const value = digits(g["ascii"], times);
    return { kind: "digits", value, upper, share: g["percent"] as "%" | "‰" | undefined };
  }
  if (g["chinese"] !== undefined) {
    const upper = g["chineseTo"] === undefined ? undefined : whole(g["chineseTo"]);
    return { kind: "chinese", value: whole(g["chinese"]), upper, share: undefined };
  }
  return { ...plain, kind: "sign", value: undefined };
}

const TIMES_OF: Readonly<Record<string, bigint>> = { 百: 100n, 千: 1000n, 万: 10_000n, 亿: 100_000_000n };

function digits(text: string, times: string | undefined): Exact {
  const factor = [...(times ?? "")].reduce((all, sign) => all * (TIMES_OF[sign] ?? 1n), 1n);
  return multiply(exact(text.replaceAll(",", "")), ratio(factor));
}

function whole(text: string): Exact | undefined {
  const value = chineseNumber(text);
  return value === undefined ? undefined : ratio(value);
}

/** ASCII or Chinese, with 点 as the decimal point. */
function anyNumber(text: string): Exact | undefined {
  if (/^\d/.test(text)) return exact(text.replaceAll(",", ""));
  const [head = "", tail] = text.split("点");
  const before = whole(head);
  if (tail === undefined || before === undefined) return before;
  const after = whole(tail);
  if (after === undefined) return undefined;
  const scale = 10n ** BigInt([...tail].length);
  return divide({ num: before.num * scale + after.num, den: 1n }, ratio(scale));
}
