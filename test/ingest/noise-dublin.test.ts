/** Two Dublin monitors, 2015–2021, through the real pipeline, against an independent program's account. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type BatchResult, ingestPath } from "../../ingest/pipeline.ts";
import { readCsv } from "../csv.ts";
import { hasShared, shared } from "../shared.ts";
import { type TemporaryStore, temporaryStore } from "../store-fixture.ts";

describe.skipIf(!hasShared)("noise-hourly, 102,376 hours of two monitors", () => {
  let temporary: TemporaryStore;
  let batches: readonly BatchResult[] = [];

  beforeAll(async () => {
    temporary = await temporaryStore();
    const now = new Date("2026-11-24T00:00:00Z");
    batches = await ingestPath(temporary.store, "auto", shared("data/noise"), { now });
  });
  afterAll(() => temporary?.remove());

  it("recognises the files and registers both monitors on Dublin's clock", async () => {
    expect(batches.map(({ format, registered }) => [format, registered])).toEqual([
      ["noise-hourly", ["Ballymun4", "BullIsland2"]],
    ]);
    const points = (await temporary.store.places()).places.filter((place) => place.kind === "noise_point");
    expect(points.map((point) => point.timeZone)).toEqual(["Europe/Dublin", "Europe/Dublin"]);
  });

  it("gives each file the expected account", () => {
    const counts = (of: (name: string) => string | number | undefined) =>
      ["read", "inserted", "corrected", "unchanged", "rejected"].map((name) => Number(of(name)));
    for (const row of readCsv(shared("expected/noise-dublin/accounting.csv"))) {
      const file = batches[0]?.files.find((one) => one.file.includes(row["monitor"] ?? "?"));
      expect([row["monitor"], ...counts((name) => file?.[name as "read"])]).toEqual([
        row["monitor"],
        ...counts((name) => row[name]),
      ]);
    }
  });
});
