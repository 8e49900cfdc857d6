/** Exact sums, counts and percentiles of daily values over a period, for many subjects at once, in SQL. */
import { type Exact, ratio, STORED_DECIMALS } from "../domain/exact.ts";
import type { Sql } from "../store/port.ts";
import { areFew, type DayColumns, fewDays, heldDays } from "./few-days.ts";
import { measureSql } from "./measure.ts";
import { monthNumbers, monthOfDay } from "./month-sql.ts";
import { type Subject, subjectDenominator } from "./subject.ts";
import type { SumQuestion } from "./sum-question.ts";
import { dayValues } from "./valid-days.ts";

const STORED_ONE = 10n ** BigInt(STORED_DECIMALS);

/** One subject's valid days of one month. `month` counts months since year 0: year × 12 + month − 1. */
export type MonthSum = { readonly month: number; readonly validDays: number; readonly sum: Exact };

export type SubjectSums = {
  readonly months: readonly MonthSum[];
  /** Spans of the readings the days rest on: hours, or days as given. */
  readonly spans: readonly number[];
  /** Of sets: valid station-days behind the valid days. */
  readonly stationDays?: number;
};

/** Sums by subject index and indicator id; a pair without any valid day is absent. */
export async function periodSums(sql: Sql, question: SumQuestion): Promise<ReadonlyMap<string, SubjectSums>> {
  return question.subjects.every(standsAlone) ? await singleSums(sql, question) : await setSums(sql, question);
}

/** A place that stands for itself all the time: its days need no weights. */
function standsAlone({ isSet, members }: Subject): boolean {
  const [member] = members;
  return !isSet && members.length === 1 && member?.from === undefined && member?.to === undefined && member?.size === 1;
}

/** From this many places on, all places are summed and those not asked for dropped: a long list costs more to read. */
const MANY_PLACES = 60;

/** Places alone, such as the townships of a city: one pass over the days without joining members. */
async function singleSums(sql: Sql, question: SumQuestion): Promise<ReadonlyMap<string, SubjectSums>> {
  const { subjects, indicatorIds, measure, first, last, policies, daily } = question;
  const { value, valid, denominator } = measureSql(measure, policies);
  const indexes = new Map<number, number[]>();
  for (const [index, { members }] of subjects.entries()) {
    const id = members[0]?.placeId ?? 0;
    indexes.set(id, [...(indexes.get(id) ?? []), index]);
  }
  const only = indexes.size >= MANY_PLACES ? "" : `AND d.place IN (${[...indexes.keys()].join(",")})`;
  const rows = await sql.columns(`SELECT place, indicator, span, ${monthOfDay(first, last)} AS month,
      (count(*) FILTER (ok))::INTEGER AS days, sum(num) FILTER (ok) AS total
    FROM (SELECT d.place, d.indicator, d.span, d.day, ${value} AS num, ${valid} AS ok FROM ${daily} d
      WHERE d.day BETWEEN ${first} AND ${last} AND d.indicator IN (${indicatorIds.join(",")}) ${only})
    GROUP BY ALL`);
  const [places, indicators, spans, months, days, totals] = rows as [
    number[],
    number[],
    number[],
    number[],
    number[],
    (bigint | null)[],
  ];
  // Where a place has hours, days that the source gives as such are left aside, also when no hour counts.
  const least = new Map<string, number>();
  const keys = places.map((place, i) => sumKey(place, indicators[i] ?? 0));
  for (const [i, key] of keys.entries()) {
    const [found, span] = [least.get(key), spans[i] ?? 0];
    if (found === undefined || span < found) least.set(key, span);
  }
  const den = STORED_ONE * denominator;
  const sums = new Map<string, { months: MonthSum[]; spans: number[] }>();
  for (let i = 0; i < places.length; i++) {
    const [place, indicator, span, validDays] = [places[i] ?? 0, indicators[i] ?? 0, spans[i] ?? 0, days[i] ?? 0];
    if (validDays === 0 || least.get(keys[i] ?? "") !== span) continue;
    for (const index of indexes.get(place) ?? []) {
      const entry = sums.get(sumKey(index, indicator)) ?? { months: [], spans: [] };
      entry.months.push({ month: months[i] ?? 0, validDays, sum: ratio(totals[i] ?? 0n, den) });
      entry.spans.push(span);
      sums.set(sumKey(index, indicator), entry);
    }
  }
  return sums;
}

async function setSums(sql: Sql, question: SumQuestion): Promise<ReadonlyMap<string, SubjectSums>> {
  if (areFew(question)) return sumsOf(question, monthRows(question, fewDays(await heldDays(sql, question), question)));
  const rows = await sql.columns(`${dayValues(question)}
    SELECT subject, indicator, ${monthOfDay(question.first, question.last)} AS month,
      count(*)::INTEGER AS days, sum(num) AS total, min(span) AS span, sum(have)::INTEGER AS have
    FROM v GROUP BY ALL ORDER BY subject, indicator, month`);
  const [subjects, indicators, months, days, totals, spans, haves] = rows as [
    number[],
    number[],
    number[],
    number[],
    bigint[],
    number[],
    number[],
  ];
  return sumsOf(question, { subjects, indicators, months, days, totals, spans, haves });
}

/** Sums of a subject, an indicator and a month, in that order. */
type MonthRows = {
  readonly subjects: number[];
  readonly indicators: number[];
  readonly months: number[];
  readonly days: number[];
  readonly totals: bigint[];
  readonly spans: number[];
  readonly haves: number[];
};

function monthRows({ first, last }: SumQuestion, found: DayColumns): MonthRows {
  const rows: MonthRows = { subjects: [], indicators: [], months: [], days: [], totals: [], spans: [], haves: [] };
  const monthOf = monthNumbers(first, last);
  let at = -1;
  for (let i = 0; i < found.days.length; i++) {
    const [subject, indicator, day] = [found.subjects[i] ?? 0, found.indicators[i] ?? 0, found.days[i] ?? 0];
    const month = monthOf(day);
    if (rows.subjects[at] !== subject || rows.indicators[at] !== indicator || rows.months[at] !== month) {
      at += 1;
      rows.subjects.push(subject);
      rows.indicators.push(indicator);
      rows.months.push(month);
      rows.days.push(0);
      rows.totals.push(0n);
      rows.spans.push(found.spans[i] ?? 0);
      rows.haves.push(0);
    }
    rows.days[at] = (rows.days[at] ?? 0) + 1;
    rows.totals[at] = (rows.totals[at] ?? 0n) + (found.nums[i] ?? 0n);
    rows.haves[at] = (rows.haves[at] ?? 0) + (found.haves[i] ?? 0);
  }
  return rows;
}

function sumsOf(question: SumQuestion, rows: MonthRows): ReadonlyMap<string, SubjectSums> {
  const { denominator } = measureSql(question.measure, question.policies);
  const { subjects, indicators, months, days, totals, spans, haves } = rows;
  const sums = new Map<string, { months: MonthSum[]; spans: number[]; stationDays: number }>();
  for (let i = 0; i < subjects.length; i++) {
    const subject = question.subjects[subjects[i] ?? 0];
    if (subject === undefined) continue;
    const key = sumKey(subjects[i] ?? 0, indicators[i] ?? 0);
    const entry = sums.get(key) ?? { months: [], spans: [], stationDays: 0 };
    entry.stationDays += haves[i] ?? 0;
    const den = STORED_ONE * denominator * subjectDenominator(subject);
    entry.months.push({ month: months[i] ?? 0, validDays: days[i] ?? 0, sum: ratio(totals[i] ?? 0n, den) });
    entry.spans.push(spans[i] ?? 0);
    sums.set(key, entry);
  }
  return new Map([...sums].map(([key, entry]) => [key, { ...entry, spans: [...new Set(entry.spans)] }]));
}

/** The two neighbours of each percentile, and how far between them it lies (hundredths). */
export async function periodPercentiles(
  sql: Sql,
  question: SumQuestion & { readonly p: number },
): Promise<ReadonlyMap<string, Exact>> {
  const { p, policies } = question;
  const nearest = policies.percentileFormula === "nearest";
  const { denominator } = measureSql(question.measure, policies);
  const found = new Map<string, Exact>();
  const keep = (index: number, indicator: number, below: bigint, above: bigint, share: number): void => {
    const subject = question.subjects[index];
    if (subject === undefined) return;
    const den = STORED_ONE * denominator * subjectDenominator(subject);
    found.set(sumKey(index, indicator), ratio(below * 100n + (above - below) * BigInt(share), den * 100n));
  };
  if (areFew(question)) {
    for (const { subject, indicator, nums } of bySubject(fewDays(await heldDays(sql, question), question))) {
      const sorted = nums.sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
      const n = sorted.length;
      const at = nearest ? Math.max(1, Math.ceil((n * p) / 100)) : Math.floor(((n - 1) * p) / 100) + 1;
      const below = sorted[at - 1] ?? 0n;
      keep(subject, indicator, below, sorted[at] ?? below, nearest ? 0 : ((n - 1) * p) % 100);
    }
    return found;
  }
  const at = nearest ? `greatest(1, (n * ${p} + 99) // 100)` : `(n - 1) * ${p} // 100 + 1`;
  const share = nearest ? "0" : `(n - 1) * ${p} % 100`;
  const rows = await sql.columns(`${dayValues(question)},
    l AS (SELECT subject, indicator, count(*) AS n, list(num ORDER BY num) AS sorted FROM v GROUP BY subject, indicator)
    SELECT subject, indicator, sorted[${at}] AS below, coalesce(sorted[${at} + 1], sorted[${at}]) AS above,
      CAST(${share} AS INTEGER) AS share FROM l`);
  const [subjects, indicators, belows, aboves, shares] = rows as [number[], number[], bigint[], bigint[], number[]];
  for (let i = 0; i < subjects.length; i++) {
    const below = belows[i] ?? 0n;
    keep(subjects[i] ?? 0, indicators[i] ?? 0, below, aboves[i] ?? below, shares[i] ?? 0);
  }
  return found;
}

/** Days in a row that belong to one subject and indicator. */
function bySubject({ subjects, indicators, nums }: DayColumns) {
  const lists: { readonly subject: number; readonly indicator: number; readonly nums: bigint[] }[] = [];
  for (let i = 0; i < nums.length; i++) {
    const [subject, indicator] = [subjects[i] ?? 0, indicators[i] ?? 0];
    const held = lists.at(-1);
    const at = held?.subject === subject && held.indicator === indicator ? held : { subject, indicator, nums: [] };
    if (at !== held) lists.push(at);
    at.nums.push(nums[i] ?? 0n);
  }
  return lists;
}

export function sumKey(subjectIndex: number, indicatorId: number): string {
  return `${subjectIndex}|${indicatorId}`;
}
