/**
 * Emission limits behind noise complaints: factories, shops and entertainment, building sites.
 *
 * Rests on: GB 12348-2008 table 1, 4.1.2–4.1.3, indoor tables; GB 22337-2008 tables 1, 2; GB 12523-2011 4.1, 4.2; all
 * three read. GB 12523-2025 建筑施工噪声排放标准 replaces the last from 2026-01-01: known by name only, its limits were not
 * obtained, so nothing is judged by it here.
 */
import { add, compare, type Exact, exact, subtract } from "../domain/exact.ts";
import { type DayNumber, dayNumber } from "../domain/time.ts";
import { roundHalfEven } from "./gbt8170.ts";
import type { NoisePart } from "./noise-day.ts";

/** Zones of the emission standards; 4 is not split. */
export const EMISSION_ZONES = ["0", "1", "2", "3", "4"] as const;

export type EmissionZone = (typeof EMISSION_ZONES)[number];

type DayNight = Readonly<Record<NoisePart, string>>;

/** At the boundary, dB(A); the same in both standards. @source GB 12348-2008 table 1; GB 22337-2008 table 1 */
const BOUNDARY: Readonly<Record<EmissionZone, DayNight>> = {
  "0": { day: "50", night: "40" },
  "1": { day: "55", night: "45" },
  "2": { day: "60", night: "50" },
  "3": { day: "65", night: "55" },
  "4": { day: "70", night: "55" },
};

/** Indoors, structure-borne, dB(A): A rooms for sleep, B rooms for other use by day. @source GB 22337-2008 table 2 */
const INDOOR: Readonly<Record<"A" | "B", Readonly<Record<EmissionZone, DayNight>>>> = {
  A: {
    "0": { day: "40", night: "30" },
    "1": { day: "40", night: "30" },
    "2": { day: "45", night: "35" },
    "3": { day: "45", night: "35" },
    "4": { day: "45", night: "35" },
  },
  B: {
    "0": { day: "40", night: "30" },
    "1": { day: "45", night: "35" },
    "2": { day: "50", night: "40" },
    "3": { day: "50", night: "40" },
    "4": { day: "50", night: "40" },
  },
};

/** Building sites, dB(A). @source GB 12523-2011 4.1 */
const CONSTRUCTION_2011: DayNight = { day: "70", night: "55" };

/** What a maximum at night may exceed the night limit by, dB(A). @source GB 12348-2008 4.1.2, 4.1.3; GB 12523-2011 4.2 */
const NIGHT_MAXIMUM = { frequent: "10", occasional: "15", construction: "15" } as const;

/** GB 12523-2025 is in force from this day on. @source announcement of the standard; its limits were not obtained */
const CONSTRUCTION_2025_FROM = dayNumber(2026, 1, 1) as DayNumber;

/**
 * The limit at the boundary of a factory (GB 12348), a shop or a place of entertainment (GB 22337), dB(A): both standards
 * print the same table.
 * @source GB 12348-2008 table 1; GB 22337-2008 table 1
 */
export function boundaryLimit(zone: EmissionZone, part: NoisePart): Exact {
  return exact(BOUNDARY[zone][part]);
}

/** The limit of structure-borne noise in a room, dB(A). @source GB 22337-2008 table 2; GB 12348-2008 */
export function indoorLimit(room: "A" | "B", zone: EmissionZone, part: NoisePart): Exact {
  return exact(INDOOR[room][zone][part]);
}

/** The cap of a factory's maximum level at night: frequent +10, occasional +15 dB(A). @source GB 12348-2008 4.1.2, 4.1.3 */
export function factoryNightMaximum(zone: EmissionZone, how: "frequent" | "occasional"): Exact {
  return add(boundaryLimit(zone, "night"), exact(NIGHT_MAXIMUM[how]));
}

export type ConstructionLimits =
  | {
      readonly known: true;
      readonly edition: "GB 12523-2011";
      readonly day: Exact;
      readonly night: Exact;
      readonly nightMaximum: Exact;
    }
  | { readonly known: false; readonly edition: "GB 12523-2025"; readonly reason: string };

/**
 * The limits of a building site on a day, dB(A); from 2026-01-01 on only the standard's name is known.
 * @source GB 12523-2011 4.1, 4.2
 */
export function constructionLimits(day: DayNumber): ConstructionLimits {
  if (day >= CONSTRUCTION_2025_FROM) {
    const reason = "自 2026-01-01 起执行 GB 12523-2025《建筑施工噪声排放标准》，其限值尚未取得，不作判定";
    return { known: false, edition: "GB 12523-2025", reason };
  }
  const night = exact(CONSTRUCTION_2011.night);
  const nightMaximum = add(night, exact(NIGHT_MAXIMUM.construction));
  return { known: true, edition: "GB 12523-2011", day: exact(CONSTRUCTION_2011.day), night, nightMaximum };
}

/** Above this gap the background needs no correction, below the other none is possible, dB. @source GB 12348-2008 5.6 */
const NO_CORRECTION_ABOVE = exact(10);
const CORRECTION_FROM = exact(3);

/** dB taken off for a gap of so many whole dB. @source GB 12348-2008 table 4 */
const CORRECTIONS: readonly { readonly upTo: string; readonly off: string }[] = [
  { upTo: "3", off: "3" },
  { upTo: "5", off: "2" },
  { upTo: "10", off: "1" },
];

/**
 * A measured level with the background taken out: gap above 10 dB nothing, 6–10 dB −1, 4–5 −2, 3 −3; the gap is taken in
 * whole dB.
 * @returns dB(A); `undefined` when the gap is below 3 dB: the background must be lowered and the measuring repeated
 * @source GB 12348-2008 5.6, GB 22337-2008, GB 12523-2011
 */
export function withoutBackground(measured: Exact, background: Exact): Exact | undefined {
  const gap = subtract(measured, background);
  if (compare(gap, NO_CORRECTION_ABOVE) > 0) return measured;
  if (compare(gap, CORRECTION_FROM) < 0) return undefined;
  const whole = roundHalfEven(gap, 0);
  const row = CORRECTIONS.find(({ upTo }) => compare(whole, exact(upTo)) <= 0);
  return row === undefined ? measured : subtract(measured, exact(row.off));
}
