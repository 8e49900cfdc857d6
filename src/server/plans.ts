/** The plans in force: the seeds, and what a person adopted into the store's folder, which takes a seed's place. */
import { join } from "node:path";
import { loadPlans, planYears } from "../../seeds/plans/load.ts";
import { PLAN_AREA_ZH, type Plan, type PlanArea } from "../domain/plan.ts";
import type { ServerContext } from "./context.ts";

const AREAS = Object.keys(PLAN_AREA_ZH) as PlanArea[];

/** Reads plans once a year of them; adopting one while serving shows after `forget`. */
export function planSource(
  storeDir: string,
): Pick<ServerContext, "plansOf" | "planYears"> & { readonly forget: () => void } {
  const adopted = join(storeDir, "plans");
  const held = new Map<number, Promise<readonly Plan[]>>();
  const read = async (year: number): Promise<readonly Plan[]> => {
    const [seedYears, ownYears] = await Promise.all([planYears(), planYears(adopted)]);
    if (!ownYears.includes(year)) return await loadPlans(year);
    const seeds = seedYears.includes(year) ? await loadPlans(year) : [];
    const own = await loadPlans(year, adopted);
    return AREAS.flatMap((area) =>
      [own, seeds].flatMap((list) => list.filter((plan) => plan.area === area)).slice(0, 1),
    );
  };
  return {
    plansOf: (year) => {
      const kept = held.get(year) ?? read(year);
      held.set(year, kept);
      kept.catch(() => held.delete(year));
      return kept;
    },
    planYears: async () => {
      const all = await Promise.all([planYears(), planYears(adopted)]);
      return [...new Set(all.flat())].sort((a, b) => a - b);
    },
    forget: () => held.clear(),
  };
}
