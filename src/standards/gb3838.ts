/**
 * GB 3838-2002 地表水环境质量标准: table 1, and the class of one item's concentration.
 *
 * Edition: 2002, in force from 2002-06-01; no replacement is known (to be checked by hand when one appears).
 * Rests on: table 1 (24 basic items; total phosphorus has a river and a lake row), cl. 4.1, 5.1.
 * Elsewhere: a whole sample in `water-class.ts`, values below a detection limit in `water-value.ts`, words and colours
 * in `water-status.ts`. Tables 2 and 3 (drinking-water sources) and GB/T 14848 (groundwater) are not this table.
 */
import { compare, type Exact, exact } from "../domain/exact.ts";

/** Items of table 1 in the printed order. */
export const WATER_ITEMS = [
  "wt",
  "ph",
  "do",
  "codmn",
  "cod",
  "bod5",
  "nh3n",
  "tp",
  "tn",
  "cu",
  "zn",
  "f",
  "se",
  "as",
  "hg",
  "cd",
  "cr6",
  "pb",
  "cn",
  "vp",
  "oil",
  "las",
  "s2",
  "fc",
] as const;

export type WaterItem = (typeof WATER_ITEMS)[number];

/** Total phosphorus has one row for rivers and one for lakes and reservoirs. */
export const WATER_TYPES = ["river", "lake"] as const;

export type WaterType = (typeof WATER_TYPES)[number];

/** Classes Ⅰ to Ⅴ as 1 to 5, and 劣Ⅴ (worse than every class) as 6; a greater number is worse water. */
export const WATER_CLASSES = [1, 2, 3, 4, 5, 6] as const;

export type WaterClass = (typeof WATER_CLASSES)[number];

/** As bulletins print it. */
export const WATER_CLASS_ZH: Readonly<Record<WaterClass, string>> = {
  1: "Ⅰ",
  2: "Ⅱ",
  3: "Ⅲ",
  4: "Ⅳ",
  5: "Ⅴ",
  6: "劣Ⅴ",
};

type Five = readonly [string, string, string, string, string];

/** One row: how a value is held against the limits of classes Ⅰ to Ⅴ. All limits are inclusive. */
type Row =
  | { readonly op: "at_most" | "at_least"; readonly limits: Five }
  | { readonly op: "within"; readonly from: string; readonly to: string }
  | { readonly op: "none" };

type Printed = Row & { readonly no: number; readonly zh: string; readonly unit: string };

/**
 * Table 1, rivers, in the printed order, mg/L unless the row says otherwise. Dissolved oxygen class Ⅰ is "90 %
 * saturation (or 7.5 mg/L)": the table holds 7.5, see policy `doSaturation`.
 */
const TABLE_1 = {
  wt: { no: 1, zh: "水温", unit: "℃", op: "none" },
  ph: { no: 2, zh: "pH", unit: "", op: "within", from: "6", to: "9" },
  do: { no: 3, zh: "溶解氧", unit: "mg/L", op: "at_least", limits: ["7.5", "6", "5", "3", "2"] },
  codmn: { no: 4, zh: "高锰酸盐指数", unit: "mg/L", op: "at_most", limits: ["2", "4", "6", "10", "15"] },
  cod: { no: 5, zh: "化学需氧量", unit: "mg/L", op: "at_most", limits: ["15", "15", "20", "30", "40"] },
  bod5: { no: 6, zh: "五日生化需氧量", unit: "mg/L", op: "at_most", limits: ["3", "3", "4", "6", "10"] },
  nh3n: { no: 7, zh: "氨氮", unit: "mg/L", op: "at_most", limits: ["0.15", "0.5", "1.0", "1.5", "2.0"] },
  tp: { no: 8, zh: "总磷", unit: "mg/L", op: "at_most", limits: ["0.02", "0.1", "0.2", "0.3", "0.4"] },
  tn: { no: 9, zh: "总氮", unit: "mg/L", op: "at_most", limits: ["0.2", "0.5", "1.0", "1.5", "2.0"] },
  cu: { no: 10, zh: "铜", unit: "mg/L", op: "at_most", limits: ["0.01", "1.0", "1.0", "1.0", "1.0"] },
  zn: { no: 11, zh: "锌", unit: "mg/L", op: "at_most", limits: ["0.05", "1.0", "1.0", "2.0", "2.0"] },
  f: { no: 12, zh: "氟化物", unit: "mg/L", op: "at_most", limits: ["1.0", "1.0", "1.0", "1.5", "1.5"] },
  se: { no: 13, zh: "硒", unit: "mg/L", op: "at_most", limits: ["0.01", "0.01", "0.01", "0.02", "0.02"] },
  as: { no: 14, zh: "砷", unit: "mg/L", op: "at_most", limits: ["0.05", "0.05", "0.05", "0.1", "0.1"] },
  hg: { no: 15, zh: "汞", unit: "mg/L", op: "at_most", limits: ["0.00005", "0.00005", "0.0001", "0.001", "0.001"] },
  cd: { no: 16, zh: "镉", unit: "mg/L", op: "at_most", limits: ["0.001", "0.005", "0.005", "0.005", "0.01"] },
  cr6: { no: 17, zh: "铬(六价)", unit: "mg/L", op: "at_most", limits: ["0.01", "0.05", "0.05", "0.05", "0.1"] },
  pb: { no: 18, zh: "铅", unit: "mg/L", op: "at_most", limits: ["0.01", "0.01", "0.05", "0.05", "0.1"] },
  cn: { no: 19, zh: "氰化物", unit: "mg/L", op: "at_most", limits: ["0.005", "0.05", "0.2", "0.2", "0.2"] },
  vp: { no: 20, zh: "挥发酚", unit: "mg/L", op: "at_most", limits: ["0.002", "0.002", "0.005", "0.01", "0.1"] },
  oil: { no: 21, zh: "石油类", unit: "mg/L", op: "at_most", limits: ["0.05", "0.05", "0.05", "0.5", "1.0"] },
  las: { no: 22, zh: "阴离子表面活性剂", unit: "mg/L", op: "at_most", limits: ["0.2", "0.2", "0.2", "0.3", "0.3"] },
  s2: { no: 23, zh: "硫化物", unit: "mg/L", op: "at_most", limits: ["0.05", "0.1", "0.2", "0.5", "1.0"] },
  fc: { no: 24, zh: "粪大肠菌群", unit: "个/L", op: "at_most", limits: ["200", "2000", "10000", "20000", "40000"] },
} as const satisfies Record<WaterItem, Printed>;

/** Table 1, row 8, the limits in brackets: total phosphorus of lakes and reservoirs, mg/L. */
const TP_LAKE: Five = ["0.01", "0.025", "0.05", "0.1", "0.2"];

export type Limits =
  | { readonly op: "at_most" | "at_least"; readonly limits: readonly Exact[] }
  | { readonly op: "within"; readonly from: Exact; readonly to: Exact }
  | { readonly op: "none" };

const RIVER = new Map<WaterItem, Limits>(WATER_ITEMS.map((item) => [item, parsed(TABLE_1[item])]));
const LAKE = new Map(RIVER).set("tp", parsed({ op: "at_most", limits: TP_LAKE }));

/**
 * What table 1 asks of an item: five limits for classes Ⅰ to Ⅴ, or a range that holds for all of them (pH), or nothing
 * that makes a class (water temperature limits only man-made change). Units as `waterUnit` says.
 * @source table 1
 */
export function limitsOf(item: WaterItem, type: WaterType): Limits {
  return (type === "lake" ? LAKE : RIVER).get(item) ?? { op: "none" };
}

/** The item's name as table 1 prints it, the water body left out. @source table 1 */
export function waterItemZh(item: WaterItem): string {
  return TABLE_1[item].zh;
}

/** The unit of the item's limits; empty for pH. @source table 1 */
export function waterUnit(item: WaterItem): string {
  return TABLE_1[item].unit;
}

/**
 * The class of one item's concentration: the best class whose limit it meets. Where two classes share a limit the
 * better one holds (COD 15 mg/L is Ⅰ, not Ⅱ).
 *
 * @param value in the item's unit (mg/L; pH without; coliforms per litre), compared as it is: rounding comes before
 * @returns 1 to 6 (劣Ⅴ); `undefined` for water temperature, which makes no class
 * @source table 1, cl. 5.1; limits inclusive
 * @example itemClass("nh3n", exact("0.15"), "river") // 1
 */
export function itemClass(item: WaterItem, value: Exact, type: WaterType): WaterClass | undefined {
  const row = limitsOf(item, type);
  if (row.op === "none") return undefined;
  if (row.op === "within") return compare(value, row.from) >= 0 && compare(value, row.to) <= 0 ? 1 : 6;
  const meets = row.op === "at_most" ? (d: number) => d <= 0 : (d: number) => d >= 0;
  const index = row.limits.findIndex((limit) => meets(compare(value, limit)));
  return WATER_CLASSES[index === -1 ? row.limits.length : index];
}

/** The class of a text such as `Ⅲ`, `III`, `3`, `Ⅲ类`, `劣Ⅴ`; `undefined` for any other. */
export function parseWaterClass(text: string): WaterClass | undefined {
  const bare = text.trim().replace(/类$/, "").toUpperCase();
  const worse = /^劣\s*(Ⅴ|V|5|五)$/.test(bare);
  if (worse) return 6;
  return WATER_CLASSES.find((one) => CLASS_SPELLINGS[one].includes(bare));
}

const CLASS_SPELLINGS: Readonly<Record<WaterClass, readonly string[]>> = {
  1: ["Ⅰ", "I", "1", "一"],
  2: ["Ⅱ", "II", "2", "二"],
  3: ["Ⅲ", "III", "3", "三"],
  4: ["Ⅳ", "IV", "4", "四"],
  5: ["Ⅴ", "V", "5", "五"],
  6: ["劣Ⅴ", "6"],
};

function parsed(row: Row): Limits {
  switch (row.op) {
    case "none":
      return { op: "none" };
    case "within":
      return { op: "within", from: exact(row.from), to: exact(row.to) };
    default:
      return { op: row.op, limits: row.limits.map(exact) };
  }
}
