/** Who is missing: for each of the district's stations and each pollutant the days without a valid value. */
import { type AqiDay, aqiDays } from "../../../src/analysis/aqi-days.ts";
import { periodStatistics } from "../../../src/analysis/period.ts";
import { subjectOf } from "../../../src/analysis/subject.ts";
import { indicatorOf } from "../../../src/domain/indicator.ts";
import { yearBefore } from "../../../src/domain/period.ts";
import type { DayNumber } from "../../../src/domain/time.ts";
import { type DayItem, POLLUTANTS, type Pollutant } from "../../../src/standards/hj633-day.ts";
import type { AbsenceRow } from "../district-data.ts";
import { dayCountsZh, dayRangesZh } from "./day-ranges.ts";
import { hasYearBefore, type Scene } from "./question.ts";

/** More days than this are counted by month: a year's list fills half a page and nobody reads it. */
const LISTED_DAYS = 20;

/** The day's value an index rests on. */
const itemOf = (code: Pollutant): DayItem => (code === "o3" ? "o3_8h" : code);

/** Stations in their order, pollutants in the standard's order; then last year, when nothing can be compared with it. */
export async function absencesOf(scene: Scene): Promise<readonly AbsenceRow[]> {
  const { store, subject, period, policies, today } = scene;
  const table = await store.places();
  const stations = [...new Set(subject.members.map((member) => member.placeId))];
  const places = stations.flatMap((id) => table.places.find((place) => place.id === id) ?? []);
  const subjects = places.map((place) => subjectOf(table, place, "air"));
  const last = Math.min(period.last, Math.max(today, period.first));
  const series = await aqiDays(store, { subjects, first: period.first, last, policies });
  const rows = places.flatMap((place, at) => stationRows(place.name, series[at] ?? []));
  return [...rows, ...(await lastYearAbsence(scene))];
}

/** One row for the pollutants of a station that lack the same days: an outage takes them together. */
function stationRows(place: string, days: readonly AqiDay[]): readonly AbsenceRow[] {
  const groups = new Map<string, { codes: Pollutant[]; missing: readonly DayNumber[] }>();
  for (const code of POLLUTANTS) {
    const missing = days.filter((day) => day.values[itemOf(code)] === undefined).map(({ day }) => day);
    if (missing.length === 0) continue;
    const key = missing.join();
    const group = groups.get(key) ?? { codes: [], missing };
    group.codes.push(code);
    groups.set(key, group);
  }
  return [...groups.values()].map(({ codes, missing }) => ({
    place,
    whatZh: codes.map((code) => indicatorOf(code).zh).join("、"),
    reason: missing.length === days.length ? "全期无有效日值" : `${daysZh(missing)}无有效日值`,
    validDays: days.length - missing.length,
  }));
}

function daysZh(days: readonly DayNumber[]): string {
  return days.length > LISTED_DAYS ? dayCountsZh(days) : dayRangesZh(days);
}

async function lastYearAbsence({
  store,
  subject,
  place,
  period,
  policies,
  today,
}: Scene): Promise<readonly AbsenceRow[]> {
  const indicator = indicatorOf("pm25");
  const before = hasYearBefore(period) ? yearBefore(period) : undefined;
  if (before === undefined) return [];
  const [one] = await periodStatistics(store, { indicator, subjects: [subject], period: before, policies, today });
  if (one === undefined || one.n > 0) return [];
  return [{ place: place.name, whatZh: "上年同期", reason: "没有数据，不作同比", validDays: 0 }];
}
