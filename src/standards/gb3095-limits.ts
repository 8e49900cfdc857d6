/**
 * GB 3095 环境空气质量标准: concentration limits.
 *
 * Editions: 2012 with the 2018 amendment; 2026 phase 1 for 2026-03-01 … 2030-12-31; 2026 phase 2 from 2031-01-01.
 * Rests on: GB 3095-2012 tables 1 and 2; GB 3095-2026 tables 1 and 2, cl. 4.4, 4.5 (limits of table 2, TSP among them,
 * apply where the ministry or the province says so).
 * Elsewhere: minimum data in `gb3095-validity.ts`; the breakpoints of the index in `hj633-table.ts`; street TSP by
 * light scattering has no limit (`tsp-light.ts`).
 */
import { editionOn } from "../domain/edition.ts";
import { type Exact, exact } from "../domain/exact.ts";
import { type DayNumber, dayNumber } from "../domain/time.ts";

/** The tables in force one after the other. */
export type LimitPhase = "2012" | "2026-1" | "2026-2";

/** Grade I: nature reserves and the like; grade II: where people live and work. */
export type Grade = "I" | "II";

export type LimitPeriod = "year" | "quarter" | "day" | "mda8" | "hour";

type Row = {
  readonly item: LimitItem;
  readonly period: LimitPeriod;
  readonly table: 1 | 2;
  /** Grade I and II, µg/m³, CO mg/m³. */
  readonly limits: Readonly<Record<LimitPhase, readonly [string, string]>>;
};

export type LimitItem = "so2" | "no2" | "co" | "o3" | "pm10" | "pm25" | "tsp" | "nox" | "pb" | "bap";

const row = (
  table: 1 | 2,
  item: LimitItem,
  period: LimitPeriod,
  y2012: readonly [string, string],
  phase1: readonly [string, string] = y2012,
  phase2: readonly [string, string] = phase1,
): Row => ({ table, item, period, limits: { "2012": y2012, "2026-1": phase1, "2026-2": phase2 } });

/** In the order of the printed tables: 2012, then 2026 phase 1 and 2 where they differ from the column before. */
export const LIMITS: readonly Row[] = [
  row(1, "so2", "year", ["20", "60"], ["20", "60"], ["20", "20"]),
  row(1, "so2", "day", ["50", "150"], ["50", "150"], ["50", "50"]),
  row(1, "so2", "hour", ["150", "500"], ["150", "500"], ["150", "150"]),
  row(1, "no2", "year", ["40", "40"], ["40", "40"], ["30", "30"]),
  row(1, "no2", "day", ["80", "80"], ["80", "80"], ["50", "50"]),
  row(1, "no2", "hour", ["200", "200"]),
  row(1, "co", "day", ["4", "4"]),
  row(1, "co", "hour", ["10", "10"]),
  row(1, "o3", "mda8", ["100", "160"]),
  row(1, "o3", "hour", ["160", "200"]),
  row(1, "pm10", "year", ["40", "70"], ["40", "60"], ["20", "50"]),
  row(1, "pm10", "day", ["50", "150"], ["50", "120"], ["50", "100"]),
  row(1, "pm25", "year", ["15", "35"], ["15", "30"], ["10", "25"]),
  row(1, "pm25", "day", ["35", "75"], ["35", "60"], ["25", "50"]),
  row(2, "tsp", "year", ["80", "200"]),
  row(2, "tsp", "day", ["120", "300"]),
  row(2, "nox", "year", ["50", "50"], ["50", "50"], ["40", "40"]),
  row(2, "nox", "day", ["100", "100"], ["100", "100"], ["70", "70"]),
  row(2, "nox", "hour", ["250", "250"]),
  row(2, "pb", "year", ["0.5", "0.5"]),
  row(2, "pb", "quarter", ["1.0", "1.0"]),
  row(2, "bap", "year", ["0.001", "0.001"]),
  row(2, "bap", "day", ["0.0025", "0.0025"]),
];

/** @source GB 3095-2026 cl. 4.4 */
const FIRST_DAY_PHASE_2 = dayNumber(2031, 1, 1) as DayNumber;

/** The table in force for observations of a day. @source GB 3095-2026 cover, cl. 4.4 */
export function limitPhaseOn(day: DayNumber): LimitPhase {
  if (day >= FIRST_DAY_PHASE_2) return "2026-2";
  return editionOn(day) === "2026" ? "2026-1" : "2012";
}

/**
 * The limit of an item over a period. TSP is left out: only a weighed value may meet its limits (`tsp-light.ts`).
 *
 * @returns µg/m³, CO mg/m³; `undefined` where the standard has none (CO and O3 have no annual limit)
 * @source GB 3095-2012 tables 1, 2; GB 3095-2026 tables 1, 2, cl. 4.4
 */
export function limitOf(
  phase: LimitPhase,
  item: Exclude<LimitItem, "tsp">,
  period: LimitPeriod,
  grade: Grade = "II",
): Exact | undefined {
  const found = LIMITS.find((one) => one.item === item && one.period === period);
  return found === undefined ? undefined : exact(found.limits[phase][grade === "I" ? 0 : 1]);
}
