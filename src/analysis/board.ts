/**
 * The board: standings rolled up by plan, by unit and by firmness.
 *
 * A target said twice counts once, alternatives count as one, and a share never comes without how many could not be
 * judged: the two are one value.
 */
import { type Exact, ratio } from "../domain/exact.ts";
import type { Firmness, PlanArea, Standing, Target } from "../domain/plan.ts";
import { independentTargets } from "../domain/plan-count.ts";
import { decimalText } from "../standards/gbt8170.ts";
import { anyOf } from "./standing/combine.ts";
import { countStandings, type StandingCounts } from "./standing/places.ts";

export type Judged = { readonly target: Target; readonly standing: Standing };

/** Targets met or on track among those judged, with those that could not be and those not yet due. */
export type Share = {
  /** Percent; undefined when nothing was judged. */
  readonly percent: Exact | undefined;
  readonly good: number;
  readonly judged: number;
  readonly cannotJudge: number;
  readonly notDue: number;
};

export type RollUp = { readonly targets: number; readonly counts: StandingCounts; readonly share: Share };

/** Numeric criteria by firmness, 力争 apart from binding ones; directions apart from both. */
export type BoardRow<K extends string = string> = {
  readonly key: K;
  readonly all: RollUp;
  readonly byFirmness: Readonly<Record<Firmness, RollUp>>;
  readonly directions: RollUp;
};

export type Board = {
  readonly plans: readonly BoardRow<PlanArea>[];
  readonly units: readonly BoardRow[];
  readonly total: BoardRow;
};

/** The board of judged targets. Units are those that lead or carry a target; plans keep the order they came in. */
export function boardOf(judged: readonly Judged[]): Board {
  const areas = [...new Set(judged.map((one) => one.target.area))];
  const units = [...new Set(judged.flatMap(({ target }) => [...target.lead, ...target.main]))];
  const carries = (unit: string, { lead, main }: Target) => lead.includes(unit) || main.includes(unit);
  return {
    plans: areas.map((area) =>
      rowOf(
        area,
        judged.filter((one) => one.target.area === area),
      ),
    ),
    units: units.map((unit) =>
      rowOf(
        unit,
        judged.filter((one) => carries(unit, one.target)),
      ),
    ),
    total: rowOf("total", judged),
  };
}

/** The standings that count: one for each target that stands for itself, of alternatives the combined one. */
export function independentStandings(judged: readonly Judged[]): readonly Standing[] {
  const kept = new Set(independentTargets(judged.map((one) => one.target)));
  return judged
    .filter((one) => kept.has(one.target))
    .map(({ target, standing }) => {
      if (target.alternative === undefined) return standing;
      return anyOf(judged.filter((one) => one.target.alternative === target.alternative).map((one) => one.standing));
    });
}

export function rollUp(judged: readonly Judged[]): RollUp {
  const standings = independentStandings(judged);
  const counts = countStandings(standings);
  const good = counts.met + counts.on_track;
  const total = good + counts.missed + counts.at_risk;
  const percent = total === 0 ? undefined : ratio(BigInt(good) * 100n, BigInt(total));
  const share = { percent, good, judged: total, cannotJudge: counts.cannot_judge, notDue: counts.not_due };
  return { targets: standings.length, counts, share };
}

/** The share in Chinese, never without what stands beside it: `75.0%（3/4；不可判定 2 项，未到期 1 项）`. */
export function shareText({ percent, good, judged, cannotJudge, notDue }: Share): string {
  const beside = `不可判定 ${cannotJudge} 项，未到期 ${notDue} 项`;
  return percent === undefined ? `—（${beside}）` : `${decimalText(percent, 1)}%（${good}/${judged}；${beside}）`;
}

function rowOf<K extends string>(key: K, judged: readonly Judged[]): BoardRow<K> {
  const numeric = judged.filter((one) => one.target.kind === "criterion");
  const firm = (word: Firmness) => rollUp(numeric.filter((one) => one.target.firmness === word));
  return {
    key,
    all: rollUp(judged),
    byFirmness: {
      binding: firm("binding"),
      strive: firm("strive"),
      about: firm("about"),
      operational: firm("operational"),
    },
    directions: rollUp(judged.filter((one) => one.target.kind === "direction")),
  };
}
