/** The mean from the first day to each day: what a cumulative line is drawn from. */
import { add, divide, type Exact, ratio } from "../domain/exact.ts";

/** One for each day in order, from the valid values so far; a day without a value repeats none: it is `undefined`. */
export function runningMeans(values: readonly (Exact | undefined)[]): readonly (Exact | undefined)[] {
  let total = ratio(0n);
  let count = 0n;
  return values.map((value) => {
    if (value === undefined) return undefined;
    total = add(total, value);
    count += 1n;
    return divide(total, ratio(count));
  });
}
