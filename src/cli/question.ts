/** Options many commands share, turned into domain terms. */
import { type StatIndicator, statIndicator } from "../analysis/stat-indicators.ts";
import { STATISTIC_ZH, type StatisticName } from "../analysis/statistic.ts";
import { EDITIONS, type Edition } from "../domain/edition.ts";
import { fault } from "../domain/faults.ts";
import { type Period, parsePeriod } from "../domain/period.ts";
import { type DayNumber, dayOf } from "../domain/time.ts";
import { type Policies, parsePolicies } from "../standards/policy.ts";
import { refuseFuture } from "./answerable.ts";
import type { OptionSpecs } from "./command.ts";

export const QUESTION_OPTIONS = {
  period: {
    type: "string",
    value: "T",
    zh: "时段：2015-03、2015-03-H1（上半月）、2015-01..2015-03（累计）…",
    required: true,
  },
  statistic: {
    type: "string",
    value: "S",
    zh: "统计量：mean p90 p95 p98 max1h mda8 count（默认为该指标的评价统计量）；PM10、PM2.5 和综合指数可加 _dust_excluded：扣除申报的沙尘时段",
  },
  edition: { type: "string", value: "2012|2026", zh: "标准版本（默认按监测日期）" },
  policy: { type: "string", value: "名=值", zh: "口径，可重复", multiple: true },
} as const satisfies OptionSpecs;

export type Question = {
  readonly indicator: StatIndicator;
  readonly period: Period;
  readonly statistic: StatisticName | undefined;
  readonly edition: Edition | undefined;
  readonly policies: Policies;
  readonly today: DayNumber;
};

export function readQuestion(
  indicator: string,
  options: {
    readonly period: string;
    readonly statistic: string | undefined;
    readonly edition: string | undefined;
    readonly policy: readonly string[];
  },
  now: Date,
): Question {
  const question = {
    indicator: statIndicator(indicator),
    period: parsePeriod(options.period),
    statistic: statisticOf(options.statistic),
    edition: editionOf(options.edition),
    policies: parsePolicies(options.policy),
    today: lastDayOver(now),
  };
  refuseFuture(question.period, question.today);
  return question;
}

/** The last day that is over at an instant. */
export function lastDayOver(now: Date): DayNumber {
  return dayOf(now.getTime()) - 1;
}

export function statisticOf(text: string | undefined): StatisticName | undefined {
  if (text === undefined) return undefined;
  if (!Object.hasOwn(STATISTIC_ZH, text)) {
    throw fault(
      "statistic.unknown",
      { indicator: "", given: text, known: Object.keys(STATISTIC_ZH).join(" ") },
      { parameter: "--statistic" },
    );
  }
  return text as StatisticName;
}

export function editionOf(text: string | undefined): Edition | undefined {
  if (text === undefined) return undefined;
  const edition = EDITIONS.find((one) => one === text);
  if (edition === undefined)
    throw fault("option.value", { option: "edition", given: text, expected: EDITIONS.join(" | ") });
  return edition;
}
