import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { exact, toNumber } from "../../src/domain/exact.ts";
import { WATER_CLASS_ZH, WATER_ITEMS, type WaterItem } from "../../src/standards/gb3838.ts";
import { RATED_ITEMS, type Sample, sampleClass } from "../../src/standards/water-class.ts";
import { parseWaterValue, valueClass, valueInMean, type WaterValue } from "../../src/standards/water-value.ts";
import { type CsvRow, readCsv } from "../csv.ts";
import { hasShared, shared } from "../shared.ts";

const FEED = { requireItems: ["ph", "do", "codmn", "nh3n"] } as const;

function sample(values: Readonly<Partial<Record<WaterItem, string>>>): Sample {
  return Object.fromEntries(
    Object.entries(values).flatMap(([item, text]) => {
      const value = parseWaterValue(text);
      return value === undefined ? [] : [[item, value]];
    }),
  );
}

const CLEAN = { ph: "7.5", do: "8", codmn: "1", nh3n: "0.1", tp: "0.01" } as const;

describe("the class of a water sample (GB 3838-2002 cl. 5.1, 环办〔2011〕22号)", () => {
  it("is the worst class of its items, with all items of that class as deciding", () => {
    const found = sampleClass(sample({ ...CLEAN, codmn: "9", tp: "0.25", nh3n: "0.9" }), "river", FEED);
    expect(found.class).toBe(4);
    expect(found.deciding).toEqual(["codmn", "tp"]);
    expect(found.items.get("nh3n")).toBe(3);
  });

  it("leaves out a missing phosphorus, and gives no class without pH, oxygen, CODMn or ammonia, as the feed does", () => {
    expect(sampleClass(sample({ ...CLEAN, tp: "" }), "river", FEED).class).toBe(1);
    for (const item of FEED.requireItems) {
      const found = sampleClass(sample({ ...CLEAN, [item]: "" }), "river", FEED);
      expect([found.class, found.missing, found.deciding]).toEqual([undefined, [item], []]);
    }
  });

  it("never rates total nitrogen, temperature or coliforms: 21 items are left (22号)", () => {
    expect(RATED_ITEMS).toHaveLength(21);
    expect(sampleClass(sample({ ...CLEAN, tn: "30", wt: "35", fc: "1000000" }), "lake", FEED).class).toBe(1);
    const asked = { ...FEED, evaluated: WATER_ITEMS };
    expect(sampleClass(sample({ ...CLEAN, tn: "30" }), "lake", asked).class).toBe(1);
  });

  it("evaluates only the items of the section's programme (714号: five and those that exceeded)", () => {
    const found = sampleClass(sample({ ...CLEAN, cod: "50" }), "river", {
      ...FEED,
      evaluated: RATED_ITEMS.slice(0, 3),
    });
    expect([...found.items.keys()]).toEqual(["ph", "do", "codmn"]);
  });

  it("takes 90 % saturation for class Ⅰ of oxygen only when it is handed in", () => {
    const wet = sample({ ...CLEAN, do: "7.45" });
    expect(sampleClass(wet, "river", FEED).class).toBe(2);
    expect(sampleClass(wet, "river", { ...FEED, doSaturation: exact("90") }).class).toBe(1);
    expect(sampleClass(wet, "river", { ...FEED, doSaturation: exact("89.9") }).class).toBe(2);
    const fouled = sample({ ...CLEAN, codmn: "9" });
    expect(sampleClass(fouled, "river", { ...FEED, doSaturation: exact("95") }).deciding).toEqual(["codmn"]);
  });

  it("gives no class when nothing is there", () => {
    expect(sampleClass({}, "river", { requireItems: [] }).class).toBeUndefined();
  });

  describe.skipIf(!hasShared)("the 52 published rows of the national feed", () => {
    const rows = hasShared ? readCsv(shared("data/vectors/water_class_vectors.csv")) : [];
    it.each(rows)("agrees with $id, $section $time: $purpose", (row: CsvRow) => {
      const values = Object.fromEntries(["ph", "do", "codmn", "nh3n", "tp"].map((item) => [item, row[item] ?? ""]));
      const found = sampleClass(sample(values), row["water_type"] === "lake" ? "lake" : "river", FEED);
      expect(found.class && WATER_CLASS_ZH[found.class]).toBe(row["published_class"]);
    });
  });

  const value = fc.integer({ min: 0, max: 2_000_000 }).map(
    (n): WaterValue => ({
      kind: "measured",
      value: { num: BigInt(n), den: 100_000n },
    }),
  );
  const anySample = fc.dictionary(fc.constantFrom(...RATED_ITEMS), value, { minKeys: 1, maxKeys: 8 });

  it("never gets better when one item gets worse", () => {
    fc.assert(
      fc.property(anySample, fc.constantFrom(...RATED_ITEMS.slice(2)), value, value, (base, item, a, b) => {
        const rate = (one: WaterValue) =>
          sampleClass({ ...base, [item]: one }, "river", { requireItems: [] }).class ?? 0;
        if (a.kind !== "measured" || b.kind !== "measured") return;
        const [low, high] = a.value.num <= b.value.num ? [a, b] : [b, a];
        const [better, worse] = item === "do" ? [high, low] : [low, high];
        expect(rate(better)).toBeLessThanOrEqual(rate(worse));
      }),
    );
  });

  it("does not depend on the order of the items", () => {
    fc.assert(
      fc.property(anySample, fc.infiniteStream(fc.nat()), (base, keys) => {
        const turned = Object.entries(base)
          .map((entry) => ({ entry, key: keys.next().value ?? 0 }))
          .sort((a, b) => a.key - b.key)
          .map(({ entry }) => entry);
        const evaluated = [...RATED_ITEMS].reverse();
        const one = sampleClass(base, "lake", { requireItems: [] });
        const two = sampleClass(Object.fromEntries(turned), "lake", { requireItems: [], evaluated });
        expect([two.class, two.deciding]).toEqual([one.class, one.deciding]);
      }),
    );
  });
});

describe("values below a detection limit", () => {
  it("are read in all the ways laboratories write them, and are no numbers", () => {
    const dl = (text: string) => ({ kind: "below", limit: exact(text) });
    expect(parseWaterValue("0.025L")).toEqual(dl("0.025"));
    expect(parseWaterValue("<0.025")).toEqual(dl("0.025"));
    expect(parseWaterValue("＜0.025")).toEqual(dl("0.025"));
    expect(parseWaterValue("ND(0.01)")).toEqual(dl("0.01"));
    expect(parseWaterValue("未检出（0.01）")).toEqual(dl("0.01"));
    expect(parseWaterValue("未检出")).toEqual({ kind: "below", limit: undefined });
    expect(parseWaterValue("1.2e-3")).toEqual({ kind: "measured", value: exact("0.0012") });
    for (const spaced of [" 0.025 L ", "< 0.025", " ND ( <0.025 ) ", "未检出 （ 0.025 ）", "n.d.(0.025)"]) {
      expect([spaced, parseWaterValue(spaced)]).toEqual([spaced, dl("0.025")]);
    }
    expect(parseWaterValue(" 7 ")).toEqual({ kind: "measured", value: exact("7") });
  });

  it("count half the limit in means, and cannot count when the limit is unknown (82号 item 7)", () => {
    const half = valueInMean({ kind: "below", limit: exact("0.025") });
    expect(half && toNumber(half)).toBe(0.0125);
    expect(valueInMean({ kind: "below", limit: undefined })).toBeUndefined();
  });

  it("prove the best class whose limit the method can see", () => {
    const nd = (limit: string): WaterValue => ({ kind: "below", limit: exact(limit) });
    expect(valueClass("nh3n", nd("0.15"), "river")).toBe(1);
    expect(valueClass("nh3n", nd("0.16"), "river")).toBe(2);
    expect(valueClass("nh3n", nd("2.1"), "river")).toBeUndefined();
    expect(valueClass("nh3n", { kind: "below", limit: undefined }, "river")).toBeUndefined();
    // A detection limit that is class Ⅴ's own limit can still see it.
    expect(valueClass("tp", nd("0.4"), "river")).toBe(5);
  });

  it("prove of oxygen only that it is worse than every class", () => {
    expect(valueClass("do", { kind: "below", limit: exact("0.2") }, "river")).toBe(6);
    expect(valueClass("do", { kind: "below", limit: exact("2.5") }, "river")).toBeUndefined();
    expect(valueClass("do", { kind: "below", limit: exact("2") }, "river")).toBe(6);
    expect(valueClass("ph", { kind: "below", limit: exact("1") }, "river")).toBeUndefined();
  });

  it("stop the class when they are required and prove nothing, and are named otherwise", () => {
    const found = sampleClass(sample({ ...CLEAN, nh3n: "ND" }), "river", FEED);
    expect([found.class, found.missing, found.notJudged]).toEqual([undefined, [], ["nh3n"]]);
    expect(sampleClass(sample({ ...CLEAN, oil: "ND" }), "river", FEED)).toMatchObject({ class: 1, notJudged: ["oil"] });
  });

  it("are refused when what stands there is no number", () => {
    const texts = [
      "L",
      "<",
      "ND()",
      "abcL",
      "0L",
      "-1L",
      "",
      "1.2.3",
      "约<0.5",
      "0.025Lx",
      "<0.5\n6",
      "ND(0.1",
      "ND0.1",
    ];
    expect(texts.filter((one) => parseWaterValue(one) !== undefined)).toEqual([]);
  });
});
