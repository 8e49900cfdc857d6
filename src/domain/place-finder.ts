/**
 * Finding a place by what people write: a code, a name or another name, optionally `kind:name`.
 *
 * Never a guess: exactly one place, or a fault that lists the candidates. A township's name without 街道/地区/镇/乡 is
 * no name of it (`东四` is the station), so such forms are offered as near misses only.
 */
import { fault } from "./faults.ts";
import { PLACE_KIND_ZH, PLACE_KINDS, type Place, type PlaceKind, type PlaceTable } from "./place.ts";
import type { DayNumber } from "./time.ts";

export type PlaceFinder = {
  /** All places a text may mean among the kinds, on a day when one is given. */
  readonly find: (text: string, kinds?: readonly PlaceKind[], day?: DayNumber) => readonly Place[];
  readonly byId: (id: number) => Place;
  readonly byCode: (code: string) => Place | undefined;
  /** `kind:name`, with the parent's name where the name alone would not do. */
  readonly label: (place: Place) => string;
  /** Places whose names are close to a text, best first, at most five. */
  readonly near: (text: string, kinds?: readonly PlaceKind[]) => readonly Place[];
};

/** Full-width forms, brackets and inner spaces as people type them do not make another name. */
function normal(name: string): string {
  return name.normalize("NFKC").replaceAll(/\s+/g, "").toLowerCase();
}

export function placeFinder(table: PlaceTable): PlaceFinder {
  const ids = new Map(table.places.map((place) => [place.id, place]));
  const codes = new Map(table.places.map((place) => [place.code.toLowerCase(), place]));
  const names = new Map<string, { place: Place; from: DayNumber | undefined; to: DayNumber | undefined }[]>();
  const note = (name: string, place: Place, from?: DayNumber, to?: DayNumber): void => {
    const key = normal(name);
    const list = names.get(key) ?? [];
    list.push({ place, from, to });
    names.set(key, list);
  };
  for (const place of table.places) note(place.name, place);
  for (const alias of table.aliases) {
    const place = ids.get(alias.placeId);
    if (place !== undefined) note(alias.name, place, alias.from, alias.to);
  }
  const find: PlaceFinder["find"] = (text, kinds = PLACE_KINDS, day) => {
    const key = normal(text);
    const coded = codes.get(key);
    if (coded !== undefined && kinds.includes(coded.kind)) return [coded];
    const hits = (names.get(key) ?? []).filter(
      ({ place, from, to }) =>
        kinds.includes(place.kind) &&
        (day === undefined || ((from === undefined || from <= day) && (to === undefined || day <= to))),
    );
    return [...new Set(hits.map((hit) => hit.place))];
  };
  const byId = (id: number): Place => {
    const place = ids.get(id);
    if (place === undefined) throw new RangeError(`no place with id ${id}`);
    return place;
  };
  const label = (place: Place): string => {
    const twins = find(place.name, [place.kind]).length > 1;
    return twins
      ? `${place.code}（${byId(place.parentId ?? place.id).name}${place.name}）`
      : `${place.kind}:${place.name}`;
  };
  const near: PlaceFinder["near"] = (text, kinds = PLACE_KINDS) => {
    const key = normal(text);
    const scored = table.places
      .filter((place) => kinds.includes(place.kind))
      .map((place) => ({ place, score: likeness(key, normal(place.name)) }))
      .filter(({ score }) => score > 0.4)
      .sort((a, b) => b.score - a.score || a.place.id - b.place.id);
    return scored.slice(0, 5).map(({ place }) => place);
  };
  return { find, byId, byCode: (code) => codes.get(code.toLowerCase()), label, near };
}

/**
 * The one place a question names. @throws Fault `place.unknown` with near names, `place.ambiguous` with the candidates
 */
export function requirePlace(finder: PlaceFinder, text: string, parameter = "--place"): Place {
  const colon = text.indexOf(":");
  const prefix = colon > 0 ? kindOf(text.slice(0, colon)) : undefined;
  const name = prefix === undefined ? text : text.slice(colon + 1);
  const kinds = prefix === undefined ? PLACE_KINDS : [prefix];
  const found = finder.find(name, kinds);
  const [first] = found;
  if (first === undefined) {
    const near = finder.near(name, kinds).map((place) => `${place.name}（${place.code}）`);
    const tail = near.length === 0 ? "" : `；相近的有：${near.join("、")}`;
    throw fault("place.unknown", { given: text, near: tail }, { parameter });
  }
  if (found.length > 1) {
    const labels = found.map(finder.label);
    throw fault("place.ambiguous", { given: text, candidates: labels.join("、"), example: labels[0] }, { parameter });
  }
  return first;
}

function kindOf(text: string): PlaceKind | undefined {
  const word = text.trim().toLowerCase();
  return PLACE_KINDS.find((kind) => kind === word || PLACE_KIND_ZH[kind] === word);
}

/** Share of common letter pairs (Dice), and a bonus when one name holds the other. */
function likeness(a: string, b: string): number {
  if (a === "" || b === "") return 0;
  if (b.includes(a) || a.includes(b)) return 0.5 + Math.min(a.length, b.length) / Math.max(a.length, b.length) / 2;
  const pairs = (text: string) =>
    new Set([...text].map((_, i) => text.slice(i, i + 2)).filter((pair) => pair.length === 2));
  const [left, right] = [pairs(a), pairs(b)];
  const common = [...left].filter((pair) => right.has(pair)).length;
  return left.size + right.size === 0 ? 0 : (2 * common) / (left.size + right.size);
}
