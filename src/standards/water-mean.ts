/**
 * Means of water values over time or over sections: first the mean of each item, then the class; classes are never
 * averaged.
 *
 * Rests on: 环办〔2011〕22号 (arithmetic mean of concentrations, then the class); 环办监测函〔2020〕82号 (pH over hydrogen
 * ions, half the detection limit).
 * Elsewhere: how many values a month, quarter or year needs in `water-period.ts`.
 */
import { add, compare, type Exact, exact, mean, subtract, toNumber } from "../domain/exact.ts";
import { WATER_ITEMS, type WaterItem } from "./gb3838.ts";
import type { Sample } from "./water-class.ts";
import { roundWater } from "./water-decimals.ts";
import { valueInMean, type WaterValue } from "./water-value.ts";

export type Means = Readonly<Partial<Record<WaterItem, Exact>>>;

/**
 * The pH whose hydrogen-ion concentration is the mean of the given ones: −lg of the mean of 10^−pH.
 * Equal values give exactly that value: only the difference to the lowest one passes through a logarithm.
 *
 * @returns `undefined` for no values
 * @source 环办监测函〔2020〕82号; checked against a third party's unit test (7.08)
 */
export function phMean(values: readonly Exact[]): Exact | undefined {
  return phMeanOf(values.map((value) => ({ value, n: 1 })));
}

/**
 * The same of values with how often each occurs, as thousands of samples share a few dozen values of pH.
 * @returns what `phMean` gives for each value written out `n` times in a row; `undefined` for no values
 * @source 环办监测函〔2020〕82号
 */
export function phMeanOf(values: readonly { readonly value: Exact; readonly n: number }[]): Exact | undefined {
  const lowest = values.reduce<Exact | undefined>(
    (a, { value }) => (a !== undefined && compare(a, value) <= 0 ? a : value),
    undefined,
  );
  if (lowest === undefined) return undefined;
  let [ions, count] = [0, 0];
  for (const { value, n } of values) {
    const one = 10 ** -toNumber(subtract(value, lowest));
    // Added up one by one: a product would round elsewhere than the sum of the samples does.
    for (let k = 0; k < n; k++) ions += one;
    count += n;
  }
  return add(lowest, exact(-Math.log10(ions / count)));
}

/**
 * The mean of an item's values: arithmetic, pH over hydrogen ions, below detection as half the limit. Values below an
 * unknown limit cannot enter and are left out.
 * @returns in the item's unit, unrounded; `undefined` when no value can enter
 * @source 环办〔2011〕22号; 82号 item 7
 */
export function itemMean(item: WaterItem, values: readonly WaterValue[]): Exact | undefined {
  const known = values.map(valueInMean).filter((value) => value !== undefined);
  return item === "ph" ? phMean(known) : mean(known);
}

/** The mean of every item over samples or sections, each over the values that are there. @source 环办〔2011〕22号 */
export function sampleMeans(samples: readonly Sample[]): Means {
  const entries = WATER_ITEMS.map((item) => {
    const values = samples.map((sample) => sample[item]).filter((value) => value !== undefined);
    return [item, itemMean(item, values)] as const;
  });
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined));
}

/** The means rounded to their assessment decimals, for policy `classOn: rounded`. @source 82号, LIKELY */
export function roundedMeans(means: Means): Means {
  const entries = entriesOf(means).map(([item, value]) => [item, roundWater(item, value, "assessment")] as const);
  return Object.fromEntries(entries);
}

/** Means as a sample, so that the class rule can be asked about them. */
export function meansAsSample(means: Means): Sample {
  return Object.fromEntries(entriesOf(means).map(([item, value]) => [item, { kind: "measured", value }]));
}

function entriesOf(means: Means): readonly (readonly [WaterItem, Exact])[] {
  return WATER_ITEMS.flatMap((item) => {
    const value = means[item];
    return value === undefined ? [] : [[item, value] as const];
  });
}
