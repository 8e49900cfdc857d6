/**
 * CWQI 城市水质指数: the index cities are ranked by, lower is better.
 *
 * Rests on: 城市地表水环境质量排名技术规定（试行）2017, as one author's code has it twice (LIKELY); the 21 items are those of
 * 22号 (CONFIRMED). Base of every item: the class Ⅲ limit. Parts are not rounded, missing items are skipped.
 */
import { compare, divide, type Exact, exact, multiply, ratio, subtract, sum } from "../domain/exact.ts";
import { fault } from "../domain/faults.ts";
import { limitsOf, type WaterItem, type WaterType, waterItemZh } from "./gb3838.ts";
import { RATED_ITEMS } from "./water-class.ts";
import type { Means } from "./water-mean.ts";

/** pH 7 is neutral; the range 7 to 9 counts as two units. @source 2017 rule, LIKELY */
const NEUTRAL = exact(7);
const ALKALINE_SPAN = exact(2);

/** Base class of the index. @source 2017 rule */
const BASE = 3;

/**
 * The part of one item: C/S, dissolved oxygen S/C, pH 7 − pH below 7 and (pH − 7)/2 above, S being the class Ⅲ limit.
 * @returns without unit; `undefined` for the items that are not among the 21
 * @throws Fault `value.not-positive` for dissolved oxygen of zero, whose part has no value
 * @source 2017 rule, LIKELY
 */
export function cwqiPart(item: WaterItem, value: Exact, type: WaterType): Exact | undefined {
  if (!RATED_ITEMS.includes(item)) return undefined;
  if (item === "ph") {
    const above = subtract(value, NEUTRAL);
    return above.num <= 0n ? { num: -above.num, den: above.den } : divide(above, ALKALINE_SPAN);
  }
  const row = limitsOf(item, type);
  const limit = row.op === "at_most" || row.op === "at_least" ? row.limits[BASE - 1] : undefined;
  if (limit === undefined) return undefined;
  if (row.op === "at_most") return divide(value, limit);
  if (value.num <= 0n) throw fault("value.not-positive", { what: waterItemZh(item), given: "0" });
  return divide(limit, value);
}

/** The index of a set of means and its parts, in the order of table 1. @source 2017 rule, LIKELY */
export function cwqi(
  means: Means,
  type: WaterType,
): { readonly index: Exact; readonly parts: ReadonlyMap<WaterItem, Exact> } {
  const parts = new Map<WaterItem, Exact>();
  for (const item of RATED_ITEMS) {
    const value = means[item];
    const part = value === undefined ? undefined : cwqiPart(item, value, type);
    if (part !== undefined) parts.set(item, part);
  }
  return { index: sum([...parts.values()]), parts };
}

/** A city's index from its rivers' and its lakes', weighted by their numbers of sections. @source 2017 rule, LIKELY */
export function cityCwqi(
  rivers: { readonly index: Exact; readonly sections: number } | undefined,
  lakes: { readonly index: Exact; readonly sections: number } | undefined,
): Exact | undefined {
  const groups = [rivers, lakes].filter((group) => group !== undefined);
  const count = groups.reduce((n, group) => n + group.sections, 0);
  if (count === 0) return undefined;
  return divide(sum(groups.map((group) => multiply(group.index, ratio(BigInt(group.sections))))), ratio(BigInt(count)));
}

/** The relative change of an index, (now − base)/base; negative is better. `undefined` for a base of zero. @source 2017 rule */
export function cwqiChange(now: Exact, base: Exact): Exact | undefined {
  return compare(base, exact(0)) === 0 ? undefined : divide(subtract(now, base), base);
}
