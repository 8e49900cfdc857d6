/**
 * The AQI of each day of a period, for stations and sets: from the valid daily values, a set's from the means over its
 * stations, never from station indices.
 */

import { type Edition, editionOn } from "../domain/edition.ts";
import { type Exact, ratio, STORED_DECIMALS } from "../domain/exact.ts";
import { indicatorOf } from "../domain/indicator.ts";
import type { DayNumber } from "../domain/time.ts";
import { type DayIndex, type DayItem, dayIndex } from "../standards/hj633-day.ts";
import type { Policies } from "../standards/policy.ts";
import type { Store } from "../store/port.ts";
import { areFew, fewDays, heldDays } from "./few-days.ts";
import { measureSql } from "./measure.ts";
import { type Subject, subjectDenominator } from "./subject.ts";
import { validDays } from "./valid-days.ts";

export type AqiDay = DayIndex & {
  readonly day: DayNumber;
  readonly edition: Edition;
  /** The valid daily values it rests on, unrounded. */
  readonly values: Readonly<Partial<Record<DayItem, Exact>>>;
  /** Valid station values behind it, over the six pollutants. */
  readonly stationItems: number;
};

export type AqiQuestion = {
  readonly subjects: readonly Subject[];
  readonly first: DayNumber;
  readonly last: DayNumber;
  /** One edition for all days, else the one in force on each. */
  readonly edition?: Edition | undefined;
  readonly policies: Policies;
  readonly daily?: string | undefined;
};

/** An AQI rests on six. */
export const POLLUTANTS = 6;

const ITEMS: readonly (readonly [DayItem, string, "mean" | "mda8" | "max1h"])[] = [
  ["pm25", "pm25", "mean"],
  ["pm10", "pm10", "mean"],
  ["so2", "so2", "mean"],
  ["no2", "no2", "mean"],
  ["co", "co", "mean"],
  ["o3_8h", "o3", "mda8"],
  ["o3_1h", "o3", "max1h"],
];

const STORED_ONE = 10n ** BigInt(STORED_DECIMALS);

/** For each subject, every day from first to last in order; a day without data has completeness `na`. */
export async function aqiDays(store: Store, question: AqiQuestion): Promise<readonly (readonly AqiDay[])[]> {
  const { subjects, first, last, edition, policies } = question;
  const length = last - first + 1;
  const values: Partial<Record<DayItem, Exact>>[][] = subjects.map(() => Array.from({ length }, () => ({})));
  const stationItems: number[][] = subjects.map(() => Array.from({ length }, () => 0));
  const common = { subjects, first, last, policies, daily: question.daily ?? "daily" };
  const all = { ...common, indicatorIds: [...new Set(ITEMS.map(([, code]) => indicatorOf(code).id))] };
  const held = areFew(all) ? await heldDays(store.sql, all) : undefined;
  for (const measure of ["mean", "mda8", "max1h"] as const) {
    const items = ITEMS.filter((item) => item[2] === measure);
    const ids = new Map(items.map(([item, code]) => [indicatorOf(code).id, item]));
    const { denominator } = measureSql(measure, policies);
    const asked = { ...common, measure, indicatorIds: [...ids.keys()] };
    const found = held === undefined ? await validDays(store.sql, asked) : fewDays(held, asked);
    const { subjects: who, indicators: what, days, nums, haves } = found;
    const dens = subjects.map((subject) => STORED_ONE * denominator * subjectDenominator(subject));
    for (let i = 0; i < who.length; i++) {
      const item = ids.get(what[i] ?? 0);
      const at = values[who[i] ?? 0]?.[(days[i] ?? first) - first];
      const counted = stationItems[who[i] ?? 0];
      // The largest hour is a second look at ozone, not a seventh pollutant.
      if (counted !== undefined && measure !== "max1h") {
        const k = (days[i] ?? first) - first;
        counted[k] = (counted[k] ?? 0) + (haves[i] ?? 0);
      }
      if (item !== undefined && at !== undefined) at[item] = ratio(nums[i] ?? 0n, dens[who[i] ?? 0] ?? 1n);
    }
  }
  return values.map((list, index) =>
    list.map((items, k): AqiDay => {
      const day = first + k;
      const used = edition ?? editionOn(day);
      return {
        ...dayIndex(used, items, policies),
        day,
        edition: used,
        values: items,
        stationItems: stationItems[index]?.[k] ?? 0,
      };
    }),
  );
}
