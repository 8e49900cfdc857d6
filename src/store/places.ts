/** Places in the catalogue: reading them as one table, and adding new ones. */
import type { Place, PlaceKind, PlaceTable } from "../domain/place.ts";
import type { NewPlace, NewStationSet, Sql } from "./port.ts";

type PlaceRow = {
  id: number;
  code: string;
  kind: string;
  name: string;
  parent: number | null;
  time_zone: string;
  attributes: string;
};
type AliasRow = { place: number; name: string; from: number | null; to: number | null };
type SetRow = { place: number; purpose: string; station: number; from: number | null; to: number | null };

export async function readPlaces(sql: Sql): Promise<PlaceTable> {
  const places = (await sql.rows<PlaceRow>("SELECT * EXCLUDE (batch) FROM place ORDER BY id")).map(
    (row): Place => ({
      id: row.id,
      code: row.code,
      kind: row.kind as PlaceKind,
      name: row.name,
      parentId: row.parent ?? undefined,
      timeZone: row.time_zone,
      attributes: JSON.parse(row.attributes) as Record<string, string>,
    }),
  );
  const aliases = (await sql.rows<AliasRow>("SELECT * FROM place_alias ORDER BY place, name")).map((row) => ({
    placeId: row.place,
    name: row.name,
    from: row.from ?? undefined,
    to: row.to ?? undefined,
  }));
  const sets = new Map<
    string,
    { placeId: number; from: number | undefined; to: number | undefined; stationIds: number[] }
  >();
  for (const row of await sql.rows<SetRow>("SELECT * FROM station_set ORDER BY place, station")) {
    const key = [row.place, row.purpose, row.from, row.to].join("|");
    const set = sets.get(key) ?? {
      placeId: row.place,
      from: row.from ?? undefined,
      to: row.to ?? undefined,
      stationIds: [],
    };
    set.stationIds.push(row.station);
    sets.set(key, set);
  }
  return { places, aliases, sets: [...sets.values()].map((set) => ({ ...set, purpose: "air" as const })) };
}

/** @throws RangeError when a parent's code is not held (a caller's mistake) */
export async function insertPlaces(sql: Sql, added: readonly NewPlace[], batch?: number): Promise<readonly number[]> {
  const ids = new Map(
    (await sql.rows<{ code: string; id: number }>("SELECT code, id FROM place")).map((row) => [row.code, row.id]),
  );
  let next = Math.max(0, ...ids.values());
  const given: number[] = [];
  const rows: { id: number; parent: number | null; place: NewPlace }[] = [];
  for (const place of added) {
    const parent = place.parent === undefined ? null : ids.get(place.parent);
    if (parent === undefined) throw new RangeError(`the parent ${place.parent} of ${place.code} is not held`);
    next += 1;
    ids.set(place.code, next);
    given.push(next);
    rows.push({ id: next, parent, place });
  }
  await sql.append("place", [
    { type: "int", values: rows.map((row) => row.id) },
    { type: "varchar", values: rows.map((row) => row.place.code) },
    { type: "varchar", values: rows.map((row) => row.place.kind) },
    { type: "varchar", values: rows.map((row) => row.place.name) },
    { type: "int", values: rows.map((row) => row.parent) },
    { type: "varchar", values: rows.map((row) => row.place.timeZone ?? "Asia/Shanghai") },
    { type: "varchar", values: rows.map((row) => JSON.stringify(row.place.attributes ?? {})) },
    { type: "int", values: rows.map(() => batch ?? null) },
  ]);
  const aliases = rows.flatMap((row) => (row.place.aliases ?? []).map((alias) => ({ id: row.id, alias })));
  await sql.append("place_alias", [
    { type: "int", values: aliases.map((one) => one.id) },
    { type: "varchar", values: aliases.map((one) => one.alias.name) },
    { type: "int", values: aliases.map((one) => one.alias.from ?? null) },
    { type: "int", values: aliases.map((one) => one.alias.to ?? null) },
  ]);
  return given;
}

export async function insertSets(sql: Sql, sets: readonly NewStationSet[]): Promise<void> {
  const ids = new Map(
    (await sql.rows<{ code: string; id: number }>("SELECT code, id FROM place")).map((row) => [row.code, row.id]),
  );
  const idOf = (code: string): number => {
    const id = ids.get(code);
    if (id === undefined) throw new RangeError(`the place ${code} of a station set is not held`);
    return id;
  };
  const rows = sets.flatMap((set) => set.stations.map((station) => ({ set, station })));
  await sql.append("station_set", [
    { type: "int", values: rows.map((row) => idOf(row.set.place)) },
    { type: "varchar", values: rows.map((row) => row.set.purpose) },
    { type: "int", values: rows.map((row) => idOf(row.station)) },
    { type: "int", values: rows.map((row) => row.set.from ?? null) },
    { type: "int", values: rows.map((row) => row.set.to ?? null) },
  ]);
}
