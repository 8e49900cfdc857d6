/** Statistics of a single natural day: from a place's hours, or from the valid days of a set's stations. */
import { type Exact, ratio, STORED_DECIMALS } from "../domain/exact.ts";
import { SPANS } from "../domain/reading.ts";
import { OZONE_8H_MIN_WINDOWS } from "../standards/gb3095-validity.ts";
import { policyTexts } from "../standards/policy.ts";
import type { Store } from "../store/port.ts";
import { type DayMeasure, measureSql, neededHours } from "./measure.ts";
import { periodSums, sumKey } from "./period-sums.ts";
import { type PeriodQuestion, type Shortfall, type Statistic, type StatisticName, shortfall } from "./statistic.ts";
import { neededStations, type Subject } from "./subject.ts";

type DayQuestion = PeriodQuestion & { readonly measure: DayMeasure; readonly name: StatisticName };
type DailyRow = { place: number; span: number; n: number; windows: number | null; num: bigint | null; valid: boolean };

const HOURS = 24;
const WINDOWS = 17;

export async function dayStatistics(store: Store, question: DayQuestion): Promise<readonly Statistic[]> {
  const { indicator, subjects, period, policies, measure, name } = question;
  const daily = question.daily ?? "daily";
  const { value, valid, denominator } = measureSql(measure, policies);
  const places = subjects.filter((subject) => !subject.isSet).map((subject) => subject.place.id);
  const rows =
    await store.sql.rows<DailyRow>(`SELECT d.place, d.span, d.n, d.windows, ${value} AS num, ${valid} AS valid
    FROM ${daily} d WHERE d.day = ${period.first} AND d.indicator = ${indicator.id}
      AND d.place IN (${[0, ...places].join(",")}) ORDER BY d.place, d.span`);
  const sets = subjects.filter((subject) => subject.isSet);
  const sums =
    sets.length === 0
      ? new Map()
      : await periodSums(store.sql, {
          subjects: sets,
          indicatorIds: [indicator.id],
          measure,
          first: period.first,
          last: period.last,
          policies: { ...policies, setCoverage: [ratio(0n), ratio(0n)] },
          daily,
        });
  const counts = sets.length === 0 ? new Map<number, number>() : await validStations(store, question, valid, daily);
  const one = 10n ** BigInt(STORED_DECIMALS) * denominator;
  return subjects.map((subject): Statistic => {
    const base = {
      indicator: indicator.code,
      statistic: name,
      place: subject.place,
      period,
      decimals: indicator.decimals,
      unit: indicator.unit,
      origin: "days" as const,
    };
    if (subject.isSet) {
      const size = subject.members.filter((member) => inForce(member, period.first)).length;
      const have = counts.get(subject.place.id) ?? 0;
      const need = neededStations(size, policies);
      const sum = sums.get(sumKey(sets.indexOf(subject), indicator.id))?.months[0]?.sum as Exact | undefined;
      const state = have >= need ? true : have === 0 ? shortfall("data", 0, need) : shortfall("stations", have, need);
      return {
        ...base,
        value: sum,
        valid: state,
        n: have,
        expected: size,
        behind: { what: "stationDays", have, of: size },
        policies: policyTexts(policies, ["setCoverage"]),
      };
    }
    const row = rows.find((candidate) => candidate.place === subject.place.id);
    const windowed = measure === "mda8";
    const given = row?.span === SPANS.day;
    return {
      ...base,
      value: row?.num === null || row === undefined ? undefined : ratio(row.num, one),
      valid: stateOf(row, windowed, neededHours(indicator, policies)),
      n: windowed ? (row?.windows ?? 0) : (row?.n ?? 0),
      expected: given ? 1 : windowed ? WINDOWS : HOURS,
      origin: given ? "given" : "days",
      policies: indicator.code === "tsp" ? policyTexts(policies, ["tspDayHours"]) : {},
    };
  });
}

function stateOf(row: DailyRow | undefined, windowed: boolean, hours: number): true | Shortfall {
  if (row === undefined) return shortfall("data", 0, hours);
  if (row.valid) return true;
  return windowed ? shortfall("windows", row.windows ?? 0, OZONE_8H_MIN_WINDOWS) : shortfall("hours", row.n, hours);
}

function inForce(member: Subject["members"][number], day: number): boolean {
  return (member.from === undefined || member.from <= day) && (member.to === undefined || day <= member.to);
}

/** How many stations of each set have a valid value that day, by the set's place id. */
async function validStations(
  store: Store,
  { indicator, subjects, period }: DayQuestion,
  valid: string,
  daily: string,
): Promise<ReadonlyMap<number, number>> {
  const counts = new Map<number, number>();
  const rows = await store.sql.rows<{ place: number }>(`SELECT DISTINCT d.place FROM ${daily} d
    WHERE d.day = ${period.first} AND d.indicator = ${indicator.id} AND ${valid}`);
  const held = new Set(rows.map((row) => row.place));
  for (const subject of subjects) {
    const members = subject.members.filter((member) => inForce(member, period.first));
    counts.set(subject.place.id, members.filter((member) => held.has(member.placeId)).length);
  }
  return counts;
}
