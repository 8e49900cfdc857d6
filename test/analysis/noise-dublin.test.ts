/** Two Dublin monitors, 2015–2021, through the real pipeline, against an independent program's days, months and years. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ingestPath } from "../../ingest/pipeline.ts";
import { type PartPeriod, type PointPeriod, pointPeriods } from "../../src/analysis/noise-period.ts";
import { zoneRates } from "../../src/analysis/noise-zones.ts";
import { type Exact, toNumber } from "../../src/domain/exact.ts";
import { type Period, parsePeriod } from "../../src/domain/period.ts";
import type { Place } from "../../src/domain/place.ts";
import { dayText, parseDay } from "../../src/domain/time.ts";
import { decimalText } from "../../src/standards/gbt8170.ts";
import { parsePolicies } from "../../src/standards/policy.ts";
import { type CsvRow, readCsv } from "../csv.ts";
import { hasShared, shared } from "../shared.ts";
import { type TemporaryStore, temporaryStore } from "../store-fixture.ts";

const MONITORS = ["Ballymun4", "BullIsland2"];
const policies = parsePolicies([]);
const one = (value: Exact | undefined) => (value === undefined ? "" : decimalText(value, 1));
const flag = (value: boolean | undefined) => (value === undefined ? "" : value ? "Y" : "N");

/** Equal within one unit of the sixth decimal, or both absent. */
function expectLevel(key: string, mine: Exact | undefined, theirs: string | undefined): void {
  expect([key, mine === undefined]).toEqual([key, theirs === ""]);
  if (mine !== undefined) expect(Math.abs(toNumber(mine) - Number(theirs))).toBeLessThan(1.5e-6);
}

describe.skipIf(!hasShared)("noise in Dublin, zone 2 assumed", () => {
  let temporary: TemporaryStore;
  let points: readonly Place[] = [];
  const ask = (period: Period) => pointPeriods(temporary.store, { points, period, policies });

  beforeAll(async () => {
    temporary = await temporaryStore();
    const attributes = { zone: "2" };
    await temporary.store.addPlaces(
      MONITORS.map((name) => ({ code: name, kind: "noise_point", name, timeZone: "Europe/Dublin", attributes })),
    );
    await ingestPath(temporary.store, "noise-hourly", shared("data/noise"), { now: new Date("2026-11-24T00:00:00Z") });
    points = (await temporary.store.places()).places.filter((place) => place.kind === "noise_point");
  });
  afterAll(() => temporary?.remove());

  it("gives the expected levels, validity and verdict of each date", async () => {
    const all: Period = { kind: "day", text: "", first: parseDay("2014-12-31"), last: parseDay("2021-12-31") };
    const mine = new Map(
      (await ask(all)).flatMap(({ place, dates }) =>
        dates.map((date) => [`${place.name} ${dayText(date.day)}` as string, date] as const),
      ),
    );
    const rows = readCsv(shared("expected/noise-dublin/day.csv.gz"));
    expect(mine.size).toBe(rows.length);
    for (const row of rows) {
      const key = `${row["monitor"]} ${row["date"]}`;
      const date = mine.get(key);
      if (date === undefined) throw new Error(`no ${key}`);
      const { ld, ln, ldn } = date.levels;
      const [day, night] = [ld.valid ? ld.value : undefined, ln.valid ? ln.value : undefined];
      expect([key, ld.hours, flag(ld.valid), one(day), flag(date.meets.day)]).toEqual([
        key,
        Number(row["day_hours"]),
        ...["day_valid", "ld_1", "day_pass_zone2"].map((name) => row[name]),
      ]);
      expect([key, ln.hours, flag(ln.valid), one(night), flag(date.meets.night), one(ldn)]).toEqual([
        key,
        Number(row["night_hours"]),
        ...["night_valid", "ln_1", "night_pass_zone2", "ldn_1"].map((name) => row[name]),
      ]);
      expectLevel(`${key} ld`, day, row["ld"]);
      expectLevel(`${key} ln`, night, row["ln"]);
      expectLevel(`${key} ldn`, ldn, row["ldn"]);
    }
  });

  it.each(["month", "year"])("gives the expected means and pass rates of each %s", async (kind) => {
    const rows = readCsv(shared(`expected/noise-dublin/${kind}.csv`));
    const answers = new Map<string, PointPeriod>();
    for (const text of new Set(rows.map((row) => row["period"] ?? ""))) {
      for (const found of await ask(parsePeriod(text))) answers.set(`${found.place.name} ${text}`, found);
    }
    for (const row of rows) {
      const key = `${row["monitor"]} ${row["period"]}`;
      const found = answers.get(key);
      if (found === undefined) throw new Error(`no ${key}`);
      expectPart(`${key} day`, found.day, "day", row);
      expectPart(`${key} night`, found.night, "night", row);
      expectLevel(`${key} ldn`, found.ldn, row["ldn_all"]);
      expect([key, one(found.ldn)]).toEqual([key, row["ldn_all_1"]]);
    }
  });

  it("counts station-days of a zone: passing of valid, and dates without data beside them", async () => {
    const found = await ask(parsePeriod("2019-11"));
    const rows = readCsv(shared("expected/noise-dublin/month.csv")).filter((row) => row["period"] === "2019-11");
    const sum = (name: string) => rows.reduce((total, row) => total + Number(row[name]), 0);
    const zone = zoneRates(found).day.zones.get("2");
    expect(zone).toMatchObject({ passing: sum("day_pass_days"), valid: sum("day_valid_days"), total: 60 });
  });
});

function expectPart(key: string, mine: PartPeriod, part: "day" | "night", row: CsvRow): void {
  const of = (name: string) => row[`${part}_${name}`];
  expect([key, mine.hours, mine.validHours, mine.validDates, mine.pass?.passing]).toEqual([
    key,
    ...["hours", "hours_in_valid", "valid_days", "pass_days"].map((name) => Number(of(name))),
  ]);
  expectLevel(`${key} all`, mine.all, of("leq_all"));
  expectLevel(`${key} valid`, mine.valid, of("leq_valid"));
  expect([key, one(mine.all), one(mine.valid), one(mine.pass?.rate)]).toEqual([
    key,
    ...["leq_all_1", "leq_valid_1", "pass_pct"].map((name) => of(name)),
  ]);
}
