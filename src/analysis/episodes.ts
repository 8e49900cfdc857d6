/**
 * Pollution episodes (污染过程): runs of days in a row whose AQI is above 100, with what drove them.
 *
 * A day without an index ends a run: nobody knows whether it went on. Two days are the least that is called a run; that
 * length is our choice, no standard names one.
 */
import type { DayNumber } from "../domain/time.ts";
import { GOOD_UP_TO, HEAVY_ABOVE } from "../standards/hj633-class.ts";
import type { Pollutant } from "../standards/hj633-day.ts";
import type { AqiDay } from "./aqi-days.ts";

export type PollutionEpisode = {
  readonly first: DayNumber;
  readonly last: DayNumber;
  readonly days: number;
  /** Of them with an AQI above 200. */
  readonly heavyDays: number;
  /** The highest index and the first day that has it. */
  readonly worst: { readonly day: DayNumber; readonly aqi: number };
  /** Days each pollutant was primary, most first; of equal ones the one named first. */
  readonly primary: readonly { readonly pollutant: Pollutant; readonly days: number }[];
};

const SHORTEST = 2;

type Bad = AqiDay & { readonly aqi: number };

/** The episodes of days in order, one a calendar day, first to last. */
export function pollutionEpisodes(days: readonly AqiDay[]): readonly PollutionEpisode[] {
  const runs: Bad[][] = [];
  let open: Bad[] = [];
  for (const one of days) {
    if (isBad(one)) {
      if (open.length === 0) runs.push(open);
      open.push(one);
    } else open = [];
  }
  return runs.flatMap(episodeOf);
}

function isBad(day: AqiDay): day is Bad {
  return day.aqi !== undefined && day.aqi > GOOD_UP_TO;
}

function episodeOf(run: readonly Bad[]): readonly PollutionEpisode[] {
  const [first] = run;
  const last = run.at(-1);
  if (first === undefined || last === undefined || run.length < SHORTEST) return [];
  const worst = run.reduce((found, one) => (one.aqi > found.aqi ? one : found), first);
  const counts = new Map<Pollutant, number>();
  for (const { primary } of run) for (const one of primary) counts.set(one, (counts.get(one) ?? 0) + 1);
  return [
    {
      first: first.day,
      last: last.day,
      days: run.length,
      heavyDays: run.filter(({ aqi }) => aqi > HEAVY_ABOVE).length,
      worst: { day: worst.day, aqi: worst.aqi },
      primary: [...counts].map(([pollutant, days]) => ({ pollutant, days })).sort((a, b) => b.days - a.days),
    },
  ];
}
