/** A river, a district, a city or a province from its sections over a period: shares, status, reach rate, coverage. */

import type { WaterClass } from "../standards/gb3838.ts";

import { type GroupStatus, groupStatus } from "../standards/water-status.ts";
import { type ReachRate, reachRate } from "../standards/water-target.ts";
import type { SectionPeriod, WaterPolicies } from "./water-section.ts";

export type GroupPeriod = {
  /** Sections there are, with values or without. */
  readonly known: number;
  readonly assessed: number;
  readonly status: GroupStatus;
  /** Over sections with a target class; sections without a class leave the denominator, with their reasons. */
  readonly reach: ReachRate;
};

/**
 * The statement for a group of sections under policy `classOn`.
 * @param targetOf the class each section has to reach; its own unless a common one is asked about
 */
export function groupPeriod(
  sections: readonly SectionPeriod[],
  policies: WaterPolicies,
  targetOf: (section: SectionPeriod) => WaterClass | undefined = (section) => section.target,
): GroupPeriod {
  const assessed = sections.flatMap((section) =>
    section.class === undefined ? [] : [{ type: section.type, means: section.raw.means, class: section.class }],
  );
  const outcomes = sections.map((section) => ({
    target: targetOf(section),
    ...(section.class === undefined ? {} : { class: section.class }),
    ...(section.notAssessed === undefined ? {} : { notAssessed: section.notAssessed }),
  }));
  return {
    known: sections.length,
    assessed: assessed.length,
    status: groupStatus(assessed, { requireItems: policies.requireItems }, policies.classOn),
    reach: reachRate(outcomes),
  };
}
