/** Day values of many places as plain numbers: what early warnings look at. Numbers that decide nothing may be doubles. */
import { toNumber } from "../../domain/exact.ts";
import type { Indicator } from "../../domain/indicator.ts";
import type { Place } from "../../domain/place.ts";
import { type DayNumber, dayParts } from "../../domain/time.ts";
import type { Policies } from "../../standards/policy.ts";
import type { Store } from "../../store/port.ts";
import { daySeries } from "../day-series.ts";

export type DayGrid = {
  readonly first: DayNumber;
  readonly places: readonly Place[];
  /** By place, then by day. */
  readonly values: readonly (readonly (number | undefined)[])[];
};

export async function dayGrid(
  store: Store,
  question: {
    readonly indicator: Indicator;
    readonly places: readonly Place[];
    readonly first: DayNumber;
    readonly last: DayNumber;
    readonly policies: Policies;
    readonly daily?: string | undefined;
  },
): Promise<DayGrid> {
  const { places, first } = question;
  const subjects = places.map((place) => ({
    place,
    isSet: false,
    members: [{ placeId: place.id, from: undefined, to: undefined, size: 1 }],
  }));
  const series = await daySeries(store, { ...question, subjects });
  return {
    first,
    places,
    values: series.map((list) => list.map((value) => (value === undefined ? undefined : toNumber(value)))),
  };
}

/** Each place's rank from the worst by the mean of its month up to each day; undefined for a place without a value in it. */
export function monthToDateRanks({ first, values }: DayGrid, day: DayNumber): readonly (number | undefined)[] {
  const begins = Math.max(first, day - dayParts(day).day + 1);
  const means = values.map((list) => {
    const held = list.slice(begins - first, day - first + 1).filter((one) => one !== undefined);
    return held.length === 0 ? undefined : held.reduce((a, b) => a + b, 0) / held.length;
  });
  const known = means.filter((one) => one !== undefined).sort((a, b) => b - a);
  return means.map((mean) => (mean === undefined ? undefined : known.findIndex((one) => one <= mean) + 1));
}
