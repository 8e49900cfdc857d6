/**
 * What a Beijing year looks like, month by month. Invented figures of the size the city's bulletins print.
 *
 * PM2.5 is high in winter and in spring, ozone from May to September; NO2 and CO follow heating and still air.
 */

/** Month means, January first. µg/m³, CO mg/m³; `o3Peak` is the afternoon peak of an average day. */
const SEASON = {
  pm25: [36, 35, 36, 30, 24, 21, 21, 19, 22, 30, 34, 35],
  coarse: [30, 32, 44, 46, 38, 28, 20, 20, 26, 32, 34, 30],
  no2: [38, 33, 31, 26, 23, 20, 18, 19, 24, 31, 37, 39],
  so2: [4, 4, 3, 3, 3, 3, 2, 2, 3, 3, 3, 4],
  co: [0.7, 0.6, 0.6, 0.5, 0.5, 0.5, 0.6, 0.6, 0.6, 0.6, 0.7, 0.7],
  o3Peak: [50, 68, 100, 138, 178, 208, 190, 168, 142, 90, 56, 46],
  tsp: [78, 84, 112, 118, 104, 84, 66, 62, 76, 88, 90, 82],
} as const satisfies Record<string, readonly number[]>;

export type Season = keyof typeof SEASON;

/** The mean of a month, 1 to 12. */
export function seasonOf(what: Season, month: number): number {
  return SEASON[what][month - 1] ?? 0;
}
