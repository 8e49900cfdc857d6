/**
 * GB/T 8170-2008 cl. 4: comparing a value with a limit, by its full value or by its rounded value.
 *
 * Full-value comparison is the default when a document is silent (from memory): policy `targetCompare`. No rule of
 * Beijing for plan targets was found, so every verdict names the comparison it used.
 */
import { compare, type Exact } from "../domain/exact.ts";
import { roundHalfEven } from "./gbt8170.ts";
import type { Policies } from "./policy.ts";

/**
 * The value that is compared: as it is, or rounded once to the limit's decimals.
 * @param decimals digits after the point of the limit as written
 * @source GB/T 8170-2008 cl. 4.3.2 (full), 4.3.3 (rounded)
 */
export function comparedValue(value: Exact, decimals: number, how: Policies["targetCompare"]): Exact {
  return how === "full" ? value : roundHalfEven(value, decimals);
}

/** Whether a value satisfies a limit. @source GB/T 8170-2008 cl. 4 */
export function satisfies(
  value: Exact,
  comparator: "<=" | "<" | ">=" | ">",
  limit: Exact,
  decimals: number,
  how: Policies["targetCompare"],
): boolean {
  const order = compare(comparedValue(value, decimals, how), limit);
  if (order === 0) return comparator === "<=" || comparator === ">=";
  return order < 0 ? comparator.startsWith("<") : comparator.startsWith(">");
}
