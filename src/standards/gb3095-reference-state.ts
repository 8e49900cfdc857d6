/**
 * GB 3095: the reference state of gas concentrations, which changed on 2018-09-01.
 *
 * Before: 273 K and 101.325 kPa for everything. From then on (2018 amendment; GB 3095-2026 cl. 3.14, 4.3): gases at
 * 298.15 K and 1013.25 hPa, particles (PM2.5, PM10, TSP, Pb, BaP) at the temperature and pressure of the sampling. A
 * series that crosses the day has a step: gas values fall by 273/298.15. Nothing is converted here: a note says so.
 */
import { type Exact, ratio } from "../domain/exact.ts";
import { type DayNumber, dayNumber } from "../domain/time.ts";

/** The first day of the new reference state. @source 2018 amendment of GB 3095-2012 */
export const REFERENCE_STATE_DAY = dayNumber(2018, 9, 1) as DayNumber;

/** What a gas value falls by at the step, all else equal. @source 273 K / 298.15 K */
export const GAS_STEP: Exact = ratio(27300n, 29815n);

export type ReferenceNote = { readonly zh: string; readonly en: string };

/**
 * The note a series needs when it crosses the change of reference state.
 *
 * @param days first and last day of all data compared, in any order
 * @returns `undefined` when all days lie on one side
 * @source GB 3095-2026 cl. 3.14, 4.3; 2018 amendment
 */
export function referenceStateNote(days: readonly DayNumber[]): ReferenceNote | undefined {
  const before = days.some((day) => day < REFERENCE_STATE_DAY);
  const after = days.some((day) => day >= REFERENCE_STATE_DAY);
  if (!before || !after) return undefined;
  return {
    zh: "数据跨越 2018-09-01：此前浓度为标准状态（273 K），此后气态污染物为参比状态（298.15 K）、颗粒物为实况，气态值因此约低 8.4%，前后不可直接比较",
    en: "the data cross 2018-09-01: concentrations before are at 273 K, gases after at 298.15 K and particles as sampled; gas values fall by about 8.4 % for this reason alone",
  };
}
