/**
 * Exceed multiples (超标倍数) and main polluting items (主要污染指标).
 *
 * Rests on: GB 3838-2002 cl. 5.1 (items and multiples of a failure); 环办〔2011〕22号 (three items, worst class first).
 * The order among items of the same class is LIKELY: larger multiple first, items without one (pH, oxygen) after.
 */
import { compare, divide, type Exact, subtract } from "../domain/exact.ts";
import { limitsOf, WATER_ITEMS, type WaterClass, type WaterItem, type WaterType, waterItemZh } from "./gb3838.ts";
import { decimalText, roundHalfEven } from "./gbt8170.ts";
import type { Means } from "./water-mean.ts";

/** 22号 holds multiples against class Ⅲ; some cities use the target's limit, so the class is kept with the multiple. */
export const EXCEED_BASE: WaterClass = 3;

/** How many items are named. @source 环办〔2011〕22号 */
export const NAMED_ITEMS = 3;

/** Multiples are printed with two decimals (choice; bulletins print one or two). */
const MULTIPLE_DECIMALS = 2;

/** Named first whenever they exceed: cyanide and heavy metals. @source 环办〔2011〕22号, LIKELY ("such as lead, chromium") */
const TOXIC: readonly WaterItem[] = ["hg", "cd", "cr6", "pb", "cn"];

export type MainItem = {
  readonly item: WaterItem;
  readonly class: WaterClass;
  /** (C − limit)/limit, unrounded; absent for pH and dissolved oxygen. */
  readonly multiple: Exact | undefined;
  /** The class whose limit the multiple is held against. */
  readonly base: WaterClass;
};

/**
 * By how many times its limit a concentration exceeds: (C − limit)/limit.
 *
 * @param base class whose limit counts, Ⅲ in 22号; for a target's limit give the target
 * @returns unrounded and positive; 0 when the limit is met; `undefined` for water temperature, pH and dissolved oxygen,
 * which have no multiple, and for base 劣Ⅴ, which has no limit
 * @source GB 3838-2002 cl. 5.1; 环办〔2011〕22号
 * @example exceedMultiple("nh3n", exact("9.74"), "river", 5) // 3.87
 */
export function exceedMultiple(
  item: WaterItem,
  value: Exact,
  type: WaterType,
  base: WaterClass = EXCEED_BASE,
): Exact | undefined {
  const row = limitsOf(item, type);
  const limit = row.op === "at_most" ? row.limits[base - 1] : undefined;
  if (limit === undefined) return undefined;
  const over = divide(subtract(value, limit), limit);
  return over.num > 0n ? over : { num: 0n, den: 1n };
}

/**
 * The main polluting items of a section: those worse than class Ⅲ, worst class first, at most three; none when the
 * section itself is not worse than Ⅲ.
 *
 * @param items class of each rated item, from `sampleClass`
 * @param means the values classed: unrounded or rounded, as policy `classOn` says
 * @source 环办〔2011〕22号; ties LIKELY
 */
export function mainItems(
  items: ReadonlyMap<WaterItem, WaterClass>,
  means: Means,
  type: WaterType,
  base: WaterClass = EXCEED_BASE,
): readonly MainItem[] {
  const worse = WATER_ITEMS.flatMap((item): readonly MainItem[] => {
    const found = items.get(item);
    const value = means[item];
    if (found === undefined || value === undefined || found <= EXCEED_BASE) return [];
    return [{ item, class: found, multiple: exceedMultiple(item, value, type, base), base }];
  });
  return [...worse].sort(worstFirst).slice(0, NAMED_ITEMS);
}

/** As bulletins print them: `溶解氧、高锰酸盐指数(0.93)`; empty for none. */
export function mainItemsZh(items: readonly MainItem[]): string {
  return items
    .map(({ item, multiple }) => waterItemZh(item) + (multiple ? `(${multipleText(multiple)})` : ""))
    .join("、");
}

function multipleText(multiple: Exact): string {
  return decimalText(roundHalfEven(multiple, MULTIPLE_DECIMALS), MULTIPLE_DECIMALS);
}

function worstFirst(a: MainItem, b: MainItem): number {
  const toxic = Number(TOXIC.includes(b.item)) - Number(TOXIC.includes(a.item));
  if (toxic !== 0) return toxic;
  if (a.class !== b.class) return b.class - a.class;
  if (a.multiple !== undefined && b.multiple !== undefined) return compare(b.multiple, a.multiple);
  return Number(a.multiple === undefined) - Number(b.multiple === undefined);
}
