/** What is known about a target on a day: the plain input of a verdict, whoever gathered it. */
import type { Exact } from "../../domain/exact.ts";
import type { Behind } from "../behind.ts";
import type { DayCounts } from "../day-counts.ts";

/** Whether what is left of the period can still change the verdict. */
export type Reach = "safe" | "open" | "out_of_reach";

export type Evidence = {
  /** The figure so far, in the target's unit; undefined when there is none. */
  readonly value: Exact | undefined;
  /** Whether enough data stand behind it; `reason` says what is lacking, in Chinese. */
  readonly valid: boolean;
  readonly reason?: string | undefined;
  /** The figure with the days without data counted one way and the other; undefined when they cannot be bounded. */
  readonly low?: Exact | undefined;
  readonly high?: Exact | undefined;
  readonly reach?: Reach | undefined;
  /** What a rise or fall is measured against (the same period a year before), in the target's unit. */
  readonly base?: Exact | undefined;
  /** Why there is no base, in Chinese. */
  readonly baseReason?: string | undefined;
  /** What a person should know of a valid figure: that it was put together, or how. */
  readonly note?: string | undefined;
  /** Of a figure above a place: what stands behind it. */
  readonly behind?: Behind | undefined;
  /** Of the base above a place. */
  readonly baseBehind?: Behind | undefined;
  /** Of a count of AQI days: all that was counted. */
  readonly counts?: DayCounts | undefined;
};

/** Where a day stands in the time a target is judged over. */
export type Moment = {
  /** Share gone by, 0 to 1, the day itself included. */
  readonly elapsed: Exact;
  readonly begun: boolean;
  readonly over: boolean;
};

/** No figure at all, and why. */
export function noEvidence(reason: string): Evidence {
  return { value: undefined, valid: false, reason };
}
