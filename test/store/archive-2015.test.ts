/** The archive of 2015 in both engines: the same content, statistics, ranks and briefing pages. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type BatchResult, ingestPath } from "../../ingest/pipeline.ts";
import { buildDistrict } from "../../reports/briefings/build-district.ts";
import { renderDistrict } from "../../reports/briefings/district.ts";
import { loadPlans } from "../../seeds/plans/load.ts";
import { examine } from "../../src/analysis/doctor.ts";
import { periodStatistics } from "../../src/analysis/period.ts";
import { rankJson, rankPlaces } from "../../src/analysis/rank.ts";
import { statIndicator } from "../../src/analysis/stat-indicators.ts";
import { subjectOf } from "../../src/analysis/subject.ts";
import { indicatorOf } from "../../src/domain/indicator.ts";
import { parsePeriod } from "../../src/domain/period.ts";
import { placeFinder, requirePlace } from "../../src/domain/place-finder.ts";
import { parseDay } from "../../src/domain/time.ts";
import { DEFAULT_POLICIES } from "../../src/standards/policy.ts";
import { digestOf } from "../../src/store/digest.ts";
import type { Store } from "../../src/store/port.ts";
import { hasInfluxd } from "../influx/server.ts";
import { hasShared, shared } from "../shared.ts";
import { type TemporaryStore, temporaryStore } from "../store-fixture.ts";
import { engineCases } from "./engines.ts";

/** A whole year is loaded from a server on a machine that may be busy. */
const LONG_MS = 400_000;

describe.skipIf(!hasShared || !hasInfluxd)("The archive of 2015 in DuckDB and in InfluxDB", () => {
  const cases = engineCases();
  const stores: TemporaryStore[] = [];
  const batches: BatchResult[] = [];

  beforeAll(async () => {
    for (const { yaml } of cases) {
      const temporary = await temporaryStore(undefined, await yaml());
      stores.push(temporary);
      const path = shared("data/quotsoft-beijing-2015.tar.gz");
      batches.push(...(await ingestPath(temporary.store, "quotsoft", path, { now: new Date("2026-01-01T00:00:00Z") })));
    }
  });
  afterAll(async () => {
    for (const temporary of stores) await temporary.remove();
    for (const { stop } of cases) await stop();
  });
  const both = async <T>(ask: (store: Store) => Promise<T>): Promise<readonly [T, T]> => {
    const [first, second] = stores;
    if (first === undefined || second === undefined) throw new Error("not both are open");
    return [await ask(first.store), await ask(second.store)];
  };

  it("has the same account and the same digests of readings, daily values and places", async () => {
    expect(batches[1]).toEqual(batches[0]);
    const [duckdb, influxdb] = await both(digestOf);
    expect(influxdb).toEqual(duckdb);
    expect(duckdb.readings).toMatch(/^[1-9]\d{5,}:/);
  });

  it("is clean in both", { timeout: LONG_MS }, async () => {
    for (const findings of await both(examine)) expect(findings.filter((one) => !one.ok)).toEqual([]);
  });

  it("gives the same statistics for months and the year", async () => {
    for (const item of ["pm25", "o3", "co"]) {
      for (const period of ["2015", "2015-03", "2015-01..2015-06"]) {
        const [duckdb, influxdb] = await both(async (store) => {
          const places = await store.places();
          const finder = placeFinder(places);
          return await periodStatistics(store, {
            indicator: indicatorOf(item),
            subjects: ["110000", "110105", "station:农展馆"].map((name) =>
              subjectOf(places, requirePlace(finder, name), "air"),
            ),
            period: parsePeriod(period),
            policies: DEFAULT_POLICIES,
            today: parseDay("2026-11-23"),
          });
        });
        expect(influxdb, `${item} ${period}`).toEqual(duckdb);
        expect(duckdb[0]?.value, `${item} ${period}`).toBeDefined();
      }
    }
  });

  it("ranks the stations the same and prints the same briefing, byte for byte", async () => {
    const period = parsePeriod("2015-03");
    const common = { period, policies: DEFAULT_POLICIES, today: parseDay("2016-06-30") };
    const plans = await loadPlans(2024);
    const [duckdb, influxdb] = await both(async (store) => {
      const finder = placeFinder(await store.places());
      const ranking = await rankPlaces(store, {
        ...common,
        indicator: statIndicator("pm25"),
        among: requirePlace(finder, "110000"),
        kind: "station",
        order: "worst",
      });
      const place = requirePlace(finder, "110105");
      const pages = await renderDistrict(await buildDistrict({ ...common, store, place }, plans, "0.1.0"));
      return { rows: rankJson(ranking), pages: Buffer.from(pages).toString("base64") };
    });
    expect(influxdb).toEqual(duckdb);
    expect(duckdb.rows["n"]).toBeGreaterThan(1);
  });
});
