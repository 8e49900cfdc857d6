/**
 * The plans in force and their targets. Where plans come from is known here and nowhere else in the commands: the
 * seeds, and what a person adopted into the store's folder, which takes the seed's place.
 */
import { join } from "node:path";
import { loadPlans, planYears } from "../../seeds/plans/load.ts";
import { fault } from "../domain/faults.ts";
import { PLAN_AREA_ZH, type Plan, type PlanArea, type Target } from "../domain/plan.ts";
import { dayOf, dayParts } from "../domain/time.ts";

const AREAS = Object.keys(PLAN_AREA_ZH) as PlanArea[];

/** A year's plans in force, one for each area. @throws Fault `plan.unknown` */
export async function plansOfYear(year: number, storeDir: string): Promise<readonly Plan[]> {
  const adopted = join(storeDir, "plans");
  const [seedYears, adoptedYears] = await Promise.all([planYears(), planYears(adopted)]);
  if (!adoptedYears.includes(year)) return await loadPlans(year);
  const [seeds, own] = await Promise.all([seedYears.includes(year) ? loadPlans(year) : [], loadPlans(year, adopted)]);
  return AREAS.flatMap((area) => [own, seeds].flatMap((list) => list.filter((plan) => plan.area === area)).slice(0, 1));
}

/** All targets of a year's plans. @throws Fault `plan.unknown` */
export async function targetsOfYear(year: number, storeDir: string): Promise<readonly Target[]> {
  return (await plansOfYear(year, storeDir)).flatMap((plan) => plan.targets);
}

/** The targets of every year that has plans, by id: ids name their year. */
export async function allTargets(storeDir: string): Promise<ReadonlyMap<string, Target>> {
  const lists = await Promise.all((await years(storeDir)).map((year) => targetsOfYear(year, storeDir)));
  return new Map(lists.flat().map((target) => [target.id, target]));
}

/**
 * The year of the plans meant: the one named, else this year's, else the latest there is.
 * @throws Fault `plan.unknown`
 */
export async function planYearOf(named: string | undefined, now: Date, storeDir: string): Promise<number> {
  const known = await years(storeDir);
  if (named !== undefined) {
    if (known.map(String).includes(named)) return Number(named);
    throw fault("plan.unknown", { given: named, known: known.join(" ") }, { parameter: "--plan" });
  }
  const { year } = dayParts(dayOf(now.getTime()));
  return known.includes(year) ? year : (known.at(-1) ?? year);
}

async function years(storeDir: string): Promise<readonly number[]> {
  const all = await Promise.all([planYears(), planYears(join(storeDir, "plans"))]);
  return [...new Set(all.flat())].sort((a, b) => a - b);
}
