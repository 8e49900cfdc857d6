/** The national water release of 2020 and 2021, through the real pipeline, against an independent program's account. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type BatchResult, ingestPath } from "../../ingest/pipeline.ts";
import { readCsv } from "../csv.ts";
import { hasShared, shared } from "../shared.ts";
import { type TemporaryStore, temporaryStore } from "../store-fixture.ts";

const ARCHIVES = ["raw-json-2020-05_2020-11.tar.gz", "by-section-csv-beijing-2021-04.tar.gz"];

describe.skipIf(!hasShared)("cnemc-water, 9,458 published records", () => {
  let temporary: TemporaryStore;
  const batches: BatchResult[] = [];

  beforeAll(async () => {
    temporary = await temporaryStore();
    for (const archive of ARCHIVES) {
      const path = shared(`data/cnemc-water/${archive}`);
      batches.push(
        ...(await ingestPath(temporary.store, "cnemc-water", path, { now: new Date("2026-11-24T00:00:00Z") })),
      );
    }
  });
  afterAll(() => temporary?.remove());

  it("gives each file the expected account", () => {
    const expected = readCsv(shared("expected/water-2020/accounting.csv")).filter((row) => row["file"] !== "ALL");
    const counts = (of: (name: string) => string | number | undefined) =>
      ["read", "inserted", "corrected", "unchanged", "rejected"].map((name) => Number(of(name)));
    const files = new Map(batches.flatMap(({ files }) => files).map((file) => [file.file.split("/").at(-1), file]));
    expect(files.size).toBe(expected.length);
    for (const row of expected) {
      const file = files.get(row["file"]);
      const mine = counts((name) => file?.[name as "read"]);
      expect([row["file"], ...mine]).toEqual([row["file"], ...counts((name) => row[name])]);
    }
  });

  it("rejects with the expected reasons", () => {
    const total = readCsv(shared("expected/water-2020/accounting.csv")).at(-1) ?? {};
    const rejects = new Map<string, number>();
    for (const { reason, count } of batches.flatMap((batch) => batch.rejects)) {
      rejects.set(reason, (rejects.get(reason) ?? 0) + count);
    }
    expect(Object.fromEntries(rejects)).toEqual({
      "row.no-time": Number(total["no_time"]),
      "row.no-year": Number(total["no_year"]),
      "row.stale": Number(total["stale"]),
    });
  });
});
