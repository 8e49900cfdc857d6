/** Directions: a figure against the one before it. */
import { compare, type Exact } from "../../domain/exact.ts";
import { about } from "./compare.ts";

export function roseFrom(base: Exact, figure: Exact): boolean {
  return compare(figure, base) > 0;
}

export function fellFrom(base: Exact, figure: Exact): boolean {
  return compare(figure, base) < 0;
}

/** Within the tolerance of the figure before; beyond it only on the side that is better, where one is named. */
export function heldAt(base: Exact, figure: Exact, tolerance: Exact, better: "lower" | "higher" | undefined): boolean {
  return about(figure, { value: base, tolerance, better });
}
