/** The target of an id and the plan it stands in; ids name their year. */
import { fault } from "../domain/faults.ts";
import type { Plan, Target } from "../domain/plan.ts";
import { plansOfYear } from "./plan-targets.ts";

/** @throws Fault `target.unknown`, `plan.unknown` */
export async function planOfTarget(
  id: string,
  storeDir: string,
): Promise<{ readonly plan: Plan; readonly target: Target }> {
  const year = /^(\d{4})-/.exec(id)?.[1];
  if (year === undefined) throw fault("target.unknown", { given: id, near: "" }, { parameter: "<target-id>" });
  const plans = await plansOfYear(Number(year), storeDir);
  for (const plan of plans) {
    const target = plan.targets.find((one) => one.id === id);
    if (target !== undefined) return { plan, target };
  }
  const head = id.split("-").slice(0, 3).join("-");
  const near = plans.flatMap((plan) => plan.targets.map((one) => one.id)).filter((one) => one.startsWith(head));
  const tail = near.length === 0 ? "" : `；相近的有：${near.slice(0, 5).join("、")}`;
  throw fault("target.unknown", { given: id, near: tail }, { parameter: "<target-id>" });
}
