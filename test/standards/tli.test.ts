import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { exact, toNumber } from "../../src/domain/exact.ts";
import { cityCwqi, cwqi, cwqiChange, cwqiPart } from "../../src/standards/cwqi.ts";
import { TLI_ITEMS, tli, tliLevel, tliWeight } from "../../src/standards/tli.ts";

const LAKE = { chla: exact("10"), tp: exact("0.05"), tn: exact("1"), sd: exact("0.8"), codmn: exact("5") };

describe("TLI (总站生字〔2001〕090号)", () => {
  it("weighs its items as the rule prints them, together 1", () => {
    expect(TLI_ITEMS.map((item) => Number(tliWeight(item).toFixed(4)))).toEqual([
      0.2663, 0.1879, 0.179, 0.1834, 0.1834,
    ]);
    expect(TLI_ITEMS.reduce((total, item) => total + tliWeight(item), 0)).toBeCloseTo(1, 12);
  });

  it("puts 30 and 50 still into 中营养, 60 into 轻度, 70 into 中度", () => {
    expect([29.99, 30, 50, 50.01, 60, 60.01, 70, 70.01].map(tliLevel)).toEqual([
      "贫营养",
      "中营养",
      "中营养",
      "轻度富营养",
      "轻度富营养",
      "中度富营养",
      "中度富营养",
      "重度富营养",
    ]);
  });

  it("has no value when one of the five items is missing", () => {
    const { sd: _sd, ...four } = LAKE;
    expect(tli(four)).toBeUndefined();
  });

  it("rises with every concentration and falls with transparency", () => {
    const more = fc.integer({ min: 1, max: 1000 });
    fc.assert(
      fc.property(fc.constantFrom(...TLI_ITEMS), more, more, (item, a, b) => {
        const at = (n: number) => tli({ ...LAKE, [item]: { num: BigInt(n), den: 100n } }) ?? 0;
        const [low, high] = a <= b ? [at(a), at(b)] : [at(b), at(a)];
        expect(item === "sd" ? low >= high : low <= high).toBe(true);
      }),
    );
  });

  it("refuses a value of zero, which has no logarithm, and names the item", () => {
    expect(() => tli({ ...LAKE, sd: exact("0") })).toThrow(/透明度/);
  });
});

describe("CWQI (城市地表水环境质量排名技术规定, 2017)", () => {
  it("turns oxygen round and folds pH at 7", () => {
    const part = (item: "do" | "ph", value: string) => toNumber(cwqiPart(item, exact(value), "river") ?? exact(-1));
    expect([part("do", "10"), part("do", "2.5")]).toEqual([0.5, 2]);
    expect([part("ph", "6"), part("ph", "7"), part("ph", "9")]).toEqual([1, 0, 1]);
  });

  it("skips what is missing or not among the 21 items", () => {
    const { parts } = cwqi({ codmn: exact("3"), tn: exact("9"), wt: exact("20") }, "lake");
    expect([...parts.keys()]).toEqual(["codmn"]);
    expect((["tn", "wt", "fc"] as const).map((item) => cwqiPart(item, exact("9"), "lake"))).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });

  it("weighs rivers and lakes of a city by their sections, and needs one of them", () => {
    const city = cityCwqi({ index: exact("4"), sections: 3 }, { index: exact("8"), sections: 1 });
    expect(city && toNumber(city)).toBe(5);
    const only = cityCwqi({ index: exact("4"), sections: 3 }, undefined);
    expect(only && toNumber(only)).toBe(4);
    expect(cityCwqi(undefined, { index: exact("4"), sections: 0 })).toBeUndefined();
  });

  it("gives the relative change, negative for better", () => {
    const change = cwqiChange(exact("3"), exact("4"));
    expect(change && toNumber(change)).toBe(-0.25);
    expect(cwqiChange(exact("3"), exact("0"))).toBeUndefined();
  });

  it("refuses oxygen of zero and names the item", () => {
    expect(() => cwqiPart("do", exact("0"), "river")).toThrow(/溶解氧/);
  });
});
