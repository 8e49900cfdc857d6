/** How places differ from the region: south above north, roads above parks. Invented factors of a plausible size. */
import { bell, stream } from "./random.ts";

/** A place as the simulation needs it: `parent` is the code of its district. */
export type Site = { readonly code: string; readonly name: string; readonly parent?: string };

/** PM2.5 of a district against the region, by the district's code. */
const DISTRICT_PM25: Readonly<Record<string, number>> = {
  "110101": 1.02,
  "110102": 1.02,
  "110105": 1.02,
  "110106": 1.06,
  "110107": 1,
  "110108": 0.98,
  "110109": 0.93,
  "110111": 1.08,
  "110112": 1.1,
  "110113": 0.97,
  "110114": 0.92,
  "110115": 1.1,
  "110116": 0.84,
  "110117": 0.92,
  "110118": 0.82,
  "110119": 0.84,
};

/** Stations beside main roads and far from the city, by code. */
const ROADSIDE = new Set(["bj-qianmen", "bj-yongdingmennei", "bj-xizhimenbei", "bj-nansanhuan", "bj-dongsihuan"]);
const REMOTE = new Set(["bj-dingling", "bj-badaling", "bj-miyunshuiku"]);

/** Spread of townships within a district (standard deviation of the factor). */
const SPREAD_PM25 = 0.055;
const SPREAD_TSP = 0.12;
/** Dust differs between districts more than PM2.5 does. */
const TSP_STEEPNESS = 1.5;

export type StationFactors = {
  readonly pm25: number;
  readonly no2: number;
  readonly o3: number;
};

/** What a station shows against the region, apart from its days. */
export function stationFactors(seed: number, site: Site): StationFactors {
  const own = 1 + 0.03 * bell(stream(seed, "station", site.code));
  const district = districtFactor(site);
  if (ROADSIDE.has(site.code)) return { pm25: district * own * 1.06, no2: 1.55, o3: 0.78 };
  if (REMOTE.has(site.code)) return { pm25: district * own * 0.9, no2: 0.55, o3: 1.08 };
  return { pm25: district * own, no2: 0.95 * district, o3: 1 };
}

export type TownshipFactors = { readonly pm25: number; readonly tsp: number };

/** What a township shows against the region in a month: its own character and what changes from month to month. */
export function townshipFactors(seed: number, site: Site, year: number, month: number): TownshipFactors {
  const own = stream(seed, "township", site.code);
  const now = stream(seed, "township month", site.code, year, month);
  const district = districtFactor(site);
  return {
    pm25: district * (1 + SPREAD_PM25 * bell(own)) * (1 + 0.025 * bell(now)),
    tsp: (1 + (district - 1) * TSP_STEEPNESS) * (1 + SPREAD_TSP * bell(own)) * (1 + 0.05 * bell(now)),
  };
}

/** The district of a place is told by the first six digits of its parent's code. */
function districtFactor(site: Site): number {
  return DISTRICT_PM25[(site.parent ?? site.code).slice(0, 6)] ?? 1;
}
