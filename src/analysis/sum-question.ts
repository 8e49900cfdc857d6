/** What sums and single days of a period are asked of. */
import type { DayNumber } from "../domain/time.ts";
import type { Policies } from "../standards/policy.ts";
import type { DayMeasure } from "./measure.ts";
import type { Subject } from "./subject.ts";

export type SumQuestion = {
  readonly subjects: readonly Subject[];
  readonly indicatorIds: readonly number[];
  readonly measure: DayMeasure;
  readonly first: DayNumber;
  readonly last: DayNumber;
  readonly policies: Policies;
  /** The relation to read daily values from: `daily`, or its state as of a batch. */
  readonly daily: string;
};
