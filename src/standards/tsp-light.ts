/**
 * TSP: by sampling and weighing (HJ 1263, the method of GB 3095) and by light scattering (the street network).
 *
 * The limits 200 and 300 µg/m³ belong to the weighed value. A street sensor scatters light and is calibrated against
 * its neighbours: it ranks places, it does not judge them. So both are different types here, only the weighed one has
 * limits, and what comes from outside without a type is refused with the reason.
 * Rests on: GB 3095-2026 table 2, table 3 (HJ 1263); that street instruments scatter light: 2018 plan (likely).
 */
import { compare, type Exact, exact } from "../domain/exact.ts";
import { fault } from "../domain/faults.ts";
import { type Grade, LIMITS, type LimitPhase } from "./gb3095-limits.ts";
import type { Policies } from "./policy.ts";

/** µg/m³, at ambient temperature and pressure. */
export type WeighedTsp = { readonly method: "gravimetric"; readonly value: Exact };
export type StreetTsp = { readonly method: "light_scattering"; readonly value: Exact };

/** A street network's value. @param value µg/m³ */
export function streetTsp(value: Exact): StreetTsp {
  return { method: "light_scattering", value };
}

/** A weighed value. @param value µg/m³ */
export function weighedTsp(value: Exact): WeighedTsp {
  return { method: "gravimetric", value };
}

/**
 * Whether a weighed TSP mean is within its limit.
 * @throws Fault `tsp.not-comparable` for a street value that reached here past the types
 * @source GB 3095-2012 table 2; GB 3095-2026 table 2, cl. 4.5 (applies where the ministry or province says so)
 */
export function tspWithinLimit(
  tsp: WeighedTsp,
  period: "day" | "year",
  phase: LimitPhase,
  grade: Grade = "II",
): boolean {
  if (tsp.method !== "gravimetric") throw fault("tsp.not-comparable", { method: String(tsp.method) });
  const row = LIMITS.find((one) => one.item === "tsp" && one.period === period);
  const text = row?.limits[phase][grade === "I" ? 0 : 1] ?? "0";
  return compare(tsp.value, exact(text)) <= 0;
}

/** Whether a day of street TSP has enough hours: policy `tspDayHours`, as no text speaks of it. */
export function streetTspDayIsValid(hours: number, policies: Pick<Policies, "tspDayHours">): boolean {
  return hours >= policies.tspDayHours;
}
