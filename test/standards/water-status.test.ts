import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compare, exact, toNumber } from "../../src/domain/exact.ts";
import { WATER_CLASSES, type WaterClass, type WaterItem } from "../../src/standards/gb3838.ts";
import { changeZh, groupChange, sectionChange } from "../../src/standards/water-change.ts";
import { sampleClass } from "../../src/standards/water-class.ts";
import { exceedMultiple, mainItems, mainItemsZh } from "../../src/standards/water-exceed.ts";
import { groupMainItems } from "../../src/standards/water-group-items.ts";
import {
  itemMean,
  type Means,
  meansAsSample,
  phMean,
  roundedMeans,
  sampleMeans,
} from "../../src/standards/water-mean.ts";
import { enoughValues, preferredValues } from "../../src/standards/water-period.ts";
import {
  classShares,
  colourOfClass,
  type GroupSection,
  groupStatus,
  statusByShares,
  statusOfClass,
} from "../../src/standards/water-status.ts";
import { reachRate } from "../../src/standards/water-target.ts";
import { parseWaterValue, type WaterValue } from "../../src/standards/water-value.ts";

const RULE = { requireItems: ["ph", "do", "codmn", "nh3n"] } as const;
const means = (values: Readonly<Record<string, string>>): Means =>
  Object.fromEntries(Object.entries(values).map(([item, value]) => [item, exact(value)]));
const named = (values: Readonly<Record<string, string>>) => {
  const all = means(values);
  const { items } = sampleClass(meansAsSample(all), "river", { requireItems: [] });
  return mainItemsZh(mainItems(items, all, "river"));
};
const measured = (text: string): WaterValue => parseWaterValue(text) ?? { kind: "below", limit: undefined };

describe("means before classes (环办〔2011〕22号)", () => {
  it("average pH over hydrogen ions, so that the acid side weighs more (82号)", () => {
    const mean = phMean([exact("6"), exact("8")]);
    expect(mean && toNumber(mean)).toBeCloseTo(-Math.log10((1e-6 + 1e-8) / 2), 12);
  });

  it("give exactly the value when all pH are equal, so that 9 stays 9 and passes", () => {
    const nine = phMean(Array(7).fill(exact("9")));
    expect(nine && compare(nine, exact("9"))).toBe(0);
    expect(phMean([])).toBeUndefined();
  });

  it("leave values below an unknown limit out", () => {
    const mean = itemMean("cu", ["0.02", "ND"].map(measured));
    expect(mean && toNumber(mean)).toBe(0.02);
    expect(itemMean("cu", [measured("ND")])).toBeUndefined();
  });

  it("of a sample hold the items it has and no other, pH by its own rule", () => {
    const both = sampleMeans([
      { ph: measured("6"), codmn: measured("3") },
      { ph: measured("8"), codmn: measured("5"), cu: measured("ND") },
    ]);
    expect(Object.keys(both).toSorted()).toEqual(["codmn", "ph"]);
    expect(both.codmn && toNumber(both.codmn)).toBe(4);
    // −lg of the mean of 10⁻⁶ and 10⁻⁸, and not 7.
    expect(both.ph && toNumber(both.ph)).toBeCloseTo(-Math.log10((1e-6 + 1e-8) / 2), 12);
  });

  it("are rounded to their assessment decimals, with one significant digit kept", () => {
    const rounded = roundedMeans(means({ ph: "9.4", do: "5.95", nh3n: "0.0025", tp: "0.00025" }));
    expect(Object.entries(rounded).map(([item, value]) => [item, toNumber(value)])).toEqual([
      ["ph", 9],
      ["do", 6],
      ["nh3n", 0.002],
      ["tp", 0.0002],
    ]);
  });

  it("lie between the lowest and the highest pH", () => {
    const ph = fc.integer({ min: 0, max: 1400 }).map((n) => ({ num: BigInt(n), den: 100n }));
    fc.assert(
      fc.property(fc.array(ph, { minLength: 1, maxLength: 12 }), (values) => {
        const mean = phMean(values);
        const sorted = [...values].sort(compare);
        expect(mean && compare(mean, sorted[0] ?? mean) >= 0).toBe(true);
        expect(mean && compare(mean, sorted.at(-1) ?? mean) <= 0).toBe(true);
      }),
    );
  });
});

describe("main polluting items (环办〔2011〕22号)", () => {
  it("are not named for a section of class Ⅲ or better", () => {
    expect(named({ ph: "7", do: "5", codmn: "6", nh3n: "1", tp: "0.2" })).toBe("");
  });

  it("are at most three, worst class first, with the multiple of the class Ⅲ limit behind the name", () => {
    expect(named({ ph: "7", do: "8", codmn: "9", cod: "50", nh3n: "3.5", tp: "0.35" })).toBe(
      "氨氮(2.50)、化学需氧量(1.50)、总磷(0.75)",
    );
  });

  it("have multiples of 0 and above: nothing is exceeded at or below the limit", () => {
    const multiple = (value: string) => exceedMultiple("codmn", exact(value), "river");
    expect(["3", "6", "9"].map((value) => toNumber(multiple(value) ?? exact(-1)))).toEqual([0, 0, 0.5]);
    expect(exceedMultiple("do", exact("1"), "river")).toBeUndefined();
  });

  it("are only items that have both a class and a value", () => {
    const items = new Map<WaterItem, WaterClass>([
      ["codmn", 4],
      ["nh3n", 5],
    ]);
    expect(mainItems(items, means({ codmn: "9", tp: "0.35" }), "river").map((one) => one.item)).toEqual(["codmn"]);
  });

  it("put pH and oxygen, which have no multiple, after the others of their class", () => {
    expect(named({ ph: "9.5", do: "1", nh3n: "2.5" })).toBe("氨氮(1.50)、pH、溶解氧");
    expect(named({ ph: "7", do: "1", codmn: "11.58" })).toBe("溶解氧、高锰酸盐指数(0.93)");
  });

  it("put cyanide and heavy metals that exceed before all others", () => {
    expect(named({ ph: "7", nh3n: "9", hg: "0.0005" })).toBe("汞(4.00)、氨氮(8.00)");
  });
});

describe("the status of a river or district (环办〔2011〕22号)", () => {
  it("takes its words and colours from the class for a single section", () => {
    expect(WATER_CLASSES.map(statusOfClass)).toEqual(["优", "优", "良好", "轻度污染", "中度污染", "重度污染"]);
    expect(colourOfClass(6)).toBe("红色");
  });

  const section = (tp: string, found: WaterClass, type: "river" | "lake" = "river"): GroupSection => ({
    type,
    means: means({ ph: "7", do: "8", codmn: "1", nh3n: "0.1", tp }),
    class: found,
  });

  it("goes by mean concentrations below five sections, by shares from five on", () => {
    const four = [section("0.1", 2), section("0.1", 2), section("0.1", 2), section("0.34", 5)];
    expect(groupStatus(four, RULE, "raw")).toMatchObject({ method: "mean", meanClass: 3, status: "良好" });
    expect(groupStatus([...four, section("0.1", 2)], RULE, "raw")).toMatchObject({ method: "share", status: "良好" });
  });

  it("rounds the means before their class when the policy says so", () => {
    const two = [section("0.2002", 4), section("0.2004", 4)];
    expect(groupStatus(two, RULE, "raw").meanClass).toBe(4);
    expect(groupStatus(two, RULE, "rounded").meanClass).toBe(3);
  });

  it("holds means against the lake table only when all sections are lakes", () => {
    const lakes = [section("0.04", 3, "lake"), section("0.04", 3, "lake")];
    expect(groupStatus(lakes, RULE, "raw").meanClass).toBe(3);
    expect(groupStatus([...lakes, section("0.04", 2)], RULE, "raw").meanClass).toBe(2);
  });

  it("has no word for a group without an assessed section", () => {
    expect(groupStatus([], RULE, "raw")).toMatchObject({ method: "share", status: undefined, meanClass: undefined });
    expect(statusByShares(classShares([]))).toBeUndefined();
  });

  it("decides on exact ratios, not on printed percentages", () => {
    const classes = [...Array<WaterClass>(1799).fill(1), ...Array<WaterClass>(201).fill(4)];
    expect(statusByShares(classShares(classes))).toBe("良好");
  });

  it("compares two periods by the change of both shares", () => {
    const of = (good: number, worse: number, rest: number) =>
      classShares([
        ...Array<WaterClass>(good).fill(2),
        ...Array<WaterClass>(worse).fill(6),
        ...Array<WaterClass>(rest).fill(4),
      ]);
    const change = groupChange(of(8, 0, 2), of(7, 2, 1));
    expect(change && changeZh(change)).toBe("明显好转");
    const back = groupChange(of(7, 1, 2), of(8, 0, 2));
    expect(back && changeZh(back)).toBe("有所下降");
    expect(groupChange(of(1, 0, 0), of(0, 0, 0))).toBeUndefined();
  });

  it("compares a section with itself by steps of its status", () => {
    expect(changeZh(sectionChange(1, 2))).toBe("无明显变化");
    expect(changeZh(sectionChange(3, 4))).toBe("有所好转");
    expect(changeZh(sectionChange(6, 4))).toBe("明显下降");
  });
});

describe("main polluting items of a group (环办〔2011〕22号)", () => {
  it("are the three that exceed class Ⅲ at the most sections, with their share", () => {
    const section = (...over: readonly (readonly [WaterItem, WaterClass])[]) => new Map(over);
    const items = groupMainItems([
      section(["codmn", 4], ["nh3n", 6], ["tp", 3]),
      section(["codmn", 4], ["do", 5]),
      section(["codmn", 5], ["tp", 4]),
      section(["nh3n", 4], ["bod5", 4]),
      section(),
    ]);
    expect(items.map(({ item, sections, share }) => [item, sections, share && toNumber(share)])).toEqual([
      ["codmn", 3, 60],
      ["nh3n", 2, 40],
      ["do", 1, 20],
    ]);
    expect(groupMainItems([section(["tp", 3])])).toEqual([]);
  });
});

describe("targets and coverage", () => {
  it("counts only assessed sections and prints what was not", () => {
    const rate = reachRate([
      { target: 4, class: 4 },
      { target: 3, class: 4 },
      { target: 4, notAssessed: "frozen" },
      { target: 4, notAssessed: "maintenance" },
      { target: undefined, class: 6 },
    ]);
    expect(rate).toMatchObject({ sections: 4, assessed: 2, met: 1 });
    expect(rate.rate && toNumber(rate.rate)).toBe(50);
    expect(rate.coverage && toNumber(rate.coverage)).toBe(50);
    expect(rate.notAssessed).toMatchObject({ frozen: 1, maintenance: 1, dry: 0 });
  });

  it("has no rate, and not 100 %, when nothing was assessed", () => {
    const rate = reachRate([{ target: 4, notAssessed: "dry" }]);
    expect([rate.rate, rate.coverage && toNumber(rate.coverage)]).toEqual([undefined, 0]);
  });

  it("asks one sample of a month, two of a quarter, twelve months of a year or eight where ice prevents more", () => {
    expect(enoughValues("month", 1).valid).toBe(true);
    expect(enoughValues("quarter", 1)).toEqual({ valid: false, have: 1, need: 2 });
    expect(enoughValues("year", 11)).toEqual({ valid: false, have: 11, need: 12 });
    expect(enoughValues("year", 9, 3).valid).toBe(true);
    expect(enoughValues("year", 7, 5)).toEqual({ valid: false, have: 7, need: 8 });
  });

  it("stays valid when more values come", () => {
    fc.assert(
      fc.property(
        fc.constantFrom("month", "quarter", "year"),
        fc.nat(12),
        fc.nat(12),
        fc.nat(12),
        (kind, n, more, ice) => {
          if (enoughValues(kind, n, ice).valid) expect(enoughValues(kind, n + more, ice).valid).toBe(true);
        },
      ),
    );
  });

  it("prefers automatic values for the six items stations measure, manual ones for the rest (82号)", () => {
    const [automatic, manual] = [[measured("1")], [measured("2")]];
    expect(preferredValues("nh3n", automatic, manual)).toBe(automatic);
    expect(preferredValues("cod", automatic, manual)).toBe(manual);
    expect(preferredValues("cod", automatic, [])).toBe(automatic);
  });
});
