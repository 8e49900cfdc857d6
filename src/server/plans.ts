/** The plans in force, kept while serving. */
import { plansInForce, yearsInForce } from "../../seeds/plans/in-force.ts";
import type { Plan } from "../domain/plan.ts";
import type { ServerContext } from "./context.ts";

/** Reads plans once a year of them; adopting one while serving shows after `forget`. */
export function planSource(
  storeDir: string,
): Pick<ServerContext, "plansOf" | "planYears"> & { readonly forget: () => void } {
  const held = new Map<number, Promise<readonly Plan[]>>();
  return {
    plansOf: (year) => {
      const kept = held.get(year) ?? plansInForce(year, storeDir);
      held.set(year, kept);
      kept.catch(() => held.delete(year));
      return kept;
    },
    planYears: () => yearsInForce(storeDir),
    forget: () => held.clear(),
  };
}
