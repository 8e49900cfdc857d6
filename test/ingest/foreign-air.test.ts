/** Exports from abroad: OpenAQ and openair, to the last row. */

import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type BatchResult, ingestPath } from "../../ingest/pipeline.ts";
import { readCsv } from "../csv.ts";
import { hasShared, shared } from "../shared.ts";
import { type TemporaryStore, temporaryStore } from "../store-fixture.ts";
import { held, NOW, take } from "./take.ts";

const lines = (path: string) =>
  gunzipSync(readFileSync(shared(path)))
    .toString("utf8")
    .trimEnd()
    .split("\n");

describe.skipIf(!hasShared)("The OpenAQ export", () => {
  let fixture: TemporaryStore;
  beforeEach(async () => {
    fixture = await temporaryStore();
  });
  afterEach(() => fixture.remove());

  it("imports to the last row: values known are kept, nitric oxide is not taken, a negative one is rejected", async () => {
    const [batch] = await ingestPath(fixture.store, "auto", shared("data/openaq"), { now: NOW });
    const rows = lines("data/openaq/openaq_location_7570_measurements.csv.gz").slice(1);
    const cells = rows.map((row) => row.split(","));
    const ignored = cells.filter((row) => row[2] === '"no"').length;
    const negative = cells.filter((row) => Number(row[3]) < 0 && row[2] !== '"no"').length;
    expect(batch).toMatchObject({
      format: "openaq",
      read: rows.length - ignored,
      inserted: rows.length - ignored - negative,
      rejected: negative,
      ignored,
    });
    expect(batch?.registered).toEqual(["openaq-7570"]);
  });
});

describe("An OpenAQ row", () => {
  it("stands for the hour that ended at its stamp, converted at 298.15 K", async () => {
    const fixture = await temporaryStore();
    const head = "location_id,location_name,parameter,value,unit,datetimeUtc,timezone,latitude,longitude";
    const text = [
      head,
      '1,"X, Y",o3,0.030,ppm,2024-03-05T01:00:00Z,America/Toronto,1,2',
      '1,"X, Y",pm25,12,µg/m³,2024-03-05T01:00:00Z,America/Toronto,1,2',
      '1,"X, Y",co,0.2,ppm,2024-03-05T01:00:00Z,America/Toronto,1,2',
    ].join("\n");
    await take(fixture, "a.csv", text);
    // 0.030 ppm of ozone: 30 ppb × 47.9982 g/mol ÷ 24.4654 L/mol = 58.857; 0.2 ppm of CO: 0.2 × 28.0101 ÷ 24.4654 = 0.22898.
    expect(await held(fixture)).toEqual([
      "X, Y 1 2024-03-05 08:00 1 12",
      "X, Y 5 2024-03-05 08:00 1 0.22898",
      "X, Y 6 2024-03-05 08:00 1 58.857",
    ]);
    await fixture.remove();
  });
});

describe.skipIf(!hasShared)("openair's own data", () => {
  let fixture: TemporaryStore;
  let batch: BatchResult | undefined;
  const ITEMS = { no2: 4, o3: 6, pm10: 2, co: 5, pm25: 1 } as const;
  /** µg/m³ of 1 ppb, mg/m³ of 1 ppm of CO: molar mass / 24.4654 L/mol to four decimals. */
  const FACTOR = { no2: 1.8804, o3: 1.9619, co: 1.1449, pm10: 1, pm25: 1 } as const;

  beforeAll(async () => {
    fixture = await temporaryStore();
    [batch] = await ingestPath(fixture.store, "openair", shared("data/openair/mydata.csv.gz"), { now: NOW });
  });
  afterAll(() => fixture.remove());

  it("imports to the last row and accounts for every cell; figures far below the eighth decimal are too precise", () => {
    const rows = lines("data/openair/mydata.csv.gz").map((row) => row.split(","));
    const at = ["nox", "no2", "o3", "pm10", "so2", "co", "pm25"].map((item) => rows[0]?.indexOf(item) ?? -1);
    const texts = rows.slice(1).flatMap((row) => at.map((index) => row[index] ?? ""));
    const values = texts.filter((text) => text !== "" && text !== "NA");
    const unusable = values.filter((text) => Number(text) < 0 || /e-(09|1\d)$/i.test(text)).length;
    expect(batch).toMatchObject({
      read: values.length,
      rejected: unusable,
      inserted: values.length - unusable,
      missing: texts.length - values.length,
      ignored: 2 * (rows.length - 1),
    });
  });

  it.each(["day", "month", "year"] as const)(
    "gives openair's %s means where three quarters of the hours are there",
    async (unit) => {
      const expected = readCsv(shared(`data/openair/mydata_${unit}_mean_thresh75.csv.gz`));
      for (const item of Object.keys(ITEMS) as (keyof typeof ITEMS)[]) {
        const rows = await fixture.store.sql.rows<{ bin: string; n: number; mean: number }>(
          `SELECT date_trunc('${unit}', start)::DATE::VARCHAR AS bin, count(*)::INTEGER AS n, avg(value::DOUBLE) AS mean FROM reading
         WHERE indicator = ${ITEMS[item]} GROUP BY 1`,
        );
        const means = new Map(rows.map((row) => [row.bin, row]));
        for (const row of expected) {
          const date = (row["date"] ?? "").slice(0, 10);
          const found = means.get(date);
          const text = row[item] ?? "";
          if (text === "" || text === "NA") continue;
          expect(Math.abs((found?.mean ?? Number.NaN) / FACTOR[item] - Number(text)), `${item} ${date}`).toBeLessThan(
            1e-6,
          );
        }
      }
    },
  );
});
