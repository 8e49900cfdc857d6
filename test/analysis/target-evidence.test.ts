import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { judgePlans, targetJson } from "../../src/analysis/target-board.ts";
import { exact } from "../../src/domain/exact.ts";
import type { Plan, Target } from "../../src/domain/plan.ts";
import { parseDay } from "../../src/domain/time.ts";
import { DEFAULT_POLICIES } from "../../src/standards/policy.ts";
import { setTarget } from "../../src/store/target-settings.ts";
import { type TemporaryStore, temporaryStore } from "../store-fixture.ts";
import { citySeeds, placeOf, putDays, putMonth } from "./small-city.ts";
import { someTarget } from "./some-target.ts";

const MONTHS = ["01", "02", "03", "04", "05", "06", "07", "08", "09", "10", "11", "12"];
const SECTION = { kind: "section", parent: "110105" } as const;

describe("the evidence readings give", () => {
  let fixture: TemporaryStore;
  beforeEach(async () => {
    const section = (code: string, level: string) => ({
      ...SECTION,
      code,
      name: code,
      attributes: { waterType: "river", targetClass: "3", level },
    });
    fixture = await temporaryStore(
      citySeeds(2, 2, [section("S1", "国考"), section("S2", "国考"), section("S3", "市考")]),
    );
  });
  afterEach(() => fixture.remove());

  const rowOf = async (target: Target, at: string) => {
    const plan: Plan = { area: target.area, year: 2024, title: "", place: "110105", tasks: [], targets: [target] };
    const [row] = await judgePlans(fixture.store, { plans: [plan], at: parseDay(at), policies: DEFAULT_POLICIES });
    if (row === undefined) throw new Error("no row");
    return row;
  };
  const judge = async (target: Target, at: string) => targetJson(await rowOf(target, at), DEFAULT_POLICIES);
  const flat = (days: number, value: number) => Array.from({ length: days }, () => value);

  describe("of dust", () => {
    const dustfall = someTarget({
      indicator: "dustfall",
      comparator: "~",
      value: "5",
      better: "lower",
      firmness: "about",
    });

    it("weighs the months that are over by their days, and judges only with a tolerance a person set", async () => {
      await putMonth(fixture.store, "110105", "dustfall", "2024-01", "4");
      await putMonth(fixture.store, "110105", "dustfall", "2024-02", "7");
      expect(await judge(dustfall, "2024-02-29")).toMatchObject({ standing: "cannot_judge", reason: "未设容差" });
      await setTarget(fixture.store.sql, dustfall.id, {
        tolerance: exact("0.5"),
        external: undefined,
        setBy: "甲",
        note: "",
        setAt: 0,
      });
      // (4·31 + 7·29)/60 = 5.45
      expect(await judge(dustfall, "2024-02-29")).toMatchObject({ standing: "on_track", valid: true, value: 5.45 });
      await putMonth(fixture.store, "110105", "dustfall", "2024-03", "6");
      expect(await judge(dustfall, "2024-03-31")).toMatchObject({ standing: "at_risk" });
    });

    it("holds road dust against the same months a year before, as the mean of the townships where the district has none", async () => {
      const roads = someTarget({ indicator: "road_dust_load", comparator: "down", value: undefined, unit: "g/m²" });
      for (const month of ["2024-01", "2024-02"]) {
        await putMonth(fixture.store, "T01", "road_dust_load", month, "0.4");
        await putMonth(fixture.store, "T02", "road_dust_load", month, "0.6");
      }
      expect(await judge(roads, "2024-02-29")).toMatchObject({
        standing: "cannot_judge",
        value: 0.5,
        reason: "没有上年同期数值；由 2 个街乡平均（推算）",
      });
      for (const month of ["2023-01", "2023-02", "2023-03"]) {
        await putMonth(fixture.store, "T01", "road_dust_load", month, month.endsWith("03") ? "0.1" : "0.7");
      }
      expect(await judge(roads, "2024-02-29")).toMatchObject({ standing: "on_track", value: 0.5, base: 0.7 });
      // Of the year before one township of two reported.
      expect((await rowOf(roads, "2024-02-29")).evidence).toMatchObject({
        behind: { what: "units", have: 2, of: 2 },
        baseBehind: { what: "units", have: 1, of: 2 },
      });
    });
  });

  describe("of complaints", () => {
    const complaints = someTarget({ indicator: "noise_complaints", comparator: "down", value: undefined, unit: "件" });

    it("totals the townships and compares with the same days a year before, not with the whole year", async () => {
      const { store } = fixture;
      await putDays(store, "T01", "noise_complaints", "2024-01-01", flat(31, 2));
      await putDays(store, "T02", "noise_complaints", "2024-01-01", flat(31, 1));
      expect(await judge(complaints, "2024-01-31")).toMatchObject({ standing: "cannot_judge", value: 93 });
      await putDays(store, "T01", "noise_complaints", "2023-01-01", flat(200, 2));
      await putDays(store, "T02", "noise_complaints", "2023-01-01", flat(200, 2));
      expect(await judge(complaints, "2024-01-31")).toMatchObject({ standing: "on_track", base: 124 });
    });
    it("takes a month cut short for enough in the year before too, as it does in the running year", async () => {
      const tsp = someTarget({ indicator: "tsp", comparator: "down", value: undefined, unit: "µg/m³" });
      await putDays(fixture.store, "110105", "tsp", "2024-01-01", flat(41, 80));
      await putDays(fixture.store, "110105", "tsp", "2023-01-01", flat(41, 90));
      expect(await judge(tsp, "2024-02-10")).toMatchObject({ standing: "on_track", value: 80, base: 90 });
    });

    it("takes a base with missing days for none, and says so", async () => {
      await putDays(fixture.store, "T01", "noise_complaints", "2024-01-01", flat(31, 2));
      await putDays(fixture.store, "T01", "noise_complaints", "2023-01-01", flat(20, 9));
      expect((await judge(complaints, "2024-01-31"))["reason"]).toBe("上年同期数据不足：有效天数 20 天，需 31 天");
    });
  });

  describe("of water", () => {
    const water = (changes: Partial<Target>) =>
      someTarget({ area: "water", comparator: "=", value: "100", unit: "%", ...changes });
    const scope = (zh: string, kind: "whole" | "each" = "whole") => ({
      kind,
      placeKind: "section" as const,
      zh,
      names: [],
    });

    /** The four items that decide a class, with CODMn of the given value and the others of class Ⅰ. */
    const put = async (code: string, month: string, codmn: string) => {
      await placeOf(fixture.store, code);
      for (const [item, value] of [
        ["ph", "7"],
        ["do", "9"],
        ["nh3n", "0.1"],
        ["codmn", codmn],
      ] as const) {
        await putMonth(fixture.store, code, item, month, value);
      }
    };

    it("counts only the sections of the level the target names, over the months that are over", async () => {
      for (const month of ["2024-01", "2024-02"]) {
        await put("S1", month, "3");
        await put("S2", month, "12");
        await put("S3", month, "5");
      }
      const national = water({ indicator: "compliance_rate", scope: scope("国考断面") });
      expect(await judge(national, "2024-03-10")).toMatchObject({ value: 50, standing: "at_risk" });
      const municipal = water({ indicator: "compliance_rate", scope: scope("市考断面") });
      expect(await judge(municipal, "2024-03-10")).toMatchObject({ value: 100, standing: "on_track" });
      const each = water({ indicator: "water_class", comparator: "<=", value: "3", scope: scope("国考断面", "each") });
      expect((await judge(each, "2024-03-10"))["places"]).toMatchObject([
        { place: "S1", standing: "on_track", value: 2 },
        { place: "S2", standing: "at_risk", value: 5 },
      ]);
    });
    it("counts a section without a class both ways", async () => {
      await put("S1", "2024-01", "3");
      const national = water({ indicator: "compliance_rate", scope: scope("国考断面") });
      expect(await judge(national, "2024-02-10")).toMatchObject({ standing: "cannot_judge", low: 50, high: 100 });
    });
    it("counts sections of inferior class Ⅴ", async () => {
      for (const [code, codmn] of [
        ["S1", "3"],
        ["S2", "16"],
        ["S3", "3"],
      ] as const)
        await put(code, "2024-01", codmn);
      const none = water({ indicator: "water_class", comparator: "zero_open", value: undefined, scope: scope("全域") });
      expect(await judge(none, "2024-02-10")).toMatchObject({ value: 1, standing: "at_risk", reason: "S2" });
    });
    it("holds the index against the same months a year before, an improvement being positive", async () => {
      const quality = water({ indicator: "composite_index", comparator: "up", value: undefined, scope: scope("全域") });
      for (const month of MONTHS.slice(0, 2)) {
        for (const code of ["S1", "S2", "S3"]) {
          await put(code, `2024-${month}`, "3");
          await put(code, `2023-${month}`, "6");
        }
      }
      // Parts: pH 0, oxygen 5/9, ammonia 0.1, CODMn 0.5 against 1.
      const found = await judge(quality, "2024-02-29");
      expect(found["standing"]).toBe("on_track");
      expect(found["value"]).toBeCloseTo((0.5 / (5 / 9 + 0.1 + 1)) * 100, 9);
    });
  });
});
