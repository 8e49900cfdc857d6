/** What the district's plans ask of each township, and what was reported of it. */
import { judgePlans } from "../../../src/analysis/target-board.ts";
import type { TargetRow } from "../../../src/analysis/target-rows.ts";
import type { Place } from "../../../src/domain/place.ts";
import type { Plan, Target } from "../../../src/domain/plan.ts";
import { currentTallies, type StoredTally } from "../../../src/domain/tally.ts";
import { type DayNumber, dayText } from "../../../src/domain/time.ts";
import { decimalText } from "../../../src/standards/gbt8170.ts";
import { listTallies } from "../../../src/store/tallies.ts";
import type { TownshipTally, TownshipTask } from "../township-data.ts";
import { tight } from "./figures.ts";
import type { DistrictQuestion } from "./question.ts";
import { limitZh } from "./standing-rows.ts";

/** Of a tally that is no whole number. */
const DECIMALS = 2;

export type TownshipDuty = { readonly tasks: readonly TownshipTask[]; readonly tallies: readonly TownshipTally[] };

/** By township name: every target judged for each township, judged once on the day `at` for all of them. */
export async function townshipDuties(
  { store, place, policies }: DistrictQuestion,
  plans: readonly Plan[],
  townships: readonly Place[],
  at: DayNumber,
): Promise<ReadonlyMap<string, TownshipDuty>> {
  const names = new Set(townships.map(({ name }) => name));
  const own = plans
    .filter((plan) => plan.place === place.code)
    .map((plan) => ({ ...plan, targets: plan.targets.filter((target) => speaksOf(target, names)) }))
    .filter(({ targets }) => targets.length > 0);
  const rows = own.length === 0 ? [] : await judgePlans(store, { plans: own, at, policies });
  const metrics = new Map(plans.flatMap(({ targets }) => targets.map(({ id, metric }) => [id, metric])));
  const entries = currentTallies(await listTallies(store.sql)).filter(({ date }) => date <= at);
  return new Map(
    townships.map(({ name }) => [name, { tasks: tasksOf(rows, name), tallies: talliesOf(entries, metrics, name) }]),
  );
}

function speaksOf({ scope }: Target, names: ReadonlySet<string>): boolean {
  return scope.placeKind === "township" || scope.names.some((name) => names.has(name));
}

/** In the order of the plans; one said twice is listed once. */
function tasksOf(rows: readonly TargetRow[], name: string): readonly TownshipTask[] {
  return rows.flatMap(({ target, places }): readonly TownshipTask[] => {
    const own = places.find(({ place }) => place === name);
    if (own === undefined || target.restates !== undefined) return [];
    const { standing, reason } = own.verdict;
    return [
      {
        zh: target.metric,
        target: limitZh(target),
        unit: target.decidedBy === "published_rank" ? "" : target.unit,
        standing,
        ...(reason === undefined ? {} : { reason: tight(reason) }),
      },
    ];
  });
}

/** The latest entry of each target, by target. */
function talliesOf(
  entries: readonly StoredTally[],
  metrics: ReadonlyMap<string, string>,
  name: string,
): readonly TownshipTally[] {
  const latest = new Map<string, StoredTally>();
  for (const one of entries) {
    if (one.part !== name && one.department !== name) continue;
    const held = latest.get(one.target);
    if (held === undefined || one.date >= held.date) latest.set(one.target, one);
  }
  return [...latest.values()].map(({ target, value, unit, date }) => ({
    zh: metrics.get(target) ?? target,
    value: value.num % value.den === 0n ? String(value.num / value.den) : decimalText(value, DECIMALS),
    unit,
    date: dayText(date),
  }));
}
