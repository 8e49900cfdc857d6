/** What a briefing is asked for, and the spans it speaks of. */
import type { Subject } from "../../../src/analysis/subject.ts";
import { fault } from "../../../src/domain/faults.ts";
import { cumulativeOf, type Period, type PeriodKind, periodZh } from "../../../src/domain/period.ts";
import type { Place } from "../../../src/domain/place.ts";
import { type DayNumber, dayNumber, dayParts } from "../../../src/domain/time.ts";
import type { Policies } from "../../../src/standards/policy.ts";
import type { Store } from "../../../src/store/port.ts";

export type DistrictQuestion = {
  readonly store: Store;
  readonly place: Place;
  readonly period: Period;
  readonly policies: Policies;
  /** The last day that is over. */
  readonly today: DayNumber;
};

/** The question with what all its parts need: the district's stations and the year to date. */
export type Scene = DistrictQuestion & { readonly subject: Subject; readonly toDate: Period; readonly whole: boolean };

const KIND_ZH: Partial<Record<PeriodKind, string>> = {
  halfMonth: "半月报",
  month: "月报",
  quarter: "季报",
  halfYear: "半年报",
  year: "年报",
};

/** 半月报, 月报, 季报, 半年报, 年报. @throws Fault `briefing.period` for a day or a cumulative period */
export function kindZhOf(period: Period): string {
  const kind = KIND_ZH[period.kind];
  if (kind === undefined) throw fault("briefing.period", { given: period.text }, { parameter: "--period" });
  return kind;
}

/** 2015年第3期, 2015年第一季度, 2015年上半年, 2015年度. */
export function issueZhOf(period: Period): string {
  const { year, month } = dayParts(period.first);
  if (period.kind === "month") return `${year}年第${month}期`;
  return period.kind === "year" ? `${year}年度` : periodZh(period);
}

/** January to the period's last month; of a half-month itself, which nobody sums over the year. */
export function toDateOf(period: Period): Period {
  if (period.kind === "halfMonth") return period;
  const { year, month } = dayParts(period.last);
  return cumulativeOf(year, month);
}

/** Whether there is a year before: data from before 1992 are refused. */
export function hasYearBefore(period: Period): boolean {
  return dayNumber(dayParts(period.first).year - 1, 1, 1) !== undefined;
}

type SpanWords = { readonly meanZh: string; readonly beforeZh: string };

const SPAN_WORDS: Partial<Record<PeriodKind, SpanWords>> = {
  halfMonth: { meanZh: "半月均浓度", beforeZh: "上一半月" },
  month: { meanZh: "月均浓度", beforeZh: "上月" },
  quarter: { meanZh: "季均浓度", beforeZh: "上季度" },
  halfYear: { meanZh: "半年均浓度", beforeZh: "上一个半年" },
  year: { meanZh: "年均浓度", beforeZh: "上年" },
  cumulative: { meanZh: "累计浓度", beforeZh: "截至上月的累计" },
};

/** What a mean over such a span is called, and the span before it. Dust lying on a road is no concentration. */
export function spanWords({ kind }: Period, indicator: string): SpanWords {
  const words = SPAN_WORDS[kind] ?? { meanZh: "平均浓度", beforeZh: "上期" };
  if (indicator !== "road_dust_load") return words;
  return { ...words, meanZh: kind === "cumulative" ? "累计均值" : words.meanZh.replace("浓度", "值") };
}
