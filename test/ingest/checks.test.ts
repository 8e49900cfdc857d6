/** Checks that reject, checks that flag, and the warning of a shifted hour. Flags: 2 flat line, 4 spike, 8 cross-item. */
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type TemporaryStore, temporaryStore } from "../store-fixture.ts";
import { held, take } from "./take.ts";

let fixture: TemporaryStore;
beforeEach(async () => {
  fixture = await temporaryStore();
});
afterEach(() => fixture.remove());

/** Hours of one station in the wide archive's form, from label 0 on. */
const archive = (type: string, values: readonly (number | string)[], day = "20240305"): string =>
  ["date,hour,type,东四", ...values.map((value, hour) => `${day},${hour},${type},${value}`)].join("\n");

const flagged = async (): Promise<readonly string[]> =>
  (await held(fixture)).filter((line) => / f\d+$/.test(line)).map((line) => line.slice(3));

/** Twenty-four hours that no other lag fits. */
const DAY = [31, 78, 12, 95, 44, 150, 60, 23, 88, 35, 140, 52, 17, 101, 66, 29, 120, 47, 83, 14, 70, 110, 38, 56];
const DAYS = ["20240305", "20240306", "20240307"];
const threeDays = (change: (value: number) => number | string): string =>
  [
    "date,hour,type,东四",
    ...DAYS.flatMap((day, d) => DAY.map((value, hour) => `${day},${hour},PM2.5,${change(value + d)}`)),
  ].join("\n");

describe("Soft checks", () => {
  it("flag both values where PM2.5 is above PM10, and keep them", async () => {
    const text = `date,hour,type,东四\n20240305,1,PM2.5,80\n20240305,1,PM10,60\n20240305,2,PM2.5,50\n20240305,2,PM10,60\n`;
    expect(await take(fixture, "beijing_all_20240305.csv", text)).toMatchObject({ read: 4, inserted: 4, rejected: 0 });
    expect(await flagged()).toEqual(["1 2024-03-05 00:00 1 80 f8", "2 2024-03-05 00:00 1 60 f8"]);
  });

  it("flag a flat line of twelve hours of PM2.5, not one of eleven", async () => {
    await take(
      fixture,
      "beijing_all_20240305.csv",
      archive("PM2.5", [...Array<number>(11).fill(30), 31, ...Array<number>(12).fill(40)]),
    );
    const lines = await flagged();
    expect(lines).toHaveLength(12);
    expect(lines.every((line) => line.endsWith("40 f2"))).toBe(true);
  });

  it("count an hour that stands twice in a batch once", async () => {
    const [eleven, twelve] = [11, 12].map((n) => archive("PM2.5", Array<number>(n).fill(40)));
    const again = "\n20240305,5,PM2.5,40";
    await take(fixture, "beijing_all_20240305.csv", `${eleven}${again}`);
    expect(await flagged()).toEqual([]);
    await take(fixture, "beijing_all_20240306.csv", `${twelve}${again}`.replaceAll("20240305", "20240306"));
    expect(await flagged()).toHaveLength(12);
  });

  it("flag a single high hour between low ones as a spike, and not a storm that lasts", async () => {
    await take(fixture, "beijing_all_20240305.csv", archive("PM10", [50, 1500, 60, 55, 1500, 1400, 1300, 70]));
    expect(await flagged()).toEqual(["2 2024-03-05 00:00 1 1500 f4"]);
  });

  it("make no value another value: the same file in other company stays unchanged", async () => {
    const flat = archive("PM2.5", Array<number>(24).fill(30));
    await take(fixture, "beijing_all_20240305.csv", flat);
    const part = flat.split("\n").slice(0, 6).join("\n");
    expect(await take(fixture, "beijing_all_20240305.csv", part)).toMatchObject({
      read: 5,
      unchanged: 5,
      corrected: 0,
    });
  });
});

describe("Hard checks", () => {
  it("reject what lies more than a day in the future", async () => {
    const text = "date,hour,type,东四\n20260101,10,PM2.5,80\n20260104,10,PM2.5,80\n";
    const batch = await take(fixture, "beijing_all_20260101.csv", text);
    expect(batch).toMatchObject({ read: 2, inserted: 1, rejected: 1, rejects: [{ reason: "row.future", count: 1 }] });
  });
});

describe("The hour-shift detector", () => {
  const map = (span: string): string =>
    `place: s\ntime: t\nkind: station\nspan: ${span}\nvalues:\n  v:\n    indicator: pm25\n`;
  const vendor = (change: (value: number) => number): string =>
    [
      "s,t,v",
      ...DAYS.flatMap((day, d) =>
        DAY.map(
          (value, hour) => `东四,${day.slice(0, 4)}-${day.slice(4, 6)}-${day.slice(6)} ${hour}:00,${change(value + d)}`,
        ),
      ),
    ].join("\n");

  it("warns before merging when a label was taken for the start of the hour", async () => {
    await take(
      fixture,
      "beijing_all_20240305.csv",
      threeDays((value) => value),
    );
    const batch = await take(
      fixture,
      "vendor.csv",
      vendor((value) => value),
      { format: "generic", options: { map: map("hourStart") } },
    );
    expect(batch.warnings).toMatchObject([
      { kind: "hour-shift", indicator: "pm25", lag: -1, factor: 1, places: ["bj-dongsi"] },
    ]);
    expect(batch.warnings[0]?.zh).toContain("提前 1 小时");
  });

  it("warns when values come in milligrams instead of micrograms", async () => {
    await take(
      fixture,
      "beijing_all_20240305.csv",
      threeDays((value) => value),
    );
    const batch = await take(
      fixture,
      "vendor.csv",
      vendor((value) => value / 1000),
      { format: "generic", options: { map: map("hourEnd") } },
    );
    expect(batch.warnings).toMatchObject([{ kind: "scale", lag: 0, factor: 1000 }]);
  });

  it("is silent when the values fit as they are, and when they fit nowhere", async () => {
    await take(
      fixture,
      "beijing_all_20240305.csv",
      threeDays((value) => value),
    );
    for (const change of [(value: number) => value, (value: number) => 200 - value]) {
      const batch = await take(fixture, "vendor.csv", vendor(change), {
        format: "generic",
        options: { map: map("hourEnd") },
      });
      expect(batch.warnings).toEqual([]);
    }
  });
});
