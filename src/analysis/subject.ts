/**
 * Subjects: what a statistic is about. A place stands for itself; for air a city or district stands for its station set.
 *
 * Every subject is turned into weighted members, so that one query serves single places and sets alike.
 */
import { lcmUpTo } from "../domain/exact.ts";
import type { Indicator } from "../domain/indicator.ts";
import type { Place, PlaceTable } from "../domain/place.ts";
import type { DayNumber } from "../domain/time.ts";
import type { Policies } from "../standards/policy.ts";

export type Subject = {
  readonly place: Place;
  /** Stations that stand for the place, by the days they do; one entry, the place itself, where there is no set. */
  readonly members: readonly {
    readonly placeId: number;
    readonly from: DayNumber | undefined;
    readonly to: DayNumber | undefined;
    /** Stations of the set in force at the same time. */
    readonly size: number;
  }[];
  readonly isSet: boolean;
};

/** Who answers for a place's value of an indicator. */
export function subjectOf(table: PlaceTable, place: Place, medium: Indicator["medium"]): Subject {
  const sets = medium === "air" ? table.sets.filter((set) => set.placeId === place.id) : [];
  if (sets.length === 0) {
    return { place, isSet: false, members: [{ placeId: place.id, from: undefined, to: undefined, size: 1 }] };
  }
  const members = sets.flatMap(({ stationIds, from, to }) =>
    stationIds.map((placeId) => ({ placeId, from, to, size: stationIds.length })),
  );
  return { place, isSet: true, members };
}

/** Sets of this many stations and more need the first share of policy `setCoverage`, smaller ones the second. */
const LARGE_SET = 4;

/** Stations a set of `size` needs for a valid day. @source policy `setCoverage` */
export function neededStations(size: number, { setCoverage: [large, small] }: Pick<Policies, "setCoverage">): number {
  const { num, den } = size >= LARGE_SET ? large : small;
  return Math.max(1, Number((BigInt(size) * num + den - 1n) / den));
}

/** Means over the stations of a subject are whole multiples of one over this. */
export function subjectDenominator(subject: Subject): bigint {
  return lcmUpTo(Math.max(...subject.members.map((member) => member.size)));
}

/** Day numbers far outside any data: an open end of a set. */
const ALWAYS = { first: -1_000_000, last: 1_000_000 };

/**
 * The members as a SQL relation: subject (index in the list), place, first, last, size, need, weight (the subject's
 * denominator).
 */
export function memberRelation(subjects: readonly Subject[], policies: Pick<Policies, "setCoverage">): string {
  const rows = subjects.flatMap((subject, index) => {
    const weight = subjectDenominator(subject);
    return subject.members.map(
      ({ placeId, from, to, size }) =>
        `(${index},${placeId},${from ?? ALWAYS.first},${to ?? ALWAYS.last},${size},${neededStations(size, policies)},${weight}::HUGEINT)`,
    );
  });
  return `(SELECT * FROM (VALUES ${rows.join(",")}) t(subject, place, first, last, size, need, weight))`;
}
