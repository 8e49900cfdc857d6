/** A place named beside its district: 八里庄街道 stands in two of them, and tables print the district in front of a name. */
import type { Place, PlaceKind } from "../src/domain/place.ts";
import type { PlaceFinder } from "../src/domain/place-finder.ts";
import { type NamedPlace, namedPlace } from "./place-column.ts";

/**
 * The one place of a name among the kinds; a district's name (given, or in front of the place's) decides between several.
 */
export function placeWithin(
  text: string,
  places: PlaceFinder,
  kinds: readonly PlaceKind[],
  districtText?: string,
): NamedPlace {
  const district = districtText === undefined ? undefined : districtOf(districtText, places);
  const found = inside(places.find(text, kinds), district, places);
  if (found.length === 1 && found[0] !== undefined) return { placeId: found[0].id };
  if (found.length === 0) {
    // 朝阳区将台乡: the longest district name in front is taken off.
    for (let cut = text.length - 2; cut >= 2; cut--) {
      const named = districtOf(text.slice(0, cut), places);
      const rest = named === undefined ? [] : inside(places.find(text.slice(cut), kinds), named, places);
      if (rest.length === 1 && rest[0] !== undefined) return { placeId: rest[0].id };
    }
  }
  return namedPlace(text, places, kinds);
}

/** The district or zone of a name, when it is exactly one. */
export function districtOf(text: string, places: PlaceFinder): Place | undefined {
  const found = places.find(text, ["district", "zone"]);
  return found.length === 1 ? found[0] : undefined;
}

function inside(found: readonly Place[], district: Place | undefined, places: PlaceFinder): readonly Place[] {
  if (district === undefined || found.length < 2) return found;
  const direct = found.filter((place) => place.parentId === district.id);
  if (direct.length > 0) return direct;
  return found.filter((place) => isBelow(place, district, places));
}

/** Whether a place lies below another, or is it. */
export function isBelow(place: Place, district: Place, places: PlaceFinder): boolean {
  for (let id = place.parentId; id !== undefined; id = places.byId(id).parentId) if (id === district.id) return true;
  return place.id === district.id;
}
