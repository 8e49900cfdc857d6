import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { gapOf } from "../../src/analysis/gap.ts";
import { monthRuns } from "../../src/analysis/month-runs.ts";
import { statIndicator } from "../../src/analysis/stat-indicators.ts";
import { toNumber } from "../../src/domain/exact.ts";
import { monthOf, parsePeriod } from "../../src/domain/period.ts";
import { dayText, parseDay } from "../../src/domain/time.ts";
import { roundHalfEven } from "../../src/standards/gbt8170.ts";
import { DEFAULT_POLICIES, parsePolicies } from "../../src/standards/policy.ts";
import { type TemporaryStore, temporaryStore } from "../store-fixture.ts";
import { citySeeds, placeOf, publish, putDays, putMonth } from "./small-city.ts";

const PM25 = statIndicator("pm25");
if (PM25.kind !== "measured") throw new Error("pm25 is measured");

describe("the gap of a township", () => {
  let fixture: TemporaryStore;
  beforeEach(async () => {
    fixture = await temporaryStore(citySeeds(5, 3));
  });
  afterEach(() => fixture.remove());

  const flat = (days: number, value: number) => Array.from({ length: days }, () => value);
  const ask = async (code: string, cut: number, today: string) =>
    gapOf(fixture.store, {
      place: await placeOf(fixture.store, code),
      indicator: PM25,
      period: parsePeriod("2024-09"),
      cuts: [cut],
      policies: DEFAULT_POLICIES,
      today: parseDay(today),
    });

  it("says by how much it has to fall, what that makes of the rest, and who is above and below", async () => {
    const { store } = fixture;
    for (const [code, value] of [
      ["T01", 50],
      ["T02", 60],
      ["T03", 40],
      ["T04", 45],
      ["T05", 30],
    ] as const) {
      await putDays(store, code, "pm25", "2024-09-01", flat(20, value));
    }
    const found = await ask("T01", 2, "2024-09-20");
    expect(found.row?.rank).toBe(2);
    expect(found.remainingDays).toBe(10);
    // The third worst has 45: 44 is outside. Up to 44.5 rounds to 44, so the rest may hold (44.5·30 − 50·20)/10 = 33.5.
    expect(found.cuts.map((one) => [toNumber(one.highestOutside), toNumber(one.distance), one.inside])).toEqual([
      [44, 6, true],
    ]);
    expect(toNumber(found.cuts[0]?.neededRest ?? { num: 0n, den: 1n })).toBe(33.5);
    expect(found.neighbours.map((one) => one.item.place.code)).toEqual(["T02", "T01", "T04", "T03"]);
    expect(toNumber(found.districtMean ?? { num: 0n, den: 1n })).toBe(50);
    expect(found.contributions.map((one) => [one.place.code, toNumber(one.lifts)])).toEqual([
      ["T02", 5],
      ["T01", 0],
      ["T03", -5],
    ]);
  });
  it("names the days that cost most by what the mean would be without them", async () => {
    await putDays(fixture.store, "T01", "pm25", "2024-09-01", [10, 40, 10, 20]);
    const { days } = await ask("T01", 2, "2024-09-04");
    expect(days.map((one) => [dayText(one.day), toNumber(one.value)]).slice(0, 2)).toEqual([
      ["2024-09-02", 40],
      ["2024-09-04", 20],
    ]);
    expect(toNumber(days[0]?.lifts ?? { num: 0n, den: 1n })).toBeCloseTo(20 - 40 / 3, 12);
  });
  it("has no rank and says why without data", async () => {
    await putDays(fixture.store, "T02", "pm25", "2024-09-01", flat(10, 30));
    await putDays(fixture.store, "T01", "pm25", "2024-08-01", flat(10, 30));
    const found = await ask("T01", 2, "2024-09-10");
    expect(found.row).toBeUndefined();
    expect(found.missing?.valid).toMatchObject({ zh: "没有数据" });
  });
  it("lets the place end just outside when the rest holds the needed mean, whatever the others are", async () => {
    const { store } = fixture;
    const levels = fc.array(fc.integer({ min: 5, max: 120 }), { minLength: 5, maxLength: 5 });
    const [list = []] = fc.sample(fc.array(levels, { minLength: 6, maxLength: 6 }), { numRuns: 1, seed: 11 });
    for (const [k, values] of list.entries()) {
      const month = monthOf(2024, k + 1);
      for (const [i, value] of values.entries()) {
        await putDays(store, `T0${i + 1}`, "pm25", dayText(month.first), flat(20, value));
      }
      const today = month.first + 19;
      const found = await gapOf(store, {
        place: await placeOf(store, "T01"),
        indicator: PM25,
        period: month,
        cuts: [2],
        policies: DEFAULT_POLICIES,
        today,
      });
      const [cut] = found.cuts;
      if (cut?.neededRest === undefined || found.row === undefined) throw new Error("no gap");
      const rest = BigInt(month.last - today);
      const { num, den } = cut.neededRest;
      const mean = { num: 20n * BigInt(values[0] ?? 0) * den + rest * num, den: den * (20n + rest) };
      const rounded = toNumber(roundHalfEven(mean, 0));
      const outside = toNumber(cut.highestOutside);
      // At the half itself an odd value is no longer rounded down to: there the bound is to be undercut.
      expect([outside, outside + 1]).toContain(rounded);
      expect(values.slice(1).filter((other) => other > outside).length).toBeGreaterThanOrEqual(2);
      expect(values.slice(1).filter((other) => other > outside + 1).length).toBeLessThan(2);
    }
  });
});

describe("months in a row in the worst", () => {
  let fixture: TemporaryStore;
  beforeEach(async () => {
    fixture = await temporaryStore(citySeeds(4, 2));
  });
  afterEach(() => fixture.remove());

  it("takes published lists where there are any and computed ranks for the other months, and says which", async () => {
    const { store } = fixture;
    await publish(store, "tsp", monthOf(2024, 1), { T01: 1 });
    await publish(store, "tsp", monthOf(2024, 2), { T01: 1 });
    for (const [code, value] of [
      ["T01", "90"],
      ["T02", "80"],
      ["T03", "70"],
    ] as const) {
      await putMonth(store, code, "tsp", "2024-03", value);
    }
    const ask = async (policy: readonly string[], today = "2024-05-10") =>
      monthRuns(store, {
        indicator: statIndicator("tsp"),
        among: await placeOf(store, "110105"),
        kind: "township",
        year: 2024,
        cut: 1,
        limit: 4,
        policies: parsePolicies(policy),
        today: parseDay(today),
      });
    const found = await ask([]);
    expect(found.months.map((one) => one.source)).toEqual(["published", "published", "computed", "none"]);
    expect(
      found.rows.map(({ place, longest, current, budgetLeft }) => [place.code, longest, current, budgetLeft]),
    ).toEqual([["T01", 3, 0, 3]]);
    expect((await ask(["runGap=skips"])).rows[0]).toMatchObject({ longest: 3, current: 3, budgetLeft: 0 });
  });
});
