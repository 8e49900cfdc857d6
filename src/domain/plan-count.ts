/** Which targets count: nothing that is said twice is counted twice. */
import type { Target } from "./plan.ts";

/** The targets that stand for themselves: no restatements, and of alternatives only the first. */
export function independentTargets(targets: readonly Target[]): readonly Target[] {
  const groups = new Set<string>();
  return targets.filter((one) => {
    if (one.restates !== undefined) return false;
    if (one.alternative === undefined) return true;
    const first = !groups.has(one.alternative);
    groups.add(one.alternative);
    return first;
  });
}

/** The criteria a year is judged by: not the rules of how work is done (操作性). */
export function coreCriteria(targets: readonly Target[]): readonly Target[] {
  return targets.filter((one) => one.kind === "criterion" && one.firmness !== "operational");
}
