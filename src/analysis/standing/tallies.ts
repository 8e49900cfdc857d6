/** The evidence tallies give: the latest figure of a target, for the whole or for each of its parts. */
import type { StoredTally } from "../../domain/tally.ts";
import { currentTallies } from "../../domain/tally.ts";
import type { DayNumber } from "../../domain/time.ts";
import { type Evidence, noEvidence } from "./evidence.ts";

/**
 * The current entry a target (or one part of it) stands on at a day: the latest of the days it is judged over, up to
 * that day. A figure of another year says nothing about this one.
 */
export function latestTally(
  entries: readonly StoredTally[],
  target: string,
  { first, at }: { readonly first: DayNumber; readonly at: DayNumber },
  part = "",
): StoredTally | undefined {
  return currentTallies(entries)
    .filter((one) => one.target === target && one.part === part && one.date >= first && one.date <= at)
    .reduce<StoredTally | undefined>(
      (last, one) => (last === undefined || one.date > last.date ? one : last),
      undefined,
    );
}

/** What an entry says of its target; a figure is reported whole, so it has no bounds. */
export function tallyEvidence(entry: StoredTally | undefined): Evidence {
  if (entry === undefined) return noEvidence("没有上报进展");
  return { value: entry.value, valid: true, base: entry.base };
}
