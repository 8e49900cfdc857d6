/**
 * Exact numbers: rationals over bigint, in lowest terms where it is cheap.
 *
 * Every standard here rounds once, at the end, and ties are decided by arithmetic; so a mean is kept as sum and count,
 * never as a binary fraction. Rounding itself is a standard (GB/T 8170) and lives in `standards/gbt8170.ts`.
 */

/** A rational number; `den` is always positive. */
export type Exact = { readonly num: bigint; readonly den: bigint };

/** Readings are stored as DECIMAL(18,8): this many digits after the point, one scale for all. */
export const STORED_DECIMALS = 8;

const STORED_ONE = 10n ** BigInt(STORED_DECIMALS);

const DECIMAL_TEXT = /^([+-]?)(\d+)(?:\.(\d*))?(?:[eE]([+-]?\d{1,3}))?$|^([+-]?)\.(\d+)(?:[eE]([+-]?\d{1,3}))?$/;

/** `num/den` with a positive denominator. @throws RangeError when `den` is zero (a caller's mistake, not a user's). */
export function ratio(num: bigint, den: bigint = 1n): Exact {
  if (den === 0n) throw new RangeError("denominator is zero");
  return den < 0n ? { num: -num, den: -den } : { num, den };
}

/**
 * The exact value of a decimal text such as `33`, `-0.5`, `1.2e-3`; `undefined` for any other text.
 * Only ASCII digits count: full-width digits are a matter of decoding, not of arithmetic.
 */
export function parseExact(text: string): Exact | undefined {
  const found = DECIMAL_TEXT.exec(text);
  if (found === null) return undefined;
  const sign = (found[1] ?? found[5] ?? "") === "-" ? -1n : 1n;
  const whole = found[2] ?? "";
  const part = found[3] ?? found[6] ?? "";
  const power = Number(found[4] ?? found[7] ?? 0) - part.length;
  const digits = sign * BigInt(whole + part || "0");
  return power >= 0 ? ratio(digits * 10n ** BigInt(power)) : ratio(digits, 10n ** BigInt(-power));
}

/** The exact value of a decimal text known to be one. @throws RangeError otherwise */
export function exact(text: string | number | bigint): Exact {
  const value = typeof text === "bigint" ? ratio(text) : parseExact(String(text));
  if (value === undefined) throw new RangeError(`not a decimal number: ${text}`);
  return value;
}

/** The exact value of a stored reading, given as its integer multiple of 10⁻⁸. */
export function fromStored(scaled: bigint): Exact {
  return { num: scaled, den: STORED_ONE };
}

export function add(a: Exact, b: Exact): Exact {
  return a.den === b.den ? { num: a.num + b.num, den: a.den } : ratio(a.num * b.den + b.num * a.den, a.den * b.den);
}

export function subtract(a: Exact, b: Exact): Exact {
  return add(a, { num: -b.num, den: b.den });
}

export function multiply(a: Exact, b: Exact): Exact {
  return { num: a.num * b.num, den: a.den * b.den };
}

/** @throws RangeError when `b` is zero */
export function divide(a: Exact, b: Exact): Exact {
  return ratio(a.num * b.den, a.den * b.num);
}

/** Negative, zero or positive as `a` is below, equal to or above `b`. */
export function compare(a: Exact, b: Exact): number {
  if (a.den === b.den) return a.num < b.num ? -1 : a.num > b.num ? 1 : 0;
  const left = a.num * b.den;
  const right = b.num * a.den;
  return left < right ? -1 : left > right ? 1 : 0;
}

/** The sum of exact numbers; 0 for none. */
export function sum(values: readonly Exact[]): Exact {
  return values.reduce(add, { num: 0n, den: 1n });
}

/** The arithmetic mean; `undefined` for no values. */
export function mean(values: readonly Exact[]): Exact | undefined {
  return values.length === 0 ? undefined : divide(sum(values), ratio(BigInt(values.length)));
}

/** Greatest common divisor of two whole numbers, positive. */
export function gcd(a: bigint, b: bigint): bigint {
  let [x, y] = [a < 0n ? -a : a, b < 0n ? -b : b];
  while (y !== 0n) [x, y] = [y, x % y];
  return x;
}

/** Least common multiple of the whole numbers 1 … n. */
export function lcmUpTo(n: number): bigint {
  let all = 1n;
  for (let k = 2n; k <= BigInt(n); k++) all = (all * k) / gcd(all, k);
  return all;
}

/** The same number in lowest terms. */
export function reduce(value: Exact): Exact {
  const common = gcd(value.num, value.den);
  return common <= 1n ? value : { num: value.num / common, den: value.den / common };
}

/** `1427/46`, in lowest terms; a whole number keeps its denominator. */
export function fractionText(value: Exact): string {
  const { num, den } = reduce(value);
  return `${num}/${den}`;
}

/**
 * The nearest binary double, for JSON and charts only; no comparison or rounding of a standard may start from it.
 * Seventeen significant digits are carried, so the result is the double a correct parser would give.
 */
export function toNumber(value: Exact): number {
  const negative = value.num < 0n;
  const num = negative ? -value.num : value.num;
  const whole = num / value.den;
  const lead = whole === 0n ? 24 : Math.max(0, 20 - whole.toString().length);
  const scaled = ((num * 10n ** BigInt(lead)) / value.den).toString().padStart(lead + 1, "0");
  const text = lead === 0 ? scaled : `${scaled.slice(0, -lead)}.${scaled.slice(-lead)}`;
  return negative ? -Number(text) : Number(text);
}
