import type { DayNumber } from "./time.ts";

/** Places: nodes of one tree. City, district, township (zones are ranked units too), and what hangs on them. */

export const PLACE_KINDS = [
  "city",
  "district",
  "township",
  "zone",
  "station",
  "road",
  "section",
  "noise_point",
] as const;

export type PlaceKind = (typeof PLACE_KINDS)[number];

export const PLACE_KIND_ZH: Readonly<Record<PlaceKind, string>> = {
  city: "市",
  district: "区",
  township: "街乡",
  zone: "功能区",
  station: "站点",
  road: "道路",
  section: "断面",
  noise_point: "噪声点",
};

/** A place as the store keeps it. `attributes`: facts of its kind, such as a section's `waterType` or a point's `zone`. */
export type Place = {
  readonly id: number;
  readonly code: string;
  readonly kind: PlaceKind;
  readonly name: string;
  readonly parentId: number | undefined;
  readonly timeZone: string;
  readonly attributes: Readonly<Record<string, string>>;
};

/**
 * A named set of stations that stands for a place for one purpose, with the days it is in force (both inside; an open
 * end is undefined).
 */
export type StationSet = {
  readonly placeId: number;
  readonly purpose: "air";
  readonly stationIds: readonly number[];
  readonly from: DayNumber | undefined;
  readonly to: DayNumber | undefined;
};

/** Another name of a place, with the days it is used (both inside; undefined = open). */
export type PlaceAlias = {
  readonly placeId: number;
  readonly name: string;
  readonly from: DayNumber | undefined;
  readonly to: DayNumber | undefined;
};

/** All places, their other names and the station sets, as one reading of the catalogue. */
export type PlaceTable = {
  readonly places: readonly Place[];
  readonly aliases: readonly PlaceAlias[];
  readonly sets: readonly StationSet[];
};
