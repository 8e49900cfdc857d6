/**
 * The headline job by duibiao: from readings held in a store to daily values, MDA8, annual means and percentiles.
 *
 * Usage: tsx bench/headline/ours.ts <archive folder> <store folder> <stations> <first year> <years>
 */
import { ingestPath } from "../../ingest/pipeline.ts";
import { recomputeDaily } from "../../src/analysis/daily.ts";
import { periodStatistics } from "../../src/analysis/period.ts";
import type { StatisticName } from "../../src/analysis/statistic.ts";
import { subjectOf } from "../../src/analysis/subject.ts";
import { seedPlaces } from "../../src/cli/seeds.ts";
import { add, type Exact, ratio, toNumber } from "../../src/domain/exact.ts";
import { indicatorOf } from "../../src/domain/indicator.ts";
import { parsePeriod } from "../../src/domain/period.ts";
import { parseDay } from "../../src/domain/time.ts";
import { DEFAULT_POLICIES } from "../../src/standards/policy.ts";
import { openStore } from "../../src/store/open.ts";
import { ITEMS, stationCodes } from "./data.ts";
import { PERCENTILES, type PeerResult } from "./result.ts";

const [archive = "", dir = "", stations = "50", firstYear = "2019", years = "1"] = process.argv.slice(2);
const store = await openStore(dir, { create: true, seeds: seedPlaces() });
const began = performance.now();
await ingestPath(store, "quotsoft", archive, { now: new Date() });
const loaded = performance.now();

const { sql } = store;
await sql.run("CREATE TEMP TABLE every_day AS SELECT DISTINCT place, indicator, day FROM daily");
const started = performance.now();
await recomputeDaily(store, "every_day");
const table = await store.places();
const subjects = stationCodes(Number(stations)).map((code) => {
  const place = table.places.find((one) => one.code === code);
  if (place === undefined) throw new Error(`station ${code} is not in the store`);
  return subjectOf(table, place, "air");
});
const yearly = async (item: string, statistic: StatisticName): Promise<Exact> => {
  let total = ratio(0n);
  for (let k = 0; k < Number(years); k++) {
    const results = await periodStatistics(store, {
      indicator: indicatorOf(item),
      subjects,
      period: parsePeriod(String(Number(firstYear) + k)),
      statistic,
      policies: DEFAULT_POLICIES,
      today: parseDay("2026-01-01"),
    });
    for (const { value } of results) if (value !== undefined) total = add(total, value);
  }
  return total;
};
const annual = new Map<string, readonly [number, number]>();
for (const item of ITEMS) {
  const mean = await yearly(item, item === "o3" ? "mda8" : "mean");
  annual.set(item, [toNumber(mean), toNumber(await yearly(item, PERCENTILES[item].name))]);
}
const done = performance.now();

const checks: Record<string, readonly number[]> = {};
for (const item of ITEMS) {
  const [valid, value] = item === "o3" ? ["mda8_valid", "mda8::DOUBLE / 168"] : ["valid", "total::DOUBLE / n"];
  const { n, sum } = await sql.one<{ n: bigint; sum: number }>(
    `SELECT count(*) AS n, sum(${value}) AS sum FROM daily WHERE indicator = ${indicatorOf(item).id} AND ${valid}`,
  );
  checks[item] = [Number(n), sum, ...(annual.get(item) ?? [])];
}
await store.close();
const result: PeerResult = {
  version: "duibiao, readings to answers",
  loadMs: loaded - began,
  jobMs: done - started,
  memoryMb: process.resourceUsage().maxRSS / 1024,
  checks,
};
console.log(JSON.stringify(result));
