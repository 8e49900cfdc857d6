import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { outlookJson, outlookOf, outlookWords } from "../../src/analysis/outlook-answer.ts";
import { neededOfMonths, yearOfMonths } from "../../src/analysis/section-rest.ts";
import { compare, exact } from "../../src/domain/exact.ts";
import type { Target } from "../../src/domain/plan.ts";
import { parseDay } from "../../src/domain/time.ts";
import { DEFAULT_POLICIES } from "../../src/standards/policy.ts";
import { type TemporaryStore, temporaryStore } from "../store-fixture.ts";
import { citySeeds, placeOf, putDays, putMonth } from "./small-city.ts";
import { someTarget } from "./some-target.ts";

const flat = (days: number, value: number) => Array.from({ length: days }, () => value);
const MONTHS = Array.from({ length: 12 }, (_, k) => String(k + 1).padStart(2, "0"));
const SECTION = { kind: "section", parent: "110105" } as const;

describe("the rest of the year of a direction, a total or a share of sections", () => {
  let fixture: TemporaryStore;
  beforeEach(async () => {
    const section = (code: string) => ({
      ...SECTION,
      code,
      name: code,
      attributes: { waterType: "river", targetClass: "3", level: "国考" },
    });
    fixture = await temporaryStore(citySeeds(2, 2, [section("S1"), section("S2")]));
  });
  afterEach(() => fixture.remove());

  const ask = async (target: Target, at: string) => {
    const answer = await outlookOf(fixture.store, {
      target,
      place: await placeOf(fixture.store, "110105"),
      at: parseDay(at),
      policies: DEFAULT_POLICIES,
    });
    return { json: outlookJson(answer), words: outlookWords(answer) };
  };

  it("leaves of complaints one less than the whole year before, by day and in all", async () => {
    const fewer = someTarget({ indicator: "noise_complaints", comparator: "down", value: undefined, unit: "件" });
    await putDays(fixture.store, "T01", "noise_complaints", "2023-01-01", flat(365, 2));
    await putDays(fixture.store, "T01", "noise_complaints", "2024-01-01", flat(182, 2));
    // 730 a year before, so 729 at most: 729 − 364 = 365 in the 184 days left
    const { json, words } = await ask(fewer, "2024-06-30");
    expect(json["rest"]).toMatchObject({
      what: "total",
      soFar: 364,
      against: 730,
      budgetLeft: 365,
      remainingDays: 184,
      neededFraction: "365/184",
      reach: "open",
    });
    expect(words).toEqual(["上年全年 730 件，目前 364；余 184 天还可有 365 件，平均每天不超过 2.0 件（可达）"]);
  });

  it("says that the total is out of reach once it is that of the year before", async () => {
    const fewer = someTarget({ indicator: "noise_complaints", comparator: "down", value: undefined, unit: "件" });
    await putDays(fixture.store, "T01", "noise_complaints", "2023-01-01", flat(365, 1));
    await putDays(fixture.store, "T01", "noise_complaints", "2024-01-01", flat(73, 5));
    expect((await ask(fewer, "2024-03-13")).json["rest"]).toMatchObject({ budgetLeft: -1, reach: "out_of_reach" });
  });

  it("has none where the whole year before is not known", async () => {
    const fewer = someTarget({ indicator: "noise_complaints", comparator: "down", value: undefined, unit: "件" });
    await putDays(fixture.store, "T01", "noise_complaints", "2023-01-01", flat(200, 1));
    await putDays(fixture.store, "T01", "noise_complaints", "2024-01-01", flat(31, 1));
    const { json } = await ask(fewer, "2024-01-31");
    expect(json).not.toHaveProperty("rest");
    expect(json["reason"]).toBe("上年全年数据不足：有效天数 200 天，需 365 天");
  });

  it("needs of months what brings the year to that of the year before, a month begun belonging to the rest", async () => {
    const less = someTarget({ indicator: "road_dust_load", comparator: "down", value: undefined, unit: "g/m²" });
    for (const month of MONTHS) await putMonth(fixture.store, "110105", "road_dust_load", `2023-${month}`, "0.5");
    for (const month of MONTHS.slice(0, 6)) {
      await putMonth(fixture.store, "110105", "road_dust_load", `2024-${month}`, "0.6");
    }
    // (0.5 · 366 − 0.6 · 182) / 184
    expect((await ask(less, "2024-07-20")).json["rest"]).toMatchObject({
      what: "mean",
      against: 0.5,
      remainingDays: 184,
      neededFraction: "369/920",
      reach: "open",
    });
  });

  describe("of water", () => {
    const rate = someTarget({
      area: "water",
      indicator: "compliance_rate",
      comparator: "=",
      value: "100",
      unit: "%",
      scope: { kind: "whole", placeKind: "section", zh: "国考断面", names: [] },
    });
    const put = async (code: string, month: string, codmn: string) => {
      for (const [item, value] of [
        ["ph", "7"],
        ["do", "9"],
        ["nh3n", "0.1"],
        ["codmn", codmn],
      ] as const) {
        await putMonth(fixture.store, code, item, month, value);
      }
    };

    it("names the item with the least room and what the months left may have of it", async () => {
      for (const month of ["01", "02", "03"]) {
        await put("S1", `2024-${month}`, "8");
        await put("S2", `2024-${month}`, "3");
      }
      // class Ⅲ is 6: (6 · 12 − 8 · 3) / 9 = 16/3; S2 has (72 − 9)/9 = 7
      const { json, words } = await ask(rate, "2024-03-31");
      expect(json["rest"]).toMatchObject({
        what: "sections",
        soFar: 50,
        budgetLeft: -1,
        reach: "open",
        sections: [
          { place: "S1", item: "codmn", soFar: 8, limit: 6, possible: true },
          { place: "S2", item: "codmn", needed: 7 },
        ],
      });
      expect(words[1]).toBe("S1：高锰酸盐指数目前 8.000，余下各月平均须不高于 5.333");
    });

    it("is out of reach when a section would need less than nothing", async () => {
      for (const month of MONTHS.slice(0, 11)) {
        await put("S1", `2024-${month}`, "8");
        await put("S2", `2024-${month}`, "3");
      }
      expect((await ask(rate, "2024-11-30")).json["rest"]).toMatchObject({
        reach: "out_of_reach",
        sections: [{ place: "S1", needed: -16, possible: false }, { place: "S2" }],
      });
    });

    it("lands on the limit exactly when the needed mean is fed back as the months left", () => {
      const tenth = fc.integer({ min: 1, max: 400 }).map((n) => exact((n / 10).toFixed(1)));
      fc.assert(
        fc.property(tenth, tenth, fc.integer({ min: 1, max: 11 }), (limit, soFar, months) => {
          const needed = neededOfMonths(limit, soFar, months, 12);
          expect(needed === undefined ? 1 : compare(yearOfMonths(soFar, months, needed, 12), limit)).toBe(0);
        }),
      );
    });
  });
});
