/** Good and heavy days, and their ratios, as statistics of a place over a period. */
import type { Edition } from "../domain/edition.ts";
import type { Exact } from "../domain/exact.ts";
import { monthsIn, type Period } from "../domain/period.ts";
import { type DayNumber, dayParts } from "../domain/time.ts";
import { monthMinimumDays, periodMinimum } from "../standards/gb3095-validity.ts";
import { type Policies, policyTexts } from "../standards/policy.ts";
import type { Store } from "../store/port.ts";
import { type AqiDay, aqiDays, POLLUTANTS } from "./aqi-days.ts";
import { stationDays } from "./behind.ts";
import {
  COUNT_INDICATORS,
  type CountIndicator,
  type CountValue,
  countDays,
  countValue,
  type DayCounts,
} from "./day-counts.ts";
import { type Statistic, shortfall } from "./statistic.ts";
import type { Subject } from "./subject.ts";

export type CountStatistic = Statistic &
  Omit<CountValue, "value"> & {
    readonly counts: DayCounts;
    readonly editions: readonly Edition[];
    readonly aqi: readonly AqiDay[];
  };

export type CountQuestion = {
  readonly indicator: CountIndicator;
  readonly subjects: readonly Subject[];
  readonly period: Period;
  readonly edition?: Edition | undefined;
  readonly policies: Policies;
  readonly today: DayNumber;
  readonly daily?: string | undefined;
};

/** One for each subject, in their order. A running period is counted up to `today`. */
export async function countStatistics(store: Store, question: CountQuestion): Promise<readonly CountStatistic[]> {
  const { indicator, subjects, period, policies, today } = question;
  const last = Math.min(period.last, Math.max(today, period.first));
  const series = await aqiDays(store, { ...question, first: period.first, last });
  const { decimals, unit, share } = COUNT_INDICATORS[indicator];
  return subjects.map((subject, index): CountStatistic => {
    const days = series[index] ?? [];
    const counts = countDays(days);
    const { value, ...bounds } = countValue(indicator, counts, policies);
    const state = judgeDays(period, days, question);
    return {
      indicator,
      statistic: share ? "ratio" : "count",
      place: subject.place,
      period,
      value: counts.validDays === 0 ? undefined : (value as Exact),
      decimals,
      unit,
      valid: state.valid,
      n: counts.validDays,
      expected: counts.days,
      validMonths: state.validMonths,
      ...(subject.isSet
        ? {
            behind: {
              what: "itemDays",
              have: days.reduce((sum, day) => sum + day.stationItems, 0),
              of: stationDays(subject, period.first, last) * POLLUTANTS,
            },
          }
        : {}),
      origin: "days",
      policies: policyTexts(policies, [
        "aqiMissing",
        "goodDayDenominator",
        ...(subject.isSet ? (["setCoverage"] as const) : []),
      ]),
      ...bounds,
      counts,
      editions: [...new Set(days.map((day) => day.edition))],
      aqi: days,
    };
  });
}

function judgeDays(period: Period, days: readonly AqiDay[], { policies, today }: CountQuestion) {
  const months = monthsIn(period);
  const running = period.last > today;
  const need = periodMinimum(
    { kind: period.kind, months: months.map((one) => dayParts(one.first).month), days: days.length, running },
    policies,
  );
  const have = days.filter((day) => day.aqi !== undefined);
  const validMonths = months.filter((one) => {
    const count = have.filter((day) => day.day >= one.first && day.day <= one.last).length;
    return count >= monthMinimumDays(dayParts(one.first).month);
  }).length;
  const valid =
    have.length === 0
      ? shortfall("data", 0, need.days)
      : have.length < need.days
        ? shortfall("days", have.length, need.days)
        : need.months === "each" && validMonths < months.length
          ? shortfall("months", validMonths, months.length)
          : (true as const);
  return { valid, validMonths };
}
