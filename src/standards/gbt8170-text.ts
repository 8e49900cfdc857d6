/**
 * GB/T 8170-2008 rounding of a decimal text, for streams of millions of cells.
 *
 * The same rule as `gbt8170.ts`, decided on the digits as written, so nothing passes through a binary fraction and no
 * bigint is made for the usual short number.
 */
import { parseExact } from "../domain/exact.ts";
import { roundToSteps } from "./gbt8170.ts";

/** What `stepsOfText` gives for a text that is no number, and for one below zero. */
export const NOT_A_NUMBER = -1;
export const NEGATIVE = -2;

/** Whole numbers of this many digits are exact in a double, also with one more digit behind them. */
const SAFE_DIGITS = 14;

const ZERO = 48;
const NINE = 57;
const POINT = 46;

/**
 * A decimal text as a whole number of steps, half to even.
 *
 * @param decimals 0 for whole numbers, 1 for tenths: digits after the point that are kept
 * @returns steps of 10^−decimals of the text's unit; `NOT_A_NUMBER` or `NEGATIVE`
 * @source GB/T 8170-2008 cl. 3.2
 * @example stepsOfText("2.15", 1) // 22
 */
export function stepsOfText(text: string, decimals: 0 | 1): number {
  const { length } = text;
  if (length === 0 || length > SAFE_DIGITS) return slowSteps(text, decimals);
  let steps = 0;
  let at = 0;
  let code = text.charCodeAt(0);
  while (code >= ZERO && code <= NINE) {
    steps = steps * 10 + (code - ZERO);
    at++;
    // Past the end this is NaN, which ends the loop too.
    code = text.charCodeAt(at);
  }
  if (at === length) return decimals === 0 ? steps : steps * 10;
  if (at === 0 || code !== POINT) return slowSteps(text, decimals);
  at++;
  if (decimals === 1) {
    code = at < length ? text.charCodeAt(at++) : ZERO;
    if (code < ZERO || code > NINE) return slowSteps(text, decimals);
    steps = steps * 10 + (code - ZERO);
  }
  const first = at < length ? text.charCodeAt(at++) : ZERO;
  if (first < ZERO || first > NINE) return slowSteps(text, decimals);
  let more = false;
  for (; at < length; at++) {
    code = text.charCodeAt(at);
    if (code < ZERO || code > NINE) return slowSteps(text, decimals);
    if (code !== ZERO) more = true;
  }
  const half = first - ZERO - 5;
  return half > 0 || (half === 0 && (more || steps % 2 === 1)) ? steps + 1 : steps;
}

function slowSteps(text: string, decimals: 0 | 1): number {
  const value = parseExact(text);
  if (value === undefined) return NOT_A_NUMBER;
  return value.num < 0n ? NEGATIVE : Number(roundToSteps(value, decimals === 0 ? 1n : 10n));
}
