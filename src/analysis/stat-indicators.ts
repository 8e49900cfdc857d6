/** Everything a statistic can be asked of: the measured indicators, and those computed from days. */
import { fault } from "../domain/faults.ts";
import { findIndicator, INDICATORS, type Indicator } from "../domain/indicator.ts";
import { COUNT_INDICATORS, type CountIndicator } from "./day-counts.ts";

export type StatIndicator =
  | { readonly kind: "measured"; readonly code: string; readonly zh: string; readonly indicator: Indicator }
  | { readonly kind: "count"; readonly code: CountIndicator; readonly zh: string }
  | { readonly kind: "aqi"; readonly code: "aqi"; readonly zh: string }
  | { readonly kind: "composite"; readonly code: "composite_index"; readonly zh: string };

/** @throws Fault `indicator.unknown` with the known codes */
export function statIndicator(text: string): StatIndicator {
  const code = text.trim().toLowerCase();
  if (code === "aqi") return { kind: "aqi", code, zh: "AQI" };
  if (code === "composite_index") return { kind: "composite", code, zh: "环境空气质量综合指数" };
  if (Object.hasOwn(COUNT_INDICATORS, code)) {
    const count = code as CountIndicator;
    return { kind: "count", code: count, zh: COUNT_INDICATORS[count].zh };
  }
  const indicator = findIndicator(text);
  if (indicator !== undefined) return { kind: "measured", code: indicator.code, zh: indicator.zh, indicator };
  const known = [...INDICATORS.map((one) => one.code), "aqi", "composite_index", ...Object.keys(COUNT_INDICATORS)];
  throw fault("indicator.unknown", { given: text, known: known.join(" ") });
}
