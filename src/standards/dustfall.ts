/**
 * HJ 1221-2021 环境空气 降尘的测定 重量法: dustfall, its unit and its limits of detection and quantification.
 *
 * Rests on: HJ 1221-2021 for the unit t/(km²·30d), detection limit 0.3 and lower quantification limit 1.2 (confirmed);
 * the formula from memory, its dimensions checked. Whether it formally replaced GB/T 15265-1994 is not known. A jar
 * collects for a month, so dust hours cannot be taken out: an adjusted figure is an input of the bureau, beside the raw.
 */
import { compare, divide, type Exact, exact, multiply, subtract } from "../domain/exact.ts";
import { decimalText } from "./gbt8170.ts";

export const DUSTFALL_UNIT = "t/(km²·30d)";

/** t/(km²·30d). @source HJ 1221-2021 */
export const DUSTFALL_DETECTION = exact("0.3");
export const DUSTFALL_QUANTIFICATION = exact("1.2");

/** Days a result is expressed for; 1 g/cm² is 10⁴ t/km². @source HJ 1221-2021 */
const STANDARD_DAYS = exact(30);
const TONNES_PER_KM2 = exact(10_000);

export type DustfallState = "not_detected" | "below_quantification" | "quantified";

/** Where a value lies. @param value t/(km²·30d) @source HJ 1221-2021 */
export function dustfallState(value: Exact): DustfallState {
  if (compare(value, DUSTFALL_DETECTION) < 0) return "not_detected";
  return compare(value, DUSTFALL_QUANTIFICATION) < 0 ? "below_quantification" : "quantified";
}

/** A value as it is shown: one decimal, or below which limit it lies. @param value t/(km²·30d) */
export function dustfallText(value: Exact): string {
  const state = dustfallState(value);
  if (state === "not_detected") return "低于检出限（<0.3）";
  return state === "below_quantification" ? "低于测定下限（<1.2）" : decimalText(value, 1);
}

/**
 * Dustfall of a jar: M = (W1 − Wa − Wc)/(S·n) · 30 · 10⁴.
 *
 * @param jar grams: sample with dish, dish, glycol blank; mouth in cm²; days to a tenth
 * @returns t/(km²·30d), unrounded
 * @source HJ 1221-2021 (from memory; GB/T 7181-2000 4.3.6 defines the same weights)
 */
export function dustfallOf(jar: {
  readonly sampleAndDish: Exact;
  readonly dish: Exact;
  readonly blank: Exact;
  readonly mouth: Exact;
  readonly days: Exact;
}): Exact {
  const net = subtract(subtract(jar.sampleAndDish, jar.dish), jar.blank);
  return multiply(multiply(divide(net, multiply(jar.mouth, jar.days)), STANDARD_DAYS), TONNES_PER_KM2);
}
