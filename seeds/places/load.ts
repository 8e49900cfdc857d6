/**
 * The places a bureau starts from: Beijing's divisions, the archive's stations and the station sets.
 *
 * The facts stand in the CSV files of this folder (sources and doubts: README.md). Ids are given by the store.
 */
import { readFileSync } from "node:fs";
import { PLACE_KINDS, type PlaceKind } from "../../src/domain/place.ts";
import { type DayNumber, parseDay } from "../../src/domain/time.ts";

/** Another name of a place, with the days it is used (both inside); an open end is absent. */
export type SeedAlias = { readonly name: string; readonly from?: DayNumber; readonly to?: DayNumber };

/** A place before it has an id; `parent` is a code. `from` and `to` in the attributes of a station: days it worked. */
export type SeedPlace = {
  readonly code: string;
  readonly kind: PlaceKind;
  readonly name: string;
  readonly parent?: string;
  readonly aliases: readonly SeedAlias[];
  readonly attributes?: Readonly<Record<string, string>>;
};

/** The stations (codes) that stand for a place (code), with the days the set is in force (both inside). */
export type SeedSet = {
  readonly place: string;
  readonly purpose: "air";
  readonly stations: readonly string[];
  readonly from?: DayNumber;
  readonly to?: DayNumber;
};

export type SeedTree = {
  readonly divisions: readonly SeedPlace[];
  readonly stations: readonly SeedPlace[];
  readonly sets: readonly SeedSet[];
};

/** The seed places, parents before children. @throws RangeError naming the file and line when a seed file is malformed */
export function loadSeedPlaces(): SeedTree {
  return {
    divisions: rows("divisions.csv", ["code", "kind", "name", "parent", "aliases"], divisionOf),
    stations: rows("stations.csv", ["code", "name", "district", "aliases", "from", "to"], stationOf),
    sets: rows("sets.csv", ["place", "purpose", "from", "to", "stations"], setOf),
  };
}

function divisionOf([code = "", kind = "", name = "", parent = "", aliases = ""]: readonly string[]): SeedPlace {
  if (!(PLACE_KINDS as readonly string[]).includes(kind)) throw new RangeError(`unknown kind ${kind}`);
  const place = { code, kind: kind as PlaceKind, name, aliases: aliasesOf(aliases) };
  return parent === "" ? place : { ...place, parent };
}

function stationOf([
  code = "",
  name = "",
  parent = "",
  aliases = "",
  from = "",
  to = "",
]: readonly string[]): SeedPlace {
  const place = { code, kind: "station", name, parent, aliases: aliasesOf(aliases) } as const;
  const attributes = { ...(from !== "" && { from }), ...(to !== "" && { to }) };
  return Object.keys(attributes).length === 0 ? place : { ...place, attributes };
}

function setOf([place = "", purpose = "", from = "", to = "", stations = ""]: readonly string[]): SeedSet {
  if (purpose !== "air") throw new RangeError(`unknown purpose ${purpose}`);
  return {
    place,
    purpose,
    stations: stations.split(";"),
    ...(from !== "" && { from: parseDay(from) }),
    ...(to !== "" && { to: parseDay(to) }),
  };
}

function aliasesOf(text: string): readonly SeedAlias[] {
  return text === "" ? [] : text.split(";").map((name) => ({ name }));
}

/** Seed files hold neither quotes nor commas inside a cell, so a row is its text split at commas. */
function rows<T>(file: string, header: readonly string[], rowOf: (cells: readonly string[]) => T): readonly T[] {
  const [first, ...lines] = readFileSync(new URL(file, import.meta.url), "utf8")
    .trimEnd()
    .split("\n");
  if (first !== header.join(",")) throw new RangeError(`${file}: the header is not ${header.join(",")}`);
  return lines.map((line, index) => {
    const cells = line.split(",");
    if (cells.length !== header.length) throw new RangeError(`${file}:${index + 2}: ${cells.length} cells`);
    return rowOf(cells);
  });
}
