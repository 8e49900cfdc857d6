/**
 * Totals of what adds up: complaints, rain. A place counts what it reports itself; one that reports nothing counts what
 * the townships below it report. A day nobody reported is missing, not zero, so a total needs every day.
 */
import { type Exact, ratio, STORED_DECIMALS, sum } from "../domain/exact.ts";
import type { Indicator } from "../domain/indicator.ts";
import { daysIn, monthsIn, type Period } from "../domain/period.ts";
import type { Place, PlaceTable } from "../domain/place.ts";
import { SPANS } from "../domain/reading.ts";
import { type DayNumber, dayStart } from "../domain/time.ts";
import type { Store } from "../store/port.ts";
import { type Statistic, shortfall } from "./statistic.ts";

const STORED_ONE = 10n ** BigInt(STORED_DECIMALS);

export type TotalQuestion = {
  readonly indicator: Indicator;
  readonly places: readonly Place[];
  readonly period: Period;
  /** The last day that is over. */
  readonly today: DayNumber;
  readonly daily?: string | undefined;
};

type Part = { readonly total: Exact; readonly have: number; readonly need: number; readonly given: boolean };

/** One total for each place, in their order. */
export async function totalStatistics(store: Store, question: TotalQuestion): Promise<readonly Statistic[]> {
  const { indicator, places, period } = question;
  const parts = await partsOf(store, question);
  const table = await store.places();
  return places.map((place): Statistic => {
    const own = parts.get(place.id);
    const units = own === undefined ? unitsBelow(table, place) : [];
    const below = own === undefined ? units.flatMap((id) => parts.get(id) ?? []) : [own];
    const have = Math.min(...below.map((part) => part.have));
    const short = below.find((part) => part.have < part.need);
    return {
      indicator: indicator.code,
      statistic: "count",
      place,
      period,
      value: below.length === 0 ? undefined : sum(below.map((part) => part.total)),
      decimals: indicator.decimals,
      unit: indicator.unit,
      valid:
        below.length === 0
          ? shortfall("data", 0, daysIn(period))
          : short === undefined
            ? true
            : shortfall(short.given ? "months" : "days", short.have, short.need),
      n: below.length === 0 ? 0 : have,
      expected: daysIn(period),
      ...(units.length === 0 ? {} : { behind: { what: "units", have: below.length, of: units.length } }),
      origin: below.some((part) => part.given) ? "given-months" : "days",
      policies: {},
    };
  });
}

/** What each place reported: from its days, else from the months the source gives. */
async function partsOf(store: Store, question: TotalQuestion): Promise<ReadonlyMap<number, Part>> {
  const { indicator, period, today, daily = "daily" } = question;
  const last = Math.min(period.last, Math.max(today, period.first));
  const days = await store.sql.rows<{ place: number; days: bigint; total: bigint }>(
    `SELECT place, count(DISTINCT day) AS days, CAST(sum(total) AS DECIMAL(38,8)) AS total FROM ${daily}
     WHERE indicator = ${indicator.id} AND day BETWEEN ${period.first} AND ${last} GROUP BY place`,
  );
  const parts = new Map<number, Part>();
  for (const row of days) {
    parts.set(row.place, {
      total: ratio(row.total, STORED_ONE),
      have: Number(row.days),
      need: last - period.first + 1,
      given: false,
    });
  }
  const months = monthsIn(period).filter((month) => month.first >= period.first && month.last <= last);
  if (months.length === 0) return parts;
  const relation = await store.readings.relation({
    from: dayStart(period.first),
    to: dayStart(last),
    indicatorIds: [indicator.id],
  });
  const given = await store.sql.rows<{ place: number; n: bigint; total: bigint }>(
    `SELECT place, count(*) AS n, CAST(sum(value) AS DECIMAL(38,8)) AS total FROM ${relation}
     WHERE span = ${SPANS.month} GROUP BY place`,
  );
  for (const row of given) {
    if (parts.has(row.place)) continue;
    const have = Number(row.n);
    parts.set(row.place, { total: ratio(row.total, STORED_ONE), have, need: months.length, given: true });
  }
  return parts;
}

/** Ranked units below a place: what a district's total is made of. */
function unitsBelow(table: PlaceTable, place: Place): readonly number[] {
  const parents = new Map(table.places.map((one) => [one.id, one.parentId]));
  return table.places.flatMap((one) => {
    if (one.kind !== "township" && one.kind !== "zone") return [];
    for (let at = one.parentId; at !== undefined; at = parents.get(at)) if (at === place.id) return [one.id];
    return [];
  });
}
