/** What the air pages show of a place: its AQI days, the counts over the year so far, PM2.5 against last year. */
import { type AqiDay, aqiDays } from "../../analysis/aqi-days.ts";
import { countDays, type DayCounts } from "../../analysis/day-counts.ts";
import { askStatistics, type StatAnswer } from "../../analysis/stat-answer.ts";
import { statIndicator } from "../../analysis/stat-indicators.ts";
import { subjectOf } from "../../analysis/subject.ts";
import { monthOf, type Period } from "../../domain/period.ts";
import type { Place } from "../../domain/place.ts";
import { type DayNumber, dayNumber, dayParts } from "../../domain/time.ts";
import { DEFAULT_POLICIES } from "../../standards/policy.ts";
import type { Ask } from "../route.ts";

/** The AQI of each day, the ends inside. */
export async function aqiOf(ask: Ask, place: Place, first: DayNumber, last: DayNumber): Promise<readonly AqiDay[]> {
  const subject = subjectOf(ask.facts.places, place, "air");
  const [days] = await aqiDays(ask.store, { subjects: [subject], first, last, policies: DEFAULT_POLICIES });
  return days ?? [];
}

/** One statistic of several places over a period. */
export async function statisticsOf(
  ask: Ask,
  indicator: string,
  places: readonly Place[],
  period: Period,
): Promise<readonly StatAnswer[]> {
  return await askStatistics(ask.store, {
    indicator: statIndicator(indicator),
    places,
    period,
    policies: DEFAULT_POLICIES,
    today: ask.today,
  });
}

/** From 1 January to a day of the same year, as a period of its own: cumulative spans end with whole months. */
export function yearTo(day: DayNumber): Period {
  const { year } = dayParts(day);
  const first = dayNumber(year, 1, 1) ?? day;
  return { kind: "cumulative", text: `${year}`, first, last: day };
}

export function countsOf(days: readonly AqiDay[]): DayCounts {
  return countDays(days);
}

/** The months of a year up to a day, the latest first. */
export function monthsTo(day: DayNumber): readonly Period[] {
  const { year, month } = dayParts(day);
  return Array.from({ length: month }, (_, k) => monthOf(year, month - k));
}
