/**
 * Monthly means of water sections: automatic samples first for the items stations measure, values given for the month
 * for the others (82号). Exact: sums and counts come from the store, and pH is averaged over hydrogen ions.
 */
import { divide, type Exact, exact, fromStored, ratio } from "../domain/exact.ts";
import { indicatorById, indicatorOf } from "../domain/indicator.ts";
import { FLAGS, SPANS } from "../domain/reading.ts";
import { DAY_MS, type DayNumber, dayNumber, dayStart, daysInMonth } from "../domain/time.ts";
import { WATER_ITEMS } from "../standards/gb3838.ts";
import { phMeanOf } from "../standards/water-mean.ts";
import { preferredValues } from "../standards/water-period.ts";
import type { Sql, Store } from "../store/port.ts";
import { DAY_OF_START } from "./daily.ts";
import { monthOfStart } from "./month-sql.ts";
import { recordSums, sampleCells, uncutCells, WATER_IDS } from "./water-sql.ts";

export type ItemMean = {
  /** Samples behind it; 1 for a value given for the month. */
  readonly n: number;
  readonly mean: Exact;
  readonly origin: "samples" | "given";
};

export type MonthMeans = {
  readonly placeId: number;
  /** year · 12 + month − 1 */
  readonly month: number;
  /** Records of 正常 stations that hold a value, those left out, and the dates of the former. */
  readonly valid: number;
  readonly excluded: number;
  readonly days: number;
  /** By indicator code: the items of table 1, and those measured beside them. */
  readonly items: ReadonlyMap<string, ItemMean>;
};

const PH = indicatorOf("ph").id;
const MONTHS = 12;

/** The months of sections between two days (both inside). A month without any record or given value is not listed. */
export async function sectionMonths(
  store: Store,
  sectionIds: readonly number[],
  first: DayNumber,
  last: DayNumber,
): Promise<readonly MonthMeans[]> {
  const scope = {
    from: dayStart(first),
    to: dayStart(last) + DAY_MS - 1,
    placeIds: sectionIds,
    indicatorIds: WATER_IDS,
  };
  const relation = await store.readings.relation(scope);
  const months = new Map<string, MonthMeans & { items: Map<string, ItemMean> }>();
  const of = (placeId: number, month: number): { items: Map<string, ItemMean> } & MonthMeans => {
    const key = `${placeId}|${month}`;
    const held = months.get(key) ?? { placeId, month, valid: 0, excluded: 0, days: 0, items: new Map() };
    months.set(key, held);
    return held;
  };
  const asked = { relation, month: monthOfStart(first, last) };
  const counts = await recordCounts(store.sql, asked);
  const cells = counts.some(({ cut }) => cut) ? sampleCells(relation) : uncutCells(relation);
  const automatic = await sampleMeansOf(store.sql, cells, asked.month);
  for (const { place, month, indicator, n, mean } of automatic) {
    of(place, month).items.set(indicatorById(indicator).code, { n, mean, origin: "samples" });
  }
  for (const { place, month, indicator, mean } of await givenValues(store.sql, asked)) {
    // A month's value says nothing of a part of it.
    if (lastDayOf(month) > last) continue;
    const { items } = of(place, month);
    const { code } = indicatorById(indicator);
    const given: ItemMean = { n: 1, mean, origin: "given" };
    items.set(code, preferred(code, items.get(code), given));
  }
  for (const { place, month, valid, excluded, days } of counts) {
    Object.assign(of(place, month), { valid, excluded, days });
  }
  return [...months.values()].sort((a, b) => a.placeId - b.placeId || a.month - b.month);
}

function preferred(code: string, automatic: ItemMean | undefined, given: ItemMean): ItemMean {
  const item = WATER_ITEMS.find((one) => one === code);
  if (automatic === undefined) return given;
  if (item === undefined) return automatic;
  const mark = { kind: "below", limit: undefined } as const;
  const chosen = preferredValues(item, [mark], [{ kind: "measured", value: given.mean }]);
  return chosen[0] === mark ? automatic : given;
}

function lastDayOf(month: number): DayNumber {
  const [year, number] = [Math.floor(month / MONTHS), (month % MONTHS) + 1];
  return (dayNumber(year, number, 1) ?? 0) + daysInMonth(year, number) - 1;
}

/** Readings, and the SQL that names their month. */
type Asked = { readonly relation: string; readonly month: string };

type Row = { readonly place: number; readonly month: number; readonly indicator: number };

/** Half the detection limit counts in a mean: values are summed twice, so that the sum stays whole. */
const TWICE = `CASE WHEN (flag & ${FLAGS.belowDetection}) <> 0 THEN value ELSE value * 2 END`;

async function sampleMeansOf(
  sql: Sql,
  cells: string,
  month: string,
): Promise<readonly (Row & { readonly n: number; readonly mean: Exact })[]> {
  const sums = await sql.rows<Row & { n: bigint; twice: bigint }>(
    `SELECT place, ${month} AS month, indicator, count(*) AS n, sum(${TWICE}) AS twice
     FROM ${cells} WHERE normal AND indicator <> ${PH} GROUP BY ALL`,
  );
  const acids = await sql.rows<Row & { n: bigint; value: bigint }>(
    `SELECT place, ${month} AS month, indicator, value, count(*) AS n
     FROM ${cells} WHERE normal AND indicator = ${PH} GROUP BY ALL ORDER BY place, month, value`,
  );
  const ph = new Map<string, Row & { values: { value: Exact; n: number }[] }>();
  for (const { place, month, indicator, n, value } of acids) {
    const key = `${place}|${month}`;
    const held = ph.get(key) ?? { place, month, indicator, values: [] };
    held.values.push({ value: fromStored(value), n: Number(n) });
    ph.set(key, held);
  }
  return [
    ...sums.map(({ place, month, indicator, n, twice }) => ({
      place,
      month,
      indicator,
      n: Number(n),
      mean: divide(fromStored(twice), ratio(n * 2n)),
    })),
    ...[...ph.values()].map(({ place, month, indicator, values }) => ({
      place,
      month,
      indicator,
      n: values.reduce((total, { n }) => total + n, 0),
      mean: phMeanOf(values) ?? exact(0),
    })),
  ];
}

async function givenValues(sql: Sql, { relation, month }: Asked): Promise<readonly (Row & { readonly mean: Exact })[]> {
  const rows = await sql.rows<Row & { twice: bigint }>(
    `SELECT place, ${month} AS month, indicator, CAST(${TWICE} AS DECIMAL(38,8)) AS twice
     FROM ${relation} WHERE span = ${SPANS.month} AND (flag & ${FLAGS.notNormal}) = 0`,
  );
  return rows.map(({ twice, ...row }) => ({ ...row, mean: divide(fromStored(twice), ratio(2n)) }));
}

type Counts = {
  readonly place: number;
  readonly month: number;
  readonly valid: number;
  readonly excluded: number;
  readonly days: number;
  /** Whether a record has a cell its latest version no longer holds. */
  readonly cut: boolean;
};

async function recordCounts(sql: Sql, { relation, month }: Asked): Promise<readonly Counts[]> {
  // Records first, then months: a record is some ten cells, and its date has to be worked out once only.
  const rows = await sql.rows<
    Omit<Counts, "valid" | "excluded" | "days"> & Record<"valid" | "excluded" | "days", bigint>
  >(
    `SELECT place, ${month} AS month, count(*) FILTER (counts) AS valid, count(*) FILTER (out) AS excluded,
       count(DISTINCT ${DAY_OF_START}) FILTER (counts) AS days, bool_or(cut) AS cut
     FROM ${recordSums(relation)} GROUP BY ALL`,
  );
  return rows.map(({ valid, excluded, days, ...row }) => ({
    ...row,
    valid: Number(valid),
    excluded: Number(excluded),
    days: Number(days),
  }));
}
