/**
 * Days above the class 良, counted and expected: a place with missing days counts fewer of them than it has. What is
 * expected takes the missing days to be like the valid ones; it is an aid to compare places by, never a result.
 */
import { type Exact, ratio, toNumber } from "../domain/exact.ts";
import { decimalText } from "../standards/gbt8170.ts";
import type { DayCounts } from "./day-counts.ts";

export type Exceedance = {
  /** Valid days with an AQI above 100. */
  readonly counted: number;
  /** `counted` × days of the calendar ÷ valid days; undefined without a valid day. */
  readonly expected: Exact | undefined;
  readonly missing: number;
};

export function exceedanceOf({ days, validDays, goodDays }: DayCounts): Exceedance {
  const counted = validDays - goodDays;
  return {
    counted,
    expected: validDays === 0 ? undefined : ratio(BigInt(counted * days), BigInt(validDays)),
    missing: days - validDays,
  };
}

/** In JSON keys. */
export function exceedanceJson(counts: DayCounts): Readonly<Record<string, unknown>> {
  const { counted, expected, missing } = exceedanceOf(counts);
  return {
    counted,
    expected: expected === undefined ? null : toNumber(expected),
    missingDays: missing,
    note: "expected 按有效日比例补足缺测日，只作地点间比较的参考",
  };
}

/** Where days are missing, such as `超标 9 天；按有效日比例推算 10.0 天（缺 3 天，只作参考）`. */
export function exceedanceZh(counts: DayCounts): string | undefined {
  const { counted, expected, missing } = exceedanceOf(counts);
  if (missing === 0 || expected === undefined) return undefined;
  return `超标 ${counted} 天；按有效日比例推算 ${decimalText(expected, 1)} 天（缺 ${missing} 天，只作参考）`;
}
