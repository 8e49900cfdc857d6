/**
 * Comparison words between two periods.
 *
 * Rests on: 环办〔2011〕22号. Groups: the step at 20 points is CONFIRMED, the one at 10 LIKELY. One section: LIKELY.
 */
import { compare, type Exact, exact, subtract } from "../domain/exact.ts";
import type { WaterClass } from "./gb3838.ts";
import { type ClassShares, statusOfClass, WATER_STATUS_ZH } from "./water-status.ts";

export type WaterChange = {
  readonly word: "无明显变化" | "有所变化" | "明显变化";
  readonly direction: "better" | "worse" | "same";
};

/** Points of |ΔG − ΔD| above which a group has changed, and changed evidently. @source 环办〔2011〕22号 */
const SOME_CHANGE = exact(10);
const EVIDENT_CHANGE = exact(20);

/**
 * The word for ΔG − ΔD: up to 10 points no evident change, up to 20 some, above that evident; positive is better.
 * @param difference change of the Ⅰ–Ⅲ share less the change of the 劣Ⅴ share, percentage points
 * @source 环办〔2011〕22号
 */
export function changeOfShares(difference: Exact): WaterChange {
  const size = difference.num < 0n ? { num: -difference.num, den: difference.den } : difference;
  const direction = difference.num > 0n ? "better" : "worse";
  if (compare(size, SOME_CHANGE) <= 0) return { word: "无明显变化", direction: "same" };
  return { word: compare(size, EVIDENT_CHANGE) <= 0 ? "有所变化" : "明显变化", direction };
}

/** The change of a group between two periods; `undefined` when either has no assessed section. @source 22号 */
export function groupChange(now: ClassShares, before: ClassShares): WaterChange | undefined {
  if (!now.good || !now.worseV || !before.good || !before.worseV) return undefined;
  return changeOfShares(subtract(subtract(now.good, before.good), subtract(now.worseV, before.worseV)));
}

/**
 * The change of one section: by steps of its status (优 … 重度污染): none, one step 有所变化, two and more 明显变化.
 * @source 环办〔2011〕22号, LIKELY
 */
export function sectionChange(now: WaterClass, before: WaterClass): WaterChange {
  const step = WATER_STATUS_ZH.indexOf(statusOfClass(before)) - WATER_STATUS_ZH.indexOf(statusOfClass(now));
  if (step === 0) return { word: "无明显变化", direction: "same" };
  return { word: Math.abs(step) === 1 ? "有所变化" : "明显变化", direction: step > 0 ? "better" : "worse" };
}

/** In a sentence: `明显好转`, `有所下降`, `无明显变化`. */
export function changeZh(change: WaterChange): string {
  if (change.direction === "same") return change.word;
  return `${change.word === "明显变化" ? "明显" : "有所"}${change.direction === "better" ? "好转" : "下降"}`;
}
