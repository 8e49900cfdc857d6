/** The evidence readings give for a target: the figure so far, its bounds, its base, and whether the rest can still change it. */
import { divide, type Exact, ratio, sum } from "../domain/exact.ts";
import type { Period } from "../domain/period.ts";
import type { Place } from "../domain/place.ts";
import type { Target } from "../domain/plan.ts";
import { planValue } from "../domain/plan-value.ts";
import type { DayNumber } from "../domain/time.ts";
import type { Store } from "../store/port.ts";
import type { CountStatistic } from "./count-statistics.ts";
import type { EvidenceQuestion } from "./evidence-question.ts";
import { noiseEvidence } from "./noise-evidence.ts";
import { goodDaysOutlook, heavyDaysOutlook, meanOutlook, type YearSoFar } from "./outlook.ts";
import { placesBelow } from "./rank.ts";
import { sameDaysBefore, windowPeriod } from "./so-far.ts";
import { type Evidence, noEvidence, type Reach } from "./standing/evidence.ts";
import { askStatistics, type StatAnswer } from "./stat-answer.ts";
import { statIndicator } from "./stat-indicators.ts";
import type { TargetEvidence } from "./target-rows.ts";
import { waterEvidence } from "./water-evidence.ts";

/** Indicators whose yearly figure at the plan's place decides a target. */
const READING_TARGETS = [
  "pm25",
  "pm10",
  "so2",
  "no2",
  "co",
  "o3",
  "tsp",
  "dustfall",
  "road_dust_load",
  "noise_complaints",
  "good_day_ratio",
  "good_days",
  "heavy_day_ratio",
  "heavy_days",
];

/** The figure of a target over its days so far, as a statistic; undefined when no single figure of readings decides it. */
export async function targetStatistic(store: Store, question: EvidenceQuestion): Promise<StatAnswer | undefined> {
  const { target, window } = question;
  if (target.decidedBy !== "reading" || target.scope.kind !== "whole" || target.area === "water") return undefined;
  if (target.indicator === undefined || !READING_TARGETS.includes(target.indicator)) return undefined;
  return await figureOver(store, question, windowPeriod(window), question.at);
}

/** What readings say of a target, for the whole or for each section of it. */
export async function readingEvidence(store: Store, question: EvidenceQuestion): Promise<TargetEvidence> {
  const { target } = question;
  if (target.indicator === undefined) return noEvidence(`没有接入${target.metric}的监测数据`);
  if (target.area === "water") return await waterEvidence(store, question);
  if (target.indicator === "leq") return await noiseEvidence(store, question);
  const answer = await targetStatistic(store, question);
  if (answer === undefined) return noEvidence("没有数据来源");
  if (answer.value === undefined) return noEvidence(`没有数据：${question.place.name}`);
  const { count } = answer;
  return {
    value: answer.value,
    valid: answer.valid === true,
    reason: answer.valid === true ? undefined : `数据不足：${answer.valid.zh}`,
    ...(count === undefined ? {} : { low: count.low, high: count.high, counts: count.counts }),
    reach: reachOf(question, answer.value, answer.n, count),
    ...(answer.place === question.place ? {} : { note: `${answer.place.name}（推算）` }),
    ...(answer.behind === undefined ? {} : { behind: answer.behind }),
    ...(needsBase(target) ? await baseOf(store, question) : {}),
  };
}

function needsBase({ comparator, value }: Target): boolean {
  return value === undefined && (comparator === "up" || comparator === "down" || comparator === "flat");
}

/** The figure of the same days a year before; one with too little data is no base. */
async function baseOf(
  store: Store,
  question: EvidenceQuestion,
): Promise<Pick<Evidence, "base" | "baseReason" | "baseBehind">> {
  const { window, at } = question;
  // Asked like the figure itself, as a window that still runs: a month cut short cannot have the days of a whole one.
  const whole = sameDaysBefore(window, window.last);
  const until = sameDaysBefore(window, at)?.last;
  if (whole === undefined || until === undefined) return { baseReason: "没有上年同期数值" };
  const answer = await figureOver(store, question, whole, until);
  if (answer?.value === undefined) return { baseReason: "没有上年同期数值" };
  if (answer.valid !== true) return { baseReason: `上年同期数据不足：${answer.valid.zh}` };
  return { base: answer.value, ...(answer.behind === undefined ? {} : { baseBehind: answer.behind }) };
}

/** The figure of the plan's place over a period; where it reports none itself, the mean of its townships (推算). */
export async function figureOver(
  store: Store,
  { target, place, policies, daily }: EvidenceQuestion,
  period: Period,
  today: DayNumber,
): Promise<StatAnswer | undefined> {
  const indicator = statIndicator(target.indicator ?? "");
  const ask = (places: readonly Place[]) => askStatistics(store, { indicator, places, period, policies, today, daily });
  const [own] = await ask([place]);
  const pooled = indicator.kind === "measured" && indicator.indicator.medium === "dust";
  if (own === undefined || own.value !== undefined || !pooled) return own;
  const below = placesBelow(await store.places(), place, "township");
  const units = (await ask(below)).filter((one) => one.value !== undefined);
  const [first] = units;
  if (first === undefined) return own;
  const values = units.flatMap((one) => one.value ?? []);
  return {
    ...first,
    place: { ...place, name: `由 ${units.length} 个街乡平均` },
    behind: { what: "units", have: units.length, of: below.length },
    value: divide(sum(values), ratio(BigInt(values.length))),
    valid: units.find((one) => one.valid !== true)?.valid ?? true,
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
