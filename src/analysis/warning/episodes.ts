/**
 * Episodes: one event from the day a condition has held long enough to the day it has been gone long enough.
 *
 * Persistence: a single day starts and ends nothing. Hysteresis: what lies between the two levels keeps an episode
 * going but starts none. A day without data is neither: it lets an episode stand, and is a state of its own.
 */
import type { DayNumber } from "../../domain/time.ts";

export type DayState = "on" | "between" | "off" | "no_data";

export type Observation = {
  readonly day: DayNumber;
  readonly state: DayState;
  /** What the condition looks at, for people. */
  readonly value: number | undefined;
};

export type EpisodeState = "active" | "ended" | "no_data";

export type Episode = {
  readonly start: DayNumber;
  /** The last day that said anything. */
  readonly updated: DayNumber;
  readonly end: DayNumber | undefined;
  /** `no_data`: it stands, but the latest days say nothing. */
  readonly state: EpisodeState;
  /** The value of the last day that had one, and the worst. */
  readonly value: number | undefined;
  readonly worst: number | undefined;
};

/**
 * @param observations one a day, in order
 * @param persist days in a row it takes to start and to end an episode
 * @param higherIsWorse which of two values is the worse
 */
export function episodesOf(
  observations: readonly Observation[],
  persist: number,
  higherIsWorse = true,
): readonly Episode[] {
  const episodes: Episode[] = [];
  let on: Observation[] = [];
  let off: Observation[] = [];
  let open: Episode | undefined;
  for (const one of observations) {
    if (open === undefined) {
      if (one.state === "no_data") continue;
      on = one.state === "on" ? [...on, one] : [];
      const [first] = on;
      if (first === undefined || on.length < persist) continue;
      open = on.reduce<Episode>((episode, next) => updated(episode, next, higherIsWorse), begun(first));
      off = [];
      continue;
    }
    if (one.state === "no_data") {
      open = { ...open, state: "no_data" };
      continue;
    }
    off = one.state === "off" ? [...off, one] : [];
    open = updated(open, one, higherIsWorse);
    const [firstOff] = off;
    if (firstOff !== undefined && off.length >= persist) {
      episodes.push({ ...open, state: "ended", end: firstOff.day - 1 });
      open = undefined;
      on = [];
    }
  }
  return open === undefined ? episodes : [...episodes, open];
}

function begun({ day, value }: Observation): Episode {
  return { start: day, updated: day, end: undefined, state: "active", value, worst: value };
}

function updated(episode: Episode, { day, value }: Observation, higherIsWorse: boolean): Episode {
  const { worst } = episode;
  const worse = worst === undefined || (value !== undefined && (higherIsWorse ? value > worst : value < worst));
  return {
    ...episode,
    updated: day,
    state: "active",
    value: value ?? episode.value,
    worst: worse ? (value ?? worst) : worst,
  };
}

/** The state of a value against the level that starts and the level that ends; no value is no data. */
export function stateOf(
  value: number | undefined,
  {
    raise,
    clear,
    higherIsWorse = true,
  }: { readonly raise: number; readonly clear: number; readonly higherIsWorse?: boolean },
): DayState {
  if (value === undefined) return "no_data";
  if (higherIsWorse ? value >= raise : value <= raise) return "on";
  return (higherIsWorse ? value < clear : value > clear) ? "off" : "between";
}
