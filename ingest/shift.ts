/**
 * A source against what is held already: does another hour or another unit fit better?
 *
 * A label read as the hour's start instead of its end, or µg taken for mg, spoils every statistic without breaking a
 * rule. Where the same place and item is held, the values are compared at −2 to +2 hours and at a factor of 1000 either
 * way; when one of those fits clearly better than as it is, that is said before anything is merged.
 */
import { indicatorById } from "../src/domain/indicator.ts";
import type { PlaceTable } from "../src/domain/place.ts";
import { SPANS } from "../src/domain/reading.ts";
import { HOUR_MS } from "../src/domain/time.ts";
import type { Store } from "../src/store/port.ts";

export type Warning = {
  readonly kind: "hour-shift" | "scale";
  readonly indicator: string;
  /** Codes of the places it was seen at. */
  readonly places: readonly string[];
  /** Hours the new values have to be moved by to fit. */
  readonly lag: number;
  /** What the new values have to be multiplied by to fit. */
  readonly factor: number;
  /** Shares of values that agree, moved and as they are. */
  readonly fits: number;
  readonly asIs: number;
  readonly zh: string;
};

const LAGS = [-2, -1, 0, 1, 2];
const FACTORS = [1, 1000, 0.001];

/** Our choice: below a day of pairs nothing is said; two values agree within a twentieth. */
const LEAST_PAIRS = 24;
const AGREE = 0.05;
/** Another fit must hold for most values and beat the plain one by this share. */
const LEAST_FIT = 0.6;
const LEAST_GAIN = 0.25;
/** About this many values of a slice are compared: enough to be sure, few enough to cost nothing. */
const SAMPLE = 60_000;

type Fit = { place: number; indicator: number; lag: number; factor: number; n: bigint; share: number };

export type Comparison = {
  /** Compares `incoming`; call it before that is merged. */
  readonly look: () => Promise<void>;
  /** The warnings of all that was looked at. */
  readonly warnings: (table: PlaceTable) => Promise<readonly Warning[]>;
};

/** The values of a batch, slice by slice, against those of other batches. */
export async function comparison(store: Store, batch: number): Promise<Comparison> {
  const { sql } = store;
  await sql.run(`CREATE OR REPLACE TEMP TABLE shift_fit (place INTEGER, indicator USMALLINT, lag INTEGER, factor DOUBLE,
    n BIGINT, agree BIGINT)`);
  return {
    look: () => compare(store, batch),
    async warnings(table) {
      const fits =
        await sql.rows<Fit>(`SELECT place, indicator, lag, factor, sum(n)::BIGINT AS n, sum(agree) / sum(n) AS share
        FROM shift_fit GROUP BY place, indicator, lag, factor HAVING sum(n) >= ${LEAST_PAIRS}
        ORDER BY place, indicator, lag, factor`);
      await sql.run("DROP TABLE temp.shift_fit");
      return warningsOf(fits, table);
    },
  };
}

async function compare(store: Store, batch: number): Promise<void> {
  const { sql } = store;
  const { n, low, high } = await sql.one<{ n: bigint; low: bigint | null; high: bigint | null }>(
    `SELECT count(*) AS n, epoch_ms(min(start)) AS low, epoch_ms(max(start)) AS high FROM incoming WHERE span = ${SPANS.hour}`,
  );
  if (low === null || high === null) return;
  const margin = Math.max(...LAGS) * HOUR_MS;
  const relation = await store.readings.relation({ from: Number(low) - margin, to: Number(high) + margin });
  const held = `(SELECT * FROM ${relation} WHERE batch <> ${batch})`;
  if ((await sql.rows(`SELECT 1 AS x FROM ${held} LIMIT 1`)).length === 0) return;
  const keep = Math.max(1, Math.ceil(Number(n) / SAMPLE));
  await sql.run(`INSERT INTO shift_fit
    WITH new AS (SELECT place, indicator, start, value::DOUBLE AS value FROM incoming
        WHERE span = ${SPANS.hour} AND value <> 0 AND hash(start) % ${keep} = 0),
      old AS (SELECT place, indicator, start, value::DOUBLE AS value FROM ${held} WHERE span = ${SPANS.hour} AND value <> 0),
      pairs AS (SELECT new.place, new.indicator, l.lag, new.value AS a, old.value AS b
        FROM new CROSS JOIN (VALUES ${LAGS.map((lag) => `(${lag})`).join(",")}) l(lag)
        JOIN old ON old.place = new.place AND old.indicator = new.indicator AND old.start = new.start + to_hours(l.lag))
    SELECT place, indicator, lag, f.factor::DOUBLE AS factor, count(*) AS n,
      count(*) FILTER (abs(a * f.factor - b) <= ${AGREE} * greatest(abs(a * f.factor), abs(b))) AS agree
    FROM pairs CROSS JOIN (VALUES ${FACTORS.map((factor) => `(${factor}::DOUBLE)`).join(",")}) f(factor)
    GROUP BY ALL`);
}

function warningsOf(fits: readonly Fit[], table: PlaceTable): readonly Warning[] {
  const codes = new Map(table.places.map((place) => [place.id, place.code]));
  const series = new Map<string, Fit[]>();
  for (const fit of fits) {
    const key = `${fit.place}|${fit.indicator}`;
    series.set(key, [...(series.get(key) ?? []), fit]);
  }
  const found = new Map<string, { best: Fit; plain: number; places: string[] }>();
  for (const list of series.values()) {
    const plain = list.find((fit) => fit.lag === 0 && fit.factor === 1)?.share ?? 0;
    const best = list.reduce((a, b) => (b.share > a.share ? b : a));
    if ((best.lag === 0 && best.factor === 1) || best.share < LEAST_FIT || best.share - plain < LEAST_GAIN) continue;
    const key = [best.indicator, best.lag, best.factor].join("|");
    const group = found.get(key) ?? { best, plain, places: [] };
    group.places.push(codes.get(best.place) ?? String(best.place));
    found.set(key, group);
  }
  return [...found.values()].map(({ best, plain, places }) => warningOf(best, plain, places.sort()));
}

function warningOf({ indicator, lag, factor, share }: Fit, plain: number, places: readonly string[]): Warning {
  const { code, zh } = indicatorById(indicator);
  const percent = (part: number): string => `${(part * 100).toFixed(0)}%`;
  const moved = lag === 0 ? "" : `时间${lag > 0 ? "推后" : "提前"} ${Math.abs(lag)} 小时`;
  const scaled = factor === 1 ? "" : `数值乘以 ${factor}`;
  const how = [moved, scaled].filter((part) => part !== "").join("、");
  const where = places.length > 3 ? `${places.slice(0, 3).join("、")} 等 ${places.length} 处` : places.join("、");
  return {
    kind: factor === 1 ? "hour-shift" : "scale",
    indicator: code,
    places,
    lag,
    factor,
    fits: share,
    asIs: plain,
    zh: `${zh}（${where}）与库中已有数据相比，${how}后 ${percent(share)} 相符，照原样只有 ${percent(plain)}：请核对小时标签和单位`,
  };
}
