import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { shareBehind } from "../../src/analysis/behind.ts";
import { exceedanceOf } from "../../src/analysis/exceedance.ts";
import { rankJson, rankPlaces } from "../../src/analysis/rank.ts";
import { askStatistics, statJson } from "../../src/analysis/stat-answer.ts";
import { statIndicator } from "../../src/analysis/stat-indicators.ts";
import { exact, toNumber } from "../../src/domain/exact.ts";
import { parsePeriod } from "../../src/domain/period.ts";
import { parseDay } from "../../src/domain/time.ts";
import { DEFAULT_POLICIES } from "../../src/standards/policy.ts";
import { type TemporaryStore, temporaryStore } from "../store-fixture.ts";
import { citySeeds, placeOf, putDays } from "./small-city.ts";

const STATIONS = ["S1", "S2", "S3", "S4"];
const PERIOD = parsePeriod("2024-01");
const flat = (days: number, value: number) => Array.from({ length: days }, () => value);

describe("what stands behind a figure above a place", () => {
  let fixture: TemporaryStore;
  beforeEach(async () => {
    const seeds = citySeeds(
      2,
      2,
      STATIONS.map((code) => ({ code, kind: "station" as const, name: code, parent: "110105" })),
    );
    fixture = await temporaryStore({ ...seeds, sets: [{ place: "110105", purpose: "air", stations: STATIONS }] });
  });
  afterEach(() => fixture.remove());

  const ask = async (indicator: string, code: string) => {
    const [answer] = await askStatistics(fixture.store, {
      indicator: statIndicator(indicator),
      places: [await placeOf(fixture.store, code)],
      period: PERIOD,
      policies: DEFAULT_POLICIES,
      today: parseDay("2024-02-10"),
    });
    if (answer === undefined) throw new Error("no answer");
    return statJson(answer);
  };

  it("is the stations' valid days among all days of all stations, in statistics and in ranks", async () => {
    // four stations should give 4 × 31 days; one lacks its last five days
    for (const code of STATIONS.slice(0, 3)) await putDays(fixture.store, code, "pm25", "2024-01-01", flat(31, 30));
    await putDays(fixture.store, "S4", "pm25", "2024-01-01", flat(26, 30));
    const behind = { what: "stationDays", have: 119, of: 124, share: 96, zh: "站日 119/124（96.0%）" };
    expect(await ask("pm25", "110105")).toMatchObject({ n: 31, behind });
    expect(await ask("pm25", "S1")).not.toHaveProperty("behind");
    const ranking = await rankPlaces(fixture.store, {
      indicator: statIndicator("pm25"),
      among: await placeOf(fixture.store, "110000"),
      kind: "district",
      order: "worst",
      period: PERIOD,
      policies: DEFAULT_POLICIES,
      today: parseDay("2024-02-10"),
    });
    expect(rankJson(ranking)["rows"]).toMatchObject([{ code: "110105", behind }]);
  });

  it("leaves out the days on which too few stations made a value", async () => {
    // 75 % of four stations are three: with two on the last ten days those days have no value, and nothing behind it
    for (const code of STATIONS.slice(0, 2)) await putDays(fixture.store, code, "pm25", "2024-01-01", flat(31, 30));
    for (const code of STATIONS.slice(2)) await putDays(fixture.store, code, "pm25", "2024-01-01", flat(21, 30));
    expect(await ask("pm25", "110105")).toMatchObject({ n: 21, behind: { have: 84, of: 124 } });
  });

  it("is, for a total put together from below, the townships that reported", async () => {
    await putDays(fixture.store, "T01", "noise_complaints", "2024-01-01", flat(31, 1));
    expect(await ask("noise_complaints", "110105")).toMatchObject({
      value: 31,
      behind: { what: "units", have: 1, of: 2, share: 50 },
    });
  });

  it("has no share where nothing is expected", () => {
    expect(shareBehind({ what: "units", have: 0, of: 0 })).toBeUndefined();
  });
});

describe("days above the class 良", () => {
  const counts = (days: number, validDays: number, goodDays: number) =>
    exceedanceOf({ days, validDays, goodDays } as Parameters<typeof exceedanceOf>[0]);

  it("are expected to be as frequent on missing days as on valid ones", () => {
    // 6 of 24 valid days: a quarter, so 7.75 of 31
    expect(toNumber(counts(31, 24, 18).expected ?? exact(0))).toBe(7.75);
    expect(counts(31, 24, 18)).toMatchObject({ counted: 6, missing: 7 });
  });

  it("are what was counted when no day is missing, and unknown when all are", () => {
    expect(toNumber(counts(31, 31, 28).expected ?? exact(0))).toBe(3);
    expect(counts(31, 0, 0).expected).toBeUndefined();
  });
});
