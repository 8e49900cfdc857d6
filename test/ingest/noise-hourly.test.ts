/** Hourly noise exports in their forms and with their quirks, on made-up levels. */
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type BatchResult, ingestPath } from "../../ingest/pipeline.ts";
import { zoneNamedIn } from "../../ingest/zone-name.ts";
import { fromStored, toNumber } from "../../src/domain/exact.ts";
import { dayText } from "../../src/domain/time.ts";
import { clockOf } from "../../src/domain/zone.ts";
import { type TemporaryStore, temporaryStore } from "../store-fixture.ts";

describe("noise-hourly", () => {
  let temporary: TemporaryStore;

  beforeEach(async () => {
    temporary = await temporaryStore({ places: [], sets: [] });
  });
  afterEach(() => temporary.remove());

  async function take(
    name: string,
    text: string,
    format = "noise-hourly",
    options: Readonly<Record<string, string>> = {},
  ): Promise<BatchResult> {
    await mkdir(join(temporary.dir, "in"), { recursive: true });
    const path = join(temporary.dir, "in", name);
    await writeFile(path, text);
    const [batch] = await ingestPath(temporary.store, format, path, { now: new Date("2024-12-31T00:00:00Z"), options });
    if (batch === undefined) throw new Error("no batch");
    return batch;
  }

  /** Point, local clock and level of every hour held. */
  async function held(): Promise<readonly string[]> {
    const { places } = await temporary.store.places();
    const rows = await temporary.store.sql.rows<{ place: number; start: bigint; value: bigint }>(
      "SELECT place, epoch_ms(start) AS start, value FROM reading ORDER BY start, place",
    );
    return rows.map(({ place: id, start, value }) => {
      const place = places.find((one) => one.id === id);
      const { day, hour } = clockOf(place?.timeZone ?? "UTC", Number(start));
      return `${place?.name} ${dayText(day)} ${hour} ${toNumber(fromStored(value))}`;
    });
  }

  it("takes one column a monitor, tab, comma or semicolon between, and registers what it does not know", async () => {
    const batch = await take(
      "points.csv",
      "datetime,laeq_甲,Leq_乙\n2024-05-01 00:00:00,50.5,60\n2024/5/1 7:00,51,\n",
      "auto",
    );
    expect(batch).toMatchObject({ format: "noise-hourly", read: 2, inserted: 2, missing: 1, registered: ["甲", "乙"] });
    await take("more.csv", "datetime;laeq_甲\n2024-05-01T08:00;52\n");
    expect(await held()).toEqual([
      "甲 2024-05-01 0 50.5",
      "乙 2024-05-01 0 60",
      "甲 2024-05-01 7 51",
      "甲 2024-05-01 8 52",
    ]);
  });

  it("stands on the point's own clock through both changes of the year", async () => {
    await temporary.store.addPlaces([{ code: "P", kind: "noise_point", name: "P", timeZone: "Europe/Dublin" }]);
    const lines = ["2024-03-31 00:00", "2024-03-31 02:00", "2024-10-27 01:00", "2024-10-27 02:00"].map(
      (time) => `${time}\t40`,
    );
    await take("p.tsv", ["datetime\tlaeq_P", ...lines].join("\n"));
    expect(await held()).toEqual(["P 2024-03-31 0 40", "P 2024-03-31 2 40", "P 2024-10-27 1 40", "P 2024-10-27 2 40"]);
  });

  it("keeps a row of an hour that the clock skipped, an hour later", async () => {
    await take("dublin_P.tsv", "datetime\tlaeq_P\n2024-03-31 01:00\t40\n2024-03-31 03:00\t41\n");
    expect(await held()).toEqual(["P 2024-03-31 2 40", "P 2024-03-31 3 41"]);
  });

  it("takes rows in any order, counts the same again as unchanged and another value as corrected", async () => {
    const first = await take(
      "p.tsv",
      "datetime\tlaeq_P\n2024-05-01 02:00\t40\n2024-05-01 01:00\t41\n2024-05-01 02:00\t40\n",
    );
    expect(first).toMatchObject({ read: 3, inserted: 2, unchanged: 1 });
    expect(await take("q.tsv", "datetime\tlaeq_P\n2024-05-01 02:00\t43.3\n")).toMatchObject({ corrected: 1 });
    expect(await held()).toEqual(["P 2024-05-01 1 41", "P 2024-05-01 2 43.3"]);
  });

  it("rejects rows with a time off the hour or none, another width, and levels that are none, and keeps the rest", async () => {
    const lines = [
      "2024-05-01 00:30\t40",
      "\t40",
      "2024-05-01 01:00",
      "2024-05-01 02:00\t4O",
      "2024-05-01 03:00\t-3",
      "2024-05-01 04:00\t200",
      "2024-05-01 05:00\t40",
    ];
    const batch = await take("p.tsv", ["datetime\tlaeq_P", ...lines].join("\n"));
    expect(batch).toMatchObject({ read: 7, inserted: 1, rejected: 6 });
    expect(batch.rejects.map(({ reason }) => reason).sort()).toEqual([
      "cell.negative",
      "cell.not-a-number",
      "cell.over-range",
      "row.bad-time",
      "row.field-count",
      "row.no-time",
    ]);
  });

  it("refuses a table without its columns", async () => {
    const { id, files } = await take("p.tsv", "when\tdb\n2024-05-01 00:00\t40\n");
    expect([id, files[0]?.reason]).toEqual([undefined, "file.no-header"]);
  });

  it("puts new monitors on the clock the option names, and refuses one there is not", async () => {
    await take("dublin_P.tsv", "datetime\tlaeq_P\n2024-05-01 00:00\t40\n", "noise-hourly", { zone: "Europe/Paris" });
    const { places } = await temporary.store.places();
    expect(places.map((place) => place.timeZone)).toEqual(["Europe/Paris"]);
    const wrong = take("q.tsv", "datetime\tlaeq_Q\n2024-05-01 00:00\t40\n", "noise-hourly", { zone: "Mars/Base" });
    await expect(wrong).rejects.toMatchObject({ code: "option.value" });
  });

  it("tells a new monitor's clock by a city in the file's name, and China's is one", () => {
    expect(zoneNamedIn("dublin_Ballymun4_hourly_laeq.tsv")).toBe("Europe/Dublin");
    expect(zoneNamedIn("urumqi_1.tsv")).toBe("Asia/Shanghai");
    expect(zoneNamedIn("points.csv")).toBeUndefined();
  });
});
