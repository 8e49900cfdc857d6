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

type HeldPlaces = { readonly digest: string; readonly places: PlaceTable };

/** `ahead`: what is made with them is shown to nobody yet. */
export type FactReader = (sql: Sql, ahead?: boolean) => Promise<Facts>;

/**
 * Reads the facts anew only when the data have changed.
 * @param homeCode the district the plans in force bind; without plans the first place held
 * @param seen told of each version that is going to be shown
 */
export function factReader(homeCode: () => Promise<string | undefined>, seen: (version: string) => void): FactReader {
  let held: Facts | undefined;
  let places: HeldPlaces | undefined;
  return async (sql, ahead = false) => {
    const version = await dataVersion(sql);
    if (!ahead) seen(version);
    if (held?.version === version) return held;
    const read = await readFacts(sql, version, await homeCode(), places);
    ({ facts: held, held: places } = read);
    return read.facts;
  };
}

type FactRow = {
  readonly places: string;
  readonly simulated: boolean;
  readonly batch: number;
  readonly air: number | null;
  readonly township: number | null;
};

/** What the tables of `readPlaces` hold, in one text. */
const PLACES_DIGEST = ["place", "place_alias", "station_set"]
  .map((table) => `(SELECT count(*) || ':' || coalesce(sum(hash(t)::HUGEINT), 0) FROM ${table} t)`)
  .join(" || '|' || ");

const lastDayOf = (kinds: string): string =>
  `(SELECT max(d.day) FROM daily d JOIN place p ON p.id = d.place
    WHERE p.kind IN (${kinds}) AND d.indicator = ${indicatorOf("pm25").id})`;

/** Everybody waits for them after each import, so they are asked for at once, and places are read only when they changed. */
async function readFacts(
  sql: Sql,
  version: string,
  homeCode: string | undefined,
  before: HeldPlaces | undefined,
): Promise<{ readonly facts: Facts; readonly held: HeldPlaces }> {
  const row = await sql.one<FactRow>(
    `SELECT ${PLACES_DIGEST} AS places, EXISTS (SELECT 1 FROM meta WHERE key = 'simulated' AND value = 'yes') AS simulated,
       (SELECT coalesce(max(id), 0) FROM batch)::INTEGER AS batch,
       ${lastDayOf("'station'")} AS air, ${lastDayOf("'township', 'zone'")} AS township`,
  );
  const places = before?.digest === row.places ? before.places : await readPlaces(sql);
  const home = places.places.find((place) => place.code === homeCode) ?? places.places[0];
  if (home === undefined) throw fault("store.broken", { reason: "没有地点" });
  const parent = places.places.find((place) => place.id === home.parentId) ?? home;
  const facts = {
    version,
    simulated: row.simulated,
    places,
    home,
    city: parent,
    lastAirDay: row.air ?? undefined,
    lastTownshipDay: row.township ?? undefined,
    lastBatch: row.batch,
  };
  return { facts, held: { digest: row.places, places } };
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
