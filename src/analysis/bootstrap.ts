/**
 * The chance of reaching a target, from the same calendar days of past years.
 *
 * A block bootstrap: the rest of the year is put together from blocks of days, each taken whole from one past year drawn
 * by lot, so that spells of bad air stay together. Past years are taken as they were: no trend is assumed.
 */
import { seededDraws } from "./seeded.ts";

export const LEAST_YEARS = 3;
export const BLOCK_DAYS = 7;
export const DRAWS = 2000;

/** The remaining days as they were in one past year, in order; undefined for a day without a valid value. */
export type PastYear = { readonly year: number; readonly days: readonly (number | undefined)[] };

/** What a made-up rest of the year comes to: the sum of its values and how many days have one. */
export type DrawnRest = { readonly sum: number; readonly days: number };

/** Past years that can be drawn from: those with at least the given share of the days. */
export function usableYears(years: readonly PastYear[], share: number): readonly PastYear[] {
  return years.filter(({ days }) => days.filter((one) => one !== undefined).length >= share * days.length);
}

/** As many rests of the year as `DRAWS`, the same for the same seed. @param years at least one, all equally long */
export function drawRests(years: readonly PastYear[], seed: number): readonly DrawnRest[] {
  const next = seededDraws(seed);
  const length = years[0]?.days.length ?? 0;
  // Sums of each year's blocks, so that a draw costs a block and not its days.
  const blocks = years.map(({ days }) =>
    Array.from({ length: Math.ceil(length / BLOCK_DAYS) }, (_, k) => {
      const part = days.slice(k * BLOCK_DAYS, (k + 1) * BLOCK_DAYS).filter((one) => one !== undefined);
      return { sum: part.reduce((total, one) => total + one, 0), days: part.length };
    }),
  );
  return Array.from({ length: DRAWS }, () => {
    let sum = 0;
    let days = 0;
    for (let k = 0; k * BLOCK_DAYS < length; k++) {
      const block = blocks[Math.floor(next() * years.length)]?.[k];
      sum += block?.sum ?? 0;
      days += block?.days ?? 0;
    }
    return { sum, days };
  });
}

/** The share of rests that pass. */
export function shareOf(rests: readonly DrawnRest[], passes: (rest: DrawnRest) => boolean): number {
  return rests.length === 0 ? 0 : rests.filter(passes).length / rests.length;
}
