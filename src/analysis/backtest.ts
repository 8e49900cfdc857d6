/**
 * Backtest of the outlook's probability: past years taken as if they still ran, with nothing known but the years before
 * them; said chances beside what came, as a reliability table and the Brier score.
 */
import { compare } from "../domain/exact.ts";
import type { Target } from "../domain/plan.ts";
import { planValue } from "../domain/plan-value.ts";
import { type DayNumber, dayNumber, dayParts, daysInMonth, dayText } from "../domain/time.ts";
import type { Store } from "../store/port.ts";
import { type ProbabilityQuestion, targetProbability } from "./outlook-probability.ts";
import { windowOf } from "./standing/moment.ts";
import { targetStatistic } from "./target-evidence.ts";

export type BacktestCase = {
  readonly at: DayNumber;
  readonly probability: number;
  readonly came: boolean;
};

export type Reliability = {
  /** Chances said, from (inside) and to (outside, but 1 inside), and their mean. */
  readonly from: number;
  readonly to: number;
  readonly cases: number;
  readonly said: number;
  /** How often it came, of these cases. */
  readonly came: number;
};

export type Backtest = {
  readonly cases: readonly BacktestCase[];
  readonly table: readonly Reliability[];
  /** Mean of (chance − outcome)²: 0 is perfect, 0.25 is what 50 % always would give. */
  readonly brier: number | undefined;
  /** Years that could not be used, and why. */
  readonly left: readonly { readonly year: number; readonly reason: string }[];
};

const BINS = 5;
/** Ends of these months: early enough for doubt, late enough for data. */
const MONTHS = [3, 6, 9, 11] as const;

/** @param question `window` and `at` are set anew for each year from `years` */
export async function backtest(
  store: Store,
  question: Omit<ProbabilityQuestion, "window" | "at">,
  years: readonly number[],
): Promise<Backtest> {
  const { target } = question;
  const cases: BacktestCase[] = [];
  const left: { year: number; reason: string }[] = [];
  for (const year of years) {
    const window = windowOf(target, year);
    const whole = await targetStatistic(store, { ...question, window, at: window.last });
    if (whole?.value === undefined || whole.valid !== true) {
      left.push({ year, reason: whole?.valid === undefined || whole.valid === true ? "没有数据" : whole.valid.zh });
      continue;
    }
    const came = reached(target, whole.value);
    for (const month of MONTHS) {
      const at = dayNumber(year, month, daysInMonth(year, month));
      if (at === undefined || at <= window.first || at >= window.last) continue;
      const soFar = await targetStatistic(store, { ...question, window, at });
      const chance =
        soFar === undefined ? "没有数据" : await targetProbability(store, { ...question, window, at }, soFar);
      if (typeof chance === "string") {
        if (!left.some((one) => one.year === year)) left.push({ year, reason: chance });
      } else cases.push({ at, probability: chance.value, came });
    }
  }
  return { cases, table: reliability(cases), brier: brierScore(cases), left };
}

function reached({ comparator, value }: Target, figure: Parameters<typeof compare>[0]): boolean {
  const order = compare(figure, planValue(value ?? "0"));
  if (comparator === "<") return order < 0;
  if (comparator === ">") return order > 0;
  return comparator === ">=" ? order >= 0 : order <= 0;
}

/** The mean squared distance of chances from outcomes; `undefined` for no case. */
export function brierScore(cases: readonly Pick<BacktestCase, "probability" | "came">[]): number | undefined {
  if (cases.length === 0) return undefined;
  return cases.reduce((total, one) => total + (one.probability - Number(one.came)) ** 2, 0) / cases.length;
}

/** Cases by the chance that was said; empty bins are left out. */
export function reliability(cases: readonly Pick<BacktestCase, "probability" | "came">[]): readonly Reliability[] {
  return Array.from({ length: BINS }, (_, k) => {
    const mine = cases.filter((one) => Math.min(BINS - 1, Math.floor(one.probability * BINS)) === k);
    const mean = (of: (one: (typeof mine)[number]) => number): number =>
      mine.reduce((total, one) => total + of(one), 0) / Math.max(1, mine.length);
    return {
      from: k / BINS,
      to: (k + 1) / BINS,
      cases: mine.length,
      said: mean((one) => one.probability),
      came: mean((one) => Number(one.came)),
    };
  }).filter((bin) => bin.cases > 0);
}

/** A backtest in JSON keys. */
export function backtestJson(
  target: Target,
  { cases, table, brier, left }: Backtest,
): Readonly<Record<string, unknown>> {
  return {
    id: target.id,
    cases: cases.map(({ at, probability, came }) => ({ at: dayText(at), year: dayParts(at).year, probability, came })),
    reliability: table,
    brier: brier ?? null,
    left,
  };
}
