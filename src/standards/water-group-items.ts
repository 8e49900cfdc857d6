/**
 * Main polluting items of a river, basin or district: those that exceed class Ⅲ at the most sections (断面超标率).
 *
 * Rests on: 环办〔2011〕22号, LIKELY: the first three by share; a group of fewer than five sections is named like a single
 * section, from its mean concentrations (`water-exceed.ts`). None for a group that is 优 or 良好.
 */
import type { Exact } from "../domain/exact.ts";
import { WATER_ITEMS, type WaterClass, type WaterItem } from "./gb3838.ts";
import { EXCEED_BASE, NAMED_ITEMS } from "./water-exceed.ts";
import { percentOf } from "./water-status.ts";

export type GroupItem = {
  readonly item: WaterItem;
  /** Sections at which the item is worse than class Ⅲ. */
  readonly sections: number;
  /** Of the sections assessed, percent, exact. */
  readonly share: Exact | undefined;
};

/**
 * The items that exceed at the most sections, at most three; equal shares in the order of table 1.
 * @param sections the class of each rated item, section by section
 * @source 环办〔2011〕22号, LIKELY
 */
export function groupMainItems(sections: readonly ReadonlyMap<WaterItem, WaterClass>[]): readonly GroupItem[] {
  const counted = WATER_ITEMS.map((item) => ({
    item,
    sections: sections.filter((items) => (items.get(item) ?? 0) > EXCEED_BASE).length,
  }));
  return counted
    .filter((one) => one.sections > 0)
    .sort((a, b) => b.sections - a.sections)
    .slice(0, NAMED_ITEMS)
    .map((one) => ({ ...one, share: percentOf(one.sections, sections.length) }));
}
