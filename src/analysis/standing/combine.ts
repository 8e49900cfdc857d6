/** Standings put together: of alternatives one is enough, of places or parts all are needed. */
import type { Standing } from "../../domain/plan.ts";

/** From the first that decides to the last. An unknown part may still be better than one at risk, not than a met one. */
const ANY: readonly Standing[] = ["met", "on_track", "cannot_judge", "at_risk", "missed", "not_due"];

/** One missed part decides whatever the rest; one at risk says more than one unknown. */
const ALL: readonly Standing[] = ["missed", "at_risk", "cannot_judge", "on_track", "met", "not_due"];

/** The standing of alternatives; `not_due` when there are none. */
export function anyOf(standings: readonly Standing[]): Standing {
  return ANY.find((one) => standings.includes(one)) ?? "not_due";
}

/** The standing of a whole made of parts, such as every township; `not_due` when there are none. */
export function allOf(standings: readonly Standing[]): Standing {
  return ALL.find((one) => standings.includes(one)) ?? "not_due";
}
