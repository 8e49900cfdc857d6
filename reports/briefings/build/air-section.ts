/** The air section: concentrations, the calendar, counts of days, the cumulative line. */
import type { AqiDay } from "../../../src/analysis/aqi-days.ts";
import { type CountStatistic, countStatistics } from "../../../src/analysis/count-statistics.ts";
import { countDays } from "../../../src/analysis/day-counts.ts";
import { type PollutionEpisode, pollutionEpisodes } from "../../../src/analysis/episodes.ts";
import { periodStatistics } from "../../../src/analysis/period.ts";
import type { Statistic, StatisticName } from "../../../src/analysis/statistic.ts";
import { findIndicator, indicatorOf } from "../../../src/domain/indicator.ts";
import { type Period, yearBefore, yearOf } from "../../../src/domain/period.ts";
import { dayParts, dayText } from "../../../src/domain/time.ts";
import { decimalText } from "../../../src/standards/gbt8170.ts";
import { POLLUTANTS, type Pollutant } from "../../../src/standards/hj633-day.ts";
import type { CalendarDay } from "../../charts/calendar.ts";
import type { ClassMonth } from "../../charts/class-stack.ts";
import type { AirItem, AirSection, DayCounts, EpisodeRow } from "../district-data.ts";
import { cumulativeData } from "./cumulative-data.ts";
import { dayRangesZh } from "./day-ranges.ts";
import { dustPart } from "./dust-part.ts";
import { changeOf, figureOf } from "./figures.ts";
import type { SoFar } from "./needed.ts";
import { hasYearBefore, type Scene } from "./question.ts";

/** How a statistic is said before 浓度. */
const SAID: Partial<Record<StatisticName, string>> = { mean: "平均", p95: "第95百分位", p90: "日最大8小时第90百分位" };

/** What was asked of analysis, kept for the notes, and the section it became. */
export type Air = {
  readonly section: AirSection;
  readonly statistics: readonly Statistic[];
  readonly counts: readonly CountStatistic[];
  readonly soFar: SoFar;
};

export async function airSection(scene: Scene): Promise<Air> {
  const { store, subject, period, whole } = scene;
  const asked: Statistic[] = [];
  const items: AirItem[] = [];
  for (const code of POLLUTANTS) {
    const now = await statisticOf(scene, code, period);
    const before = await beforeOf(scene, code, period);
    const cumulative = whole ? now : await statisticOf(...yearSoFar(scene, code));
    const cumulativeBefore = whole ? before : await yearSoFarBefore(scene, code);
    asked.push(now, cumulative);
    items.push(itemOf(now, cumulative, changeOf(now, before), changeOf(cumulative, cumulativeBefore)));
  }
  const counts = await countsOf(scene, period);
  const countsToDate = whole ? counts : await countsOf(...withYear(scene));
  const lastYear = await lastYearDays(scene);
  const names = new Map((await store.places()).places.map((place) => [place.id, place.name]));
  const section: AirSection = {
    stations: [...new Set(subject.members.map((member) => names.get(member.placeId) ?? ""))],
    items,
    days: counts.aqi.map(calendarDay),
    counts: dayCounts(counts),
    countsToDate: dayCounts(countsToDate),
    episodes: pollutionEpisodes(counts.aqi).map(episodeRow),
    months: classMonths(countsToDate.aqi),
    cumulative: cumulativeData(countsToDate.aqi, lastYear),
    dust: await dustPart(scene, withYear(scene)),
  };
  const pm25 = await statisticOf(...yearSoFar(scene, "pm25"));
  return { section, statistics: asked, counts: [counts, countsToDate], soFar: { counts: countsToDate, pm25 } };
}

/**
 * The year to date is a running year, and its validity is that of a running year: the one rule targets are judged by. A
 * cumulative period of whole months asks more, and the same ratio would be valid in one table and not in the next.
 */
function withYear(scene: Scene): readonly [Scene, Period] {
  const { toDate, today } = scene;
  return [{ ...scene, today: Math.min(today, toDate.last) }, yearOf(dayParts(toDate.first).year)];
}

function yearSoFar(scene: Scene, code: Pollutant): readonly [Scene, Pollutant, Period] {
  const [running, year] = withYear(scene);
  return [running, code, year];
}

/** The same days of last year, by the same rule. */
async function yearSoFarBefore(scene: Scene, code: Pollutant): Promise<Statistic | undefined> {
  if (!hasYearBefore(scene.toDate)) return undefined;
  return await statisticOf(...yearSoFar({ ...scene, toDate: yearBefore(scene.toDate) }, code));
}

async function statisticOf(
  { store, subject, policies, today }: Scene,
  code: Pollutant,
  period: Period,
): Promise<Statistic> {
  const [one] = await periodStatistics(store, {
    indicator: indicatorOf(code),
    subjects: [subject],
    period,
    policies,
    today,
  });
  if (one === undefined) throw new RangeError("analysis gave no statistic for a subject");
  return one;
}

async function beforeOf(scene: Scene, code: Pollutant, period: Period): Promise<Statistic | undefined> {
  return hasYearBefore(period) ? await statisticOf(scene, code, yearBefore(period)) : undefined;
}

async function countsOf({ store, subject, policies, today }: Scene, period: Period): Promise<CountStatistic> {
  const question = { indicator: "good_day_ratio", subjects: [subject], period, policies, today } as const;
  const [one] = await countStatistics(store, question);
  if (one === undefined) throw new RangeError("analysis gave no counts for a subject");
  return one;
}

/** All of last year, for its cumulative line. */
async function lastYearDays(scene: Scene): Promise<readonly AqiDay[]> {
  const { year } = dayParts(scene.period.first);
  return hasYearBefore(scene.period) ? (await countsOf(scene, yearOf(year - 1))).aqi : [];
}

function itemOf(
  now: Statistic,
  toDate: Statistic,
  change: AirItem["change"],
  changeToDate: AirItem["change"],
): AirItem {
  return {
    zh: zhOf(now.indicator),
    statisticZh: SAID[now.statistic] ?? "",
    unit: now.unit,
    period: figureOf(now),
    toDate: figureOf(toDate),
    ...(change === undefined ? {} : { change }),
    ...(changeToDate === undefined ? {} : { changeToDate }),
  };
}

function calendarDay({ day, aqi, class: row, primary, completeness }: AqiDay): CalendarDay {
  if (aqi === undefined || row === undefined) return { day: dayText(day) };
  return { day: dayText(day), aqi, class: row.class, primary: primary.map(zhOf), partial: completeness === "partial" };
}

function dayCounts(statistic: CountStatistic): DayCounts {
  const { counts, aqi, low, high, decimals } = statistic;
  const primary = POLLUTANTS.map((code) => ({
    zh: zhOf(code),
    days: aqi.filter((day) => day.primary.includes(code)).length,
  }));
  return {
    ...counts,
    goodRatio: figureOf(statistic),
    goodRatioLow: decimalText(low, decimals),
    goodRatioHigh: decimalText(high, decimals),
    // The sort is stable: equal counts stay in the order the standard lists its pollutants.
    primary: primary.filter(({ days }) => days > 0).sort((a, b) => b.days - a.days),
  };
}

function episodeRow({ first, last, days, heavyDays, worst, primary }: PollutionEpisode): EpisodeRow {
  return {
    spanZh: dayRangesZh(Array.from({ length: last - first + 1 }, (_, at) => first + at)),
    days,
    heavyDays,
    worst: worst.aqi,
    worstZh: dayRangesZh([worst.day]),
    primaryZh: primary.map((one) => `${zhOf(one.pollutant)}（${one.days}天）`).join("、"),
  };
}

/** The days of the year to date by their month. */
function classMonths(days: readonly AqiDay[]): readonly ClassMonth[] {
  const months = new Map<string, AqiDay[]>();
  for (const one of days) {
    const month = dayText(one.day).slice(0, 7);
    months.set(month, [...(months.get(month) ?? []), one]);
  }
  return [...months].map(([month, some]) => ({ month, days: some.length, classes: countDays(some).classes }));
}

function zhOf(code: string): string {
  return findIndicator(code)?.zh ?? code;
}
