/** A column or row whose place is named in the file: exactly one place, or the reason why not, with near names. */

import type { PlaceKind } from "../src/domain/place.ts";
import type { PlaceFinder } from "../src/domain/place-finder.ts";
import type { RejectReason } from "../src/domain/reject.ts";
import type { GridColumn } from "./format.ts";

export type NamedPlace =
  | { readonly placeId: number }
  | { readonly problem: Extract<RejectReason, "place.unknown" | "place.ambiguous">; readonly detail: string };

export function namedPlace(name: string, places: PlaceFinder, kinds: readonly PlaceKind[]): NamedPlace {
  const found = places.find(name, kinds);
  const [first] = found;
  if (first === undefined) {
    const near = places.near(name, kinds).map((place) => `${place.name}（${place.code}）`);
    return { problem: "place.unknown", detail: near.length === 0 ? "" : `相近的有：${near.join("、")}` };
  }
  if (found.length > 1) return { problem: "place.ambiguous", detail: `可能是：${found.map(places.label).join("、")}` };
  return { placeId: first.id };
}

export function placeColumn(name: string, places: PlaceFinder, kinds: readonly PlaceKind[]): GridColumn {
  return { name, ...namedPlace(name, places, kinds) };
}
