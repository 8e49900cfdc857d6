/** How far each kind of data reaches: the kind, its last day, how late it is, and how many places fell out. */
import type { DayNumber } from "../../domain/time.ts";
import type { Ask } from "../route.ts";

export type SourceState = {
  readonly key: string;
  readonly zh: string;
  /** The last day with data; undefined without any. */
  readonly last: DayNumber | undefined;
  /** Days it should have gone further; 0 where no day is due. */
  readonly late: number;
  /** Places that had data in the week before and none on the last day. */
  readonly missing: number;
  readonly missingNames: readonly string[];
};

/** Daily kinds are due the day after; others come by the month and are not held against a day. */
const KINDS = [
  { key: "station", zh: "空气站点小时", kinds: ["station"], indicators: [1], due: 0 },
  { key: "township-pm25", zh: "街乡 PM2.5", kinds: ["township", "zone"], indicators: [1], due: 0 },
  { key: "township-tsp", zh: "街乡 TSP", kinds: ["township", "zone"], indicators: [7], due: 0 },
  { key: "water", zh: "水断面", kinds: ["section"], indicators: [26], due: 2 },
  { key: "noise", zh: "噪声监测", kinds: ["noise_point"], indicators: [60], due: 2 },
] as const;

const WEEK = 7;

/** Only kinds that have ever come are listed: what nobody sends is not late. */
export async function sourcesOf({ store, today }: Ask): Promise<readonly SourceState[]> {
  const states: SourceState[] = [];
  for (const { key, zh, kinds, indicators, due } of KINDS) {
    const { last, names } = await store.sql.one<{ last: number | null; names: string | null }>(
      `WITH d AS (SELECT d.place, any_value(p.name) AS name, max(d.day) AS last FROM daily d JOIN place p ON p.id = d.place
         WHERE p.kind IN (${kinds.map((kind) => `'${kind}'`).join(", ")}) AND d.indicator IN (${indicators.join(", ")})
           AND d.day <= ${today} GROUP BY d.place)
       SELECT max(last) AS last, string_agg(name, '\n' ORDER BY place) FILTER (last < (SELECT max(last) FROM d) AND last >= (SELECT max(last) FROM d) - ${WEEK}) AS names FROM d`,
    );
    if (last === null) continue;
    const missingNames = names === null ? [] : names.split("\n");
    states.push({ key, zh, last, late: Math.max(0, today - due - last), missing: missingNames.length, missingNames });
  }
  return states;
}
