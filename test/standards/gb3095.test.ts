import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Exact, exact, toNumber } from "../../src/domain/exact.ts";
import { parseDay } from "../../src/domain/time.ts";
import { type LimitPhase, limitOf, limitPhaseOn } from "../../src/standards/gb3095-limits.ts";
import { GAS_STEP, referenceStateNote } from "../../src/standards/gb3095-reference-state.ts";
import {
  coverageMinimumDays,
  DAY_MIN_HOURS,
  mda8IsValid,
  monthMinimumDays,
  periodMinimum,
  windowIsValid,
  yearMinimumDays,
  yearNeedsMonths,
} from "../../src/standards/gb3095-validity.ts";
import { DEFAULT_POLICIES, parsePolicies } from "../../src/standards/policy.ts";

const number = (value: Exact | undefined) => (value === undefined ? undefined : toNumber(value));

describe("GB 3095, limits of grade II", () => {
  it.each([
    ["pm25", "year", 35, 30, 25],
    ["pm25", "day", 75, 60, 50],
    ["pm10", "year", 70, 60, 50],
    ["pm10", "day", 150, 120, 100],
    ["so2", "year", 60, 60, 20],
    ["so2", "day", 150, 150, 50],
    ["so2", "hour", 500, 500, 150],
    ["no2", "year", 40, 40, 30],
    ["no2", "day", 80, 80, 50],
    ["no2", "hour", 200, 200, 200],
    ["co", "day", 4, 4, 4],
    ["co", "hour", 10, 10, 10],
    ["o3", "mda8", 160, 160, 160],
    ["o3", "hour", 200, 200, 200],
    ["nox", "year", 50, 50, 40],
    ["nox", "day", 100, 100, 70],
    ["nox", "hour", 250, 250, 250],
    ["pb", "quarter", 1, 1, 1],
    ["bap", "day", 0.0025, 0.0025, 0.0025],
  ] as const)("sets %s over a %s at %d, then %d, then %d (tables 1 and 2, cl. 4.4)", (item, period, ...expected) => {
    const phases: readonly LimitPhase[] = ["2012", "2026-1", "2026-2"];
    expect(phases.map((phase) => number(limitOf(phase, item, period)))).toEqual(expected);
  });

  it.each([
    ["pm25", "year", 15, 15, 10],
    ["pm25", "day", 35, 35, 25],
    ["pm10", "year", 40, 40, 20],
    ["pm10", "day", 50, 50, 50],
    ["so2", "day", 50, 50, 50],
    ["no2", "year", 40, 40, 30],
    ["o3", "mda8", 100, 100, 100],
    ["o3", "hour", 160, 160, 160],
  ] as const)("sets grade I of %s over a %s at %d, %d, %d", (item, period, ...expected) => {
    const phases: readonly LimitPhase[] = ["2012", "2026-1", "2026-2"];
    expect(phases.map((phase) => number(limitOf(phase, item, period, "I")))).toEqual(expected);
  });

  it("has no annual limit for carbon monoxide and ozone", () => {
    expect([limitOf("2012", "co", "year"), limitOf("2026-1", "o3", "year")]).toEqual([undefined, undefined]);
  });

  it("changes by the day of observation: 2026-03-01 and 2031-01-01 (2026 cover, cl. 4.4)", () => {
    const days = ["2026-02-28", "2026-03-01", "2030-12-31", "2031-01-01"];
    expect(days.map((day) => limitPhaseOn(parseDay(day)))).toEqual(["2012", "2026-1", "2026-1", "2026-2"]);
  });
});

describe("GB 3095, how much data a mean needs (2026 table 4, cl. 6.4)", () => {
  it("asks for 20 hours of a day, 6 of 8 hours, 27 days of a month, 25 of a February, 324 of a year", () => {
    expect(DAY_MIN_HOURS).toBe(20);
    expect([5, 6, 8].map(windowIsValid)).toEqual([false, true, true]);
    expect(Array.from({ length: 12 }, (_, i) => monthMinimumDays(i + 1))).toEqual([
      27, 25, 27, 27, 27, 27, 27, 27, 27, 27, 27, 27,
    ]);
    expect(yearMinimumDays()).toBe(324);
  });

  it("counts an ozone day with 14 windows, or with fewer when its maximum, unrounded, is above 160 (HJ 663 cl. 6.1.2)", () => {
    expect(mda8IsValid(14, exact("20"))).toBe(true);
    expect(mda8IsValid(13, exact("160"))).toBe(false);
    expect(mda8IsValid(13, exact("160.01"))).toBe(true);
    expect(mda8IsValid(17, undefined)).toBe(false);
  });

  it("asks a quarter, half-year and cumulative period for each of its months, and a year for 324 days too", () => {
    const whole = (kind: "quarter" | "cumulative" | "year" | "month", months: readonly number[], days: number) =>
      periodMinimum({ kind, months, days, running: false }, DEFAULT_POLICIES);
    expect(whole("quarter", [1, 2, 3], 90)).toEqual({ days: 79, months: "each" });
    expect(whole("cumulative", [1, 2], 59)).toEqual({ days: 52, months: "each" });
    expect(whole("year", [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12], 365)).toEqual({ days: 324, months: "each" });
    expect(whole("month", [2], 29)).toEqual({ days: 25, months: "none" });
  });

  it("asks a half-month and a running period for the share of policy periodCoverage, rounded up", () => {
    const half = { kind: "halfMonth", months: [3], days: 15, running: false } as const;
    expect(periodMinimum(half, DEFAULT_POLICIES)).toEqual({ days: 13, months: "none" });
    const running = { kind: "cumulative", months: [1, 2, 3], days: 74, running: true } as const;
    expect(periodMinimum(running, DEFAULT_POLICIES)).toEqual({ days: 63, months: "none" });
    expect(periodMinimum(running, parsePolicies(["periodCoverage=1"])).days).toBe(74);
    expect(coverageMinimumDays(20, DEFAULT_POLICIES)).toBe(17);
    expect(periodMinimum({ kind: "day", months: [3], days: 1, running: false }, DEFAULT_POLICIES).days).toBe(1);
  });

  it("leaves months out of a CO or O3 year only under policy yearValidity=days", () => {
    const days = parsePolicies(["yearValidity=days"]);
    expect(["pm25", "co", "o3"].map((item) => yearNeedsMonths(item, DEFAULT_POLICIES))).toEqual([true, true, true]);
    expect(["pm25", "co", "o3"].map((item) => yearNeedsMonths(item, days))).toEqual([true, false, false]);
  });

  it("never turns invalid when an hour, a window or a share of days is added", () => {
    const hours = fc.integer({ min: 0, max: 8 });
    fc.assert(
      fc.property(hours, hours, (a, b) => {
        if (windowIsValid(Math.min(a, b))) expect(windowIsValid(Math.max(a, b))).toBe(true);
      }),
    );
    fc.assert(
      fc.property(fc.nat(17), fc.nat(17), fc.nat(400), (a, b, value) => {
        const few = mda8IsValid(Math.min(a, b), exact(value));
        if (few) expect(mda8IsValid(Math.max(a, b), exact(value))).toBe(true);
      }),
    );
  });
});

describe("GB 3095, the reference state", () => {
  it("is noted only for data on both sides of 2018-09-01 (2018 amendment)", () => {
    const days = (...texts: readonly string[]) => referenceStateNote(texts.map(parseDay));
    expect(days("2018-08-31", "2018-09-01")?.zh).toContain("2018-09-01");
    expect(days("2019-01-01", "2015-01-01")?.en).toContain("8.4 %");
    expect(days("2015-01-01", "2018-08-31")).toBeUndefined();
    expect(days("2018-09-01", "2024-12-31")).toBeUndefined();
    expect(days()).toBeUndefined();
  });

  it("lowers gas values to 0.916 of what they were", () => {
    expect(toNumber(GAS_STEP)).toBeCloseTo(0.9156, 4);
  });
});
