/** The city a place lies in. */
import type { Place, PlaceTable } from "../../../src/domain/place.ts";

/** The place above which there is none. */
export function cityOf(table: PlaceTable, place: Place): Place {
  const parent = table.places.find((one) => one.id === place.parentId);
  return parent === undefined ? place : cityOf(table, parent);
}
