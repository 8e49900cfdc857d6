/** Fills the briefings of all townships of a district: each ranking is asked once and read for every township. */

import { askedOnce } from "../../src/analysis/asked-once.ts";
import { daySeries } from "../../src/analysis/day-series.ts";
import { stampOf } from "../../src/analysis/stamp.ts";
import { askStatistics } from "../../src/analysis/stat-answer.ts";
import { statIndicator } from "../../src/analysis/stat-indicators.ts";
import { subjectOf } from "../../src/analysis/subject.ts";
import { compare, type Exact } from "../../src/domain/exact.ts";
import { indicatorOf } from "../../src/domain/indicator.ts";
import { type Period, periodZh, yearBefore } from "../../src/domain/period.ts";
import type { Place } from "../../src/domain/place.ts";
import type { Plan } from "../../src/domain/plan.ts";
import { type DayNumber, dayText } from "../../src/domain/time.ts";
import { decimalText } from "../../src/standards/gbt8170.ts";
import type { DailyData } from "../charts/daily.ts";
import { cityLists } from "./build/city-rankings.ts";
import type { Cuts } from "./build/cuts.ts";
import { changeOf, figureOf } from "./build/figures.ts";
import { methodNotes } from "./build/methods.ts";
import { type CityMonths, cityMonths, monthlyOf } from "./build/monthly-ranks.ts";
import { type DistrictQuestion, hasYearBefore, issueZhOf, kindZhOf, toDateOf } from "./build/question.ts";
import { type CityRanking, cityRanking, townshipRank } from "./build/township-ranks.ts";
import { townshipDuties } from "./build/township-tasks.ts";
import type { AbsenceRow } from "./district-data.ts";
import type { Complaints } from "./district-parts.ts";
import type { TownshipBriefing } from "./township-data.ts";

const INDICATORS = ["pm25", "tsp", "road_dust_load"] as const;
/** Measured every day, so that a day's value is worth a chart. */
const DAILY: ReadonlySet<string> = new Set(["pm25", "tsp"]);
/** Days named in the chart and in the summary. */
const WORST_DAYS = 3;

/**
 * One briefing for each township of the district, by code; of a half-month that of dust (TSP) alone.
 * @param plans those of the district are judged for its townships, on the period's last day or the last day that is over
 * @throws Fault `briefing.period` for a period no briefing is made of
 */
export async function buildTownships(
  asked: DistrictQuestion,
  { cuts, plans = [] }: { readonly cuts: Cuts; readonly plans?: readonly Plan[] },
  program: string,
): Promise<readonly TownshipBriefing[]> {
  const question = { ...asked, store: askedOnce(asked.store) };
  const { store, place, period, policies, today } = question;
  const kindZh = kindZhOf(period);
  const table = await store.places();
  const townships = table.places
    .filter((one) => one.parentId === place.id && (one.kind === "township" || one.kind === "zone"))
    .sort((a, b) => (a.code < b.code ? -1 : 1));
  const toDate = toDateOf(period);
  const spans = toDate.first === period.first ? [period] : [period, toDate];
  const lists = cityLists(question);
  const dustOnly = period.kind === "halfMonth";
  const rankings: CityRanking[] = [];
  const monthly: CityMonths[] = [];
  const series = new Map<string, readonly (readonly (Exact | undefined)[])[]>();
  const last = Math.min(period.last, Math.max(today, period.first));
  for (const code of dustOnly ? (["tsp"] as const) : INDICATORS) {
    let ranked = false;
    for (const span of spans) {
      const ranking = await cityRanking(lists, code, span, cuts(code, span));
      if (ranking.now.n === 0) continue;
      rankings.push(ranking);
      ranked = true;
    }
    if (ranked && !dustOnly) monthly.push(await cityMonths(lists, code, toDate, { cuts, today }));
    if (!DAILY.has(code)) continue;
    const indicator = indicatorOf(code);
    const subjects = townships.map((one) => subjectOf(table, one, indicator.medium));
    series.set(code, await daySeries(store, { indicator, subjects, first: period.first, last, policies }));
  }
  const common = {
    bureau: `${place.name}生态环境局`,
    district: place.name,
    masthead: "街乡生态环境简报",
    issue: issueZhOf(period),
    kindZh,
    periodZh: periodZh(period),
    stamp: await stampOf(store, program),
    simulated: (await store.meta("simulated")) === "yes",
    methods: methodNotes(
      rankings.flatMap(({ now }) => now.rows.map(({ item }) => item)),
      [],
    ),
  };
  const complaints = dustOnly ? [] : await complaintsBelow(question, townships);
  const duties = dustOnly ? undefined : await townshipDuties(question, plans, townships, Math.min(period.last, today));
  const known = lastKnown(period.first, [...series.values()].flat()) ?? period.last;
  return townships.map((township, index): TownshipBriefing => {
    const days = new Map([...series].map(([code, lists]) => [code, lists[index] ?? []]));
    const meanOf = (code: string): string | undefined => {
      const ranking = rankings.find((one) => one.period === period && one.now.question.indicator.code === code);
      const figure = ranking === undefined ? undefined : townshipRank(ranking, township).figure;
      return figure !== undefined && "value" in figure ? figure.value : undefined;
    };
    return {
      ...common,
      code: township.code,
      township: township.name,
      dataUntil: dayText(known),
      ranks: rankings.map((ranking) => townshipRank(ranking, township)),
      ...(monthly.length === 0 ? {} : { monthly: monthly.map((one) => monthlyOf(one, township)) }),
      ...(duties?.get(township.name) ?? {}),
      ...complaintsAt(complaints, index),
      daily: [...days].flatMap(([code, values]) => dailyData(code, period.first, values, meanOf(code))),
      absences: [...days].flatMap(([code, values]) => absence(township, code, values)),
    };
  });
}

/** One count for each township; nothing where no township of the district has one. */
async function complaintsBelow(
  { store, period, policies, today }: DistrictQuestion,
  places: readonly Place[],
): Promise<readonly Complaints[]> {
  const ask = async (span: Period) =>
    await askStatistics(store, { indicator: statIndicator("noise_complaints"), places, period: span, policies, today });
  const now = await ask(period);
  if (now.every(({ value }) => value === undefined)) return [];
  const before = hasYearBefore(period) ? await ask(yearBefore(period)) : [];
  return now.map((one, at): Complaints => {
    const change = changeOf(one, before[at]);
    return { now: figureOf(one), ...(change === undefined ? {} : { change }) };
  });
}

function complaintsAt(all: readonly Complaints[], index: number): { readonly complaints?: Complaints } {
  const complaints = all[index];
  return complaints === undefined ? {} : { complaints };
}

/** A series without any value has no chart: a source that does not cover the township. */
function dailyData(
  code: string,
  first: DayNumber,
  values: readonly (Exact | undefined)[],
  mean: string | undefined,
): readonly DailyData[] {
  const indicator = indicatorOf(code);
  const present = values.flatMap((value, at) => (value === undefined ? [] : [{ value, day: dayText(first + at) }]));
  if (present.length === 0) return [];
  // Of equal days the earlier one is named.
  const worst = [...present].sort((a, b) => compare(b.value, a.value)).slice(0, WORST_DAYS);
  const days = values.map((value, at) => {
    const day = dayText(first + at);
    return value === undefined ? { day } : { day, value: decimalText(value, indicator.decimals) };
  });
  return [
    {
      indicatorZh: indicator.zh,
      unit: indicator.unit,
      days,
      worst: worst.map(({ day }) => day).sort(),
      ...(mean === undefined ? {} : { mean }),
    },
  ];
}

function absence(township: Place, code: string, values: readonly (Exact | undefined)[]): readonly AbsenceRow[] {
  const validDays = values.filter((value) => value !== undefined).length;
  if (validDays === values.length) return [];
  const reason = validDays === 0 ? "没有日值" : `${values.length - validDays}天没有有效日值`;
  return [{ place: township.name, whatZh: indicatorOf(code).zh, reason, validDays }];
}

/** The last day on which any township has a value. */
function lastKnown(first: DayNumber, lists: readonly (readonly (Exact | undefined)[])[]): DayNumber | undefined {
  const at = Math.max(...lists.map((values) => values.findLastIndex((value) => value !== undefined)), -1);
  return at < 0 ? undefined : first + at;
}
