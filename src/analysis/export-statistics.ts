/** Table `statistics` for analysts: the assessment statistic of every place, indicator, month and year that has data. */
import { type Exact, toNumber } from "../domain/exact.ts";
import { INDICATORS } from "../domain/indicator.ts";
import { monthsIn, type Period, yearOf } from "../domain/period.ts";
import { type DayNumber, dayParts } from "../domain/time.ts";
import { decimalText, roundHalfEven } from "../standards/gbt8170.ts";
import type { Policies } from "../standards/policy.ts";
import type { Store } from "../store/port.ts";
import { DAY_OF_START } from "./daily.ts";
import { ALL_TIME } from "./export.ts";
import { periodStatistics } from "./period.ts";
import type { Statistic } from "./statistic.ts";
import { subjectOf } from "./subject.ts";

const TABLE = "exported_statistics";

type Valued = Statistic & { readonly value: Exact };

function hasValue(one: Statistic): one is Valued {
  return one.value !== undefined && one.n > 0;
}

/** How each column is kept while the table is made, and as what it leaves: exact texts become numbers at the end. */
const COLUMNS: readonly {
  readonly name: string;
  readonly kept: "VARCHAR" | "INTEGER";
  readonly as?: string;
  readonly of: (one: Valued) => string | number | null;
}[] = [
  { name: "place_code", kept: "VARCHAR", of: (one) => one.place.code },
  { name: "place", kept: "VARCHAR", of: (one) => one.place.name },
  { name: "kind", kept: "VARCHAR", of: (one) => one.place.kind },
  { name: "indicator", kept: "VARCHAR", of: (one) => one.indicator },
  { name: "unit", kept: "VARCHAR", of: (one) => one.unit },
  { name: "statistic", kept: "VARCHAR", of: (one) => one.statistic },
  { name: "period", kept: "VARCHAR", of: (one) => one.period.text },
  { name: "value", kept: "VARCHAR", as: "DOUBLE", of: (one) => `${toNumber(one.value)}` },
  {
    name: "rounded",
    kept: "VARCHAR",
    as: "DECIMAL(18,4)",
    of: (one) => decimalText(roundHalfEven(one.value, one.decimals), one.decimals),
  },
  { name: "valid", kept: "VARCHAR", as: "BOOLEAN", of: (one) => `${one.valid === true}` },
  { name: "reason", kept: "VARCHAR", of: (one) => (one.valid === true ? null : one.valid.zh) },
  { name: "valid_days", kept: "INTEGER", of: (one) => one.n },
  { name: "days", kept: "INTEGER", of: (one) => one.expected },
];

/**
 * Makes the temporary table and hands its relation. A place stands for itself, a district or the city for its station
 * set, so a district's row may rest on stations alone. `value` is the unrounded statistic as a double, `rounded` the published one; a statistic that does not count is
 * there with `valid` false and the reason, one without any valid day is not.
 */
export async function statisticsRelation(
  store: Store,
  policies: Policies,
  today: DayNumber,
  indicatorIds: readonly number[] | undefined,
): Promise<string> {
  const { sql } = store;
  await sql.run(
    `CREATE OR REPLACE TEMP TABLE ${TABLE} (${COLUMNS.map(({ name, kept }) => `${name} ${kept}`).join(", ")})`,
  );
  const table = await store.places();
  for (const { id, first, last, places } of await heldSpans(store)) {
    const indicator = INDICATORS.find((one) => one.id === id);
    if (indicator === undefined || (indicatorIds !== undefined && !indicatorIds.includes(id))) continue;
    const subjects = table.places
      .map((place) => subjectOf(table, place, indicator.medium))
      .filter((subject) => subject.members.some((member) => places.has(member.placeId)));
    for (const period of periodsBetween(first, last)) {
      const results = await periodStatistics(store, { indicator, subjects, period, policies, today });
      const rows = results.filter(hasValue);
      await sql.append(
        TABLE,
        COLUMNS.map(({ kept, of }) => ({ type: kept === "INTEGER" ? "int" : "varchar", values: rows.map(of) })),
      );
    }
  }
  return `(SELECT ${COLUMNS.map(({ name, as }) => (as === undefined ? name : `${name}::${as} AS ${name}`)).join(", ")}
    FROM ${TABLE} ORDER BY period, indicator, place_code)`;
}

/** Places and the days between which each indicator has values, hours and given periods alike. */
async function heldSpans(
  store: Store,
): Promise<
  readonly { readonly id: number; readonly first: DayNumber; readonly last: DayNumber; readonly places: Set<number> }[]
> {
  const relation = await store.readings.relation(ALL_TIME);
  const rows = await store.sql.rows<{ id: number; first: number; last: number; places: string }>(
    `SELECT indicator AS id, min(${DAY_OF_START}) AS first, max(${DAY_OF_START}) AS last,
      string_agg(DISTINCT place::VARCHAR, ',') AS places FROM ${relation} GROUP BY indicator ORDER BY indicator`,
  );
  return rows.map(({ id, first, last, places }) => ({
    id,
    first,
    last,
    places: new Set(places.split(",").map(Number)),
  }));
}

/** Months and whole years that touch the days. */
function periodsBetween(first: DayNumber, last: DayNumber): readonly Period[] {
  const [from, to] = [dayParts(first).year, dayParts(last).year];
  const years = Array.from({ length: to - from + 1 }, (_, k) => yearOf(from + k));
  return [...monthsIn({ first, last }), ...years];
}
