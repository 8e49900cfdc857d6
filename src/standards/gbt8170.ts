/**
 * GB/T 8170-2008 数值修约规则与极限数值的表示和判定: rounding, half to even, once.
 *
 * Rests on: cl. 3.2 (rounding), 3.2.5 (negatives by their absolute value), 3.3.1 (never round twice). The clause
 * numbers come from secondary sources; the rules are confirmed by worked examples.
 * Elsewhere: full-value or rounded-value comparison with a limit is the policy `targetCompare` in `policy.ts`; how many
 * decimals an indicator keeps is in `air-decimals.ts` and `water-decimals.ts`.
 */
import { compare, type Exact, ratio } from "../domain/exact.ts";

/**
 * The value as a whole number of steps, half to even.
 *
 * @param stepsPerUnit how many steps make one unit of `value`: 10n for tenths, 1n for whole numbers
 * @source GB/T 8170-2008 cl. 3.2.1 to 3.2.5
 */
export function roundToSteps(value: Exact, stepsPerUnit: bigint): bigint {
  return halfEven(value.num * stepsPerUnit, value.den);
}

/**
 * The value rounded to `decimals` digits after the point, half to even; negative `decimals` round to tens, hundreds …
 *
 * @returns the same unit as `value`
 * @source GB/T 8170-2008 cl. 3.2
 * @example roundHalfEven(exact("28.165"), 2) // 28.16
 */
export function roundHalfEven(value: Exact, decimals: number): Exact {
  if (decimals >= 0) {
    const scale = 10n ** BigInt(decimals);
    return { num: roundToSteps(value, scale), den: scale };
  }
  const scale = 10n ** BigInt(-decimals);
  return ratio(halfEven(value.num, value.den * scale) * scale);
}

/**
 * The rounded value as text with exactly `decimals` digits after the point (none for zero or negative `decimals`).
 * A value that rounds to zero has no sign.
 *
 * @source GB/T 8170-2008 cl. 3.2
 * @example decimalText(exact("28.050"), 1) // "28.0"
 */
export function decimalText(value: Exact, decimals: number): string {
  const places = Math.max(0, decimals);
  // In whole numbers of the last digit written: the denominator is 10^places, and 1 where tens are rounded to.
  const steps = roundHalfEven(value, decimals).num;
  const digits = (steps < 0n ? -steps : steps).toString().padStart(places + 1, "0");
  const sign = steps < 0n ? "-" : "";
  return places === 0 ? sign + digits : `${sign}${digits.slice(0, -places)}.${digits.slice(-places)}`;
}

/**
 * The decimals to round to when a result that would become 0 keeps one significant digit instead.
 *
 * @returns `decimals`, or more where the value is not 0 but would round to 0: those of its first significant digit
 * @source practice of surface-water reporting (修约后为 0 时保留 1 位有效数字); confirmed on published values
 * @example decimalsKeepingOneDigit(exact("0.00065"), 2) // 4: 0.0006, not the 0.001 that three decimals would give
 */
export function decimalsKeepingOneDigit(value: Exact, decimals: number): number {
  if (value.num === 0n || roundHalfEven(value, decimals).num !== 0n) return decimals;
  const size = value.num < 0n ? -value.num : value.num;
  let kept = decimals;
  while (size * 10n ** BigInt(Math.max(0, kept)) < value.den * 10n ** BigInt(Math.max(0, -kept))) kept++;
  // Rounding may carry into the digit before: 0.00096 is 0.001, one digit, and not 0.0010.
  const before = roundHalfEven(value, kept - 1);
  return before.num !== 0n && compare(before, roundHalfEven(value, kept)) === 0 ? kept - 1 : kept;
}

/**
 * The rounded value, but one significant digit where the result would be 0.
 *
 * @source as for `decimalsKeepingOneDigit`
 * @example roundKeepingOneDigit(exact("0.00046"), 3) // 0.0005
 */
export function roundKeepingOneDigit(value: Exact, decimals: number): Exact {
  return roundHalfEven(value, decimalsKeepingOneDigit(value, decimals));
}

/** `num/den` rounded up to a whole number; `den` is positive. */
export function ceilDiv(num: bigint, den: bigint): bigint {
  const whole = num / den;
  return num % den > 0n ? whole + 1n : whole;
}

function halfEven(num: bigint, den: bigint): bigint {
  const size = num < 0n ? -num : num;
  const whole = size / den;
  const twice = (size - whole * den) * 2n;
  const up = twice > den || (twice === den && (whole & 1n) === 1n);
  const rounded = up ? whole + 1n : whole;
  return num < 0n ? -rounded : rounded;
}
