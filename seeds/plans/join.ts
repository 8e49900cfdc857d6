/** Joins a checked plan file: targets take units and deadline from their measure, and every reference must lead somewhere. */
import { readDeadline } from "../../src/domain/deadline.ts";
import { type Fault, fault, type Where } from "../../src/domain/faults.ts";
import type { Measure, Plan, Target, Task } from "../../src/domain/plan.ts";
import { parseDay } from "../../src/domain/time.ts";
import type { PlanFile, TargetEntry } from "./schema.ts";

/** Where in the file a value stands, by its path from the root. */
export type Locate = (path: readonly PropertyKey[]) => Where;

/** The plan, and what in it leads nowhere (`plan.duplicate`, `plan.reference`). */
export function joinPlan(file: PlanFile, locate: Locate): { readonly plan: Plan; readonly faults: Fault[] } {
  const tasks = file.tasks.map(
    (task): Task => ({
      ...task,
      measures: task.measures.map((one): Measure => ({ ...one, deadline: readDeadline(one.deadline, file.year) })),
    }),
  );
  const measures = new Map(tasks.flatMap((task) => task.measures.map((one) => [one.no, one] as const)));
  const join = (entry: TargetEntry, kind: Target["kind"]) => joinTarget(entry, kind, file, measures.get(entry.item));
  const targets = [
    ...file.criteria.map((entry) => join(entry, "criterion")),
    ...file.directions.map((entry) => join(entry, "direction")),
  ];
  const plan = { area: file.area, year: file.year, title: file.title, place: file.place, tasks, targets };
  return { plan, faults: [...measureFaults(file, locate), ...targetFaults(file, plan, locate)] };
}

function joinTarget(entry: TargetEntry, kind: Target["kind"], file: PlanFile, measure: Measure | undefined): Target {
  const { deadline, scope, amendments, ...rest } = entry;
  return {
    ...rest,
    kind,
    year: file.year,
    area: file.area,
    value: entry.value,
    upper: entry.upper,
    cut: entry.cut,
    baseYear: entry.baseYear,
    better: entry.better,
    indicator: entry.indicator,
    statistic: entry.statistic,
    tally: entry.tally,
    pace: entry.pace ?? (entry.tally === "cumulative" ? "growing" : "held"),
    paceFrom: entry.paceFrom,
    times: entry.times,
    scope: {
      kind: scope?.kind ?? "whole",
      placeKind: scope?.placeKind,
      zh: scope?.zh ?? "全域",
      names: scope?.names ?? [],
    },
    deadline: deadline === undefined && measure !== undefined ? measure.deadline : readDeadline(deadline, file.year),
    lead: entry.lead ?? measure?.lead ?? [],
    main: entry.main ?? measure?.main ?? [],
    support: entry.support ?? measure?.support ?? [],
    restates: entry.restates,
    alternative: entry.alternative,
    amendments: amendments.map((one) => ({ ...one, from: parseDay(one.from) })),
  };
}

function measureFaults(file: PlanFile, locate: Locate): Fault[] {
  const seen = new Set<string>();
  return file.tasks.flatMap((task, t) =>
    task.measures.flatMap((one, m) => {
      const where = () => locate(["tasks", t, "measures", m, "no"]);
      if (seen.has(one.no)) return [fault("plan.duplicate", { id: one.no }, where())];
      seen.add(one.no);
      const expected = `${task.no}.${m + 1}`;
      return one.no === expected
        ? []
        : [fault("plan.reference", { id: one.no, what: `序号应为 ${expected}` }, where())];
    }),
  );
}

function targetFaults(file: PlanFile, plan: Plan, locate: Locate): Fault[] {
  const items = new Set(plan.tasks.flatMap((task) => task.measures.map((one) => one.no)));
  const ids = new Set(plan.targets.map((one) => one.id));
  const seen = new Set<string>();
  return plan.targets.flatMap((one, n) => {
    const list = one.kind === "criterion" ? "criteria" : "directions";
    const index = one.kind === "criterion" ? n : n - file.criteria.length;
    const where = (field: string) => locate([list, index, field]);
    const wrong = (field: string, what: string) => fault("plan.reference", { id: one.id, what }, where(field));
    const faults: Fault[] = [];
    if (seen.has(one.id)) faults.push(fault("plan.duplicate", { id: one.id }, where("id")));
    seen.add(one.id);
    if (!one.id.startsWith(`${file.year}-${file.area}-${one.item}-`)) {
      faults.push(wrong("id", `编号应以 ${file.year}-${file.area}-${one.item}- 开头`));
    }
    if (!items.has(one.item)) faults.push(wrong("item", `没有措施 ${one.item}`));
    if (one.restates !== undefined && !ids.has(one.restates))
      faults.push(wrong("restates", `没有目标 ${one.restates}`));
    faults.push(...needs(one).map((field) => wrong("comparator", `比较方式 ${one.comparator} 需要 ${field}`)));
    return faults;
  });
}

/** The fields a comparator cannot do without, of those that are not there. */
function needs(target: Target): string[] {
  const needed: (keyof Target)[] = [];
  if (target.kind === "criterion") needed.push("value");
  if (target.comparator === "range") needed.push("upper");
  if (target.comparator === "not_n_months_running") needed.push("cut");
  if (target.comparator === "decrease_by" && target.kind === "criterion") needed.push("baseYear");
  return needed.filter((field) => target[field] === undefined);
}
