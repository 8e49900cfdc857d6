import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compare, type Exact, exact, toNumber } from "../../src/domain/exact.ts";
import { airDecimals } from "../../src/standards/air-decimals.ts";
import { compositeIndex, compositeScheme } from "../../src/standards/composite-index.ts";
import { decimalText } from "../../src/standards/gbt8170.ts";
import { attainment, exceedanceMultiple } from "../../src/standards/hj663-attainment.ts";
import { ANNUAL_METRICS, percentile } from "../../src/standards/hj663-percentile.ts";
import { setMinimumStations } from "../../src/standards/hj663-set.ts";
import { DEFAULT_POLICIES, parsePolicies } from "../../src/standards/policy.ts";

const all = (...texts: readonly string[]) => texts.map((text) => exact(text));
const upTo = (n: number) => Array.from({ length: n }, (_, i) => exact(i + 1));
const number = (value: Exact | undefined) => (value === undefined ? undefined : toNumber(value));

describe("HJ 663, percentiles (2013 app. A)", () => {
  it("interpolates at k = 1 + (n−1)·p/100", () => {
    expect(number(percentile(all("10", "20", "30", "40"), 95))).toBe(38.5);
  });

  it.each([
    [365, 90, 328.6],
    [365, 95, 346.8],
    [365, 98, 357.72],
    [366, 90, 329.5],
    [366, 95, 347.75],
    [366, 98, 358.7],
  ])("stands, over the whole numbers to %i, for p = %i at %d", (n, p, k) => {
    expect(number(percentile(upTo(n), p))).toBe(k);
  });

  it("is the value itself for one day, the ends at 0 and 100, and nothing for no days", () => {
    expect(number(percentile(all("7"), 98))).toBe(7);
    expect([0, 100].map((p) => number(percentile(upTo(12), p)))).toEqual([1, 12]);
    expect(percentile([], 90)).toBeUndefined();
  });

  it("takes the rank rounded up under policy percentileFormula=nearest", () => {
    expect([0, 90, 95, 100].map((p) => number(percentile(upTo(30), p, "nearest")))).toEqual([1, 27, 29, 30]);
    expect(percentile([], 90, "nearest")).toBeUndefined();
  });

  it("lies between the smallest and the largest value and rises with p", () => {
    const values = fc.array(fc.integer({ min: 0, max: 500 }), { minLength: 1, maxLength: 40 });
    const share = fc.integer({ min: 0, max: 100 });
    fc.assert(
      fc.property(values, share, share, (list, p, q) => {
        const sorted = list.toSorted((a, b) => a - b).map((n) => exact(n));
        const low = percentile(sorted, Math.min(p, q)) as Exact;
        const high = percentile(sorted, Math.max(p, q)) as Exact;
        expect(compare(low, high) <= 0).toBe(true);
        expect(toNumber(low) >= Math.min(...list) && toNumber(high) <= Math.max(...list)).toBe(true);
      }),
    );
  });

  it("rates CO and O3 by their percentile alone, the others by mean and percentile (table 1)", () => {
    const table = ANNUAL_METRICS.map(({ item, mean, percentile: p }) => `${item} ${mean ? "mean+" : ""}P${p}`);
    expect(table.toSorted()).toEqual([
      "co P95",
      "no2 mean+P98",
      "o3 P90",
      "pm10 mean+P95",
      "pm25 mean+P95",
      "so2 mean+P98",
    ]);
  });
});

describe("HJ 663, attainment of a year", () => {
  const pm25 = (mean: string | undefined, p95: string | undefined, policies = DEFAULT_POLICIES) =>
    attainment(
      "pm25",
      "2012",
      { mean: mean === undefined ? undefined : exact(mean), percentile: p95 === undefined ? undefined : exact(p95) },
      policies,
    );

  it("needs both the mean and the percentile within the limit", () => {
    expect(pm25("35", "75").attained).toBe(true);
    expect(pm25("35", "76").attained).toBe(false);
    expect(pm25("36", "75").attained).toBe(false);
  });

  it("is not known without one of them, unless the other already fails", () => {
    expect(pm25("35", undefined).attained).toBeUndefined();
    expect(pm25(undefined, "76").attained).toBe(false);
  });

  it("compares full values unless policy targetCompare=rounded says otherwise", () => {
    expect(pm25("35.4", "75").attained).toBe(false);
    expect(pm25("35.4", "75", parsePolicies(["targetCompare=rounded"])).attained).toBe(true);
  });

  it("uses the limits of the phase: 31 attains in 2012 and not in 2026", () => {
    const values = { mean: exact("31"), percentile: exact("60") };
    expect(attainment("pm25", "2012", values, DEFAULT_POLICIES).attained).toBe(true);
    expect(attainment("pm25", "2026-1", values, DEFAULT_POLICIES).attained).toBe(false);
  });

  it("holds ozone's P90 against the 8-hour limit and carbon monoxide's P95 against the day's", () => {
    const ozone = attainment("o3", "2012", { percentile: exact("161") }, DEFAULT_POLICIES);
    expect([ozone.attained, ozone.parts.map((part) => [part.metric, number(part.limit)])]).toEqual([
      false,
      [["percentile", 160]],
    ]);
    expect(attainment("co", "2012", { percentile: exact("4") }, DEFAULT_POLICIES).attained).toBe(true);
  });

  it("has no part for a mean of ozone or carbon monoxide, which have no annual limit (GB 3095 table 1)", () => {
    const values = { mean: exact("500"), percentile: exact("4") };
    for (const item of ["o3", "co"] as const) {
      const found = attainment(item, "2026-2", values, DEFAULT_POLICIES);
      expect([found.attained, found.parts.map((part) => part.metric)]).toEqual([true, ["percentile"]]);
    }
  });

  it("judges the other four by both, each against its own limit", () => {
    const limits = (item: "so2" | "no2" | "pm10" | "pm25") =>
      attainment(item, "2012", {}, DEFAULT_POLICIES).parts.map((part) => [
        part.metric,
        number(part.limit),
        part.within,
      ]);
    expect(limits("so2")).toEqual([
      ["mean", 60, undefined],
      ["percentile", 150, undefined],
    ]);
    expect(limits("no2")).toEqual([
      ["mean", 40, undefined],
      ["percentile", 80, undefined],
    ]);
    expect(limits("pm10")).toEqual([
      ["mean", 70, undefined],
      ["percentile", 150, undefined],
    ]);
    expect(limits("pm25")).toEqual([
      ["mean", 35, undefined],
      ["percentile", 75, undefined],
    ]);
  });

  it("uses grade I where it is asked for", () => {
    const values = { mean: exact("16"), percentile: exact("30") };
    expect(attainment("pm25", "2012", values, DEFAULT_POLICIES, "I").attained).toBe(false);
  });

  it("states by how many times a value exceeds: (C − S)/S, nothing within the limit", () => {
    expect(number(exceedanceMultiple(exact("80.5"), exact("35")))).toBe(1.3);
    expect(exceedanceMultiple(exact("35"), exact("35"))).toBeUndefined();
    expect(number(pm25("42", "75").parts[0]?.multiple)).toBe(0.2);
    expect(pm25("42", "75").parts[1]?.multiple).toBeUndefined();
    // Rounded, 35.4 is 35: what attains exceeds by nothing.
    expect(pm25("35.4", "75", parsePolicies(["targetCompare=rounded"])).parts[0]?.multiple).toBeUndefined();
  });
});

describe("HJ 663, station sets", () => {
  it.each([
    [12, 9],
    [2, 1],
    [1, 1],
    [3, 2],
    [4, 3],
    [5, 4],
    [35, 27],
  ])("asks a set of %i stations for %i valid ones by default", (stations, needed) => {
    expect(setMinimumStations(stations, DEFAULT_POLICIES)).toBe(needed);
  });

  it("follows policy setCoverage", () => {
    const all = parsePolicies(["setCoverage=1/1"]);
    expect([2, 12].map((stations) => setMinimumStations(stations, all))).toEqual([2, 12]);
  });
});

describe("composite index (环办〔2014〕64号)", () => {
  const WORKED = { pm25: exact(21), pm10: exact(39), so2: exact(9), no2: exact(15), o3: exact(192), co: exact("0.7") };

  it("gives 3.06 for the worked example of a published notice", () => {
    expect(decimalText(compositeIndex(WORKED).index ?? exact(0), 2)).toBe("3.06");
    expect(decimalText(compositeIndex(WORKED).index ?? exact(0), 3)).toBe("3.057");
    expect(decimalText(compositeIndex(WORKED).single.pm25 ?? exact(0), 3)).toBe("0.600");
  });

  it("has no value when one of the six has none, and names it", () => {
    const found = compositeIndex({ ...WORKED, co: undefined });
    expect([found.index, found.missing]).toEqual([undefined, ["co"]]);
  });

  it("takes weights and limits as configuration", () => {
    const scheme = compositeScheme("own", "自定", { weights: { pm25: exact(3) }, limits: { pm25: exact(30) } });
    // 3·21/30 + 39/70 + 9/60 + 15/40 + 192/160 + 0.7/4
    expect(decimalText(compositeIndex(WORKED, scheme).index ?? exact(0), 4)).toBe("4.5571");
  });

  it("keeps the practice's limits where only weights are given", () => {
    const scheme = compositeScheme("own", "自定", { weights: { pm25: exact(3) } });
    // 3·21/35 + 39/70 + 9/60 + 15/40 + 192/160 + 0.7/4
    expect(decimalText(compositeIndex(WORKED, scheme).index ?? exact(0), 4)).toBe("4.2571");
  });

  it("refuses a limit or weight that is not above zero", () => {
    expect(() => compositeScheme("own", "自定", { limits: { co: exact(0) } })).toThrow(/co/);
  });
});

describe("decimals of air figures", () => {
  it("prints PM2.5 with one decimal from 2024 on and whole before, as Beijing's bulletins do", () => {
    expect([2013, 2023, 2024, 2025].map((year) => airDecimals("pm25", "published", year))).toEqual([0, 0, 1, 1]);
    expect(airDecimals("pm25", "published")).toBe(1);
    expect(airDecimals("pm25", "statistic")).toBe(0);
    expect([airDecimals("co", "published", 2013), airDecimals("composite_index", "published", 2013)]).toEqual([1, 2]);
    expect(airDecimals("composite_index", "raw", 2013)).toBe(2);
  });

  it("keeps a tenth of CO everywhere and whole numbers of the other items before the index (2026 cl. 4.2.2)", () => {
    const raw = (["so2", "no2", "co", "o3", "pm10", "pm25"] as const).map((item) => airDecimals(item, "raw"));
    expect(raw).toEqual([0, 0, 1, 0, 0, 0]);
  });
});
