/**
 * Which values make the value of a month, a quarter or a year, and how many are needed.
 *
 * Rests on: 环办〔2011〕22号 (one sample may stand for a week, ten days or a month: CONFIRMED; a quarter needs two samples
 * and a year twelve months, eight where ice or drought prevents more: LIKELY); 82号 (automatic data first).
 */
import type { WaterItem } from "./gb3838.ts";
import type { WaterValue } from "./water-value.ts";

export type WaterPeriodKind = "month" | "quarter" | "year";

/** Values needed: samples of a month and a quarter, monthly values of a year. @source 环办〔2011〕22号 */
const NEEDED: Readonly<Record<WaterPeriodKind, number>> = { month: 1, quarter: 2, year: 12 };

/** Monthly values that are enough for a year when ice or drought explains the others. @source 22号, LIKELY */
const YEAR_NEEDED_WITH_ICE = 8;

export type Enough = { readonly valid: true } | { readonly valid: false; readonly have: number; readonly need: number };

/**
 * Whether a period has the values it needs.
 *
 * @param have samples of a month or quarter; months with a value of a year
 * @param prevented months of a year without a value because the section was frozen or dry
 * @source 环办〔2011〕22号
 */
export function enoughValues(kind: WaterPeriodKind, have: number, prevented = 0): Enough {
  const need = kind === "year" ? Math.max(YEAR_NEEDED_WITH_ICE, NEEDED.year - prevented) : NEEDED[kind];
  return have >= need ? { valid: true } : { valid: false, have, need };
}

/** Items whose automatic values go before manual ones. @source 环办监测函〔2020〕82号 */
const AUTOMATIC_FIRST: readonly WaterItem[] = ["ph", "do", "codmn", "nh3n", "tp", "tn"];

/**
 * The values that count for an item in a period: automatic ones for the six items stations measure well, manual ones for
 * the rest; the other kind only where the first has none.
 * @source 环办监测函〔2020〕82号
 */
export function preferredValues(
  item: WaterItem,
  automatic: readonly WaterValue[],
  manual: readonly WaterValue[],
): readonly WaterValue[] {
  const [first, second] = AUTOMATIC_FIRST.includes(item) ? [automatic, manual] : [manual, automatic];
  return first.length > 0 ? first : second;
}
