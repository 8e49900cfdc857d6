/** Pass rates of functional zones over a period from automatic points, in the form of 2025: station-days, by zone and part. */

import type { NoisePart } from "../standards/noise-day.ts";
import { stationDayRates, type ZoneOutcome, type ZoneRates } from "../standards/noise-rate.ts";
import type { PointDates } from "./noise-period.ts";

/** Points without a zone are left out and named by the caller; a date without an hour counts as not valid. */
export function zoneRates(points: readonly PointDates[]): Readonly<Record<NoisePart, ZoneRates>> {
  const outcomes = points.flatMap(({ zone, dates, expectedDates }): readonly ZoneOutcome[] => {
    if (zone === undefined) return [];
    const silent = Math.max(0, expectedDates - dates.length);
    const of = (part: NoisePart): readonly ZoneOutcome[] => [
      ...dates.map((date) => ({ zone, part, meets: date.meets[part] })),
      ...Array<ZoneOutcome>(silent).fill({ zone, part, meets: undefined }),
    ];
    return [...of("day"), ...of("night")];
  });
  return stationDayRates(outcomes);
}
