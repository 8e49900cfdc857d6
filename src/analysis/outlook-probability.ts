/** How likely a target is reached, resampled from past years; with too little history the reason instead. */
import { editionOn } from "../domain/edition.ts";
import { toNumber } from "../domain/exact.ts";
import type { Place } from "../domain/place.ts";
import type { Target } from "../domain/plan.ts";
import { planValue } from "../domain/plan-value.ts";
import { type DayNumber, dayNumber, dayParts, daysInMonth } from "../domain/time.ts";
import { GOOD_UP_TO, HEAVY_ABOVE } from "../standards/hj633-class.ts";
import type { Policies } from "../standards/policy.ts";
import type { Store } from "../store/port.ts";
import { aqiDays } from "./aqi-days.ts";
import { BLOCK_DAYS, DRAWS, drawRests, LEAST_YEARS, type PastYear, shareOf, usableYears } from "./bootstrap.ts";
import { daySeries } from "./day-series.ts";
import { seedOf } from "./seeded.ts";
import type { Window } from "./standing/moment.ts";
import type { StatAnswer } from "./stat-answer.ts";
import { statIndicator } from "./stat-indicators.ts";
import { subjectOf } from "./subject.ts";
import { type OutlookKind, outlookKind } from "./target-outlook.ts";

export type Probability = {
  readonly value: number;
  readonly draws: number;
  readonly blockDays: number;
  readonly seed: number;
  readonly years: readonly number[];
};

export type ProbabilityQuestion = {
  readonly target: Target;
  readonly place: Place;
  readonly window: Window;
  readonly at: DayNumber;
  readonly policies: Policies;
  readonly daily?: string | undefined;
};

/** Years looked back at most. */
const MOST_YEARS = 15;

/** The chance that the year meets the target, or why there is none. */
export async function targetProbability(
  store: Store,
  question: ProbabilityQuestion,
  answer: StatAnswer,
): Promise<Probability | string> {
  const { target, window, at, policies } = question;
  const kind = outlookKind(target);
  if (kind === undefined || answer.value === undefined) return "没有可推算的数值";
  if (at >= window.last) return "时段已经结束，没有余下的日子";
  if (answer.origin !== "days") return "来源只给月值，不能按日重取样";
  const all = await pastYears(store, question, kind);
  const years = usableYears(all, toNumber(policies.periodCoverage));
  if (years.length < LEAST_YEARS) {
    return `只有 ${years.length} 个往年有同期日数据，至少需要 ${LEAST_YEARS} 年`;
  }
  const seed = seedOf(target.id, at, question.place.code);
  const passes = passOf(question, kind, answer);
  const value = shareOf(drawRests(years, seed), ({ sum, days }) => passes(sum, days));
  return { value, draws: DRAWS, blockDays: BLOCK_DAYS, seed, years: years.map((one) => one.year) };
}

/** Whether the year passes with a rest that sums to `sum` over `days` valid days, by valid days. */
function passOf(
  { target, policies }: ProbabilityQuestion,
  kind: OutlookKind,
  answer: StatAnswer,
): (sum: number, days: number) => boolean {
  const wanted = toNumber(planValue(target.value ?? "0"));
  const { comparator } = target;
  const holds = (figure: number): boolean => {
    if (comparator === "<") return figure < wanted;
    if (comparator === ">") return figure > wanted;
    return comparator === ">=" ? figure >= wanted : figure <= wanted;
  };
  const counts = answer.count?.counts;
  const denominator = policies.goodDayDenominator === "calendar" ? (counts?.days ?? answer.n) : answer.n;
  const start =
    kind === "mean"
      ? toNumber(answer.value ?? { num: 0n, den: 1n }) * answer.n
      : ((kind === "good" ? counts?.goodDays : counts?.heavyDays) ?? 0);
  if (kind !== "mean" && target.indicator === "heavy_days") return (sum) => holds(start + sum);
  const factor = kind === "mean" ? 1 : 100;
  return (sum, days) => holds(((start + sum) / Math.max(1, denominator + days)) * factor);
}

/** The remaining days in each past year the store has any of them. */
async function pastYears(store: Store, question: ProbabilityQuestion, kind: OutlookKind): Promise<readonly PastYear[]> {
  const { target, place, window, at, policies } = question;
  const table = await store.places();
  const subjects = [subjectOf(table, place, "air")];
  const { year } = dayParts(at);
  const found: PastYear[] = [];
  const ids = subjects.flatMap((subject) => subject.members.map((member) => member.placeId));
  const { earliest } = await store.sql.one<{ earliest: number | null }>(
    `SELECT min(day) AS earliest FROM daily WHERE place IN (${ids.join(",")})`,
  );
  for (let back = 1; back <= MOST_YEARS; back++) {
    const [first, last] = [yearsBack(at + 1, back), yearsBack(window.last, back)];
    if (first === undefined || last === undefined || earliest === null || last < earliest) break;
    let days: readonly (number | undefined)[];
    if (kind === "mean") {
      const indicator = statIndicator(target.indicator ?? "");
      if (indicator.kind !== "measured") return [];
      const [series = []] = await daySeries(store, { indicator: indicator.indicator, subjects, first, last, policies });
      days = series.map((value) => (value === undefined ? undefined : toNumber(value)));
    } else {
      // Past days by the edition that judges the days to come: the target's year has no other.
      const [series = []] = await aqiDays(store, { subjects, first, last, edition: editionOn(window.last), policies });
      days = series.map(({ aqi }) =>
        aqi === undefined ? undefined : Number(kind === "good" ? aqi <= GOOD_UP_TO : aqi > HEAVY_ABOVE),
      );
    }
    // 29 February stands in leap years only: each year is brought to the length of the rest.
    found.push({ year: year - back, days: Array.from({ length: window.last - at }, (_, k) => days[k]) });
  }
  return found;
}

function yearsBack(day: DayNumber, years: number): DayNumber | undefined {
  const { year, month, day: date } = dayParts(day);
  if (year - years < 1992) return undefined;
  return dayNumber(year - years, month, Math.min(date, daysInMonth(year - years, month)));
}
