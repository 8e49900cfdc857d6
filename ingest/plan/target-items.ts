/** What in a text can become a draft target: quantities, frequencies, and words that carry a number. */
import { multiply } from "../../src/domain/exact.ts";
import type { Quantity } from "./classify.ts";
import { datesOf, type Frequency, frequenciesOf } from "./frequency.ts";
import { type SpecialTarget, specialTargetsOf } from "./special-targets.ts";

export type Item =
  | { readonly kind: "quantity"; readonly at: Quantity }
  | { readonly kind: "frequency"; readonly at: Frequency }
  | { readonly kind: "special"; readonly at: SpecialTarget };

/** Quantities, frequencies and special targets in order of place; a frequency with a number of its own is one item. */
export function itemsOf(text: string, quantities: readonly Quantity[]): readonly Item[] {
  const specials = specialTargetsOf(text);
  const dates = datesOf(text);
  const counts = [...quantities];
  const frequencies: Frequency[] = [];
  for (const often of [...frequenciesOf(text), ...dates]) {
    const nextStop = /[。；;，,（(]/.exec(text.slice(often.end))?.index ?? text.length;
    const index = counts.findIndex((one) => one.start >= often.end && one.start < often.end + nextStop);
    const count = counts[index];
    if (count === undefined) {
      frequencies.push(often);
      continue;
    }
    const percent = /^(%|‰|个?百分点)$/.test(count.unit);
    const each = often.flags.includes("frequency.from-dates");
    counts[index] = {
      ...count,
      start: count.start,
      value: each && count.unit === "次" ? multiply(count.value, often.value) : count.value,
      unit: percent || count.unit === "名" ? count.unit : `${count.unit}/${often.period}`,
      flags: [...count.flags, percent ? `period:${often.period}` : "frequency.counted"],
    };
  }
  const free = <T extends { readonly start: number; readonly end: number }>(one: T) =>
    !specials.some((other) => other.start < one.end && one.start < other.end);
  const all: Item[] = [
    ...counts.filter(free).map((at) => ({ kind: "quantity" as const, at })),
    ...frequencies.map((at) => ({ kind: "frequency" as const, at })),
    ...specials.map((at) => ({ kind: "special" as const, at })),
  ];
  return all.sort((a, b) => a.at.start - b.at.start);
}

/** The months of a run belong to the rank behind them: 连续3个月进入全市后30名 is one thing. */
export function isRunItem(item: Item, text: string): boolean {
  return item.kind === "quantity" && item.at.unit === "个月" && /连续$/.test(text.slice(0, item.at.start));
}
