/** Minutes of a logger make the hours: 45 of them, from whatever batches they came. */
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { locateReadings, placeKey } from "../../ingest/locate.ts";
import { undoBatch } from "../../ingest/undo.ts";
import { digestOf } from "../../src/store/digest.ts";
import { type TemporaryStore, temporaryStore } from "../store-fixture.ts";
import { held, NOW, take } from "./take.ts";

let fixture: TemporaryStore;
beforeEach(async () => {
  fixture = await temporaryStore();
});
afterEach(async () => {
  await fixture.remove();
});

const map = (span: string, more = ""): string =>
  `fixedPlace: 东四\nkind: station\ntime: t\nspan: ${span}\nvalues:\n  v: { indicator: so2 }\n${more}`;

/** Minutes `from` to below `to` of 8 o'clock on 5 March 2024, each with its value. */
function minutes(from: number, to: number, value: (minute: number) => string): string {
  const lines = ["t,v"];
  for (let minute = from; minute < to; minute++) {
    const hour = 8 + Math.floor(minute / 60);
    lines.push(`2024-03-05 ${hour}:${String(minute % 60).padStart(2, "0")},${value(minute)}`);
  }
  return `${lines.join("\n")}\n`;
}

const options = { format: "generic", options: { map: map("minuteStart") } };
const hours = async (): Promise<readonly string[]> =>
  (await held(fixture)).filter((one) => one.includes(" 1 ") && /:00 1 /.test(one));

describe("An hour of minutes", () => {
  it("is their mean from 45 minutes on, beside the minutes themselves", async () => {
    const batch = await take(
      fixture,
      "a.csv",
      minutes(0, 45, (k) => String(k + 1)),
      options,
    );
    expect(batch).toMatchObject({ read: 45, inserted: 45, rejected: 0, minutes: { touched: 1, short: 0 } });
    expect(await hours()).toEqual(["东四 3 2024-03-05 08:00 1 23"]);
    expect(await held(fixture)).toHaveLength(46);
  });

  it("is not given of 44 minutes, and the batch says so", async () => {
    const batch = await take(
      fixture,
      "a.csv",
      minutes(0, 44, () => "10"),
      options,
    );
    expect(batch).toMatchObject({ read: 44, inserted: 44, minutes: { touched: 1, short: 1 } });
    expect(await hours()).toEqual([]);
  });

  it("is rounded once, at the eighth decimal, half away from zero", async () => {
    // 59 minutes of 1 and one of 2: 61/60 = 1.016666666…
    await take(
      fixture,
      "a.csv",
      minutes(0, 60, (k) => (k === 0 ? "2" : "1")),
      options,
    );
    expect(await hours()).toEqual(["东四 3 2024-03-05 08:00 1 1.01666667"]);
  });

  it("takes all minutes held, also those of earlier batches, and is taken back with the batch that made it", async () => {
    await take(
      fixture,
      "a.csv",
      minutes(0, 30, () => "10"),
      options,
    );
    const before = await digestOf(fixture.store);
    const late = await take(
      fixture,
      "b.csv",
      minutes(30, 60, () => "20"),
      options,
    );
    expect(await hours()).toEqual(["东四 3 2024-03-05 08:00 1 15"]);
    await undoBatch(fixture.store, late.id ?? 0, NOW);
    expect(await hours()).toEqual([]);
    expect(await digestOf(fixture.store)).toEqual(before);
  });

  it("is corrected when a minute is, and the former value goes to the history", async () => {
    await take(
      fixture,
      "a.csv",
      minutes(0, 60, () => "10"),
      options,
    );
    const batch = await take(
      fixture,
      "b.csv",
      minutes(5, 6, () => "70"),
      options,
    );
    expect(batch).toMatchObject({ read: 1, corrected: 1 });
    expect(await hours()).toEqual(["东四 3 2024-03-05 08:00 1 11"]);
    const { n } = await fixture.store.sql.one<{ n: bigint }>("SELECT count(*) AS n FROM history");
    expect(n).toBe(2n);
  });

  it("begins a minute earlier where the stamp names the minute's end", async () => {
    const ends = { format: "generic", options: { map: map("minuteEnd") } };
    await take(
      fixture,
      "a.csv",
      minutes(1, 61, (k) => (k === 60 ? "70" : "10")),
      ends,
    );
    expect(await hours()).toEqual(["东四 3 2024-03-05 08:00 1 11"]);
  });

  it("counts for the day's value as any other hour", async () => {
    const day = ["t,v"];
    for (let minute = 0; minute < 24 * 60; minute++) {
      const [hour, rest] = [Math.floor(minute / 60), String(minute % 60).padStart(2, "0")];
      day.push(`2024-03-05 ${hour}:${rest},${hour}`);
    }
    await take(fixture, "a.csv", day.join("\n"), options);
    const row = await fixture.store.sql.one("SELECT n, total::VARCHAR AS total, span, valid FROM daily");
    expect(row).toEqual({ n: 24, total: "276.00000000", span: 1, valid: true });
  });
});

describe("The origin of an hour made of minutes", () => {
  it("is the line of the first of its minutes", async () => {
    const batch = await take(
      fixture,
      "a.csv",
      minutes(60, 120, (k) => String(k)),
      options,
    );
    const place = (await fixture.store.places()).places.find((one) => one.name === "东四");
    const wanted = { placeId: place?.id ?? 0, indicatorId: 3, start: Date.UTC(2024, 2, 5, 1), span: "hour" } as const;
    const found = await locateReadings(fixture.store, batch.id ?? 0, [wanted]);
    expect(found.get(placeKey(wanted))).toMatchObject({ file: "a.csv", line: 2, text: "2024-03-05 9:00,60" });
  });
});

describe("Minutes that make no hour", () => {
  it("are refused where no rule makes hours of them, and where the stamp is between minutes", async () => {
    const noise = `fixedPlace: 东四\nkind: station\ntime: t\nspan: minuteStart\nvalues:\n  v: { indicator: leq }\n`;
    const batch = await take(
      fixture,
      "a.csv",
      minutes(0, 2, () => "50"),
      {
        format: "generic",
        options: { map: noise },
      },
    );
    expect(batch.rejects).toEqual([{ reason: "indicator.no-minutes", count: 2 }]);
    const odd = await take(fixture, "b.csv", "t,v\n2024-03-05 8:00:30,5\n2024-03-05 8:01,5\n", options);
    expect(odd).toMatchObject({ read: 2, inserted: 1, rejected: 1, rejects: [{ reason: "row.bad-time", count: 1 }] });
  });
});
