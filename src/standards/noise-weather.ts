/**
 * Hours in which the weather makes an outdoor noise level unusable.
 *
 * Rests on: GB 12523-2011 5.2 (no rain, snow or thunder; wind below 5 m/s), the same in GB 12348 and GB 22337; for
 * ambient noise LIKELY. Weather is an external input: an hour without weather data is not voided, but counted as such.
 */
import { compare, type Exact, exact } from "../domain/exact.ts";

/** m/s; at and above it nothing is measured. @source GB 12523-2011 5.2 */
const WIND_LIMIT = exact(5);

export type HourWeather = {
  /** mm in the hour. */
  readonly rain?: Exact | undefined;
  readonly snow?: boolean;
  readonly thunder?: boolean;
  /** Mean wind speed, m/s. */
  readonly wind?: Exact | undefined;
};

export type WeatherVoid = "rain" | "snow" | "thunder" | "wind";

/** Why the weather voids an hour; `undefined` when it does not, or is not known. @source GB 12523-2011 5.2 */
export function weatherVoid(weather: HourWeather | undefined): WeatherVoid | undefined {
  if (weather === undefined) return undefined;
  if (weather.rain !== undefined && weather.rain.num > 0n) return "rain";
  if (weather.snow === true) return "snow";
  if (weather.thunder === true) return "thunder";
  return weather.wind !== undefined && compare(weather.wind, WIND_LIMIT) >= 0 ? "wind" : undefined;
}

export type UsableHours<H> = {
  readonly usable: readonly H[];
  readonly voided: readonly { readonly hour: H; readonly reason: WeatherVoid }[];
  /** Usable hours whose weather nobody recorded. */
  readonly unknown: number;
};

/** Hours split into usable and voided ones. @source GB 12523-2011 5.2 */
export function usableHours<H>(hours: readonly H[], weatherOf: (hour: H) => HourWeather | undefined): UsableHours<H> {
  const usable: H[] = [];
  const voided: { hour: H; reason: WeatherVoid }[] = [];
  let unknown = 0;
  for (const hour of hours) {
    const weather = weatherOf(hour);
    const reason = weatherVoid(weather);
    if (reason !== undefined) voided.push({ hour, reason });
    else usable.push(hour);
    if (weather === undefined) unknown++;
  }
  return { usable, voided, unknown };
}
