/** A city of two districts with numbered townships, roads and sections, filled value by value: every figure is known by hand. */
import { recomputeDaily } from "../../src/analysis/daily.ts";
import { indicatorOf } from "../../src/domain/indicator.ts";
import type { Period } from "../../src/domain/period.ts";
import { placeFinder, requirePlace } from "../../src/domain/place-finder.ts";
import { SPANS } from "../../src/domain/reading.ts";
import { dayStart, parseDay } from "../../src/domain/time.ts";
import type { NewPlace, PlaceSeeds, Store } from "../../src/store/port.ts";

const two = (n: number): string => String(n).padStart(2, "0");

/** Townships `T01` … of district `甲区` (code 110105), the first `home` of them; the others lie in `乙区`. */
export function citySeeds(townships: number, home: number, more: readonly NewPlace[] = []): PlaceSeeds {
  const places: NewPlace[] = [
    { code: "110000", kind: "city", name: "某市" },
    { code: "110105", kind: "district", name: "甲区", parent: "110000" },
    { code: "110106", kind: "district", name: "乙区", parent: "110000" },
  ];
  for (let k = 1; k <= townships; k++) {
    places.push({
      code: `T${two(k)}`,
      kind: "township",
      name: `街道${two(k)}`,
      parent: k <= home ? "110105" : "110106",
    });
  }
  return { places: [...places, ...more], sets: [] };
}

export async function placeOf(store: Store, code: string) {
  return requirePlace(placeFinder(await store.places()), code);
}

/** Day values of an indicator from a day on, one a day; undefined leaves a day without data. */
export async function putDays(
  store: Store,
  code: string,
  indicator: string,
  from: string,
  values: readonly (number | undefined)[],
  batch = 1,
): Promise<void> {
  const { id } = await placeOf(store, code);
  const first = parseDay(from);
  const rows = values.flatMap((value, k) =>
    value === undefined
      ? []
      : [`(${id}, ${indicatorOf(indicator).id}, ${dayStart(first + k)}, ${first + k}, ${value})`],
  );
  if (rows.length === 0) return;
  await store.sql.run(`CREATE OR REPLACE TEMP TABLE put AS SELECT place, indicator,
      make_timestamp(start * 1000) AS start, ${SPANS.day}::UTINYINT AS span, value::DECIMAL(18,8) AS value,
      0::USMALLINT AS flag, 0::UTINYINT AS grade, ${batch} AS batch, day
    FROM (VALUES ${rows.join(",")}) t(place, indicator, start, day, value)`);
  await store.readings.insert("(SELECT * EXCLUDE (day) FROM put)");
  await store.sql.run("CREATE OR REPLACE TEMP TABLE put_days AS SELECT DISTINCT place, indicator, day FROM put");
  await recomputeDaily(store, "put_days");
}

/** The value a source gives for a whole month. */
export async function putMonth(
  store: Store,
  code: string,
  indicator: string,
  month: string,
  value: string,
): Promise<void> {
  const { id } = await placeOf(store, code);
  await store.sql.run(`INSERT INTO reading VALUES (${id}, ${indicatorOf(indicator).id},
    make_timestamp(${dayStart(parseDay(`${month}-01`))} * 1000), ${SPANS.month}, ${value}, 0, 0, 1)`);
}

/** A published list, worst first unless told: ranks by place code. */
export async function publish(
  store: Store,
  indicator: string,
  { first, last, text }: Period,
  ranks: Readonly<Record<string, number>>,
  { length = Object.keys(ranks).length, list = "街道(乡镇)排名", order = "worst", batch = 1 } = {},
): Promise<void> {
  for (const [code, rank] of Object.entries(ranks)) {
    const { id } = await placeOf(store, code);
    await store.sql.run(
      `INSERT INTO published_rank (issuer, list, indicator, period, rank_order, place, first_day, last_day, rank, printed, list_length, batch)
       VALUES ('某局', ?, ${indicatorOf(indicator).id}, ?, ?, ${id}, ${first}, ${last}, ${rank}, NULL, ${length}, ${batch})`,
      [list, text, order],
    );
  }
}
