/**
 * GB 3096-2008 声环境质量标准: limits of the functional zones by day and night.
 *
 * Edition: 2008; a revision was announced, none is known to be in force.
 * Rests on: table 1, cl. 3.4, 5.1 (zone 4b), 5.4 (sudden noise at night).
 * Elsewhere: Leq, Ld, Ln in `noise-day.ts`, pass rates in `noise-rate.ts`, grades of a city in `hj640.ts`.
 */
import { add, compare, type Exact, exact, subtract } from "../domain/exact.ts";
import { roundHalfEven } from "./gbt8170.ts";
import type { NoisePart } from "./noise-day.ts";

/** 4a: along roads, waterways and city rail; 4b: along railways approved from 2011-01-01 on. */
export const NOISE_ZONES = ["0", "1", "2", "3", "4a", "4b"] as const;

export type NoiseZone = (typeof NOISE_ZONES)[number];

/** Table 1, dB(A), inclusive. */
const TABLE_1: Readonly<Record<NoiseZone, Readonly<Record<NoisePart, string>>>> = {
  "0": { day: "50", night: "40" },
  "1": { day: "55", night: "45" },
  "2": { day: "60", night: "50" },
  "3": { day: "65", night: "55" },
  "4a": { day: "70", night: "55" },
  "4b": { day: "70", night: "60" },
};

/** Zone 4b of railways older than 2011 that pass through towns: background without trains, dB(A). @source cl. 5.3 */
const OLD_RAILWAY: Readonly<Record<NoisePart, string>> = { day: "70", night: "55" };

/** What a single noise at night may exceed the night limit by, dB(A). @source cl. 5.4 */
const SUDDEN_NOISE = exact(15);

export type NoiseVerdict = {
  /** dB(A) */
  readonly limit: Exact;
  /** The level as it was compared, rounded by policy `noiseCompare`. */
  readonly compared: Exact;
  readonly meets: boolean;
  /** dB above the limit; 0 when it is met. Noise has no multiples. */
  readonly excess: Exact;
};

export type NoiseCompare = "one_decimal" | "integer" | "full";

/** The zone of a text such as `4a`, `4A类`, `2类`; `undefined` for any other, also for a bare `4`. */
export function parseNoiseZone(text: string): NoiseZone | undefined {
  const bare = text
    .trim()
    .toLowerCase()
    .replace(/类$|类区$/, "");
  return NOISE_ZONES.find((zone) => zone === bare);
}

/**
 * The limit of a zone, dB(A).
 * @param railway zone 4b only: `before-2011` for older railways through towns, where the background is held to 70/55
 * @source GB 3096-2008 table 1; older railways cl. 5.3
 */
export function noiseLimit(
  zone: NoiseZone,
  part: NoisePart,
  railway: "from-2011" | "before-2011" = "from-2011",
): Exact {
  return exact(zone === "4b" && railway === "before-2011" ? OLD_RAILWAY[part] : TABLE_1[zone][part]);
}

/**
 * Holds a day or night level against its zone's limit; the limit itself meets.
 * @param level Ld or Ln, dB(A), unrounded
 * @param how policy `noiseCompare`: rounding before the comparison; with whole decibels 55.4 passes 55
 * @source GB 3096-2008 table 1
 */
export function judgeNoise(zone: NoiseZone, part: NoisePart, level: Exact, how: NoiseCompare): NoiseVerdict {
  return against(noiseLimit(zone, part), level, how);
}

/**
 * Holds the loudest sudden noise of a night against the night limit + 15 dB(A).
 * @param lmax maximum level, dB(A)
 * @source GB 3096-2008 cl. 5.4
 */
export function judgeNightMaximum(zone: NoiseZone, lmax: Exact, how: NoiseCompare): NoiseVerdict {
  return against(add(noiseLimit(zone, "night"), SUDDEN_NOISE), lmax, how);
}

/** A level as it meets a limit under policy `noiseCompare`, dB(A). @source GB/T 8170; which decimals: policy */
export function comparedLevel(level: Exact, how: NoiseCompare): Exact {
  if (how === "full") return level;
  return roundHalfEven(level, how === "integer" ? 0 : 1);
}

function against(limit: Exact, level: Exact, how: NoiseCompare): NoiseVerdict {
  const compared = comparedLevel(level, how);
  const meets = compare(compared, limit) <= 0;
  return { limit, compared, meets, excess: meets ? exact(0) : subtract(compared, limit) };
}
