import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compare, type Exact, exact } from "../../src/domain/exact.ts";
import {
  itemClass,
  limitsOf,
  parseWaterClass,
  WATER_CLASS_ZH,
  WATER_ITEMS,
  WATER_TYPES,
  type WaterItem,
  waterItemZh,
} from "../../src/standards/gb3838.ts";
import { readCsv } from "../csv.ts";
import { hasShared, shared } from "../shared.ts";

const of = (item: WaterItem, value: string, type: "river" | "lake" = "river") => itemClass(item, exact(value), type);

/** Concentrations with up to five decimals, dense around the limits of table 1. */
const concentration = fc.integer({ min: 0, max: 5_000_000 }).map((n): Exact => ({ num: BigInt(n), den: 100_000n }));

describe("GB 3838-2002 table 1", () => {
  it("lets a limit itself meet its class", () => {
    expect(of("nh3n", "0.15")).toBe(1);
    expect(of("codmn", "10")).toBe(4);
    expect(of("do", "6")).toBe(2);
    expect(of("tp", "0.4")).toBe(5);
  });

  it("goes one class down by the smallest excess", () => {
    expect(of("nh3n", "0.15001")).toBe(2);
    expect(of("do", "5.99999")).toBe(3);
    expect(of("tp", "0.40001")).toBe(6);
  });

  it("keeps pH between 6 and 9, ends included, in every class and 劣Ⅴ outside (item 2)", () => {
    expect([of("ph", "6"), of("ph", "9"), of("ph", "7.3")]).toEqual([1, 1, 1]);
    expect([of("ph", "5.998"), of("ph", "9.001")]).toEqual([6, 6]);
  });

  it("gives the better class where two classes share a limit (items 5, 6)", () => {
    expect(of("cod", "15")).toBe(1);
    expect(of("bod5", "3")).toBe(1);
    expect(of("cu", "1.0")).toBe(2);
  });

  it("has its own phosphorus limits for lakes and reservoirs (item 8)", () => {
    expect(of("tp", "0.03", "river")).toBe(2);
    expect(of("tp", "0.03", "lake")).toBe(3);
    expect(limitsOf("tn", "lake")).toEqual(limitsOf("tn", "river"));
  });

  it("makes no class of the water temperature (item 1)", () => {
    expect(of("wt", "30")).toBeUndefined();
    expect(limitsOf("wt", "river")).toEqual({ op: "none" });
  });

  it.skipIf(!hasShared)("holds the limits of the machine copy read from the printed table", () => {
    for (const row of readCsv(shared("data/vectors/gb3838_table1.csv"))) {
      const key = row["key"] === "tp_lake" ? "tp" : row["key"];
      const item = WATER_ITEMS.find((one) => one === key);
      if (item === undefined) throw new Error(`no item ${key}`);
      const limits = limitsOf(item, row["key"] === "tp_lake" ? "lake" : "river");
      const printed = ["I", "II", "III", "IV", "V"].map((column) => row[column] ?? "");
      if (row["op"] === "none") expect(limits.op).toBe("none");
      else if (row["op"] === "range") expect(limits).toEqual({ op: "within", from: exact("6"), to: exact("9") });
      else {
        expect([item, limits.op]).toEqual([item, row["op"] === "ge" ? "at_least" : "at_most"]);
        const values = "limits" in limits ? limits.limits : [];
        expect(values.map((limit, i) => compare(limit, exact(printed[i] ?? "")))).toEqual([0, 0, 0, 0, 0]);
      }
    }
  });

  it("names each class as bulletins print it and reads it in all the ways people write it", () => {
    expect(Object.values(WATER_CLASS_ZH)).toEqual(["Ⅰ", "Ⅱ", "Ⅲ", "Ⅳ", "Ⅴ", "劣Ⅴ"]);
    expect(["Ⅲ", "III", "iii", "3", "Ⅲ类", "三类"].map(parseWaterClass)).toEqual([3, 3, 3, 3, 3, 3]);
    expect(["劣Ⅴ", "劣V类", "劣五类", "6"].map(parseWaterClass)).toEqual([6, 6, 6, 6]);
    expect([" Ⅲ类 ", "劣 V"].map(parseWaterClass)).toEqual([3, 6]);
    const none = ["", "-", "*", "-1", "7", "VI", "劣", "类3", "半劣V", "劣VI", "劣于V"];
    expect(none.filter((text) => parseWaterClass(text) !== undefined)).toEqual([]);
    expect(waterItemZh("codmn")).toBe("高锰酸盐指数");
  });

  it("never rates a higher concentration better, and never less oxygen better", () => {
    const rated = WATER_ITEMS.filter((item) => item !== "wt" && item !== "ph");
    fc.assert(
      fc.property(
        fc.constantFrom(...rated),
        fc.constantFrom(...WATER_TYPES),
        concentration,
        concentration,
        (item, type, a, b) => {
          const [low, high] = compare(a, b) <= 0 ? [a, b] : [b, a];
          const [atLow, atHigh] = [itemClass(item, low, type) ?? 0, itemClass(item, high, type) ?? 0];
          expect(item === "do" ? atLow >= atHigh : atLow <= atHigh).toBe(true);
        },
      ),
    );
  });
});
