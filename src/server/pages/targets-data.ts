/** The plan's targets judged on a day, as the target pages and their exports ask for them. */
import { judgePlans } from "../../analysis/target-board.ts";
import type { TargetRow } from "../../analysis/target-rows.ts";
import { fault } from "../../domain/faults.ts";
import { PLAN_AREA_ZH, type PlanArea, STANDINGS, type Standing, type Target } from "../../domain/plan.ts";
import { type DayNumber, dayParts, parseDay } from "../../domain/time.ts";
import { DEFAULT_POLICIES } from "../../standards/policy.ts";
import { permits } from "../access/permission.ts";
import { oneOf } from "../query.ts";
import type { Ask } from "../route.ts";

export type TargetView = {
  readonly year: number;
  readonly at: DayNumber;
  readonly area: PlanArea | undefined;
  readonly unit: string | undefined;
  readonly standing: Standing | "attention" | undefined;
  /** All targets of the year, before any filter. */
  readonly all: readonly TargetRow[];
  readonly rows: readonly TargetRow[];
};

/** The year of the plans meant: the one named, else the day's, else the latest there is. */
export async function planYear({ query, context, today }: Ask): Promise<number> {
  const years = await context.planYears();
  const named = query.get("plan");
  if (named !== undefined) {
    if (years.map(String).includes(named)) return Number(named);
    throw fault("plan.unknown", { given: named, known: years.join(" ") }, { parameter: "plan" });
  }
  const { year } = dayParts(today);
  return years.includes(year) ? year : (years.at(-1) ?? year);
}

/**
 * Whether somebody may see how a target stands. What monitors and published ranks decide is everybody's; what was
 * reported is seen by its own department or township, and by those who may see all tallies.
 */
export function seesTarget({ actor, facts }: Pick<Ask, "actor" | "facts">, target: Target): boolean {
  if (target.decidedBy === "reading" || target.decidedBy === "published_rank") return true;
  if (permits(actor, "view.tallies")) return true;
  if (actor.bound === undefined) return false;
  if (actor.kind === "department") return [...target.lead, ...target.main, ...target.support].includes(actor.bound);
  const name = facts.places.places.find((one) => one.code === actor.bound)?.name;
  return name !== undefined && target.scope.names.includes(name);
}

/** The targets of a year's plans on a day that the actor may see; of places, a township sees its own only. */
export async function judged(ask: Ask, year: number, at: DayNumber): Promise<readonly TargetRow[]> {
  const rows = (await judgedAll(ask, year, at)).filter((row) => seesTarget(ask, row.target));
  if (permits(ask.actor, "view.tallies")) return rows;
  const own = ask.facts.places.places.find((one) => one.code === ask.actor.bound)?.name;
  return rows.map((row) =>
    row.target.decidedBy === "reading" || row.target.decidedBy === "published_rank"
      ? row
      : { ...row, places: row.places.filter((one) => one.place === own) },
  );
}

async function judgedAll(ask: Ask, year: number, at: DayNumber): Promise<readonly TargetRow[]> {
  return await ask.context.memo(ask.facts.version, `judged ${year} ${at}`, async () => {
    const plans = await ask.context.plansOf(year);
    return await judgePlans(ask.store, { plans, at, policies: DEFAULT_POLICIES });
  });
}

export async function targetView(ask: Ask): Promise<TargetView> {
  const { query } = ask;
  const year = await planYear(ask);
  const atText = query.get("at");
  const at = atText === undefined ? ask.today : parseDay(atText);
  const area = query.get("area") === undefined ? undefined : oneOf(query, "area", AREAS, "air");
  const standing =
    query.get("standing") === undefined
      ? undefined
      : oneOf(query, "standing", ["attention", ...STANDINGS], "attention");
  const unit = query.get("unit");
  const all = await judged(ask, year, at);
  const rows = all.filter(
    ({ target, verdict }) =>
      (area === undefined || target.area === area) &&
      (unit === undefined || [...target.lead, ...target.main, ...target.support].includes(unit)) &&
      (standing === undefined ||
        (standing === "attention"
          ? verdict.standing === "missed" || verdict.standing === "at_risk"
          : verdict.standing === standing)),
  );
  return { year, at, area, unit, standing, all, rows };
}

export const AREAS = Object.keys(PLAN_AREA_ZH) as PlanArea[];
