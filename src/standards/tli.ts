/**
 * TLI 综合营养状态指数: how far a lake or reservoir has become eutrophic.
 *
 * Rests on: 总站生字〔2001〕090号, three copies agree. Logarithms make it a double by nature. The class of a lake leaves
 * total nitrogen out; here it counts.
 */
import { type Exact, toNumber } from "../domain/exact.ts";
import { fault } from "../domain/faults.ts";

/** Chlorophyll a in mg/m³ (the national feed prints mg/L), transparency in m, the others mg/L. */
export const TLI_ITEMS = ["chla", "tp", "tn", "sd", "codmn"] as const;

export type TliItem = (typeof TLI_ITEMS)[number];

/**
 * TLI of an item = 10 (a + b ln C); r² is its squared correlation with chlorophyll a over 26 Chinese lakes, from which the
 * weights follow. @source 总站生字〔2001〕090号
 */
const COEFFICIENTS: Readonly<
  Record<TliItem, { readonly zh: string; readonly a: number; readonly b: number; readonly r2: number }>
> = {
  chla: { zh: "叶绿素a", a: 2.5, b: 1.086, r2: 1 },
  tp: { zh: "总磷", a: 9.436, b: 1.624, r2: 0.7056 },
  tn: { zh: "总氮", a: 5.453, b: 1.694, r2: 0.6724 },
  sd: { zh: "透明度", a: 5.118, b: -1.94, r2: 0.6889 },
  codmn: { zh: "高锰酸盐指数", a: 0.109, b: 2.661, r2: 0.6889 },
};

const R2_SUM = TLI_ITEMS.reduce((total, item) => total + COEFFICIENTS[item].r2, 0);

/** The weight of an item, r² over the sum of r²; the five add up to 1. @source 总站生字〔2001〕090号 */
export function tliWeight(item: TliItem): number {
  return COEFFICIENTS[item].r2 / R2_SUM;
}

/**
 * The index of one item, 10 (a + b ln C).
 * @param value chlorophyll a mg/m³, transparency m, else mg/L
 * @throws Fault `value.not-positive`: a logarithm needs a positive value
 * @source 总站生字〔2001〕090号
 */
export function tliPart(item: TliItem, value: Exact): number {
  const { zh, a, b } = COEFFICIENTS[item];
  if (value.num <= 0n) throw fault("value.not-positive", { what: zh, given: String(toNumber(value)) });
  return 10 * (a + b * Math.log(toNumber(value)));
}

/**
 * The weighted index of all five items, unrounded.
 * @returns `undefined` when an item is missing: the weights hold for the five together
 * @throws Fault `value.not-positive`
 * @source 总站生字〔2001〕090号
 */
export function tli(values: Readonly<Partial<Record<TliItem, Exact>>>): number | undefined {
  let total = 0;
  for (const item of TLI_ITEMS) {
    const value = values[item];
    if (value === undefined) return undefined;
    total += tliWeight(item) * tliPart(item, value);
  }
  return total;
}

/** Below the first bound 贫营养, up to and with the next 中营养, and so on. @source 总站生字〔2001〕090号 */
const LEVELS = [
  { upTo: 50, zh: "中营养" },
  { upTo: 60, zh: "轻度富营养" },
  { upTo: 70, zh: "中度富营养" },
] as const;
const POOR_BELOW = 30;

/** The word of an index: under 30 贫营养, 30 to 50 中营养, to 60 轻度, to 70 中度, above 重度富营养. @source 090号 */
export function tliLevel(index: number): string {
  if (index < POOR_BELOW) return "贫营养";
  return LEVELS.find((level) => index <= level.upTo)?.zh ?? "重度富营养";
}
