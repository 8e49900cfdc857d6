/** What every writer of simulated files is given: the seed, the days, the places and the folder. */
import type { DayNumber } from "../../src/domain/time.ts";
import type { Site } from "./sites.ts";

/** First and last day, both inside. */
export type Days = { readonly first: DayNumber; readonly last: DayNumber };

export type Job = {
  readonly seed: number;
  readonly days: Days;
  readonly dir: string;
  readonly townships: readonly Site[];
  readonly districts: readonly Site[];
};
