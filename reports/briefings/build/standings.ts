/** The air targets of the district's plan, judged on the last day of the period. */
import type { TargetRow } from "../../../src/analysis/target-rows.ts";
import type { Place } from "../../../src/domain/place.ts";
import type { Plan, Target } from "../../../src/domain/plan.ts";
import { type DayNumber, dayText } from "../../../src/domain/time.ts";
import type { CumulativeData } from "../../charts/cumulative.ts";
import type { DistrictBriefing, StandingRow } from "../district-data.ts";
import { neededMean, neededWords, type SoFar } from "./needed.ts";
import { standingRows } from "./standing-rows.ts";

export type AirStandings = {
  readonly plan?: NonNullable<DistrictBriefing["plan"]>;
  readonly rows: readonly StandingRow[];
  /** What the cumulative chart draws beside the line. */
  readonly chart: Pick<CumulativeData, "target" | "needed">;
};

/**
 * Standings of the air criteria readings decide; none without an air plan for the district.
 * @param judged targets of all plans, judged on the day `at`
 */
export function airStandings(
  judged: readonly TargetRow[],
  plans: readonly Plan[],
  place: Place,
  at: DayNumber,
  soFar: SoFar,
): AirStandings {
  const plan = plans.find((one) => one.area === "air" && one.place === place.code);
  if (plan === undefined) return { rows: [], chart: {} };
  const rows = judged.filter(({ target }) => target.area === "air" && decided(target));
  const needed = new Map(rows.flatMap((row) => neededWords(row, at, soFar).map((words) => [row.target.id, words])));
  const pm25 = rows.find(({ target }) => target.indicator === "pm25");
  const mean = pm25 === undefined ? undefined : neededMean(pm25, at, soFar);
  const limit = pm25?.target.value;
  return {
    plan: { title: plan.title, trial: rows.some((row) => row.trial) },
    rows: standingRows(rows, needed),
    chart: {
      ...(limit === undefined ? {} : { target: { value: limit, zh: `目标${limit}` } }),
      ...(mean === undefined || mean.startsWith("-")
        ? {}
        : { needed: { from: dayText(at + 1), value: mean, zh: "余下须保持" } }),
    },
  };
}

function decided({ kind, decidedBy, scope }: Target): boolean {
  return kind === "criterion" && decidedBy === "reading" && scope.kind === "whole";
}
