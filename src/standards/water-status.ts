/**
 * The words and colours of a water class, and the status of a river, a basin or a district from its sections.
 *
 * Rests on: 环办〔2011〕22号 as reproduced on published bulletins (Xinjiang 2024–2025, Shenzhen). Colours other than red
 * are LIKELY. Fewer than five sections: the class of the mean concentrations; five and more: shares (five itself LIKELY).
 */
import { compare, type Exact, exact, multiply, ratio } from "../domain/exact.ts";
import type { WaterClass, WaterType } from "./gb3838.ts";
import { type ClassRule, sampleClass } from "./water-class.ts";
import { type Means, meansAsSample, roundedMeans, sampleMeans } from "./water-mean.ts";

/** 优 … 重度污染, best first. */
export const WATER_STATUS_ZH = ["优", "良好", "轻度污染", "中度污染", "重度污染"] as const;

export type WaterStatus = (typeof WATER_STATUS_ZH)[number];

const STATUS_OF_CLASS: Readonly<Record<WaterClass, WaterStatus>> = {
  1: "优",
  2: "优",
  3: "良好",
  4: "轻度污染",
  5: "中度污染",
  6: "重度污染",
};

const COLOUR_OF_CLASS: Readonly<Record<WaterClass, string>> = {
  1: "蓝色",
  2: "蓝色",
  3: "绿色",
  4: "黄色",
  5: "橙色",
  6: "红色",
};

/** The word for a section of this class. @source 环办〔2011〕22号 */
export function statusOfClass(found: WaterClass): WaterStatus {
  return STATUS_OF_CLASS[found];
}

/** The colour of a class on maps. @source 环办〔2011〕22号; red CONFIRMED, the others LIKELY */
export function colourOfClass(found: WaterClass): string {
  return COLOUR_OF_CLASS[found];
}

/** From this many sections on shares decide; below, mean concentrations. @source 环办〔2011〕22号; "= 5" LIKELY */
const SHARE_METHOD_FROM = 5;

/** Shares in percent at which the word changes. @source 环办〔2011〕22号 */
const GOOD_SHARE = { excellent: exact(90), good: exact(75) };
const WORSE_V_SHARE = { moderate: exact(20), heavy: exact(40) };

/** Percentages of a group of sections, exact; both absent for an empty group, which has no rate and never 100 %. */
export type ClassShares = {
  readonly assessed: number;
  readonly counts: Readonly<Record<WaterClass, number>>;
  /** Share of sections of class Ⅰ–Ⅲ, percent. */
  readonly good: Exact | undefined;
  /** Share of sections of class 劣Ⅴ, percent. */
  readonly worseV: Exact | undefined;
};

/** Counts and shares of assessed sections by class; sections without a class are not passed in. @source 22号 */
export function classShares(classes: readonly WaterClass[]): ClassShares {
  const counts: Record<WaterClass, number> = { 1: 0, 2: 0, 3: 0, 4: 0, 5: 0, 6: 0 };
  for (const one of classes) counts[one]++;
  const percent = (count: number) =>
    classes.length === 0 ? undefined : ratio(BigInt(count) * 100n, BigInt(classes.length));
  return {
    assessed: classes.length,
    counts,
    good: percent(counts[1] + counts[2] + counts[3]),
    worseV: percent(counts[6]),
  };
}

/**
 * The status by shares: Ⅰ–Ⅲ at least 90 % 优, at least 75 % 良好; below that 劣Ⅴ less than 20 % 轻度污染, less than 40 %
 * 中度污染, else 重度污染. Exact ratios decide, not printed percentages.
 * @returns `undefined` for an empty group
 * @source 环办〔2011〕22号, five published statuses reproduced
 */
export function statusByShares(shares: ClassShares): WaterStatus | undefined {
  if (shares.good === undefined || shares.worseV === undefined) return undefined;
  if (compare(shares.good, GOOD_SHARE.excellent) >= 0) return "优";
  if (compare(shares.good, GOOD_SHARE.good) >= 0) return "良好";
  if (compare(shares.worseV, WORSE_V_SHARE.moderate) < 0) return "轻度污染";
  return compare(shares.worseV, WORSE_V_SHARE.heavy) < 0 ? "中度污染" : "重度污染";
}

/** An assessed section of a group: its means over the period and the class they have. */
export type GroupSection = { readonly type: WaterType; readonly means: Means; readonly class: WaterClass };

export type GroupStatus = {
  readonly method: "mean" | "share";
  readonly status: WaterStatus | undefined;
  readonly shares: ClassShares;
  /** With the mean method: the class of the mean concentrations, and the means themselves, unrounded. */
  readonly meanClass: WaterClass | undefined;
  readonly means: Means | undefined;
};

/**
 * The status of a river, basin or district from its assessed sections: by mean concentrations below five sections, by
 * shares from five on. With the mean method the lake table of phosphorus holds only if all sections are lakes (choice).
 *
 * @param classOn policy: whether means are rounded to assessment decimals before they are classed
 * @source 环办〔2011〕22号
 */
export function groupStatus(
  sections: readonly GroupSection[],
  rule: ClassRule,
  classOn: "raw" | "rounded",
): GroupStatus {
  const shares = classShares(sections.map((section) => section.class));
  if (sections.length === 0 || sections.length >= SHARE_METHOD_FROM) {
    return { method: "share", status: statusByShares(shares), shares, meanClass: undefined, means: undefined };
  }
  const type = sections.every((section) => section.type === "lake") ? "lake" : "river";
  const means = sampleMeans(sections.map((section) => meansAsSample(section.means)));
  const classed = classOn === "rounded" ? roundedMeans(means) : means;
  const meanClass = sampleClass(meansAsSample(classed), type, rule).class;
  const status = meanClass === undefined ? undefined : statusOfClass(meanClass);
  return { method: "mean", status, shares, meanClass, means };
}

/** A share or ratio in percent of an exact fraction, for printing: 5/8 is 62.5. */
export function percentOf(part: number, whole: number): Exact | undefined {
  return whole === 0 ? undefined : multiply(ratio(BigInt(part), BigInt(whole)), exact(100));
}
