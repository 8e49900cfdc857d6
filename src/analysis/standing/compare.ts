/** Comparing one figure with a number: ≤ < ≥ > = about, within a range, fallen by. Exact throughout. */
import { add, compare, type Exact, subtract } from "../../domain/exact.ts";

/** The number to compare with. `tolerance` is what a person allows on the bad side; none is ever assumed. */
export type Limit = {
  readonly value: Exact;
  readonly upper?: Exact | undefined;
  readonly tolerance?: Exact | undefined;
  readonly better?: "lower" | "higher" | undefined;
};

const ZERO: Exact = { num: 0n, den: 1n };

export function atMost(figure: Exact, { value, tolerance = ZERO }: Limit): boolean {
  return compare(figure, add(value, tolerance)) <= 0;
}

export function below(figure: Exact, { value }: Limit): boolean {
  return compare(figure, value) < 0;
}

export function atLeast(figure: Exact, { value, tolerance = ZERO }: Limit): boolean {
  return compare(figure, subtract(value, tolerance)) >= 0;
}

export function above(figure: Exact, { value }: Limit): boolean {
  return compare(figure, value) > 0;
}

export function equals(figure: Exact, { value }: Limit): boolean {
  return compare(figure, value) === 0;
}

/** Within the tolerance of the value; beyond it only on the side that is better, where the target names one. */
export function about(figure: Exact, limit: Limit): boolean {
  if (limit.better === "lower") return atMost(figure, limit);
  if (limit.better === "higher") return atLeast(figure, limit);
  return atMost(figure, limit) && atLeast(figure, limit);
}

/** Between both ends, ends included; beyond the end that is better, where the target names one. */
export function within(figure: Exact, { value, upper = value, better }: Limit): boolean {
  const enough = better === "lower" || compare(figure, value) >= 0;
  const notMore = better === "higher" || compare(figure, upper) <= 0;
  return enough && notMore;
}

/** The figure is the fall itself, positive when something fell; a larger fall passes. */
export function decreasedBy(fall: Exact, limit: Limit): boolean {
  return atLeast(fall, limit);
}
