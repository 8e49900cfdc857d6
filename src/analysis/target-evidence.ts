/** The evidence readings give for a target: the figure so far, its bounds, and whether the rest of the year can still change it. */
import type { Exact } from "../domain/exact.ts";
import type { Period } from "../domain/period.ts";
import type { Place } from "../domain/place.ts";
import type { Target } from "../domain/plan.ts";
import { planValue } from "../domain/plan-value.ts";
import { type DayNumber, dayParts, dayText } from "../domain/time.ts";
import type { Policies } from "../standards/policy.ts";
import type { Store } from "../store/port.ts";
import type { CountStatistic } from "./count-statistics.ts";
import { goodDaysOutlook, heavyDaysOutlook, meanOutlook, type YearSoFar } from "./outlook.ts";
import { type Evidence, noEvidence, type Reach } from "./standing/evidence.ts";
import type { Window } from "./standing/moment.ts";
import { askStatistics, type StatAnswer } from "./stat-answer.ts";
import { statIndicator } from "./stat-indicators.ts";

export type EvidenceQuestion = {
  readonly target: Target;
  /** The plan's place. */
  readonly place: Place;
  readonly window: Window;
  readonly at: DayNumber;
  readonly policies: Policies;
  readonly daily?: string | undefined;
};

/** Indicators whose yearly figure at the plan's place decides a target. */
const READING_TARGETS = [
  "pm25",
  "pm10",
  "so2",
  "no2",
  "dustfall",
  "good_day_ratio",
  "good_days",
  "heavy_day_ratio",
  "heavy_days",
];

/** The figure of a target over its days so far, as a statistic; undefined when no reading decides it. */
export async function targetStatistic(store: Store, question: EvidenceQuestion): Promise<StatAnswer | undefined> {
  const { target, place, at, policies, daily } = question;
  if (target.decidedBy !== "reading" || target.scope.kind !== "whole") return undefined;
  if (target.indicator === undefined || !READING_TARGETS.includes(target.indicator)) return undefined;
  const [answer] = await askStatistics(store, {
    indicator: statIndicator(target.indicator),
    places: [place],
    period: windowPeriod(question.window),
    policies,
    today: at,
    daily,
  });
  return answer;
}

export async function readingEvidence(store: Store, question: EvidenceQuestion): Promise<Evidence> {
  const answer = await targetStatistic(store, question);
  if (answer === undefined) return noEvidence("没有数据来源");
  if (answer.value === undefined) return noEvidence(`没有数据：${question.place.name}`);
  const reason = answer.valid === true ? undefined : `数据不足：${answer.valid.zh}`;
  const { count } = answer;
  return {
    value: answer.value,
    valid: answer.valid === true,
    reason,
    ...(count === undefined ? {} : { low: count.low, high: count.high }),
    reach: reachOf(question, answer.value, answer.n, count),
  };
}

/** The year of a window as a period, so that validity follows the year's rules. */
function windowPeriod({ first, last }: Window): Period {
  const { year } = dayParts(first);
  const whole = dayText(first) === `${year}-01-01` && dayText(last) === `${year}-12-31`;
  return {
    kind: whole ? "year" : "cumulative",
    text: whole ? String(year) : `${dayText(first)}..${dayText(last)}`,
    first,
    last,
  };
}

/** Out of reach only when even the kind reading of the missing days says so; safe only when the strict one does. */
function reachOf(
  { target, window, at }: EvidenceQuestion,
  value: Exact,
  counted: number,
  count: CountStatistic | undefined,
): Reach {
  const wanted = target.value === undefined ? undefined : planValue(target.value);
  if (wanted === undefined) return "open";
  const days = window.last - window.first + 1;
  const elapsed = Math.min(at, window.last) - window.first + 1;
  const calendar: YearSoFar = { days, elapsed, counted: elapsed };
  const { comparator } = target;
  if (count === undefined) {
    if (comparator !== "<=" && comparator !== "<") return "open";
    const both = [calendar, { ...calendar, counted }].map(
      (soFar) => meanOutlook(soFar, value, wanted, comparator).reach,
    );
    return agreed(both[0] ?? "open", both[1] ?? "open");
  }
  const open = count.counts.days - count.counts.validDays;
  if (target.indicator === "good_day_ratio" && (comparator === ">" || comparator === ">=")) {
    const good = count.counts.goodDays;
    return agreed(
      goodDaysOutlook(calendar, good, wanted, comparator).reach,
      goodDaysOutlook(calendar, good + open, wanted, comparator).reach,
    );
  }
  if (
    (target.indicator === "heavy_days" || target.indicator === "heavy_day_ratio") &&
    (comparator === "<" || comparator === "<=")
  ) {
    const share = target.indicator === "heavy_day_ratio";
    const heavy = count.counts.heavyDays;
    return agreed(
      heavyDaysOutlook(calendar, heavy + open, wanted, comparator, share).reach,
      heavyDaysOutlook(calendar, heavy, wanted, comparator, share).reach,
    );
  }
  return "open";
}

function agreed(strict: Reach, kind: Reach): Reach {
  return strict === kind ? strict : "open";
}
