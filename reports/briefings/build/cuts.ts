/** Which worst n of the city a township is not to be among, as the district's plan has it. */
import type { Period } from "../../../src/domain/period.ts";
import type { Plan, Target } from "../../../src/domain/plan.ts";
import { dayText } from "../../../src/domain/time.ts";

/** The worst n by an indicator over a span; `undefined` where the plan says nothing of such a list. */
export type Cuts = (indicator: string, span: Period) => number | undefined;

/**
 * The cuts of a plan's rank targets: those of months hold for months, those of the year to date for every span that
 * begins on 1 January. A trigger of work (`operational`) is no line to stay out of.
 */
export function cutsOf(plans: readonly Plan[], place: { readonly code: string }): Cuts {
  const targets = plans.filter((plan) => plan.place === place.code).flatMap((plan) => plan.targets);
  const lines = targets.filter(isLine);
  return (indicator, span) => {
    const wanted = spanWanted(span);
    const found = lines.find((target) => target.indicator === indicator && target.period === wanted);
    return found?.value === undefined ? undefined : Number(found.value);
  };
}

function isLine({ comparator, scope, firmness }: Target): boolean {
  return comparator === "not_in_worst" && scope.placeKind === "township" && firmness !== "operational";
}

function spanWanted({ kind, first }: Period): Target["period"] | undefined {
  if (kind === "month") return "month";
  return kind !== "halfMonth" && dayText(first).endsWith("-01-01") ? "cumulative" : undefined;
}
