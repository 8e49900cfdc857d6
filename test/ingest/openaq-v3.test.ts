/** Bodies in the shape the OpenAQ API v3 documents, and a source that pages through them. Not run against the live address. */
import { readFileSync } from "node:fs";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type PullSource, parseSources } from "../../ingest/sources/config.ts";
import { pullSource } from "../../ingest/sources/pull.ts";
import { type TemporaryStore, temporaryStore } from "../store-fixture.ts";
import { localServer } from "./sources/server.ts";
import { held, take } from "./take.ts";

let fixture: TemporaryStore;
beforeEach(async () => {
  fixture = await temporaryStore();
});
afterEach(() => fixture.remove());

const instant = (text: string) => ({ utc: text, local: text });

type Change = Readonly<Record<string, unknown>>;

/** One hour in the documented shape. */
const hour = (from: string, value: unknown, change: Change = {}) => ({
  value,
  flagInfo: { hasFlags: false },
  parameter: { id: 2, name: "pm25", units: "µg/m³", displayName: null },
  period: {
    label: "1hour",
    interval: "01:00:00",
    datetimeFrom: instant(from),
    datetimeTo: instant(new Date(Date.parse(from) + 3_600_000).toISOString().replace(".000", "")),
  },
  coordinates: { latitude: 39.95, longitude: 116.47 },
  summary: null,
  coverage: { expectedCount: 1, observedCount: 1, percentComplete: 100 },
  ...change,
});

const body = (results: readonly unknown[], page = 1): string =>
  JSON.stringify({ meta: { name: "openaq-api", website: "/", page, limit: 1000, found: results.length }, results });

const options = { place: "openaq-7" };

describe("A body of the OpenAQ API v3", () => {
  it("is taken by its hours in UTC, converted, at the place the option names", async () => {
    const ozone = { parameter: { id: 10, name: "o3", units: "ppm", displayName: null } };
    const batch = await take(
      fixture,
      "hours.json",
      body([hour("2024-03-05T00:00:00Z", 35), hour("2024-03-05T01:00:00Z", 0.01, ozone)]),
      { options },
    );
    expect(batch).toMatchObject({ format: "openaq-v3", read: 2, inserted: 2, registered: ["openaq-7"] });
    // 10 ppb × 47.9982 ÷ 24.4654.
    expect(await held(fixture)).toEqual(["openaq-7 1 2024-03-05 08:00 1 35", "openaq-7 6 2024-03-05 09:00 1 19.619"]);
    const { places } = await fixture.store.places();
    expect(places.find((place) => place.code === "openaq-7")?.attributes).toEqual({
      latitude: "39.95",
      longitude: "116.47",
    });
  });

  it("rounds a computed mean once, to eight decimals, half to even", async () => {
    await take(
      fixture,
      "hours.json",
      body([hour("2024-03-05T00:00:00Z", 12.333333333333334), hour("2024-03-05T01:00:00Z", 1e-7)]),
      { options },
    );
    expect(await held(fixture)).toEqual([
      "openaq-7 1 2024-03-05 08:00 1 12.33333333",
      "openaq-7 1 2024-03-05 09:00 1 0.0000001",
    ]);
  });

  it("keeps what the service flagged, marked as not normal, and counts nulls and other items apart", async () => {
    const batch = await take(
      fixture,
      "hours.json",
      body([
        hour("2024-03-05T00:00:00Z", 35, { flagInfo: { hasFlags: true } }),
        hour("2024-03-05T01:00:00Z", null),
        hour("2024-03-05T02:00:00Z", 35, { parameter: { id: 100, name: "um003", units: "particles/cm³" } }),
      ]),
      { options },
    );
    expect(batch).toMatchObject({ read: 1, inserted: 1, missing: 1, ignored: 1, rejected: 0 });
    expect(await held(fixture)).toEqual(["openaq-7 1 2024-03-05 08:00 1 35 f32"]);
  });

  it("rejects what is no full hour, has another unit or lacks a part, and says which", async () => {
    const batch = await take(
      fixture,
      "hours.json",
      body([
        hour("2024-03-05T00:30:00Z", 35),
        hour("2024-03-05T00:00:00Z", 35, {
          period: {
            label: "1day",
            interval: "24:00:00",
            datetimeFrom: instant("2024-03-05T00:00:00Z"),
            datetimeTo: instant("2024-03-06T00:00:00Z"),
          },
        }),
        hour("2024-03-05T00:00:00Z", 35, { parameter: { id: 2, name: "pm25", units: "ppm" } }),
        hour("2024-03-05T00:00:00Z", 35, { period: null }),
        "text",
        hour("2024-03-05T03:00:00Z", -4),
        hour("2024-03-05T04:00:00Z", 4),
      ]),
      { options },
    );
    expect(batch).toMatchObject({ read: 7, inserted: 1, rejected: 6 });
    expect(batch.rejects).toEqual([
      { reason: "row.bad-time", count: 2 },
      { reason: "row.field-count", count: 2 },
      { reason: "cell.negative", count: 1 },
      { reason: "unit.unknown", count: 1 },
    ]);
  });

  it("is rejected row by row when no place, or one there is not, is named; a known station may be named", async () => {
    for (const told of [{}, { place: "没有的站" }]) {
      const batch = await take(fixture, "hours.json", body([hour("2024-03-05T00:00:00Z", 35)]), { options: told });
      expect([batch.id, batch.rejects]).toEqual([undefined, [{ reason: "place.unknown", count: 1 }]]);
    }
    await take(fixture, "hours.json", body([hour("2024-03-05T00:00:00Z", 35)]), { options: { place: "东四" } });
    expect(await held(fixture)).toEqual(["东四 1 2024-03-05 08:00 1 35"]);
  });

  it("that is no such body is refused", async () => {
    const batch = await take(fixture, "hours.json", '{"detail":"Unauthorized"}', { format: "openaq-v3" });
    expect(batch.files[0]?.reason).toBe("file.unreadable");
  });
});

describe("The ready source openaq-v3 (not run against the live address)", () => {
  const template = parseSources(
    readFileSync(new URL("../../seeds/sources/sources.yaml", import.meta.url), "utf8"),
    "sources.yaml",
  ).find((one) => one.name === "openaq-v3") as PullSource;
  const effects = (now: string) => ({ now: () => new Date(now), sleep: async () => undefined, random: () => 0 });

  afterEach(() => {
    delete process.env["OPENAQ_API_KEY"];
  });

  it("asks a day from midnight to midnight of Beijing, page by page, with the key in the header, until a page is not full", async () => {
    process.env["OPENAQ_API_KEY"] = "key-of-the-test";
    const keys = new Set<unknown>();
    const at = (k: number): string =>
      new Date(Date.UTC(2024, 2, 4, 16) + k * 3_600_000).toISOString().replace(".000", "");
    const server = await localServer((path) => (request, response) => {
      keys.add(request.headers["x-api-key"]);
      const page = Number(new URL(path, "http://x").searchParams.get("page"));
      const from = (page - 1) * 4;
      response.setHeader("content-type", "application/json");
      response.end(
        body(
          Array.from({ length: page < 3 ? 4 : 2 }, (_, k) => hour(at(from + k), 30 + from + k)),
          page,
        ),
      );
    });
    const source = {
      ...template,
      url: template.url.replace("https://api.openaq.org", server.url),
      fullPage: { list: "results", rows: 4 },
    };
    const run = await pullSource(fixture.store, source, effects("2024-03-05T04:30:00Z"));
    expect(run).toMatchObject({ outcome: "done", read: 10, inserted: 10 });
    expect([...keys]).toEqual(["key-of-the-test"]);
    expect(server.asked).toEqual(
      [1, 2, 3].map(
        (page) =>
          `/v3/sensors/1/hours?datetime_from=2024-03-05T00:00:00%2B08:00&datetime_to=2024-03-06T00:00:00%2B08:00&limit=1000&page=${page}`,
      ),
    );
    const again = await pullSource(fixture.store, source, effects("2024-03-05T05:30:00Z"));
    expect(again).toMatchObject({ outcome: "unchanged", inserted: 0 });
    await server.close();
  });

  it("keeps nothing of a page without results after a full one, and takes a day without any as complete", async () => {
    process.env["OPENAQ_API_KEY"] = "k";
    const server = await localServer((path) => (_, response) => {
      const page = Number(new URL(path, "http://x").searchParams.get("page"));
      const day = new URL(path, "http://x").searchParams.get("datetime_from") ?? "";
      const full = day.startsWith("2024-03-05") && page === 1;
      response.end(body(full ? [hour("2024-03-05T00:00:00Z", 1)] : [], page));
    });
    const source = {
      ...template,
      overlapDays: 0,
      url: template.url.replace("https://api.openaq.org", server.url),
      fullPage: { list: "results", rows: 1 },
    };
    const first = await pullSource(fixture.store, source, effects("2024-03-05T04:30:00Z"));
    expect(first).toMatchObject({ outcome: "done", inserted: 1 });
    const next = await pullSource(fixture.store, source, effects("2024-03-06T04:30:00Z"));
    expect(next).toMatchObject({ outcome: "unchanged", detail: "" });
    expect(await fixture.store.sql.rows("SELECT count(*) AS n FROM batch_file")).toEqual([{ n: 2n }]);
    await server.close();
  });

  it("does not ask without its key", async () => {
    await expect(pullSource(fixture.store, template, effects("2024-03-05T04:30:00Z"))).rejects.toMatchObject({
      code: "sources.secret",
    });
  });
});
