/**
 * The valid days of a few subjects, put together here from the rows of `daily`.
 *
 * SQL does the same for any number of subjects (`dayValues`), but joining and grouping has to be planned anew for each
 * question, which takes longer than adding up a few thousand rows. A property holds the two against each other.
 */
import type { DayNumber } from "../domain/time.ts";
import type { Sql } from "../store/port.ts";
import { type DayMeasure, measureSql } from "./measure.ts";
import { neededStations, type Subject, subjectDenominator } from "./subject.ts";
import type { SumQuestion } from "./sum-question.ts";

/** Valid days by column: a day's value is `nums` over (stored unit × measure's denominator × subject's denominator). */
export type DayColumns = {
  readonly subjects: number[];
  readonly indicators: number[];
  readonly days: DayNumber[];
  readonly spans: number[];
  readonly nums: bigint[];
  /** Stations behind a day. */
  readonly haves: number[];
};

/** Rows of `daily` with the number of each measure, null where it does not count. */
type HeldDays = {
  readonly places: readonly number[];
  readonly indicators: readonly number[];
  readonly days: readonly DayNumber[];
  readonly spans: readonly number[];
  readonly nums: Readonly<Record<DayMeasure, readonly (bigint | null)[]>>;
};

type Question = Omit<SumQuestion, "measure">;

/** Up to so many rows are put together here. */
const FEW_ROWS = 3_000;

/** Whether a question touches few rows. */
export function areFew({ subjects, indicatorIds, first, last }: Question): boolean {
  const members = subjects.reduce((total, subject) => total + subject.members.length, 0);
  return members * indicatorIds.length * (last - first + 1) <= FEW_ROWS;
}

/** What `daily` holds of all subjects' members, for any measure. */
export async function heldDays(sql: Sql, question: Question): Promise<HeldDays> {
  const { subjects, indicatorIds, first, last, policies, daily } = question;
  const places = [...new Set(subjects.flatMap(({ members }) => members.map((member) => member.placeId)))];
  const counted = (measure: DayMeasure): string => {
    const { value, valid } = measureSql(measure, policies);
    return `CASE WHEN ${valid} THEN ${value} END`;
  };
  const columns = await sql.columns(
    `SELECT d.place, d.indicator, d.day, d.span, ${counted("mean")}, ${counted("mda8")}, ${counted("max1h")}
     FROM ${daily} d WHERE d.day BETWEEN ${first} AND ${last} AND d.indicator IN (${indicatorIds.join(",")})
       AND d.place IN (${[-1, ...places].join(",")})`,
  );
  const [of, indicators, days, spans] = columns as unknown as readonly [number[], number[], number[], number[]];
  const [mean, mda8, max1h] = columns.slice(4) as unknown as readonly [bigint[], bigint[], bigint[]];
  return { places: of, indicators, days, spans, nums: { mean, mda8, max1h } };
}

/** One subject's days of one indicator, by day from the first. */
type Sums = {
  readonly subject: number;
  readonly indicator: number;
  readonly nums: (bigint | undefined)[];
  readonly haves: number[];
  readonly needs: number[];
  span: number;
};

/** The valid days of each subject, in their order, day by day; where a subject has hours, days given as such are left aside. */
export function fewDays(held: HeldDays, question: SumQuestion): DayColumns {
  const { subjects, first, last, policies, measure } = question;
  const asked = new Set(question.indicatorIds);
  const entries = membersByPlace(subjects, policies);
  const sums = new Map<number, Sums>();
  const each = (visit: (row: number, at: Sums, need: number) => void): void => {
    for (let row = 0; row < held.places.length; row++) {
      const [day, indicator] = [held.days[row] ?? 0, held.indicators[row] ?? 0];
      if (!asked.has(indicator)) continue;
      for (const { subject, from, to, need } of entries.get(held.places[row] ?? 0) ?? []) {
        if (day < from || day > to) continue;
        const key = subject * INDICATORS + indicator;
        const at = sums.get(key) ?? { subject, indicator, nums: [], haves: [], needs: [], span: LARGEST_SPAN };
        sums.set(key, at);
        visit(row, at, need);
      }
    }
  };
  each((row, at) => {
    at.span = Math.min(at.span, held.spans[row] ?? at.span);
  });
  each((row, at, need) => {
    const num = held.nums[measure][row] ?? null;
    if (num === null || held.spans[row] !== at.span) return;
    const k = (held.days[row] ?? first) - first;
    at.nums[k] = (at.nums[k] ?? 0n) + num;
    at.haves[k] = (at.haves[k] ?? 0) + 1;
    at.needs[k] = need;
  });
  const found: DayColumns = { subjects: [], indicators: [], days: [], spans: [], nums: [], haves: [] };
  const ordered = [...sums.values()].sort((a, b) => a.subject - b.subject || a.indicator - b.indicator);
  for (const { subject, indicator, nums, haves, needs, span } of ordered) {
    const weight = weightOf(subjects[subject]);
    for (let k = 0; k <= last - first; k++) {
      const [num, have] = [nums[k], haves[k] ?? 0];
      if (num === undefined || have < (needs[k] ?? 0)) continue;
      found.subjects.push(subject);
      found.indicators.push(indicator);
      found.days.push(first + k);
      found.spans.push(span);
      found.nums.push(num * (weight / BigInt(have)));
      found.haves.push(have);
    }
  }
  return found;
}

/** More than there are indicators: with it a subject and an indicator make one key. */
const INDICATORS = 65_536;
const LARGEST_SPAN = 255;

type Entry = { readonly subject: number; readonly from: DayNumber; readonly to: DayNumber; readonly need: number };

function membersByPlace(
  subjects: readonly Subject[],
  policies: Parameters<typeof neededStations>[1],
): ReadonlyMap<number, readonly Entry[]> {
  const entries = new Map<number, Entry[]>();
  for (const [subject, { members }] of subjects.entries()) {
    for (const { placeId, from = -Infinity, to = Infinity, size } of members) {
      const held = entries.get(placeId) ?? [];
      held.push({ subject, from, to, need: neededStations(size, policies) });
      entries.set(placeId, held);
    }
  }
  return entries;
}

function weightOf(subject: Subject | undefined): bigint {
  return subject === undefined ? 1n : subjectDenominator(subject);
}
