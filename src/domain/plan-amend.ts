/** Amendments: a plan's number changed from a day on. The old one stays, and judges the days before. */
import type { Target } from "./plan.ts";
import type { DayNumber } from "./time.ts";

/** The target as it stood on a day: the latest amendment in force gives its value. */
export function targetOn(target: Target, day: DayNumber): Target {
  const inForce = target.amendments.filter((one) => one.from <= day).sort((a, b) => b.from - a.from)[0];
  return inForce === undefined ? target : { ...target, value: inForce.value };
}
