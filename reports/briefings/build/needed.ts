/** What the rest of the year must hold for a target, by the calendar: a day without data counts as not good. */
import type { CountStatistic } from "../../../src/analysis/count-statistics.ts";
import { goodDaysOutlook, heavyDaysOutlook, meanOutlook, type YearSoFar } from "../../../src/analysis/outlook.ts";
import type { Statistic } from "../../../src/analysis/statistic.ts";
import type { TargetRow } from "../../../src/analysis/target-rows.ts";
import { planValue } from "../../../src/domain/plan-value.ts";
import type { DayNumber } from "../../../src/domain/time.ts";
import { decimalText } from "../../../src/standards/gbt8170.ts";

/** What is known of the year so far: the counts of days and the PM2.5 mean to date. */
export type SoFar = { readonly counts: CountStatistic; readonly pm25: Statistic };

/** One digit more than the limit: a needed mean of 12.4 is not 12. */
const NEEDED_DECIMALS = 1;

/** One phrase, or none: the year is over, nothing is known yet, or the outlook of the target is not of these kinds. */
export function neededWords(row: TargetRow, at: DayNumber, soFar: SoFar): readonly string[] {
  const { target, verdict } = row;
  const wanted = target.value === undefined ? undefined : planValue(target.value);
  const year = yearOf(row, at);
  if (wanted === undefined || year === undefined) return [];
  if (verdict.standing === "missed") return ["已无法达到"];
  const { counts } = soFar.counts;
  const { comparator, indicator } = target;
  if (indicator === "pm25") {
    const mean = neededMean(row, at, soFar);
    return mean === undefined ? [] : [mean.startsWith("-") ? "已无法达到" : `余下平均须${sign(comparator)} ${mean}`];
  }
  if (indicator === "good_day_ratio" && (comparator === ">" || comparator === ">=")) {
    const { moreNeeded, budgetLeft } = goodDaysOutlook(year, counts.goodDays, wanted, comparator);
    return [budgetLeft < 0 ? "已无法达到" : `余下${year.days - year.elapsed}天优良须≥ ${moreNeeded}天`];
  }
  if ((indicator === "heavy_day_ratio" || indicator === "heavy_days") && (comparator === "<" || comparator === "<=")) {
    const { budgetLeft } = heavyDaysOutlook(
      year,
      counts.heavyDays,
      wanted,
      comparator,
      indicator === "heavy_day_ratio",
    );
    return [budgetLeft < 0 ? "已无法达到" : `重污染还可有${budgetLeft}天`];
  }
  return [];
}

/** The mean the remaining days may have, as text; negative when out of reach. */
export function neededMean(row: TargetRow, at: DayNumber, { pm25 }: SoFar): string | undefined {
  const { comparator, value } = row.target;
  const year = yearOf(row, at);
  if (value === undefined || year === undefined || pm25.value === undefined) return undefined;
  if (comparator !== "<=" && comparator !== "<") return undefined;
  const { needed } = meanOutlook(year, pm25.value, planValue(value), comparator);
  return needed === undefined ? undefined : decimalText(needed, NEEDED_DECIMALS);
}

function yearOf({ window }: TargetRow, at: DayNumber): YearSoFar | undefined {
  const days = window.last - window.first + 1;
  const elapsed = at - window.first + 1;
  return elapsed < 1 || elapsed >= days ? undefined : { days, elapsed, counted: elapsed };
}

function sign(comparator: string): string {
  return comparator === "<" ? "<" : "≤";
}
