/**
 * Whether a section reaches its target class, and the rate of those that do.
 *
 * Rests on: GB 3838-2002 cl. 5.1 (reached or not, against the class the water must have); bulletins that list dry,
 * frozen and unsampled sections apart. How an *assessment of a district* scores such sections is not known: it is left
 * to the user, and coverage stands beside every rate.
 */
import type { Exact } from "../domain/exact.ts";
import type { WaterClass } from "./gb3838.ts";
import { percentOf } from "./water-status.ts";

/** Why a section has no class in a period. `insufficient`: values there, but not those a class needs. */
export const NOT_ASSESSED_ZH = {
  dry: "断流",
  frozen: "冰封",
  not_sampled: "未监测",
  maintenance: "维护",
  insufficient: "数据不足",
} as const;

export type NotAssessed = keyof typeof NOT_ASSESSED_ZH;

/** A section in a period: its class, or the reason why it has none. A section may have no target of its own. */
export type SectionOutcome = {
  readonly target: WaterClass | undefined;
  readonly class?: WaterClass;
  readonly notAssessed?: NotAssessed;
};

export type ReachRate = {
  readonly sections: number;
  readonly assessed: number;
  readonly met: number;
  /** met/assessed in percent, exact; absent when nothing was assessed: that is "no data", never 100 %. */
  readonly rate: Exact | undefined;
  /** assessed/sections in percent, exact; printed beside every rate. */
  readonly coverage: Exact | undefined;
  readonly notAssessed: Readonly<Record<NotAssessed, number>>;
};

/** A section reaches its target when its class is not worse. @source GB 3838-2002 cl. 5.1 */
export function reachesTarget(found: WaterClass, target: WaterClass): boolean {
  return found <= target;
}

/**
 * The share of sections that reach their target, over those assessed (断面水质达标率). Sections without a class leave the
 * denominator, each with its reason; sections without a target are not counted at all.
 * @source bulletins of Langfang 2017-01, Shenyang 2020, Xinjiang 2024; 714号
 */
export function reachRate(sections: readonly SectionOutcome[]): ReachRate {
  const notAssessed: Record<NotAssessed, number> = {
    dry: 0,
    frozen: 0,
    not_sampled: 0,
    maintenance: 0,
    insufficient: 0,
  };
  let assessed = 0;
  let met = 0;
  let total = 0;
  for (const { target, class: found, notAssessed: reason } of sections) {
    if (target === undefined) continue;
    total++;
    if (found === undefined) notAssessed[reason ?? "not_sampled"]++;
    else {
      assessed++;
      if (reachesTarget(found, target)) met++;
    }
  }
  return {
    sections: total,
    assessed,
    met,
    rate: percentOf(met, assessed),
    coverage: percentOf(assessed, total),
    notAssessed,
  };
}
