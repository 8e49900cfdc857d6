/**
 * HJ 640-2012 环境噪声监测技术规范 城市声环境常规监测: the five grades of a city's region and road noise.
 *
 * Rests on: the grade tables, as read in third-party code and reproduced on four published grades (Xuancheng 2018).
 * Region mean: arithmetic over grid points; road mean: arithmetic, weighted by length (both LIKELY).
 */
import { add, compare, divide, type Exact, exact, mean, multiply } from "../domain/exact.ts";
import { roundHalfEven } from "./gbt8170.ts";
import type { NoisePart } from "./noise-day.ts";

export type CityNoiseKind = "region" | "road";

export type CityNoiseGrade = { readonly level: 1 | 2 | 3 | 4 | 5; readonly zh: string; readonly word: string };

/** Grades best first. */
export const GRADES: readonly CityNoiseGrade[] = [
  { level: 1, zh: "一级", word: "好" },
  { level: 2, zh: "二级", word: "较好" },
  { level: 3, zh: "三级", word: "一般" },
  { level: 4, zh: "四级", word: "较差" },
  { level: 5, zh: "五级", word: "差" },
];

/** Upper ends of grades 1 to 4, dB(A), inclusive; above the last is grade 5. Steps are tenths. */
export const UPPER_ENDS: Readonly<Record<CityNoiseKind, Readonly<Record<NoisePart, readonly string[]>>>> = {
  region: { day: ["50.0", "55.0", "60.0", "65.0"], night: ["40.0", "45.0", "50.0", "55.0"] },
  road: { day: ["68.0", "70.0", "72.0", "74.0"], night: ["58.0", "60.0", "62.0", "64.0"] },
};

/** The tables know tenths only: 50.0 is grade 1 and 50.1 grade 2. */
const GRADE_DECIMALS = 1;

/**
 * The grade of a city mean.
 * @param level dB(A), unrounded: it is rounded here, once, to a tenth
 * @source HJ 640-2012 grade tables
 */
export function cityNoiseGrade(kind: CityNoiseKind, part: NoisePart, level: Exact): CityNoiseGrade {
  const rounded = roundHalfEven(level, GRADE_DECIMALS);
  const index = UPPER_ENDS[kind][part].findIndex((end) => compare(rounded, exact(end)) <= 0);
  const worst = GRADES[GRADES.length - 1] as CityNoiseGrade;
  return index === -1 ? worst : (GRADES[index] ?? worst);
}

/** The mean of a city's region: arithmetic over its grid points, dB(A), unrounded. @source HJ 640-2012, LIKELY */
export function regionMean(levels: readonly Exact[]): Exact | undefined {
  return mean(levels);
}

/**
 * The mean of a city's roads: arithmetic, weighted by length, dB(A), unrounded.
 * @param roads level dB(A); length in any one unit
 * @returns `undefined` when the lengths add up to nothing
 * @source HJ 640-2012, LIKELY
 */
export function roadMean(roads: readonly { readonly level: Exact; readonly length: Exact }[]): Exact | undefined {
  const length = roads.reduce((total, road) => add(total, road.length), exact(0));
  if (length.num <= 0n) return undefined;
  const weighted = roads.reduce((total, road) => add(total, multiply(road.level, road.length)), exact(0));
  return divide(weighted, length);
}
