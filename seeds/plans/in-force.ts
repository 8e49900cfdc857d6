/** The plans in force: the seeds, and what a person adopted into the store's folder, which takes a seed's place. */
import { join } from "node:path";
import { PLAN_AREA_ZH, type Plan, type PlanArea } from "../../src/domain/plan.ts";
import { loadPlans, planYears } from "./load.ts";

const AREAS = Object.keys(PLAN_AREA_ZH) as PlanArea[];

/** A year's plans, one for each area that has one. @throws Fault `plan.unknown` for a year without plans */
export async function plansInForce(year: number, storeDir: string): Promise<readonly Plan[]> {
  const adopted = join(storeDir, "plans");
  const [seedYears, adoptedYears] = await Promise.all([planYears(), planYears(adopted)]);
  if (!adoptedYears.includes(year)) return await loadPlans(year);
  const [seeds, own] = await Promise.all([seedYears.includes(year) ? loadPlans(year) : [], loadPlans(year, adopted)]);
  return AREAS.flatMap((area) => [own, seeds].flatMap((list) => list.filter((plan) => plan.area === area)).slice(0, 1));
}

/** The years that have plans, earliest first. */
export async function yearsInForce(storeDir: string): Promise<readonly number[]> {
  const all = await Promise.all([planYears(), planYears(join(storeDir, "plans"))]);
  return [...new Set(all.flat())].sort((a, b) => a - b);
}
