/** Who has to report what: the rows of a department's sheet, and who has not reported for a period. */
import type { Period } from "../domain/period.ts";
import { COMPARATOR_ZH, PLAN_AREA_ZH, type Target } from "../domain/plan.ts";
import { currentTallies, type StoredTally, takesTallies } from "../domain/tally.ts";
import { type DayNumber, parseDay } from "../domain/time.ts";
import { windowOf } from "./standing/moment.ts";
import { latestTally } from "./standing/tallies.ts";

/** A row of the sheet a department fills in, with what it reported last. */
export type TemplateRow = {
  readonly target: Target;
  readonly part: string;
  readonly plan: string;
  /** As printed: `≥ 20 组`. */
  readonly wanted: string;
  readonly deadline: string;
  readonly current: StoredTally | undefined;
  /** Whether numerator and denominator are asked for. */
  readonly share: boolean;
  /** Whether last year's figure is asked for. */
  readonly compared: boolean;
};

/** Whether a department answers for a target: as lead or main unit. Supporting units report nothing. */
function answersFor(department: string, target: Target): boolean {
  return target.lead.includes(department) || target.main.includes(department);
}

/** The rows of one department, and only its own, in the order of the plans; targets not yet begun come too. */
export function templateRows(
  targets: readonly Target[],
  department: string,
  entries: readonly StoredTally[],
  at: DayNumber,
): readonly TemplateRow[] {
  return targets
    .filter((target) => takesTallies(target) && answersFor(department, target))
    .flatMap((target) =>
      partsOf(target).map((part) => ({
        target,
        part,
        plan: PLAN_AREA_ZH[target.area],
        wanted: wantedText(target),
        deadline: target.deadline.text ?? "（未写）",
        current: latestTally(entries, target.id, { first: parseDay(`${target.year}-01-01`), at }, part),
        share: target.unit === "%" || target.value?.includes("/") === true,
        compared: ["up", "down", "flat"].includes(target.comparator),
      })),
    );
}

/** What a target asks for in a few signs: `≥ 20 组`, `1–3 个`, `上升`. */
export function wantedText(target: Target): string {
  const sign = COMPARATOR_ZH[target.comparator];
  if (target.value === undefined) return sign;
  const number = target.comparator === "range" ? `${target.value}–${target.upper}` : `${sign} ${target.value}`;
  return `${number} ${target.unit}`.trim();
}

/** A department that owes a figure. */
export type Overdue = { readonly department: string; readonly target: Target; readonly part: string };

/**
 * The figures nobody reported with a date inside the period, by department. A target asks for one while its days
 * touch the period; any lead unit's entry answers for all of them.
 */
export function overdueTallies(
  targets: readonly Target[],
  entries: readonly StoredTally[],
  period: Period,
): readonly Overdue[] {
  const inside = currentTallies(entries).filter((one) => one.date >= period.first && one.date <= period.last);
  const reported = new Set(inside.map((one) => `${one.target}\n${one.part}`));
  return targets
    .filter((target) => takesTallies(target) && touches(target, period))
    .flatMap((target) =>
      partsOf(target)
        .filter((part) => !reported.has(`${target.id}\n${part}`))
        .flatMap((part) => target.lead.map((department) => ({ department, target, part }))),
    );
}

function partsOf(target: Target): readonly string[] {
  return target.scope.kind === "each" && target.scope.names.length > 0 ? target.scope.names : [""];
}

function touches(target: Target, period: Period): boolean {
  const { first, last } = windowOf(target);
  return first <= period.last && last >= period.first;
}
