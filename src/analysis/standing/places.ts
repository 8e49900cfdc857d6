/** A target over "each township": a standing for each place and one for the whole. */
import { STANDING_ZH, STANDINGS, type Standing } from "../../domain/plan.ts";
import type { Verdict } from "../standing.ts";
import { allOf } from "./combine.ts";
import type { Evidence } from "./evidence.ts";

export type PlaceVerdict = { readonly place: string; readonly verdict: Verdict; readonly evidence?: Evidence };

/** How many of the places stand where. */
export type StandingCounts = Readonly<Record<Standing, number>>;

export function countStandings(standings: readonly Standing[]): StandingCounts {
  const counts = { met: 0, missed: 0, on_track: 0, at_risk: 0, cannot_judge: 0, not_due: 0 };
  for (const one of standings) counts[one]++;
  return counts;
}

/** The standing of the whole, with the counts behind it as its reason. */
export function wholeOf(places: readonly PlaceVerdict[]): Verdict {
  const standings = places.map((one) => one.verdict.standing);
  const counts = countStandings(standings);
  const parts = STANDINGS.filter((one) => counts[one] > 0).map((one) => `${STANDING_ZH[one]} ${counts[one]} 个`);
  return {
    standing: places.length === 0 ? "cannot_judge" : allOf(standings),
    reason: places.length === 0 ? "没有数据来源" : `共 ${places.length} 个：${parts.join("，")}`,
    policies: [...new Set(places.flatMap((one) => one.verdict.policies))],
  };
}
