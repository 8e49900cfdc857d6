/** Everything a statistic can be asked of: the measured indicators, and those computed from days. */
import { fault } from "../domain/faults.ts";
import { findIndicator, INDICATORS, type Indicator } from "../domain/indicator.ts";
import { COUNT_INDICATORS, type CountIndicator } from "./day-counts.ts";
import { NOISE_INDICATORS, type NoiseIndicator } from "./noise-answer.ts";
import { WATER_INDICATORS, type WaterIndicator } from "./water-answer.ts";

export type StatIndicator =
  | { readonly kind: "measured"; readonly code: string; readonly zh: string; readonly indicator: Indicator }
  | { readonly kind: "count"; readonly code: CountIndicator; readonly zh: string }
  | { readonly kind: "aqi"; readonly code: "aqi"; readonly zh: string }
  | { readonly kind: "composite"; readonly code: "composite_index"; readonly zh: string }
  | { readonly kind: "water"; readonly code: WaterIndicator; readonly zh: string }
  | { readonly kind: "noise"; readonly code: NoiseIndicator; readonly zh: string };

/** @throws Fault `indicator.unknown` with the known codes */
export function statIndicator(text: string): StatIndicator {
  const code = text.trim().toLowerCase();
  if (code === "aqi") return { kind: "aqi", code, zh: "AQI" };
  if (code === "composite_index") return { kind: "composite", code, zh: "环境空气质量综合指数" };
  if (Object.hasOwn(COUNT_INDICATORS, code)) {
    const count = code as CountIndicator;
    return { kind: "count", code: count, zh: COUNT_INDICATORS[count].zh };
  }
  if (Object.hasOwn(WATER_INDICATORS, code)) {
    const water = code as WaterIndicator;
    return { kind: "water", code: water, zh: WATER_INDICATORS[water].zh };
  }
  if (Object.hasOwn(NOISE_INDICATORS, code)) {
    const noise = code as NoiseIndicator;
    return { kind: "noise", code: noise, zh: NOISE_INDICATORS[noise].zh };
  }
  const indicator = findIndicator(text);
  if (indicator !== undefined) return { kind: "measured", code: indicator.code, zh: indicator.zh, indicator };
  const computed = [COUNT_INDICATORS, WATER_INDICATORS, NOISE_INDICATORS].flatMap((list) => Object.keys(list));
  const known = [...INDICATORS.map((one) => one.code), "aqi", "composite_index", ...computed];
  throw fault("indicator.unknown", { given: text, known: known.join(" ") });
}
