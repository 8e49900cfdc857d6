import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { EDITIONS, type Edition, editionOn } from "../../src/domain/edition.ts";
import { compare, type Exact, exact, ratio } from "../../src/domain/exact.ts";
import { parseDay } from "../../src/domain/time.ts";
import { AQI_CLASSES, aqiClass } from "../../src/standards/hj633-class.ts";
import { DAY_ITEMS, type DayItem, dayIaqi, dayIndex, POLLUTANTS } from "../../src/standards/hj633-day.ts";
import { breakpoints, oracle } from "./iaqi-oracle.ts";

const ALL: readonly DayItem[] = DAY_ITEMS["2012"];
const NA = { aqiMissing: "na" } as const;
const AVAILABLE = { aqiMissing: "available" } as const;

const anyEdition = fc.constantFrom(...EDITIONS);
const anyItem = fc.constantFrom(...ALL.filter((item) => item !== "o3_1h"));
const anyValue = fc
  .tuple(fc.bigInt(0n, 3000n * 240n), fc.constantFrom(1n, 10n, 24n, 168n, 240n))
  .map(([n, d]) => ratio(n, d));

type Values = Partial<Record<DayItem, Exact>>;

const day = (texts: Partial<Record<DayItem, string>>): Values =>
  Object.fromEntries(Object.entries(texts).map(([item, text]) => [item, exact(text)]));

const CLEAN = { so2: "10", no2: "15", co: "0.5", pm10: "30", pm25: "20", o3_8h: "60", o3_1h: "80" } as const;

describe("HJ 633, the index of one item's day", () => {
  it.each(EDITIONS)("gives each breakpoint its own index (table of %s)", (edition) => {
    for (const item of DAY_ITEMS[edition]) {
      for (const { index, at } of breakpoints(edition, item)) {
        expect([item, at, dayIaqi(edition, item, ratio(at))]).toEqual([item, at, Number(index)]);
      }
    }
  });

  it("rounds the concentration half to even before looking it up (2026 cl. 4.2.2)", () => {
    expect(dayIaqi("2026", "pm25", exact("60.5"))).toBe(100);
    expect(dayIaqi("2026", "pm25", exact("60.6"))).toBe(101);
    expect(dayIaqi("2026", "pm25", exact("35.99"))).toBe(52);
    expect(dayIaqi("2026", "co", exact("2.05"))).toBe(50);
    expect(dayIaqi("2026", "co", exact("2.15"))).toBe(55);
  });

  it("keeps carbon monoxide exact where binary fractions say 56", () => {
    expect(dayIaqi("2026", "co", exact("2.2"))).toBe(55);
  });

  it("has no index for 8-hour ozone above 800 in 2012 (table 1 note 3), and 300 in 2026 (table 3 note c)", () => {
    expect(dayIaqi("2012", "o3_8h", exact("800"))).toBe(300);
    expect(dayIaqi("2012", "o3_8h", exact("800.5"))).toBe(300);
    expect(dayIaqi("2012", "o3_8h", exact("801"))).toBeUndefined();
    expect(dayIaqi("2026", "o3_8h", exact("801"))).toBe(300);
  });

  it("rates the 1-hour maximum of ozone in a day of 2012 only (2012 cl. 5.1.2, 2026 cl. 4.2.2)", () => {
    expect(dayIaqi("2012", "o3_1h", exact("200"))).toBe(100);
    expect(dayIaqi("2026", "o3_1h", exact("200"))).toBeUndefined();
  });

  it("stops at 500 above the table (2026 cl. 4.1.1)", () => {
    expect(dayIaqi("2012", "pm10", exact("8108"))).toBe(500);
    expect(dayIaqi("2026", "pm25", exact("501"))).toBe(500);
  });

  it("agrees with rational arithmetic at every whole concentration of both tables", () => {
    for (const edition of EDITIONS) {
      for (const item of ALL) {
        if (edition === "2026" && item === "o3_1h") continue;
        const scale = item === "co" ? 10n : 1n;
        const top = breakpoints(edition, item, scale).at(-1)?.at ?? 0n;
        for (let c = 0n; c <= top + 5n; c++) {
          const expected = oracle(edition, item, c, scale);
          const found = dayIaqi(edition, item, ratio(c, scale));
          const beyond = edition === "2026" && item === "o3_8h" && c > top ? 300 : expected;
          if (found !== beyond) expect([edition, item, c, found]).toEqual([edition, item, c, beyond]);
        }
      }
    }
  });

  it("never falls when pollution rises", () => {
    fc.assert(
      fc.property(anyEdition, anyItem, anyValue, anyValue, (edition, item, a, b) => {
        const [low, high] = compare(a, b) <= 0 ? [a, b] : [b, a];
        const index = dayIaqi(edition, item, high);
        if (index !== undefined) expect(index).toBeGreaterThanOrEqual(dayIaqi(edition, item, low) ?? 0);
      }),
      { numRuns: 1000 },
    );
  });

  it("refuses a negative concentration and names the item", () => {
    expect(() => dayIaqi("2012", "pm25", exact("-0.1"))).toThrow(/value.negative: pm25/);
  });
});

describe("HJ 633, the index of a day", () => {
  it("is the largest index, with its pollutant, class and level (eq. (2), cl. 4.3)", () => {
    const found = dayIndex("2012", day({ ...CLEAN, pm25: "151" }), NA);
    expect([found.aqi, found.primary, found.class?.class, found.class?.level]).toEqual([201, ["pm25"], "重度污染", 5]);
    expect(found.completeness).toBe("full");
  });

  it("lists all pollutants of the largest index, ozone once, in the printed order", () => {
    const found = dayIndex("2012", day({ ...CLEAN, pm25: "75", pm10: "150", o3_8h: "160", o3_1h: "200" }), NA);
    expect([found.aqi, found.primary]).toEqual([100, ["pm25", "pm10", "o3"]]);
  });

  it("has no primary pollutant up to 50 and one from 51 on (cl. 3.3)", () => {
    expect(dayIndex("2026", day({ ...CLEAN, pm25: "35" }), NA).primary).toEqual([]);
    expect(dayIndex("2026", day({ ...CLEAN, pm25: "36" }), NA).primary).toEqual(["pm25"]);
  });

  it("is NA with a missing pollutant, unless the rest are above 100 (2026 cl. 5.3.1)", () => {
    const { so2: _, ...rest } = CLEAN;
    const na = dayIndex("2026", day({ ...rest, pm25: "60" }), NA);
    expect([na.aqi, na.available, na.primary, na.availablePrimary, na.class, na.availableClass?.class]).toEqual([
      undefined,
      100,
      [],
      ["pm25"],
      undefined,
      "良",
    ]);
    expect(na.completeness).toBe("na");
    const partial = dayIndex("2026", day({ ...rest, pm25: "61" }), NA);
    expect([partial.aqi, partial.completeness]).toEqual([101, "partial"]);
  });

  it("gives the index of the rest under policy aqiMissing=available", () => {
    const { so2: _, ...rest } = CLEAN;
    const found = dayIndex("2012", day(rest), AVAILABLE);
    expect([found.aqi, found.completeness]).toEqual([30, "partial"]);
  });

  it("is not incomplete for a missing 1-hour ozone alone, in either edition", () => {
    const { o3_1h: _, ...rest } = CLEAN;
    expect(EDITIONS.map((edition) => dayIndex(edition, day(rest), NA).completeness)).toEqual(["full", "full"]);
  });

  it("lets 1-hour ozone decide in 2012 where the 8-hour value is above the table or missing", () => {
    const above = dayIndex("2012", day({ ...CLEAN, o3_8h: "801", o3_1h: "900" }), NA);
    expect([above.aqi, above.primary, above.completeness]).toEqual([350, ["o3"], "full"]);
    const { o3_8h: _, ...without8h } = CLEAN;
    const missing = dayIndex("2012", day({ ...without8h, o3_1h: "210" }), NA);
    expect([missing.aqi, missing.primary, missing.completeness]).toEqual([105, ["o3"], "partial"]);
  });

  it("counts ozone as missing in 2012 when the 8-hour value is above the table and there is no 1-hour one", () => {
    const { o3_1h: _, ...rest } = CLEAN;
    const found = dayIndex("2012", day({ ...rest, o3_8h: "801" }), NA);
    expect([found.aqi, found.available, found.completeness]).toEqual([undefined, 30, "na"]);
  });

  it("counts ozone as missing in 2012 when neither of its two values is there", () => {
    const { o3_1h: _, o3_8h: __, ...rest } = CLEAN;
    const low = dayIndex("2012", day(rest), NA);
    expect([low.aqi, low.available, low.completeness]).toEqual([undefined, 30, "na"]);
    expect(dayIndex("2012", day({ ...rest, pm25: "151" }), NA).completeness).toBe("partial");
  });

  it("gives nothing for a day without any value", () => {
    const found = dayIndex("2026", {}, AVAILABLE);
    expect([found.aqi, found.available, found.completeness, found.primary]).toEqual([undefined, undefined, "na", []]);
  });

  it("does not depend on the order of the items", () => {
    const anyDay = fc.tuple(...ALL.map(() => fc.option(anyValue, { nil: undefined })));
    fc.assert(
      fc.property(
        anyEdition,
        anyDay,
        fc.shuffledSubarray([...ALL], { minLength: ALL.length }),
        (edition, values, order) => {
          const plain = Object.fromEntries(ALL.map((item, i) => [item, values[i]]));
          const shuffled = Object.fromEntries(order.map((item) => [item, plain[item]]));
          expect(dayIndex(edition, shuffled, NA)).toEqual(dayIndex(edition, plain, NA));
        },
      ),
    );
  });

  it("is the largest of the single indices, whatever is there", () => {
    const anyDay = fc.tuple(...ALL.map(() => fc.option(anyValue, { nil: undefined })));
    fc.assert(
      fc.property(anyEdition, anyDay, (edition, values) => {
        const plain = Object.fromEntries(ALL.map((item, i) => [item, values[i]])) as Values;
        const singles = ALL.flatMap((item) => {
          const value = plain[item];
          const index = value === undefined ? undefined : dayIaqi(edition, item, value);
          return index === undefined ? [] : [index];
        });
        const found = dayIndex(edition, plain, NA);
        expect(found.available).toBe(singles.length === 0 ? undefined : Math.max(...singles));
        if (found.aqi !== undefined) expect(found.aqi).toBe(found.available);
        for (const one of found.primary) expect(POLLUTANTS).toContain(one);
      }),
    );
  });
});

describe("HJ 633, the two editions side by side", () => {
  const classOf = (edition: Edition, item: DayItem, value: Exact) => {
    const index = dayIaqi(edition, item, value);
    return index === undefined ? undefined : aqiClass(index).class;
  };

  /** Every whole concentration up to beyond the table, CO in tenths. */
  const concentrations = (item: DayItem) => {
    const scale = item === "co" ? 10n : 1n;
    const top = breakpoints("2026", item, scale).at(-1)?.at ?? 0n;
    return Array.from({ length: Number(top) + 21 }, (_, c) => ({ c, value: ratio(BigInt(c), scale) }));
  };

  it("differ in class only for PM2.5 61–75 and PM10 121–150, where 良 becomes 轻度污染", () => {
    const span = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, i) => from + i);
    const expected: Partial<Record<DayItem, readonly number[]>> = { pm25: span(61, 75), pm10: span(121, 150) };
    for (const item of ["so2", "no2", "co", "pm10", "pm25"] as const) {
      const differing = concentrations(item).filter(
        ({ value }) => classOf("2012", item, value) !== classOf("2026", item, value),
      );
      expect(differing.map(({ c }) => c)).toEqual(expected[item] ?? []);
      for (const { value } of differing) {
        expect([classOf("2012", item, value), classOf("2026", item, value)]).toEqual(["良", "轻度污染"]);
      }
    }
  });

  it("agree on every heavy day of a single item", () => {
    for (const item of ["so2", "no2", "co", "pm10", "pm25"] as const) {
      for (const { value } of concentrations(item)) {
        const heavy = EDITIONS.map((edition) => (dayIaqi(edition, item, value) ?? 0) > 200);
        expect(heavy[0]).toBe(heavy[1]);
      }
    }
  });

  it("differ in 8-hour ozone only above 800: no index in 2012, 300 in 2026", () => {
    const differing = concentrations("o3_8h").filter(
      ({ value }) => dayIaqi("2012", "o3_8h", value) !== dayIaqi("2026", "o3_8h", value),
    );
    expect(differing.map(({ c }) => c)).toEqual(Array.from({ length: 20 }, (_, i) => 801 + i));
  });

  it("differ in a day whose 1-hour ozone is the worse of the two: 2012 rates it, 2026 does not", () => {
    const values = day({ ...CLEAN, o3_8h: "60", o3_1h: "300" });
    expect(EDITIONS.map((edition) => dayIndex(edition, values, NA).aqi)).toEqual([150, 30]);
  });

  it("change over at 2026-03-01, by the day of observation", () => {
    expect(["2026-02-28", "2026-03-01"].map((text) => editionOn(parseDay(text)))).toEqual(["2012", "2026"]);
  });
});

describe("HJ 633, classes and colours (app. A)", () => {
  it.each([
    [0, "优"],
    [50, "优"],
    [51, "良"],
    [100, "良"],
    [101, "轻度污染"],
    [150, "轻度污染"],
    [151, "中度污染"],
    [200, "中度污染"],
    [201, "重度污染"],
    [300, "重度污染"],
    [301, "严重污染"],
    [500, "严重污染"],
  ])("puts an index of %i into %s", (aqi, name) => {
    expect(aqiClass(aqi).class).toBe(name);
  });

  it("uses the printed colours, purple 153,0,76 among them, and hex texts that match", () => {
    const hex = ["#00E400", "#FFFF00", "#FF7E00", "#FF0000", "#99004C", "#7E0023"];
    expect(AQI_CLASSES.map((one) => one.hex)).toEqual(hex);
    for (const { rgb, hex: text } of AQI_CLASSES) {
      expect(
        `#${rgb
          .map((part) => part.toString(16).padStart(2, "0"))
          .join("")
          .toUpperCase()}`,
      ).toBe(text);
    }
  });
});
