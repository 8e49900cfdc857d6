/** The valid daily values of one indicator, day by day, for many subjects at once. */
import { type Exact, ratio, STORED_DECIMALS } from "../domain/exact.ts";
import type { Indicator } from "../domain/indicator.ts";
import type { DayNumber } from "../domain/time.ts";
import type { Policies } from "../standards/policy.ts";
import type { Store } from "../store/port.ts";
import { type DayMeasure, measureSql } from "./measure.ts";
import { type Subject, subjectDenominator } from "./subject.ts";
import { validDays } from "./valid-days.ts";

export type DaySeriesQuestion = {
  readonly indicator: Indicator;
  readonly subjects: readonly Subject[];
  readonly first: DayNumber;
  readonly last: DayNumber;
  readonly policies: Policies;
  readonly daily?: string | undefined;
  /** The daily mean unless told. */
  readonly measure?: DayMeasure | undefined;
};

/** For each subject every day from first to last in order: the unrounded daily value, or `undefined` where it is not valid. */
export async function daySeries(
  store: Store,
  { indicator, subjects, first, last, policies, daily = "daily", measure = "mean" }: DaySeriesQuestion,
): Promise<readonly (readonly (Exact | undefined)[])[]> {
  const series: (Exact | undefined)[][] = subjects.map(() => Array.from({ length: last - first + 1 }));
  if (subjects.length === 0) return series;
  const question = {
    subjects,
    indicatorIds: [indicator.id],
    measure,
    first,
    last,
    policies,
    daily,
  } as const;
  const { subjects: who, days, nums } = await validDays(store.sql, question);
  const unit = 10n ** BigInt(STORED_DECIMALS) * measureSql(measure, policies).denominator;
  for (const [at, index] of who.entries()) {
    const subject = subjects[index];
    const list = series[index];
    if (subject !== undefined && list !== undefined) {
      list[(days[at] ?? first) - first] = ratio(nums[at] ?? 0n, unit * subjectDenominator(subject));
    }
  }
  return series;
}
