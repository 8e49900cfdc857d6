import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { BLOCK_DAYS, drawRests, shareOf, usableYears } from "../../src/analysis/bootstrap.ts";
import { outlookJson, outlookOf } from "../../src/analysis/outlook-answer.ts";
import type { Target } from "../../src/domain/plan.ts";
import { daysInYear, parseDay } from "../../src/domain/time.ts";
import { DEFAULT_POLICIES } from "../../src/standards/policy.ts";
import { type TemporaryStore, temporaryStore } from "../store-fixture.ts";
import { citySeeds, placeOf, putDays } from "./small-city.ts";
import { someTarget } from "./some-target.ts";

const always = (n: number, value: number | undefined) => Array.from({ length: n }, () => value);

describe("the outlook of a target", () => {
  let fixture: TemporaryStore;
  beforeAll(async () => {
    fixture = await temporaryStore(citySeeds(2, 1));
    const { store } = fixture;
    // 2024 so far: 182 days at 35. The second halves of the years before: two good, two bad.
    await putDays(store, "110105", "pm25", "2024-01-01", always(182, 35));
    for (const [year, level] of [
      [2020, 20],
      [2021, 20],
      [2022, 60],
      [2023, 60],
    ] as const) {
      await putDays(store, "110105", "pm25", `${year}-01-01`, always(daysInYear(year), level));
    }
    // Two years of history for the other district.
    await putDays(store, "110106", "pm25", "2024-01-01", [...always(170, 35), ...always(12, undefined)]);
    for (const year of [2022, 2023]) await putDays(store, "110106", "pm25", `${year}-01-01`, always(365, 30));
  });
  afterAll(() => fixture.remove());

  const ask = async (code: string, target: Target = someTarget(), at = "2024-06-30") =>
    outlookJson(
      await outlookOf(fixture.store, {
        target,
        place: await placeOf(fixture.store, code),
        at: parseDay(at),
        policies: DEFAULT_POLICIES,
      }),
    );

  it("needs 1427/46 of the rest of 2024 after 182 days at 35, for 33", async () => {
    expect(await ask("110105")).toMatchObject({
      id: "2024-air-1.1-pm25",
      at: "2024-06-30",
      conventions: {
        calendar: { elapsedDays: 182, remainingDays: 184, soFar: 35, neededFraction: "1427/46", reach: "open" },
        validDays: { neededFraction: "1427/46" },
      },
    });
  });
  it("needs more when only the valid days are counted: 1433/46 with 170 of 182", async () => {
    expect(await ask("110106")).toMatchObject({
      conventions: {
        calendar: { neededFraction: "1427/46" },
        validDays: { countedDays: 170, neededFraction: "1433/46" },
      },
    });
  });
  it("gives a probability from four past years and says which, the same each time", async () => {
    const found = await ask("110105");
    expect(found["probabilityBasis"]).toMatchObject({ years: [2023, 2022, 2021, 2020], blockDays: BLOCK_DAYS });
    expect(found["probability"]).toBe((await ask("110105"))["probability"]);
    // The rest has to hold 31.02; blocks are 20 or 60 alike, so a year of them lies near 40.
    expect(Number(found["probability"])).toBeGreaterThan(0);
    expect(Number(found["probability"])).toBeLessThan(0.2);
  });
  it("says that two past years are too few", async () => {
    expect((await ask("110106"))["probabilityReason"]).toBe("只有 2 个往年有同期日数据，至少需要 3 年");
  });
  it("has nothing to look out for when the year is over", async () => {
    expect(await ask("110105", someTarget(), "2023-12-31")).toMatchObject({
      conventions: { calendar: { remainingDays: 0, needed: null, reach: "out_of_reach" } },
      probabilityReason: "时段已经结束，没有余下的日子",
    });
  });
  it("says why a rank target and a tally target have none", async () => {
    const rank = await ask("110105", someTarget({ decidedBy: "published_rank" }));
    expect(rank).toMatchObject({ conventions: null });
    expect(String(rank["reason"])).toContain("排名");
    expect(String((await ask("110105", someTarget({ decidedBy: "tally" })))["reason"])).toContain("进展");
  });
});

describe("resampling of past years", () => {
  const year = (n: number, values: readonly (number | undefined)[]) => ({ year: n, days: values });

  it("takes each block whole from one year", () => {
    const rests = drawRests([year(1, always(14, 0)), year(2, always(14, 1))], 7);
    expect(new Set(rests.map((rest) => rest.sum))).toEqual(new Set([0, 7, 14]));
    const mixed = shareOf(rests, (rest) => rest.sum === 7);
    expect(mixed).toBeGreaterThan(0.4);
    expect(mixed).toBeLessThan(0.6);
  });
  it("leaves out days without a value and years with too few of them", () => {
    const half = year(1, [...always(7, 5), ...always(7, undefined)]);
    expect(drawRests([half], 1)[0]).toEqual({ sum: 35, days: 7 });
    expect(usableYears([half, year(2, always(14, 5))], 0.85).map((one) => one.year)).toEqual([2]);
  });
  it("gives other draws for another seed", () => {
    const years = [year(1, always(70, 1)), year(2, always(70, 2)), year(3, always(70, 3))];
    expect(drawRests(years, 1)).toEqual(drawRests(years, 1));
    expect(drawRests(years, 1)).not.toEqual(drawRests(years, 2));
  });
});
