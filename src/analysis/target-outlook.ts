/**
 * The outlook of one target: what the rest of its year must hold under both conventions of the year's length, what is
 * left of budgets, and whether it is safe, open or out of reach.
 */
import { add, divide, type Exact, multiply, ratio } from "../domain/exact.ts";
import type { Target } from "../domain/plan.ts";
import { planValue } from "../domain/plan-value.ts";
import type { DayNumber } from "../domain/time.ts";
import type { CountStatistic } from "./count-statistics.ts";
import {
  type GoodOutlook,
  goodDaysOutlook,
  type HeavyOutlook,
  heavyDaysOutlook,
  type MeanOutlook,
  meanOutlook,
  type OutlookComparator,
  type YearSoFar,
} from "./outlook.ts";
import type { Reach } from "./standing/evidence.ts";
import type { Window } from "./standing/moment.ts";
import type { StatAnswer } from "./stat-answer.ts";

export type Bounds = { readonly low?: Exact | undefined; readonly high?: Exact | undefined };

/** One convention's answer. */
export type ConventionOutlook = {
  readonly elapsedDays: number;
  readonly remainingDays: number;
  /** Days the figure so far rests on in this convention. */
  readonly countedDays: number;
  readonly soFar: Exact;
  /** A mean, or the share of the remaining days that has to be good; undefined when no day is left or nothing is needed. */
  readonly needed: Exact | undefined;
  readonly budgetLeft: number | undefined;
  readonly moreNeeded: number | undefined;
  readonly allowed: number | undefined;
  readonly reach: Reach;
};

export type OutlookKind = "mean" | "good" | "heavy";

/** Which kind of outlook a target of readings has; `undefined` when its figure is no mean or count of days with a limit. */
export function outlookKind({ indicator, comparator, value, decidedBy }: Target): OutlookKind | undefined {
  if (decidedBy !== "reading" || value === undefined || indicator === undefined) return undefined;
  const upper = comparator === "<=" || comparator === "<" || comparator === "~";
  if (indicator === "good_day_ratio") return comparator === ">" || comparator === ">=" ? "good" : undefined;
  if (indicator === "heavy_day_ratio" || indicator === "heavy_days")
    return upper && comparator !== "~" ? "heavy" : undefined;
  return upper && MEANS.includes(indicator) ? "mean" : undefined;
}

const MEANS: readonly string[] = ["pm25", "pm10", "so2", "no2", "tsp", "dustfall", "road_dust_load"];

/**
 * Both conventions. `calendar` counts every day of the calendar, `validDays` the valid ones so far and every day to come.
 *
 * @param tolerance what a person allows beyond the value of an 约 target
 */
export function bothOutlooks(
  target: Target,
  window: Window,
  at: DayNumber,
  answer: StatAnswer,
  { low, high, tolerance }: Bounds & { readonly tolerance?: Exact | undefined } = {},
): { readonly calendar: ConventionOutlook; readonly validDays: ConventionOutlook } | undefined {
  const kind = outlookKind(target);
  if (kind === undefined || answer.value === undefined || target.value === undefined) return undefined;
  const days = window.last - window.first + 1;
  const elapsed = Math.max(0, Math.min(at, window.last) - window.first + 1);
  const wanted = planValue(target.value);
  const limit = tolerance === undefined ? wanted : add(wanted, tolerance);
  // Values given by the month say nothing of single days: all days that are over count as known.
  const valid = answer.origin === "days" ? answer.n : elapsed;
  const of = (counted: number): ConventionOutlook => {
    const year: YearSoFar = { days, elapsed, counted };
    const common = { elapsedDays: elapsed, remainingDays: days - elapsed, countedDays: counted };
    if (kind === "mean") return { ...common, ...meanPart(year, answer.value ?? limit, limit, target, { low, high }) };
    const { counts } = answer.count as CountStatistic;
    return { ...common, ...countPart(kind, year, kind === "good" ? counts.goodDays : counts.heavyDays, limit, target) };
  };
  return { calendar: of(elapsed), validDays: of(valid) };
}

type Part = Omit<ConventionOutlook, "elapsedDays" | "remainingDays" | "countedDays">;

function meanPart(year: YearSoFar, soFar: Exact, limit: Exact, target: Target, bounds: Bounds): Part {
  const { needed, reach }: MeanOutlook = meanOutlook(
    year,
    soFar,
    limit,
    target.comparator === "<" ? "<" : "<=",
    bounds,
  );
  return { soFar, needed, budgetLeft: undefined, moreNeeded: undefined, allowed: undefined, reach };
}

function countPart(kind: "good" | "heavy", year: YearSoFar, days: number, limit: Exact, target: Target): Part {
  const share = target.indicator?.endsWith("_ratio") === true;
  const soFar = share ? percentOf(days, year.counted) : ratio(BigInt(days));
  if (kind === "good") {
    const comparator = target.comparator as Extract<OutlookComparator, ">" | ">=">;
    const { needed, budgetLeft, moreNeeded, reach }: GoodOutlook = goodDaysOutlook(year, days, limit, comparator);
    return { soFar, needed, budgetLeft, moreNeeded, allowed: undefined, reach };
  }
  const comparator = target.comparator as Extract<OutlookComparator, "<" | "<=">;
  const { budgetLeft, allowed, reach }: HeavyOutlook = heavyDaysOutlook(year, days, limit, comparator, share);
  return { soFar, needed: undefined, budgetLeft, moreNeeded: undefined, allowed, reach };
}

function percentOf(n: number, of: number): Exact {
  return of === 0 ? ratio(0n) : ratio(BigInt(n) * 100n, BigInt(of));
}

/** The year's mean when the rest of it holds a mean: what the needed one is proved by. */
export function yearMeanWith({ days, elapsed, counted }: YearSoFar, soFar: Exact, rest: Exact): Exact {
  const remaining = ratio(BigInt(days - elapsed));
  const whole = add(multiply(soFar, ratio(BigInt(counted))), multiply(rest, remaining));
  return divide(whole, add(ratio(BigInt(counted)), remaining));
}
