import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { EDITIONS } from "../../src/domain/edition.ts";
import { exact, ratio } from "../../src/domain/exact.ts";
import {
  HOUR_COLUMNS,
  HOUR_ITEMS,
  type HourItem,
  hourIaqi,
  hourIndex,
  type Monitored,
} from "../../src/standards/hj633-hour.ts";
import { breakpoints, oracle } from "./iaqi-oracle.ts";

const NA = { aqiMissing: "na" } as const;

const hour = (texts: Partial<Record<HourItem, string>>): Partial<Record<HourItem, Monitored>> =>
  Object.fromEntries(Object.entries(texts).map(([item, text]) => [item, text === "NA" ? "missing" : exact(text)]));

const CLEAN = { so2: "10", no2: "20", co: "0.5", o3_1h: "60", pm10: "30", pm25: "20" } as const;

describe("HJ 633, the real-time index", () => {
  it("looks an hour of particles up in the day column (2026 cl. 4.2.4)", () => {
    expect(hourIaqi("2026", "pm25", exact("60"))).toBe(100);
    expect(hourIaqi("2012", "pm10", exact("150"))).toBe(100);
  });

  it("rates sulphur dioxide above 800 with 200 in 2026 (table 3 note b), and not at all in 2012 (table 1 note 2)", () => {
    expect(hourIaqi("2026", "so2", exact("801"))).toBe(200);
    expect(hourIaqi("2026", "so2", exact("2000"))).toBe(200);
    expect(hourIaqi("2012", "so2", exact("801"))).toBeUndefined();
    expect(hourIaqi("2012", "so2", exact("800"))).toBe(200);
  });

  it("keeps 65.4 mg/m³ of carbon monoxide at 218 where binary fractions say 219", () => {
    expect(hourIaqi("2026", "co", exact("65.4"))).toBe(218);
  });

  it("has six items in 2026, without a running 8-hour ozone (cl. 4.2.3)", () => {
    expect(HOUR_ITEMS["2026"]).toHaveLength(6);
    expect(hourIaqi("2026", "o3_8h", exact("160"))).toBeUndefined();
    expect(hourIaqi("2012", "o3_8h", exact("160"))).toBe(100);
  });

  it("takes the index from the rest when an item is not monitored, and names every tied pollutant", () => {
    const found = hourIndex("2026", hour({ pm10: "120", pm25: "60" }), NA);
    expect([found.aqi, found.primary, found.completeness]).toEqual([100, ["pm25", "pm10"], "full"]);
  });

  it("is NA when a monitored item is missing and the rest are not above 100 (2026 cl. 5.3.1)", () => {
    expect(hourIndex("2026", hour({ ...CLEAN, no2: "NA" }), NA).aqi).toBeUndefined();
    const above = hourIndex("2026", hour({ ...CLEAN, no2: "NA", pm25: "75" }), NA);
    expect([above.aqi, above.completeness]).toEqual([114, "partial"]);
  });

  it("counts a sulphur dioxide above the 2012 column as missing", () => {
    expect(hourIndex("2012", hour({ ...CLEAN, so2: "900" }), NA).completeness).toBe("na");
    expect(hourIndex("2012", hour({ ...CLEAN, so2: "900", pm25: "151" }), NA).aqi).toBe(201);
  });

  it("takes the worse of the two ozone values in 2012, and is not incomplete without the 8-hour one", () => {
    expect(hourIndex("2012", hour({ ...CLEAN, o3_8h: "160" }), NA).aqi).toBe(100);
    expect(hourIndex("2012", hour({ ...CLEAN, o3_1h: "300", o3_8h: "160" }), NA).aqi).toBe(150);
    expect(hourIndex("2012", hour({ ...CLEAN, o3_8h: "NA" }), NA).completeness).toBe("full");
    expect(hourIndex("2012", hour({ ...CLEAN, o3_1h: "NA" }), NA).completeness).toBe("na");
  });

  it("is NA in 2012 when the 8-hour ozone is the only ozone that is monitored and it is missing or above its column", () => {
    const { o3_1h: _, ...rest } = CLEAN;
    expect(hourIndex("2012", hour({ ...rest, o3_8h: "NA" }), NA).completeness).toBe("na");
    expect(hourIndex("2012", hour({ ...rest, o3_8h: "801" }), NA).completeness).toBe("na");
    expect(hourIndex("2012", hour({ ...rest, o3_1h: "900", o3_8h: "801" }), NA).aqi).toBe(350);
  });

  it("agrees with rational arithmetic at every whole concentration of both tables", () => {
    for (const edition of EDITIONS) {
      for (const item of HOUR_ITEMS[edition]) {
        const column = HOUR_COLUMNS[item];
        const scale = item === "co" ? 10n : 1n;
        const top = breakpoints(edition, column, scale).at(-1)?.at ?? 0n;
        for (let c = 0n; c <= top; c++) {
          const found = hourIaqi(edition, item, ratio(c, scale));
          if (found !== oracle(edition, column, c, scale)) expect([edition, item, c]).toEqual(["an exact index"]);
        }
      }
    }
  });

  it("never falls when one item rises", () => {
    const anyItem = fc.constantFrom(...HOUR_ITEMS["2026"]);
    const anyNumber = fc.integer({ min: 0, max: 1500 });
    fc.assert(
      fc.property(anyItem, anyNumber, anyNumber, (item, a, b) => {
        const at = (n: number) => hourIndex("2026", { ...hour(CLEAN), [item]: ratio(BigInt(n)) }, NA).aqi ?? 0;
        expect(at(Math.max(a, b))).toBeGreaterThanOrEqual(at(Math.min(a, b)));
      }),
    );
  });

  it("refuses a negative concentration and names the item", () => {
    expect(() => hourIaqi("2026", "no2", exact("-1"))).toThrow(/value.negative: no2/);
  });
});
