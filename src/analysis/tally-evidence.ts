/** The evidence of a target that tallies decide: one figure, or one for each of its named parts. */
import type { Target } from "../domain/plan.ts";
import type { StoredTally } from "../domain/tally.ts";
import type { DayNumber } from "../domain/time.ts";
import type { Window } from "./standing/moment.ts";
import { latestTally, tallyEvidence } from "./standing/tallies.ts";
import type { TargetEvidence } from "./target-rows.ts";

/** What was reported for a target inside its window up to a day. */
export function reportedEvidence(
  target: Target,
  entries: readonly StoredTally[],
  { first }: Window,
  at: DayNumber,
): TargetEvidence {
  const evidenceOf = (part: string) => tallyEvidence(latestTally(entries, target.id, { first, at }, part));
  const { kind, names } = target.scope;
  if (kind !== "each" || names.length === 0) return evidenceOf("");
  return { each: names.map((place) => ({ place, evidence: evidenceOf(place) })) };
}
