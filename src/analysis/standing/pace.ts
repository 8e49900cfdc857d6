/** Pace: what a growing count must have reached by a day to be on track. */
import { add, type Exact, multiply, subtract } from "../../domain/exact.ts";

/** `from` + (`to` − `from`) × share of the time gone by; no rounding, so 1 of 4 at a quarter of the year is enough. */
export function neededBy(elapsed: Exact, to: Exact, from: Exact = { num: 0n, den: 1n }): Exact {
  return add(from, multiply(subtract(to, from), elapsed));
}
