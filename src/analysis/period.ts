/**
 * Statistics of measured indicators over a day, half-month, month, quarter, half-year, year or cumulative period.
 *
 * From exact valid daily values, never from rounded ones, from hours or from months. Validity by GB 3095 and policy.
 */
import { divide, type Exact, ratio, sum } from "../domain/exact.ts";
import { fault } from "../domain/faults.ts";
import type { Indicator } from "../domain/indicator.ts";
import { daysIn, monthsIn, type Period } from "../domain/period.ts";
import { type DayNumber, dayParts } from "../domain/time.ts";
import { monthMinimumDays, periodMinimum, yearNeedsMonths } from "../standards/gb3095-validity.ts";
import { type PolicyName, policyTexts } from "../standards/policy.ts";
import type { Store } from "../store/port.ts";
import { stationDays } from "./behind.ts";
import { dayStatistics } from "./day.ts";
import { givenStatistics } from "./given.ts";
import type { DayMeasure } from "./measure.ts";
import { periodPercentiles, periodSums, type SubjectSums, sumKey } from "./period-sums.ts";
import { type PeriodQuestion, type Shortfall, type Statistic, type StatisticName, shortfall } from "./statistic.ts";

const STATISTICS: Readonly<Record<string, { readonly measure: DayMeasure; readonly p?: number }>> = {
  mean: { measure: "mean" },
  mda8: { measure: "mda8" },
  max1h: { measure: "max1h" },
  p90: { measure: "mean", p: 90 },
  p95: { measure: "mean", p: 95 },
  p98: { measure: "mean", p: 98 },
};

/** The statistic an indicator is assessed by: CO the 95th percentile, O3 the 90th of MDA8; on a single day mean or MDA8. */
export function assessmentStatistic(indicator: Indicator, period: Period): StatisticName {
  if (indicator.code === "o3") return period.kind === "day" ? "mda8" : "p90";
  return indicator.code === "co" && period.kind !== "day" ? "p95" : "mean";
}

/**
 * One statistic for each subject, in their order.
 * @throws Fault `statistic.unknown`
 */
export async function periodStatistics(store: Store, question: PeriodQuestion): Promise<readonly Statistic[]> {
  const { indicator, subjects, period, policies } = question;
  const name = question.statistic ?? assessmentStatistic(indicator, period);
  const spec = STATISTICS[name];
  if (spec === undefined || (indicator.code !== "o3" && (name === "mda8" || name === "max1h"))) {
    const known = Object.keys(STATISTICS).filter((one) => indicator.code === "o3" || !/^m(da8|ax1h)$/.test(one));
    throw fault(
      "statistic.unknown",
      { indicator: indicator.code, given: name, known: known.join(" ") },
      { parameter: "--statistic" },
    );
  }
  if (subjects.length === 0) return [];
  // Ozone's percentiles are those of the daily 8-hour maximum.
  const measure = indicator.code === "o3" && spec.p !== undefined ? "mda8" : spec.measure;
  if (period.kind === "day") {
    if (spec.p !== undefined) {
      throw fault(
        "statistic.unknown",
        { indicator: `${indicator.code}（单日）`, given: name, known: "mean mda8 max1h" },
        { parameter: "--statistic" },
      );
    }
    return await dayStatistics(store, { ...question, measure, name });
  }
  const daily = question.daily ?? "daily";
  // A day counts when it is over: what a running period already holds of today waits until tomorrow.
  const last = Math.min(period.last, Math.max(question.today, period.first));
  const sums = await periodSums(store.sql, {
    subjects,
    indicatorIds: [indicator.id],
    measure,
    first: period.first,
    last,
    policies,
    daily,
  });
  const percentiles =
    spec.p === undefined
      ? undefined
      : await periodPercentiles(store.sql, {
          subjects,
          indicatorIds: [indicator.id],
          measure,
          first: period.first,
          last,
          policies,
          daily,
          p: spec.p,
        });
  const used: PolicyName[] = ["setCoverage"];
  if (percentiles !== undefined) used.push("percentileFormula");
  const judge = judgeOf(indicator, period, question);
  const expected = daysIn(period);
  const textsOf = onceEach((isSet: boolean) =>
    policyTexts(policies, usedPolicies(used, indicator, isSet, period, question.today)),
  );
  const results = subjects.map((subject, index): Statistic => {
    const found = sums.get(sumKey(index, indicator.id));
    const months = found?.months ?? [];
    const validDays = months.reduce((total, month) => total + month.validDays, 0);
    const total = sum(months.map((month) => month.sum));
    const value = percentiles?.get(sumKey(index, indicator.id)) ?? meanOf(total, validDays);
    const { valid, validMonths } = judge(found, validDays);
    return {
      indicator: indicator.code,
      statistic: name,
      place: subject.place,
      period,
      value: validDays === 0 ? undefined : value,
      decimals: indicator.decimals,
      unit: indicator.unit,
      valid,
      n: validDays,
      expected,
      ...(validMonths === undefined ? {} : { validMonths }),
      ...(subject.isSet
        ? {
            behind: {
              what: "stationDays",
              have: found?.stationDays ?? 0,
              of: stationDays(subject, period.first, last),
            },
          }
        : {}),
      origin: "days",
      policies: textsOf(subject.isSet),
    };
  });
  if (spec.p !== undefined || results.every((one) => one.n > 0)) return results;
  return await givenStatistics(store, question, name, results);
}

function meanOf(total: Exact, count: number): Exact {
  return count === 0 ? ratio(0n) : divide(total, ratio(BigInt(count)));
}

/** Of two possible answers each is made once: hundreds of places share it. */
function onceEach<T>(make: (flag: boolean) => T): (flag: boolean) => T {
  const held = new Map<boolean, T>();
  return (flag) => {
    const found = held.get(flag) ?? make(flag);
    held.set(flag, found);
    return found;
  };
}

function usedPolicies(
  used: readonly PolicyName[],
  indicator: Indicator,
  isSet: boolean,
  period: Period,
  today: DayNumber,
): readonly PolicyName[] {
  const list: PolicyName[] = used.filter((name) => name !== "setCoverage" || isSet);
  if (period.kind === "halfMonth" || period.last > today) list.push("periodCoverage");
  if (period.kind === "year" && (indicator.code === "co" || indicator.code === "o3")) list.push("yearValidity");
  if (indicator.code === "tsp") list.push("tspDayHours");
  return list;
}

/** What the period asks of each place, worked out once for all of them. */
function judgeOf(
  indicator: Indicator,
  period: Period,
  { policies, today }: PeriodQuestion,
): (sums: SubjectSums | undefined, validDays: number) => { valid: true | Shortfall; validMonths?: number } {
  const months = monthsIn(period).map((one) => {
    const { year, month } = dayParts(one.first);
    return { number: year * 12 + month - 1, month, need: monthMinimumDays(month) };
  });
  const running = period.last > today;
  const over = Math.max(0, Math.min(period.last, today) - period.first + 1);
  const need = periodMinimum(
    { kind: period.kind, months: months.map((one) => one.month), days: running ? over : daysIn(period), running },
    policies,
  );
  const each = need.months === "each" && (period.kind !== "year" || yearNeedsMonths(indicator.code, policies));
  const whole = period.kind === "month" || period.kind === "halfMonth";
  return (sums, validDays) => {
    const valid = months.filter(
      ({ number, need: days }) => (sums?.months.find((entry) => entry.month === number)?.validDays ?? 0) >= days,
    ).length;
    const counted = whole ? {} : { validMonths: valid };
    if (validDays === 0) return { valid: shortfall("data", 0, need.days), ...counted };
    if (validDays < need.days) return { valid: shortfall("days", validDays, need.days), ...counted };
    if (each && valid < months.length) return { valid: shortfall("months", valid, months.length), ...counted };
    return { valid: true, ...counted };
  };
}
