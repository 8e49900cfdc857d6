/** Editions: the version of a standard in force on an observation's day. */
import { type DayNumber, dayNumber } from "./time.ts";

/** Of GB 3095, HJ 633 and HJ 663. */
export type Edition = "2012" | "2026";

export const EDITIONS: readonly Edition[] = ["2012", "2026"];

/** The 2026 editions are in force for observations from this day on (GB 3095-2026, HJ 633-2026, covers). */
const FIRST_DAY_2026 = dayNumber(2026, 3, 1) as DayNumber;

/** The edition in force for observations of a day; never chosen by the day of computing. */
export function editionOn(day: DayNumber): Edition {
  return day >= FIRST_DAY_2026 ? "2026" : "2012";
}
