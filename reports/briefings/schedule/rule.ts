/**
 * When a briefing is made by itself: from day N after its span at hour H on, as soon as enough townships have their
 * value; on the last day whatever there is, marked preliminary (初步). Pure: clock and counts are handed in.
 */
import { halfMonthOf, monthOf, type Period, periodBefore } from "../../../src/domain/period.ts";
import { dayOf, dayParts, dayStart, HOUR_MS } from "../../../src/domain/time.ts";

export type BriefingRule = {
  /** Days after the span's last day: 3 is the 3rd of the next month. */
  readonly day: number;
  /** Beijing time, 0 to 23. */
  readonly hour: number;
  /** Percent of the townships that must have their value. */
  readonly coverage: number;
  /** The day after the span on which it is made of what there is. */
  readonly lastDay: number;
};

/** Townships (or stations) with the span's value, of those that are measured. */
export type Coverage = { readonly have: number; readonly need: number; readonly zh: string };

export type Decision = "too_early" | "wait" | "make" | "make_preliminary";

const WHOLE = 100;

/** Percent of the townships, where nobody set another share: our choice, no rule names one. */
export const ENOUGH_TOWNSHIPS = 95;

/** @param now UTC milliseconds */
export function decisionAt(period: Period, rule: BriefingRule, now: number, coverage: Coverage): Decision {
  if (now < momentOf(period, rule.day, rule.hour)) return "too_early";
  // Nothing at all is no reason to print a page, not even a preliminary one.
  if (coverage.have === 0) return "wait";
  if (coverage.have * WHOLE >= rule.coverage * coverage.need) return "make";
  return now >= momentOf(period, Math.max(rule.day, rule.lastDay), rule.hour) ? "make_preliminary" : "wait";
}

/** The month, or half-month, that ended last. @param now UTC milliseconds */
export function lastEnded(every: "month" | "halfMonth", now: number): Period {
  const { year, month, day } = dayParts(dayOf(now));
  const running = every === "month" ? monthOf(year, month) : halfMonthOf(year, month, day <= HALF ? 1 : 2);
  return periodBefore(running) ?? running;
}

/** A first half ends on the 15th. */
const HALF = 15;

function momentOf({ last }: Period, days: number, hour: number): number {
  return dayStart(last + days) + hour * HOUR_MS;
}

/** Why a briefing is preliminary, for its first paragraph. */
export function preliminaryZh({ coverage: wanted }: Pick<BriefingRule, "coverage">, { zh }: Coverage): string {
  return `数据未齐：${zh}，出正式版须达到${wanted}%；数据补齐后另出正式版，以正式版为准。`;
}
