/** The key a reading of a period is kept under. */
import type { Period } from "../src/domain/period.ts";
import type { Span } from "../src/domain/reading.ts";
import { dayNumber, dayParts, dayStart } from "../src/domain/time.ts";

/**
 * Start (UTC ms) and span. A cumulative value is keyed by the start of its last month, and must run from January: one
 * that does not is `undefined`.
 */
export function periodKey(period: Period): { readonly start: number; readonly span: Span } | undefined {
  if (period.kind !== "cumulative") return { start: dayStart(period.first), span: period.kind };
  if (dayParts(period.first).month !== 1) return undefined;
  const { year, month } = dayParts(period.last);
  return { start: dayStart(dayNumber(year, month, 1) ?? period.first), span: "cumulative" };
}
