/** Hourly levels of noise points, grouped by the date and the part of the day they count for on the point's own clock. */
import { type Exact, fromStored } from "../domain/exact.ts";
import { indicatorOf } from "../domain/indicator.ts";
import type { Place } from "../domain/place.ts";
import { FLAGS, SPANS } from "../domain/reading.ts";
import { DAY_MS, type DayNumber, MINUTE_MS } from "../domain/time.ts";
import { clockOf } from "../domain/zone.ts";
import { type NoisePart, noisePartOf } from "../standards/noise-day.ts";
import type { Policies } from "../standards/policy.ts";
import type { Store } from "../store/port.ts";

/** Hourly Leq of one date, dB(A), in the order of time; `voided` hours are flagged and do not count. */
export type NoiseDateHours = {
  readonly levels: Readonly<Record<NoisePart, readonly Exact[]>>;
  readonly voided: Readonly<Record<NoisePart, number>>;
};

type DateHours = { levels: Record<NoisePart, Exact[]>; voided: Record<NoisePart, number> };

const LEVEL = indicatorOf("leq").id;

/** Clocks differ from UTC by less than a day, and a night reaches into the next date: so far around is read. */
const MARGIN_MS = 2 * DAY_MS;

/** Hours with bad weather or an instrument that is not in order do not count. */
const VOIDED = FLAGS.weather | FLAGS.notNormal;

/** By point id and date, from the first to the last date (both inside); dates without an hour are not there. */
export async function noiseHours(
  store: Store,
  points: readonly Place[],
  first: DayNumber,
  last: DayNumber,
  policies: Pick<Policies, "nightDate">,
): Promise<ReadonlyMap<number, ReadonlyMap<DayNumber, NoiseDateHours>>> {
  const places = new Map(points.map((place) => [place.id, place]));
  const relation = await store.readings.relation({
    from: first * DAY_MS - MARGIN_MS,
    to: (last + 1) * DAY_MS + MARGIN_MS,
    placeIds: [...places.keys()],
    indicatorIds: [LEVEL],
  });
  // The order decides the last digit of an energy sum, so it is always that of time. Clocks differ by whole minutes.
  const [ids = [], minutes = [], values = [], flags = []] = (await store.sql.columns(
    `SELECT place, (epoch_ms(start) // ${MINUTE_MS})::INTEGER, value, flag FROM ${relation}
     WHERE span = ${SPANS.hour} ORDER BY place, start`,
  )) as [number[]?, number[]?, bigint[]?, number[]?];
  const found = new Map<number, Map<DayNumber, DateHours>>();
  let days = new Map<DayNumber, DateHours>();
  let place: Place | undefined;
  for (let k = 0; k < ids.length; k++) {
    if (ids[k] !== place?.id) {
      place = places.get(ids[k] ?? 0);
      days = new Map();
      if (place !== undefined) found.set(place.id, days);
    }
    if (place === undefined) continue;
    const clock = clockOf(place.timeZone, (minutes[k] ?? 0) * MINUTE_MS);
    const { part, day } = noisePartOf(clock.day, clock.hour, policies.nightDate);
    if (day < first || day > last) continue;
    const date = days.get(day) ?? { levels: { day: [], night: [] }, voided: { day: 0, night: 0 } };
    days.set(day, date);
    if (((flags[k] ?? 0) & VOIDED) !== 0) date.voided[part] += 1;
    else date.levels[part].push(fromStored(values[k] ?? 0n));
  }
  return found;
}
