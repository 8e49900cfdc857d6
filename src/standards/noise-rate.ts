/**
 * Pass rates of functional zones (功能区声环境质量达标率), old and new form, day and night apart.
 *
 * Rests on: old form, passing point-times of monitored ones, as published (Hunan 2020–2021). New form since 2025 (环办监测
 * 〔2024〕33号, automatic stations): the text was not obtained; passing station-days of valid station-days fits the
 * published rates (LIKELY).
 */

import { type Exact, ratio } from "../domain/exact.ts";
import { NOISE_ZONES, type NoiseZone } from "./gb3096.ts";
import type { NoisePart } from "./noise-day.ts";

export type PassRate = {
  readonly passing: number;
  readonly valid: number;
  /** Point-times or station-days that were set down, valid or not. */
  readonly total: number;
  /** passing/valid in percent, exact; absent when nothing is valid: that is "no data", never 100 %. */
  readonly rate: Exact | undefined;
};

/** One level held against its limit: a measuring (old form) or a station's date (new form). */
export type ZoneOutcome = {
  readonly zone: NoiseZone;
  readonly part: NoisePart;
  /** `undefined`: not valid, so neither passing nor failing. */
  readonly meets: boolean | undefined;
};

export type ZoneRates = { readonly all: PassRate; readonly zones: ReadonlyMap<NoiseZone, PassRate> };

/**
 * 点次达标率, the old form: one outcome per point and measuring (a season's 24 hours), passing over monitored.
 * @source published rates, Hunan 2020 Q3 and 2021 Q4
 */
export function pointTimeRates(pointTimes: readonly ZoneOutcome[]): Readonly<Record<NoisePart, ZoneRates>> {
  return ratesByPart(pointTimes);
}

/**
 * 达标率 of automatic stations, the new form: one outcome per station and date, passing over valid station-days.
 * @source 环办监测〔2024〕33号, LIKELY
 */
export function stationDayRates(stationDays: readonly ZoneOutcome[]): Readonly<Record<NoisePart, ZoneRates>> {
  return ratesByPart(stationDays);
}

/** passing/valid with its basis; `total` also counts what was not valid. */
export function passRate(outcomes: readonly (boolean | undefined)[]): PassRate {
  const valid = outcomes.filter((meets) => meets !== undefined).length;
  const passing = outcomes.filter((meets) => meets === true).length;
  const rate = valid === 0 ? undefined : ratio(BigInt(passing) * 100n, BigInt(valid));
  return { passing, valid, total: outcomes.length, rate };
}

function ratesByPart(outcomes: readonly ZoneOutcome[]): Readonly<Record<NoisePart, ZoneRates>> {
  const of = (part: NoisePart): ZoneRates => {
    const mine = outcomes.filter((one) => one.part === part);
    const zones = NOISE_ZONES.map((zone) => [zone, mine.filter((one) => one.zone === zone)] as const);
    return {
      all: passRate(mine.map((one) => one.meets)),
      zones: new Map(
        zones
          .filter(([, list]) => list.length > 0)
          .map(([zone, list]) => [zone, passRate(list.map((one) => one.meets))]),
      ),
    };
  };
  return { day: of("day"), night: of("night") };
}
