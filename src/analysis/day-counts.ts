/**
 * Counts of days by AQI class: good days (优良), heavy days (重污染), their ratios, and the bounds that days without an
 * AQI leave open: each of them counted once as bad and once as good.
 */
import { type Exact, ratio } from "../domain/exact.ts";
import { AQI_CLASSES, type AqiClass, GOOD_UP_TO, HEAVY_ABOVE } from "../standards/hj633-class.ts";
import type { Policies } from "../standards/policy.ts";
import type { AqiDay } from "./aqi-days.ts";

export type ClassCounts = Readonly<Record<AqiClass, number>>;

export type DayCounts = {
  /** Days of the calendar. */
  readonly days: number;
  /** Days with an AQI; of these, `partialDays` were given from the rest of the pollutants. */
  readonly validDays: number;
  readonly partialDays: number;
  readonly goodDays: number;
  readonly heavyDays: number;
  readonly classes: ClassCounts;
  /** The same from whatever is valid: to see what the NA rule does, never a verdict. */
  readonly availableDays: number;
  readonly availableGood: number;
  readonly availableHeavy: number;
  readonly availableClasses: ClassCounts;
};

export function countDays(days: readonly AqiDay[]): DayCounts {
  const classes = noDays();
  const availableClasses = noDays();
  let partialDays = 0;
  for (const day of days) {
    if (day.class !== undefined) classes[day.class.class] += 1;
    if (day.availableClass !== undefined) availableClasses[day.availableClass.class] += 1;
    if (day.completeness === "partial") partialDays += 1;
  }
  const within = (low: number, high: number, of: "aqi" | "available"): number =>
    days.filter((day) => (day[of] ?? -1) >= low && (day[of] ?? -1) <= high).length;
  const TOP = Number.MAX_SAFE_INTEGER;
  return {
    days: days.length,
    validDays: within(0, TOP, "aqi"),
    partialDays,
    goodDays: within(0, GOOD_UP_TO, "aqi"),
    heavyDays: within(HEAVY_ABOVE + 1, TOP, "aqi"),
    classes,
    availableDays: within(0, TOP, "available"),
    availableGood: within(0, GOOD_UP_TO, "available"),
    availableHeavy: within(HEAVY_ABOVE + 1, TOP, "available"),
    availableClasses,
  };
}

function noDays(): Record<AqiClass, number> {
  return Object.fromEntries(AQI_CLASSES.map((one) => [one.class, 0])) as Record<AqiClass, number>;
}

export type CountIndicator = "good_days" | "good_day_ratio" | "heavy_days" | "heavy_day_ratio";

export const COUNT_INDICATORS: Readonly<
  Record<
    CountIndicator,
    {
      readonly zh: string;
      readonly unit: string;
      readonly decimals: number;
      readonly good: boolean;
      readonly share: boolean;
    }
  >
> = {
  good_days: { zh: "优良天数", unit: "天", decimals: 0, good: true, share: false },
  good_day_ratio: { zh: "优良天数比率", unit: "%", decimals: 1, good: true, share: true },
  heavy_days: { zh: "重污染天数", unit: "天", decimals: 0, good: false, share: false },
  heavy_day_ratio: { zh: "重污染天数比率", unit: "%", decimals: 1, good: false, share: true },
};

export type CountValue = {
  /** Days, or percent; `undefined` when a share has no denominator. */
  readonly value: Exact | undefined;
  readonly available: Exact | undefined;
  /** What it is at least and at most, whatever the days without an AQI were. */
  readonly low: Exact;
  readonly high: Exact;
};

/**
 * A count or ratio with its bounds.
 * @param counts over the days that are over
 * @source ratio: days ÷ valid days × 100 (policy `goodDayDenominator`)
 */
export function countValue(
  indicator: CountIndicator,
  counts: DayCounts,
  { goodDayDenominator }: Pick<Policies, "goodDayDenominator">,
): CountValue {
  const { good, share } = COUNT_INDICATORS[indicator];
  const have = good ? counts.goodDays : counts.heavyDays;
  const available = good ? counts.availableGood : counts.availableHeavy;
  const open = counts.days - counts.validDays;
  const whole = (n: number): Exact => ratio(BigInt(n));
  if (!share) return { value: whole(have), available: whole(available), low: whole(have), high: whole(have + open) };
  const percent = (n: number, of: number): Exact | undefined =>
    of === 0 ? undefined : ratio(BigInt(n) * 100n, BigInt(of));
  return {
    value: percent(have, goodDayDenominator === "valid" ? counts.validDays : counts.days),
    available: percent(available, counts.availableDays),
    low: percent(have, counts.days) ?? whole(0),
    high: percent(have + open, counts.days) ?? whole(0),
  };
}
