import { describe, expect, expectTypeOf, it } from "vitest";
import { exact, toNumber } from "../../src/domain/exact.ts";
import { dustAnnotatedRatio, dustStatisticName, isDeclaredDust, withoutDust } from "../../src/standards/dust.ts";
import { dustfallOf, dustfallState, dustfallText } from "../../src/standards/dustfall.ts";
import { DEFAULT_POLICIES, parsePolicies } from "../../src/standards/policy.ts";
import {
  type StreetTsp,
  streetTsp,
  streetTspDayIsValid,
  tspWithinLimit,
  type WeighedTsp,
  weighedTsp,
} from "../../src/standards/tsp-light.ts";

describe("declared dust (环办监测〔2016〕120号)", () => {
  const declared = [{ from: 100, to: 200, source: "通报" }];

  it("takes the hours of a declared period out, its end not included", () => {
    expect([99, 100, 199, 200].map((start) => isDeclaredDust(start, declared))).toEqual([false, true, true, false]);
    const hours = [99, 100, 150, 200].map((start) => ({ start }));
    expect(withoutDust(hours, declared).map((hour) => hour.start)).toEqual([99, 200]);
    expect(withoutDust(hours, [])).toEqual(hours);
  });

  it("gives raw and dust-excluded statistics different names", () => {
    expect([dustStatisticName("mean", "raw"), dustStatisticName("mean", "dust_excluded")]).toEqual([
      "mean",
      "mean_dust_excluded",
    ]);
  });

  it("never adds the dust share to a ratio: 88.1 and 2.9 were published beside 89.3, not 91.0 (2025)", () => {
    const published = { value: exact("89.3"), source: "生态环境部通报" };
    const ratio = dustAnnotatedRatio(exact("88.1"), exact("2.9"), published);
    expect(toNumber(ratio.adjusted?.value ?? exact(0))).toBe(89.3);
    expect(ratio.noteZh).toContain("生态环境部通报");
    const alone = dustAnnotatedRatio(exact("88.1"), exact("2.9"));
    expect(alone.adjusted).toBeUndefined();
    expect(alone.noteZh).toContain("不能由沙尘天占比相加得到");
  });
});

describe("dustfall (HJ 1221-2021)", () => {
  it("tells below detection (0.3), below quantification (1.2) and quantified apart", () => {
    const texts = ["0.29", "0.3", "1.19", "1.2", "9"];
    expect(texts.map((text) => dustfallState(exact(text)))).toEqual([
      "not_detected",
      "below_quantification",
      "below_quantification",
      "quantified",
      "quantified",
    ]);
    expect(texts.map((text) => dustfallText(exact(text)))).toEqual([
      "低于检出限（<0.3）",
      "低于测定下限（<1.2）",
      "低于测定下限（<1.2）",
      "1.2",
      "9.0",
    ]);
  });

  it("gives 1.13 t/(km²·30d) for 0.0200 g in 30.0 days over 176.7 cm²", () => {
    const jar = {
      sampleAndDish: exact("40.1250"),
      dish: exact("40.1000"),
      blank: exact("0.0050"),
      mouth: exact("176.7"),
      days: exact("30.0"),
    };
    expect(toNumber(dustfallOf(jar))).toBeCloseTo(1.13, 2);
    expect(toNumber(dustfallOf({ ...jar, days: exact("15") }))).toBeCloseTo(2.26, 2);
  });
});

describe("TSP, weighed and by light scattering", () => {
  it("holds a weighed mean against 300 for a day and 200 for a year (GB 3095 table 2)", () => {
    expect([300, 301].map((n) => tspWithinLimit(weighedTsp(exact(n)), "day", "2012"))).toEqual([true, false]);
    expect([200, 201].map((n) => tspWithinLimit(weighedTsp(exact(n)), "year", "2026-2"))).toEqual([true, false]);
    expect([120, 121].map((n) => tspWithinLimit(weighedTsp(exact(n)), "day", "2012", "I"))).toEqual([true, false]);
  });

  it("is a type error for a street value, which no assignment mends", () => {
    expectTypeOf<StreetTsp>().not.toExtend<WeighedTsp>();
    expectTypeOf(tspWithinLimit).parameter(0).toEqualTypeOf<WeighedTsp>();
  });

  it("refuses a street value that comes past the types, and says why", () => {
    const disguised = streetTsp(exact("250")) as unknown as WeighedTsp;
    expect(() => tspWithinLimit(disguised, "day", "2012")).toThrow(/tsp.not-comparable.*200\/300/);
  });

  it("asks a street day for the hours of policy tspDayHours, 20 unless told", () => {
    expect([19, 20].map((hours) => streetTspDayIsValid(hours, DEFAULT_POLICIES))).toEqual([false, true]);
    expect(streetTspDayIsValid(18, parsePolicies(["tspDayHours=18"]))).toBe(true);
  });
});
