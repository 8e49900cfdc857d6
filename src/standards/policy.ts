/**
 * Policies (口径): named switches where practice differs or a text is silent, each with its default and its reason.
 *
 * A number that stands in a standard is not here but in that standard's file. Every verdict names the policies it used
 * (`policyTexts`). Switches of water and noise are declared here too, so that one list answers `--policy`.
 */
import { type Exact, exact, parseExact } from "../domain/exact.ts";
import { fault } from "../domain/faults.ts";
import { WATER_ITEMS } from "./gb3838.ts";

/** CONFIRMED facts are rules and need no switch; `likely` rests on one source, `own` is our choice where none exists. */
export type PolicyConfidence = "confirmed" | "likely" | "unverified" | "own";

type PolicyText = {
  readonly confidence: PolicyConfidence;
  readonly zh: string;
  readonly en: string;
  /** Why the default is what it is. */
  readonly reasonZh: string;
  readonly reasonEn: string;
};

/** One of a few words. */
type Choice = PolicyText & { readonly type: "choice"; readonly default: string; readonly choices: readonly string[] };
/** A whole number between two bounds, both allowed. */
type Count = PolicyText & {
  readonly type: "count";
  readonly default: number;
  readonly min: number;
  readonly max: number;
};
/** A share above 0 and up to 1; `parts` of them joined by `/`. */
type Share = PolicyText & { readonly type: "share"; readonly default: string; readonly parts: 1 | 2 };

/** Some of a list of words, joined by commas; `none` for none of them. */
type Words = PolicyText & { readonly type: "words"; readonly default: string; readonly choices: readonly string[] };

export type PolicySpec = Choice | Count | Share | Words;

export const POLICIES = {
  setCoverage: {
    type: "share",
    parts: 2,
    default: "0.75/0.5",
    confidence: "unverified",
    zh: "站点集日值有效所需的有效站点比例（4 个及以上站点/少于 4 个站点）",
    en: "share of a station set's stations that must be valid for a daily value (4 or more stations/fewer)",
    reasonZh: "HJ 663-2013 6.1 的记忆，未取得原文",
    reasonEn: "recalled from HJ 663-2013 6.1; the text was not obtained",
  },
  aqiMissing: {
    type: "choice",
    choices: ["na", "available"],
    default: "na",
    confidence: "likely",
    zh: "缺项日的 AQI：na=其余项 AQI>100 才发布；available=按有数据的项发布",
    en: "AQI of a day with a missing pollutant: na = only when the rest give more than 100; available = from what is valid",
    reasonZh: "HJ 633-2026 5.3.1 已确认；2012 版未规定，同样处理",
    reasonEn: "HJ 633-2026 5.3.1 is confirmed; the 2012 text is silent and treated alike",
  },
  goodDayDenominator: {
    type: "choice",
    choices: ["valid", "calendar"],
    default: "valid",
    confidence: "likely",
    zh: "优良天数比率的分母：valid=有效天数；calendar=日历天数",
    en: "denominator of the good-day ratio: valid days, or days of the calendar",
    reasonZh: "HJ 663-2013 5.1（记忆）；北京公报每天有效，两者相等",
    reasonEn: "HJ 663-2013 5.1 as recalled; in Beijing's bulletins all days are valid, so both agree",
  },
  periodCoverage: {
    type: "share",
    parts: 1,
    default: "0.85",
    confidence: "own",
    zh: "半月和未结束时段的有效天数下限（占日历天数）",
    en: "share of the calendar's days that must be valid in a half-month or a running period",
    reasonZh: "标准只规定月和年；27/31 约为 0.87，取略低的值",
    reasonEn: "the standard speaks of months and years only; 27 of 31 is about 0.87, the default lies a little below",
  },
  yearValidity: {
    type: "choice",
    choices: ["months", "days"],
    default: "months",
    confidence: "own",
    zh: "CO、O3 年统计的有效性：months=324 天且 12 个月均有效；days=只看 324 天",
    en: "validity of CO and O3 years: months = 324 days and each month valid; days = 324 days only",
    reasonZh: "GB 3095 表 4 的年行没有 CO 和 O3，按其他项目同样要求",
    reasonEn: "the annual row of GB 3095 table 4 does not list CO and O3; they are held to the same test",
  },
  o3HourMinimum: {
    type: "count",
    min: 1,
    max: 24,
    default: 20,
    confidence: "own",
    zh: "O3 日最大 1 小时值有效所需小时数",
    en: "hours needed for a day's ozone 1-hour maximum",
    reasonZh: "标准没有给出数值，取与日均值相同的 20 小时",
    reasonEn: "the standards give no number; the 20 hours of a daily mean are used",
  },
  tspDayHours: {
    type: "count",
    min: 1,
    max: 24,
    default: 20,
    confidence: "own",
    zh: "光散射 TSP 日均值有效所需小时数",
    en: "hours needed for a day of TSP by light scattering",
    reasonZh: "GB 3095 的 24 小时采样针对重量法；街乡传感器没有规定",
    reasonEn: "the 24-hour sampling of GB 3095 is for the gravimetric method; nothing is stated for street sensors",
  },
  percentileFormula: {
    type: "choice",
    choices: ["hj663", "nearest"],
    default: "hj663",
    confidence: "likely",
    zh: "百分位数算法：hj663=k=1+(n−1)p/100 线性插值；nearest=序号向上取整",
    en: "percentile formula: hj663 = linear at k = 1 + (n−1)p/100; nearest = the rank rounded up",
    reasonZh: "HJ 663-2013 附录 A（记忆，两份代码一致）",
    reasonEn: "HJ 663-2013 app. A as recalled; two implementations agree",
  },
  meansFrom: {
    type: "choice",
    choices: ["full", "rounded"],
    default: "full",
    confidence: "likely",
    zh: "月、年均值的起点：full=未修约的日均值；rounded=修约后的日均值",
    en: "what month and year means start from: full = unrounded daily means, rounded = rounded ones",
    reasonZh: "GB/T 8170 3.3.1 不得连续修约；未找到直接规定",
    reasonEn: "GB/T 8170 3.3.1 forbids rounding twice; no direct rule was found",
  },
  monthMeans: {
    type: "choice",
    choices: ["days", "equal"],
    default: "days",
    confidence: "own",
    zh: "只有月值的地点推算累计值：days=按天数加权；equal=各月等权",
    en: "cumulative value of a place that has only months: weighted by days, or months alike",
    reasonZh: "年均值是日均值的平均（GB 3095 3.13），按天数加权最接近",
    reasonEn: "a year is the mean of days (GB 3095 3.13); weighting by days comes nearest",
  },
  targetCompare: {
    type: "choice",
    choices: ["full", "rounded"],
    default: "full",
    confidence: "likely",
    zh: "与目标比较：full=全数值比较；rounded=修约值比较",
    en: "comparison with a target: full value, or rounded value",
    reasonZh: "GB/T 8170 第 4 章：文件未说明时用全数值比较（记忆）",
    reasonEn: "GB/T 8170 cl. 4, as recalled: full-value comparison where a document is silent",
  },
  classOn: {
    type: "choice",
    choices: ["raw", "rounded"],
    default: "raw",
    confidence: "likely",
    zh: "水质类别判定用值：raw=未修约；rounded=修约后",
    en: "value a water class is decided on: raw, or rounded",
    reasonZh: "全数值比较是默认；实践不一",
    reasonEn: "full-value comparison is the default; practice differs",
  },
  runGap: {
    type: "choice",
    choices: ["ends", "skips"],
    default: "ends",
    confidence: "own",
    zh: "连续月份中缺一个月：ends=中断；skips=跳过",
    en: "a month without a value in a run of months: it ends the run, or is skipped",
    reasonZh: "计划未说明；缺数据不能算连续",
    reasonEn: "plans are silent; a run cannot go through a month nobody knows",
  },
  changeFrom: {
    type: "choice",
    choices: ["rounded", "full"],
    default: "rounded",
    confidence: "likely",
    zh: "同比、环比变化率的起点：rounded=修约后的公布值；full=未修约值",
    en: "what a change in percent starts from: rounded, published values, or unrounded ones",
    reasonZh: "市级通报的同比可由印出的整数浓度算回（2021 年 8 月朝阳 30→19 为 −36.7%）",
    reasonEn: "the city's printed changes follow from its printed whole concentrations (Chaoyang 30→19 gives −36.7 %)",
  },
  requireItems: {
    type: "words",
    choices: WATER_ITEMS,
    default: "ph,do,codmn,nh3n",
    confidence: "confirmed",
    zh: "缺少即不评价水质类别的项目",
    en: "items without which a water sample has no class",
    reasonZh: "国家自动站发布数据：缺 pH、溶解氧、高锰酸盐指数或氨氮时不给类别，缺总磷仍给（4,745 条）",
    reasonEn: "the national feed gives no class without pH, oxygen, CODMn or NH3-N, but does without TP (4,745 rows)",
  },
  doSaturation: {
    type: "choice",
    choices: ["off", "on"],
    default: "off",
    confidence: "confirmed",
    zh: "溶解氧饱和率达到 90% 时按Ⅰ类：off=不采用；on=采用",
    en: "oxygen saturation of 90 % counts as class Ⅰ: off, on",
    reasonZh: "国家自动站发布数据不采用（36 条全部按 7.5 mg/L 判定）",
    reasonEn: "the national feed does not use it (36 of 36 rows follow 7.5 mg/L)",
  },
  dayMinimumHours: {
    type: "count",
    min: 1,
    max: 16,
    default: 12,
    confidence: "own",
    zh: "噪声昼间值（06—22 时，16 小时）有效所需小时数",
    en: "hours needed for a noise day value (06–22 h, 16 hours)",
    reasonZh: "HJ 906 的有效性数值未取得，取四分之三",
    reasonEn: "the thresholds of HJ 906 were not obtained; three quarters are asked for",
  },
  nightMinimumHours: {
    type: "count",
    min: 1,
    max: 8,
    default: 6,
    confidence: "own",
    zh: "噪声夜间值（22—06 时，8 小时）有效所需小时数",
    en: "hours needed for a noise night value (22–06 h, 8 hours)",
    reasonZh: "HJ 906 的有效性数值未取得，取四分之三",
    reasonEn: "the thresholds of HJ 906 were not obtained; three quarters are asked for",
  },
  nightDate: {
    type: "choice",
    choices: ["begins", "ends"],
    default: "begins",
    confidence: "own",
    zh: "夜间（22 时至次日 06 时）计入哪一天：begins=开始日；ends=结束日",
    en: "the date a night (22–06 h) belongs to: the one on which it begins, or ends",
    reasonZh: "GB 3096 未规定；与昼间相接的是当晚",
    reasonEn: "GB 3096 is silent; the night that follows a day goes with it",
  },
  noiseCompare: {
    type: "choice",
    choices: ["one_decimal", "integer", "full"],
    default: "one_decimal",
    confidence: "likely",
    zh: "昼夜等效声级与限值比较前的修约：one_decimal=保留一位小数；integer=取整；full=不修约",
    en: "rounding of day and night levels before they meet a limit: one decimal, whole decibels, none",
    reasonZh: "声级以 0.1 dB 报出；2024 年新技术规定的修约要求未取得",
    reasonEn: "levels are reported to 0.1 dB; the rounding of the 2024 rule was not obtained",
  },
} as const satisfies Record<string, PolicySpec>;

export type PolicyName = keyof typeof POLICIES;

type ValueOf<S> = S extends { type: "choice"; choices: readonly (infer C)[] }
  ? C
  : S extends { type: "words"; choices: readonly (infer W)[] }
    ? readonly W[]
    : S extends { type: "count" }
      ? number
      : S extends { parts: 2 }
        ? readonly [Exact, Exact]
        : Exact;

/** All policies resolved. */
export type Policies = { readonly [N in PolicyName]: ValueOf<(typeof POLICIES)[N]> };

export const DEFAULT_POLICIES: Policies = parsePolicies([]);

/**
 * The policies of a question: the defaults with each `name=value` laid over them, the last one winning.
 * @throws Fault `policy.unknown`, `policy.value`
 */
export function parsePolicies(list: readonly string[]): Policies {
  const values: Record<string, unknown> = {};
  for (const [name, spec] of Object.entries(POLICIES)) values[name] = policyValue(spec, String(spec.default));
  for (const entry of list) {
    const cut = entry.indexOf("=");
    const name = (cut === -1 ? entry : entry.slice(0, cut)).trim();
    const spec: PolicySpec | undefined = Object.hasOwn(POLICIES, name) ? POLICIES[name as PolicyName] : undefined;
    const where = { parameter: "--policy" };
    if (spec === undefined) throw fault("policy.unknown", { given: name, known: policyNames().join(" ") }, where);
    const given = cut === -1 ? "" : entry.slice(cut + 1).trim();
    const value = policyValue(spec, given);
    if (value === undefined) {
      throw fault("policy.value", { policy: name, given, expected: policyValues(spec) }, where);
    }
    values[name] = value;
  }
  return values as Policies;
}

export function policyNames(): readonly PolicyName[] {
  return Object.keys(POLICIES) as PolicyName[];
}

/** How a policy's values are written: `na | available`, `1…24`. */
export function policyValues(spec: PolicySpec): string {
  if (spec.type === "choice") return spec.choices.join(" | ");
  if (spec.type === "count") return `${spec.min}…${spec.max}`;
  if (spec.type === "words") return `${spec.choices.join(",")} | none`;
  return spec.parts === 2 ? "0…1/0…1" : "0…1";
}

/** `name` → value as written, for the named policies: what a verdict prints. */
export function policyTexts(policies: Policies, names: readonly PolicyName[]): Readonly<Record<string, string>> {
  return Object.fromEntries(names.map((name) => [name, textOf(policies[name])]));
}

function textOf(value: Policies[PolicyName]): string {
  if (typeof value === "string" || typeof value === "number") return String(value);
  if ("num" in value) return shareText(value);
  const words = value.filter((one) => typeof one === "string");
  const shares = value.filter((one) => typeof one !== "string");
  return shares.length > 0 ? shares.map(shareText).join("/") : words.join(",") || "none";
}

/** Shares are typed by people as short decimals, so their denominator is a power of ten. */
function shareText(share: Exact): string {
  const places = share.den.toString().length - 1;
  const digits = share.num.toString().padStart(places + 1, "0");
  return places === 0 ? digits : `${digits.slice(0, -places)}.${digits.slice(-places)}`;
}

function policyValue(
  spec: PolicySpec,
  given: string,
): string | number | Exact | readonly Exact[] | readonly string[] | undefined {
  if (spec.type === "choice") return spec.choices.includes(given) ? given : undefined;
  if (spec.type === "count") {
    const n = /^\d{1,6}$/.test(given) ? Number(given) : Number.NaN;
    return n >= spec.min && n <= spec.max ? n : undefined;
  }
  if (spec.type === "words") {
    const words = given === "none" ? [] : given.split(",").map((word) => word.trim());
    return words.every((word) => spec.choices.includes(word)) ? words : undefined;
  }
  const shares = given.split("/").map((text) => parseExact(text.trim()));
  const fine = shares.every((s) => s !== undefined && s.num > 0n && s.num <= s.den) && shares.length === spec.parts;
  if (!fine) return undefined;
  return spec.parts === 2 ? (shares as readonly Exact[]) : (shares[0] ?? exact(1));
}
