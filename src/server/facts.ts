/** What every page needs to know of a store: whose it is, whether it is simulated, and how far its data reach. */
import { fault } from "../domain/faults.ts";
import { indicatorOf } from "../domain/indicator.ts";
import type { Place, PlaceTable } from "../domain/place.ts";
import { type DayNumber, dayOf } from "../domain/time.ts";
import { dataVersion } from "../store/data-version.ts";
import { readPlaces } from "../store/places.ts";
import type { Sql } from "../store/port.ts";

export type Facts = {
  readonly version: string;
  readonly simulated: boolean;
  readonly places: PlaceTable;
  /** The district whose plan is followed, and the city it lies in. */
  readonly home: Place;
  readonly city: Place;
  /** Last day with daily values of the stations, and of the townships; undefined without any. */
  readonly lastAirDay: DayNumber | undefined;
  readonly lastTownshipDay: DayNumber | undefined;
  readonly lastBatch: number;
};

/**
 * Reads the facts anew only when the data have changed.
 * @param homeCode the district the plans in force bind; without plans the first place held
 * @param seen told of each version found
 */
export function factReader(
  homeCode: () => Promise<string | undefined>,
  seen: (version: string) => void,
): (sql: Sql) => Promise<Facts> {
  let held: Facts | undefined;
  return async (sql) => {
    const version = await dataVersion(sql);
    seen(version);
    if (held?.version === version) return held;
    const facts = await readFacts(sql, version, await homeCode());
    held = facts;
    return facts;
  };
}

async function readFacts(sql: Sql, version: string, homeCode: string | undefined): Promise<Facts> {
  const places = await readPlaces(sql);
  const [simulated] = await sql.rows<{ value: string }>("SELECT value FROM meta WHERE key = 'simulated'");
  const { batch } = await sql.one<{ batch: number }>("SELECT coalesce(max(id), 0)::INTEGER AS batch FROM batch");
  const lastOf = async (kinds: string, code: string): Promise<DayNumber | undefined> => {
    const { last } = await sql.one<{ last: number | null }>(
      `SELECT max(d.day) AS last FROM daily d JOIN place p ON p.id = d.place
       WHERE p.kind IN (${kinds}) AND d.indicator = ${indicatorOf(code).id}`,
    );
    return last ?? undefined;
  };
  const home = places.places.find((place) => place.code === homeCode) ?? places.places[0];
  if (home === undefined) throw fault("store.broken", { reason: "没有地点" });
  const parent = places.places.find((place) => place.id === home.parentId) ?? home;
  return {
    version,
    simulated: simulated?.value === "yes",
    places,
    home,
    city: parent,
    lastAirDay: await lastOf("'station'", "pm25"),
    lastTownshipDay: await lastOf("'township', 'zone'", "pm25"),
    lastBatch: batch,
  };
}

/**
 * The last day that counts as over. The clock of a simulated city stands where its data end; real data are always
 * judged by the real day, so that a source that went silent shows.
 */
export function lastDayOver(facts: Facts, now: Date): DayNumber {
  const yesterday = dayOf(now.getTime()) - 1;
  if (!facts.simulated) return yesterday;
  return Math.min(yesterday, facts.lastAirDay ?? facts.lastTownshipDay ?? yesterday);
}
