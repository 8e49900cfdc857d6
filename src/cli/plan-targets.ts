/** The plans and targets a command speaks of. Where plans come from is known here and nowhere else in the commands. */
import { loadPlans, planYears } from "../../seeds/plans/load.ts";
import { fault } from "../domain/faults.ts";
import type { Plan, Target } from "../domain/plan.ts";
import { dayOf, dayParts } from "../domain/time.ts";

/** A year's plans. @throws Fault `plan.unknown` */
export async function plansOfYear(year: number): Promise<readonly Plan[]> {
  return await loadPlans(year);
}

/** All targets of a year's plans. @throws Fault `plan.unknown` */
export async function targetsOfYear(year: number): Promise<readonly Target[]> {
  return (await plansOfYear(year)).flatMap((plan) => plan.targets);
}

/** The targets of every year that has plans, by id: ids name their year. */
export async function allTargets(): Promise<ReadonlyMap<string, Target>> {
  const lists = await Promise.all((await planYears()).map(targetsOfYear));
  return new Map(lists.flat().map((target) => [target.id, target]));
}

/**
 * The year of the plans meant: the one named, else this year's, else the latest there is.
 * @throws Fault `plan.unknown`
 */
export async function planYearOf(named: string | undefined, now: Date): Promise<number> {
  const years = await planYears();
  if (named !== undefined) {
    if (years.map(String).includes(named)) return Number(named);
    throw fault("plan.unknown", { given: named, known: years.join(" ") }, { parameter: "--plan" });
  }
  const { year } = dayParts(dayOf(now.getTime()));
  return years.includes(year) ? year : (years.at(-1) ?? year);
}
