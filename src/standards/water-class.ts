/**
 * The class of a water sample or of a section's means: the worst class of its items (单因子评价).
 *
 * Rests on: GB 3838-2002 cl. 5.1; 环办〔2011〕22号 (21 items: table 1 without water temperature, total nitrogen and
 * faecal coliforms); 环办监测函〔2020〕714号 (5 + X items of the 14th-plan period). Which items are evaluated is data of
 * a section and a period: what is there is rated, all 21 are never demanded.
 * Policies: `requireItems` (without these no class, as in the national feed), `doSaturation` (off, as in the feed).
 */
import { compare, type Exact, exact } from "../domain/exact.ts";
import { WATER_ITEMS, type WaterClass, type WaterItem, type WaterType } from "./gb3838.ts";
import { valueClass, type WaterValue } from "./water-value.ts";

/** Never rated. @source 环办〔2011〕22号, reproduced on the national feed for total nitrogen */
const NOT_RATED: readonly WaterItem[] = ["wt", "tn", "fc"];

/** The 21 items that may decide a class, in the order of table 1. @source 环办〔2011〕22号 */
export const RATED_ITEMS: readonly WaterItem[] = WATER_ITEMS.filter((item) => !NOT_RATED.includes(item));

/** Class Ⅰ asks for 90 % saturation or 7.5 mg/L of dissolved oxygen. @source GB 3838-2002 table 1 item 3 */
const SATURATION_CLASS_1 = exact("90");

export type Sample = Readonly<Partial<Record<WaterItem, WaterValue>>>;

export type ClassRule = {
  /** Items without which there is no class. */
  readonly requireItems: readonly WaterItem[];
  /** Items that may decide; the 21 of 22号 unless the section's programme says otherwise. */
  readonly evaluated?: readonly WaterItem[];
  /** Oxygen saturation in percent, where class Ⅰ may also be reached by it; not in use in the national feed. */
  readonly doSaturation?: Exact | undefined;
};

export type SampleClass = {
  /** Absent when a required item is missing or nothing could be rated. */
  readonly class: WaterClass | undefined;
  /** All items of the worst class, in the order of table 1. */
  readonly deciding: readonly WaterItem[];
  /** The class of each rated item. */
  readonly items: ReadonlyMap<WaterItem, WaterClass>;
  /** Required items that are not there. */
  readonly missing: readonly WaterItem[];
  /** Items below a detection limit that proves no class. */
  readonly notJudged: readonly WaterItem[];
};

/**
 * The single-factor class: the worst class of the evaluated items that are present; values are compared as they are.
 *
 * @param sample concentrations in the units of table 1
 * @returns class 1 to 6, or none with the reason (`missing`, `notJudged`)
 * @source GB 3838-2002 cl. 5.1; 环办〔2011〕22号; missing items as the national feed treats them
 */
export function sampleClass(sample: Sample, type: WaterType, rule: ClassRule): SampleClass {
  const items = new Map<WaterItem, WaterClass>();
  const notJudged: WaterItem[] = [];
  for (const item of rule.evaluated ?? RATED_ITEMS) {
    const value = sample[item];
    if (value === undefined || NOT_RATED.includes(item)) continue;
    const saturated = item === "do" && rule.doSaturation !== undefined;
    const reached = saturated && compare(rule.doSaturation, SATURATION_CLASS_1) >= 0;
    const found = reached ? 1 : valueClass(item, value, type);
    if (found === undefined) notJudged.push(item);
    else items.set(item, found);
  }
  const missing = rule.requireItems.filter((item) => !items.has(item) && !notJudged.includes(item));
  const blocked = missing.length > 0 || rule.requireItems.some((item) => notJudged.includes(item));
  const worst = blocked || items.size === 0 ? undefined : (Math.max(...items.values()) as WaterClass);
  const deciding = WATER_ITEMS.filter((item) => worst !== undefined && items.get(item) === worst);
  return { class: worst, deciding, items, missing, notJudged };
}
