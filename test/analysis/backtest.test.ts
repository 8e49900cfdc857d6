import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { backtest, brierScore, reliability } from "../../src/analysis/backtest.ts";
import { daysInYear } from "../../src/domain/time.ts";
import { DEFAULT_POLICIES } from "../../src/standards/policy.ts";
import { type TemporaryStore, temporaryStore } from "../store-fixture.ts";
import { citySeeds, placeOf, putDays } from "./small-city.ts";
import { someTarget } from "./some-target.ts";

describe("scoring chances", () => {
  it("gives 0 for certainty that came true, 1 for one that did not, 0.25 for even odds", () => {
    expect(brierScore([{ probability: 1, came: true }])).toBe(0);
    expect(brierScore([{ probability: 1, came: false }])).toBe(1);
    expect(brierScore([true, false].map((came) => ({ probability: 0.5, came })))).toBe(0.25);
    expect(brierScore([])).toBeUndefined();
  });
  it("groups chances in fifths, 1 in the last of them", () => {
    const cases = [0, 0.1, 0.2, 0.95, 1].map((probability) => ({ probability, came: probability > 0.15 }));
    expect(reliability(cases).map(({ from, cases: n, came }) => [from, n, came])).toEqual([
      [0, 2, 0],
      [0.2, 1, 1],
      [0.8, 2, 1],
    ]);
  });
});

describe("a backtest", () => {
  let fixture: TemporaryStore;
  beforeAll(async () => {
    fixture = await temporaryStore(citySeeds(1, 1));
    // Six years at 30: whoever looks at the years before is sure of 33, and right.
    for (let year = 2015; year <= 2020; year++) {
      const values = Array.from({ length: daysInYear(year) }, () => 30);
      await putDays(fixture.store, "110105", "pm25", `${year}-01-01`, values);
    }
  });
  afterAll(() => fixture.remove());

  it("uses only years with three years before them, and nothing of the year itself but its days so far", async () => {
    const found = await backtest(
      fixture.store,
      { target: someTarget(), place: await placeOf(fixture.store, "110105"), policies: DEFAULT_POLICIES },
      [2021, 2020, 2019, 2018, 2017],
    );
    expect(found.cases).toHaveLength(12);
    expect(found.cases.every((one) => one.came && one.probability === 1)).toBe(true);
    expect(found.brier).toBe(0);
    expect(found.left).toEqual([
      { year: 2021, reason: "没有数据" },
      { year: 2017, reason: "只有 2 个往年有同期日数据，至少需要 3 年" },
    ]);
  });
});
