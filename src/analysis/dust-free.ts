/**
 * Statistics of PM10 and PM2.5 without the hours declared as dust: a statistic of its own name beside the raw one.
 *
 * Nothing is detected and nothing is put in place of what is taken out: a day that falls below its minimum of hours is
 * no valid day on this basis. A value a source gives for a whole day or period cannot be taken apart: where dust was
 * declared in it, there is none without dust.
 */
import { fault } from "../domain/faults.ts";
import type { PlaceTable } from "../domain/place.ts";
import { SPANS } from "../domain/reading.ts";
import { dayStart, HOUR_MS } from "../domain/time.ts";
import { DUST_ITEMS, dustStatisticName } from "../standards/dust.ts";
import type { Store } from "../store/port.ts";
import { heldSide } from "../store/side-tables.ts";
import { computeDaily, DAY_OF_START } from "./daily.ts";
import { periodStatistics } from "./period.ts";
import type { PeriodQuestion, Statistic, StatisticName } from "./statistic.ts";
import type { Subject } from "./subject.ts";

/** What was left out: declared periods, hours of the place's stations, days that had any, valid days lost. */
export type DustLeftOut = {
  readonly periods: number;
  readonly hours: number;
  readonly days: number;
  readonly daysLost: number;
};

export type DustFreeStatistic = Statistic & { readonly dust?: DustLeftOut };

const RAW_NAMES: readonly StatisticName[] = ["mean", "p90", "p95", "p98"];

/** The raw statistic a dust-excluded one is made like; `undefined` for any other name. */
export function rawNameOf(name: StatisticName | undefined): StatisticName | undefined {
  return RAW_NAMES.find((raw) => name !== undefined && dustStatisticName(raw, "dust_excluded") === name);
}

/**
 * One statistic for each subject, raw or without dust as its name says, in their order.
 * @throws Fault `statistic.unknown`
 */
export async function measuredStatistics(
  store: Store,
  question: PeriodQuestion,
): Promise<readonly DustFreeStatistic[]> {
  const raw = rawNameOf(question.statistic);
  if (raw === undefined || question.statistic === undefined) return await periodStatistics(store, question);
  const { indicator, subjects } = question;
  if (!DUST_ITEMS.some((item) => item === indicator.code)) {
    const known = `${RAW_NAMES.join(" ")}（扣除沙尘只对 ${DUST_ITEMS.join("、")}）`;
    throw fault(
      "statistic.unknown",
      { indicator: indicator.code, given: question.statistic, known },
      { parameter: "--statistic" },
    );
  }
  const name = question.statistic;
  const before = await periodStatistics(store, { ...question, statistic: raw });
  const declared = await declaredAt(store, question);
  if (declared.length === 0) {
    return before.map((one) => ({ ...one, statistic: name, dust: { periods: 0, hours: 0, days: 0, daysLost: 0 } }));
  }
  const { daily, leftOut, drop } = await dailyWithoutDust(store, question, declared);
  try {
    const after = await periodStatistics(store, { ...question, statistic: raw, daily });
    return subjects.map((subject, index) =>
      named(name, before[index] as Statistic, after[index] as Statistic, leftOutOf(subject, leftOut, declared)),
    );
  } finally {
    await drop();
  }
}

function named(
  name: StatisticName,
  before: Statistic,
  after: Statistic,
  out: Omit<DustLeftOut, "daysLost">,
): DustFreeStatistic {
  const daysLost = before.period.kind === "day" ? 0 : Math.max(0, before.n - after.n);
  const dust = { ...out, daysLost };
  const given = after.origin === "given" || after.origin === "given-months";
  if (!given || out.periods === 0) return { ...after, statistic: name, dust };
  const zh = "来源只给出整段的值，不能扣除其中的沙尘时段";
  return { ...after, statistic: name, dust, value: undefined, valid: { what: "data", have: 0, need: 1, zh } };
}

/** A declared period at one member place, UTC ms, both hours inside. */
type DeclaredHere = { readonly placeId: number; readonly id: string; readonly first: number; readonly last: number };

/** What was declared for the members of the subjects, at themselves or at a place they lie in, within the period. */
async function declaredAt(store: Store, { subjects, period }: PeriodQuestion): Promise<readonly DeclaredHere[]> {
  const rows = await store.sql.rows<{ place: number; first: bigint; last: bigint }>(
    `SELECT place, first_hour AS first, last_hour AS last FROM ${heldSide("dust_period")}
     WHERE last_hour >= ${dayStart(period.first)} AND first_hour < ${dayStart(period.last + 1)} ORDER BY ALL`,
  );
  if (rows.length === 0) return [];
  const table = await store.places();
  const members = new Set(subjects.flatMap((subject) => subject.members.map(({ placeId }) => placeId)));
  return [...members].flatMap((placeId) => {
    const above = withParents(placeId, table);
    return rows
      .filter((row) => above.has(row.place))
      .map(({ place, first, last }) => ({
        placeId,
        id: `${place}|${first}`,
        first: Math.max(Number(first), dayStart(period.first)),
        last: Math.min(Number(last), dayStart(period.last + 1) - HOUR_MS),
      }));
  });
}

function withParents(placeId: number, { places }: PlaceTable): ReadonlySet<number> {
  const found = new Set<number>();
  const add = (id: number | undefined): void => {
    if (id === undefined || found.has(id)) return;
    found.add(id);
    add(places.find((place) => place.id === id)?.parentId);
  };
  add(placeId);
  return found;
}

type LeftOut = ReadonlyMap<number, { readonly hours: number; readonly days: ReadonlySet<number> }>;

/** Tables of questions asked at the same time must not meet. */
let turn = 0;

async function dailyWithoutDust(
  store: Store,
  { indicator, period, daily = "daily" }: PeriodQuestion,
  declared: readonly DeclaredHere[],
): Promise<{ readonly daily: string; readonly leftOut: LeftOut; readonly drop: () => Promise<void> }> {
  const { sql } = store;
  turn += 1;
  const [spans, touched, table] = ["dust_span", "dust_touched", "daily_without_dust"].map(
    (name) => `${name}_${turn}`,
  ) as [string, string, string];
  const drop = async (): Promise<void> => {
    for (const one of [spans, touched, table]) await sql.run(`DROP TABLE IF EXISTS temp.${one}`);
  };
  try {
    const rows = declared.map(
      ({ placeId, first, last }) => `(${placeId}, make_timestamp(${first}000), make_timestamp(${last}000))`,
    );
    await sql.run(`CREATE TEMP TABLE ${spans} AS SELECT * FROM (VALUES ${rows.join(",")}) t(place, low, high)`);
    const scope = {
      from: dayStart(period.first),
      to: dayStart(period.last + 1) - 1,
      placeIds: [...new Set(declared.map(({ placeId }) => placeId))],
      indicatorIds: [indicator.id],
    };
    // An hour lies in a declared period; a value of a whole day holds hours of it.
    const inDust = `s.place = r.place AND r.start <= s.high
      AND r.start + CASE r.span WHEN ${SPANS.day} THEN INTERVAL 23 HOUR ELSE INTERVAL 0 HOUR END >= s.low`;
    await sql.run(`CREATE TEMP TABLE ${touched} AS SELECT place, indicator, ${DAY_OF_START} AS day, count(*) AS hours
      FROM ${await store.readings.relation(scope)} r WHERE span IN (${SPANS.hour}, ${SPANS.day})
        AND EXISTS (SELECT 1 FROM ${spans} s WHERE ${inDust}) GROUP BY ALL`);
    await sql.run(`CREATE TEMP TABLE ${table} AS SELECT d.* FROM ${daily} d
      ANTI JOIN ${touched} t ON d.place = t.place AND d.indicator = t.indicator AND d.day = t.day
      WHERE d.day BETWEEN ${period.first} AND ${period.last} AND d.indicator = ${indicator.id}`);
    await computeDaily(
      sql,
      async (within) =>
        `(SELECT r.* FROM ${await store.readings.relation(within)} r WHERE NOT EXISTS (SELECT 1 FROM ${spans} s WHERE ${inDust}))`,
      touched,
      table,
    );
    const days = await sql.rows<{ place: number; day: number; hours: bigint }>(
      `SELECT place, day, hours FROM ${touched}`,
    );
    const leftOut = new Map<number, { hours: number; days: Set<number> }>();
    for (const { place, day, hours } of days) {
      const entry = leftOut.get(place) ?? { hours: 0, days: new Set<number>() };
      entry.hours += Number(hours);
      entry.days.add(day);
      leftOut.set(place, entry);
    }
    return { daily: table, leftOut, drop };
  } catch (problem) {
    await drop();
    throw problem;
  }
}

function leftOutOf(
  { members }: Subject,
  leftOut: LeftOut,
  declared: readonly DeclaredHere[],
): Omit<DustLeftOut, "daysLost"> {
  const ids = new Set(members.map(({ placeId }) => placeId));
  const mine = [...ids].flatMap((id) => leftOut.get(id) ?? []);
  return {
    periods: new Set(declared.filter(({ placeId }) => ids.has(placeId)).map(({ id }) => id)).size,
    hours: mine.reduce((sum, { hours }) => sum + hours, 0),
    days: new Set(mine.flatMap(({ days }) => [...days])).size,
  };
}
