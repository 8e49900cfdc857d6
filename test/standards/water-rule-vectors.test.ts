import { describe, expect, it } from "vitest";
import { exact, ratio, toNumber } from "../../src/domain/exact.ts";
import { cwqi } from "../../src/standards/cwqi.ts";
import {
  itemClass,
  parseWaterClass,
  WATER_CLASS_ZH,
  type WaterClass,
  type WaterItem,
} from "../../src/standards/gb3838.ts";
import { decimalsKeepingOneDigit, decimalText } from "../../src/standards/gbt8170.ts";
import { TLI_ITEMS, tli, tliLevel, tliPart } from "../../src/standards/tli.ts";
import { changeOfShares } from "../../src/standards/water-change.ts";
import { sampleClass } from "../../src/standards/water-class.ts";
import { roundWater } from "../../src/standards/water-decimals.ts";
import { exceedMultiple } from "../../src/standards/water-exceed.ts";
import { itemMean, type Means, meansAsSample, phMean } from "../../src/standards/water-mean.ts";
import { classShares, statusByShares } from "../../src/standards/water-status.ts";
import { reachesTarget, reachRate, type SectionOutcome } from "../../src/standards/water-target.ts";
import { parseWaterValue } from "../../src/standards/water-value.ts";
import { readCsv } from "../csv.ts";
import { hasShared, shared } from "../shared.ts";

const text = (value: number | string) => exact(String(value));
const means = (values: Readonly<Record<string, number | string>>): Means =>
  Object.fromEntries(Object.entries(values).map(([item, value]) => [item, text(value)]));
const classOf = (symbol: string): WaterClass => {
  const found = parseWaterClass(symbol);
  if (found === undefined) throw new Error(`no class ${symbol}`);
  return found;
};
const classesOf = (counts: Readonly<Record<string, number>>) =>
  Object.entries(counts).flatMap(([symbol, n]) => Array<WaterClass>(n).fill(classOf(symbol)));

/** How each rule of the vector file is asked; what comes back is written as the file writes it. */
const ask: Readonly<Record<string, (input: never) => unknown>> = {
  round_half_even_keep_1_sig: ({ value, decimals }: { value: string; decimals: number }) =>
    decimalText(text(value), decimalsKeepingOneDigit(text(value), decimals)),
  ph_mean_of_hydrogen_ion: (values: number[]) => decimalText(phMean(values.map(text)) ?? exact(0), 2),
  exceed_multiple: ({ factor, value, limit_class }: { factor: WaterItem; value: string; limit_class: string }) =>
    decimalText(exceedMultiple(factor, text(value), "river", classOf(limit_class)) ?? exact(0), 2),
  exceed_multiple_implied: () => {
    // The bulletin prints multiples only; the concentrations behind them must give them back.
    const values = { nh3n: "2.3", tp: "0.32", cod: "24" };
    const printed = { nh3n: 1.3, tp: 0.6, cod: 0.2 };
    for (const item of ["nh3n", "tp", "cod"] as const) {
      expect(toNumber(exceedMultiple(item, exact(values[item]), "river") ?? exact(0))).toBeCloseTo(printed[item], 12);
    }
    const found = sampleClass(meansAsSample(means(values)), "river", { requireItems: [] }).class;
    return { nh3n_mg_l: values.nh3n, tp: values.tp, cod: values.cod, class: found && WATER_CLASS_ZH[found] };
  },
  not_for: (items: WaterItem[]) => {
    const none = items.every((item) => exceedMultiple(item, exact("50"), "river") === undefined);
    return none ? "no exceed multiple" : "a multiple";
  },
  basin_status_by_ratio: (counts: Record<string, number>) => statusByShares(classShares(classesOf(counts))),
  share_I_to_III: ({ good, n }: { good: number; n: number }) => {
    const classes = [...Array<WaterClass>(good).fill(3), ...Array<WaterClass>(n - good).fill(4)];
    return `${decimalText(classShares(classes).good ?? exact(0), 1)}%`;
  },
  "ratio_change_abs(dG-dD)": (points: number) => changeOfShares(text(points)).word,
  tli: ({
    chla_mg_m3,
    tp,
    tn,
    sd_m,
    codmn,
  }: Readonly<Record<"chla_mg_m3" | "tp" | "tn" | "sd_m" | "codmn", number>>) => {
    const values = { chla: text(chla_mg_m3), tp: text(tp), tn: text(tn), sd: text(sd_m), codmn: text(codmn) };
    const index = tli(values) ?? Number.NaN;
    const parts = Object.fromEntries(TLI_ITEMS.map((item) => [item, tliPart(item, values[item]).toFixed(2)]));
    return { tli: index.toFixed(2), parts, level: tliLevel(index) };
  },
  cwqi_parts_river_ClassIII_base: (input: Record<string, number>) => {
    const { index, parts } = cwqi(means(input), "river");
    const printed = [...parts, ["sum", index] as const].map(([item, value]) => [item, decimalText(value, 4)]);
    return Object.fromEntries(printed);
  },
  mean_with_nondetect_half_DL: ({ values, decimals }: { values: string[]; decimals: number }) => {
    const parsed = values.map(parseWaterValue).filter((value) => value !== undefined);
    const mean = itemMean("nh3n", parsed) ?? exact(0);
    return { mean: decimalText(mean, 4), rounded: decimalText(mean, decimals) };
  },
  nondetect_parse: (cells: string[]) =>
    cells.map((cell) => {
      const value = parseWaterValue(cell);
      const limit = value?.kind === "below" ? value.limit : undefined;
      return { dl: limit === undefined ? null : decimalText(limit, 3), nd: value?.kind === "below" };
    }),
  monthly_mean_rounds_before_class: ({ factor, raw_mean }: { factor: WaterItem; raw_mean: string }) => {
    const rounded = roundWater(factor, text(raw_mean), "assessment");
    const classes = [rounded, text(raw_mean)].map((value) => itemClass(factor, value, "river") ?? 6);
    const [of, unrounded] = classes.map((one) => WATER_CLASS_ZH[one]);
    return { rounded: decimalText(rounded, 3), class: of, unrounded_class: unrounded };
  },
  target_check: ({ class: found, target }: { class: string; target: string }) =>
    reachesTarget(classOf(found), classOf(target)) ? "达标" : "不达标",
  reach_rate: ({ met, assessed }: { met: number; assessed: number }) => {
    const good = Array<SectionOutcome>(met).fill({ target: 3, class: 3 });
    const bad = Array<SectionOutcome>(assessed - met).fill({ target: 3, class: 4 });
    return `${toNumber(reachRate([...good, ...bad]).rate ?? ratio(-1n))}%`;
  },
  dry_section: ({ sections, dry_or_frozen }: { sections: number; dry_or_frozen: number }) => {
    const dry = Array<SectionOutcome>(dry_or_frozen).fill({ target: 5, notAssessed: "dry" });
    const wet = Array<SectionOutcome>(sections - dry_or_frozen).fill({ target: 5, class: 5 });
    return { assessed: reachRate([...dry, ...wet]).assessed };
  },
};

describe.skipIf(!hasShared)("the 49 water rules collected from bulletins, the feed and third parties", () => {
  const rows = hasShared ? readCsv(shared("data/vectors/water_rule_vectors.csv")) : [];
  it.each(rows)("agrees with $id, $rule ($origin: $source)", (row) => {
    const question = ask[row["rule"] ?? ""];
    if (question === undefined) throw new Error(`no question for ${row["rule"]}`);
    expect(question(JSON.parse(row["input_json"] ?? "") as never)).toEqual(JSON.parse(row["expected_json"] ?? ""));
  });
});
