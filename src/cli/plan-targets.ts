/** The targets of the plans in force, as commands ask for them. */
import { plansInForce, yearsInForce } from "../../seeds/plans/in-force.ts";
import { fault } from "../domain/faults.ts";
import type { Plan, Target } from "../domain/plan.ts";
import { dayOf, dayParts } from "../domain/time.ts";

/** A year's plans in force, one for each area. @throws Fault `plan.unknown` */
export async function plansOfYear(year: number, storeDir: string): Promise<readonly Plan[]> {
  return await plansInForce(year, storeDir);
}

/** All targets of a year's plans. @throws Fault `plan.unknown` */
export async function targetsOfYear(year: number, storeDir: string): Promise<readonly Target[]> {
  return (await plansOfYear(year, storeDir)).flatMap((plan) => plan.targets);
}

/** The targets of every year that has plans, by id: ids name their year. */
export async function allTargets(storeDir: string): Promise<ReadonlyMap<string, Target>> {
  const lists = await Promise.all((await yearsInForce(storeDir)).map((year) => targetsOfYear(year, storeDir)));
  return new Map(lists.flat().map((target) => [target.id, target]));
}

/**
 * The year of the plans meant: the one named, else this year's, else the latest there is.
 * @throws Fault `plan.unknown`
 */
export async function planYearOf(named: string | undefined, now: Date, storeDir: string): Promise<number> {
  const known = await yearsInForce(storeDir);
  if (named !== undefined) {
    if (known.map(String).includes(named)) return Number(named);
    throw fault("plan.unknown", { given: named, known: known.join(" ") }, { parameter: "--plan" });
  }
  const { year } = dayParts(dayOf(now.getTime()));
  return known.includes(year) ? year : (known.at(-1) ?? year);
}
