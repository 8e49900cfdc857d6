/** How a target and its figure are written: `≥ 47,500`, `33.6`, what is still needed. */
import { wantedText } from "../../analysis/tally-duty.ts";
import type { TargetRow } from "../../analysis/target-rows.ts";
import type { Exact } from "../../domain/exact.ts";
import { COMPARATOR_ZH, PLAN_AREA_ZH, type Target } from "../../domain/plan.ts";
import { planValue } from "../../domain/plan-value.ts";
import { figure } from "./numbers.ts";

/** Decimals a figure of a target is shown with: one more than its limit is printed with, at most two. */
export function decimalsOf({ value }: Target): number {
  if (value === undefined || value.includes("/")) return 1;
  const printed = value.split(".")[1]?.length ?? 0;
  return Math.min(2, printed + 1);
}

/** `≤ 33`, `上升`; the unit stands elsewhere. */
export function wanted(target: Target): string {
  const { comparator, value, upper } = target;
  if (value === undefined || !/^\d/.test(value)) return wantedText(target);
  const number = value.includes("/") ? value : grouped(value);
  return comparator === "range" ? `${number}–${upper}` : `${COMPARATOR_ZH[comparator]} ${number}`;
}

function grouped(value: string): string {
  return figure(planValue(value), value.split(".")[1]?.length ?? 0);
}

/** The figure so far, or —. */
export function soFar({ evidence, target }: TargetRow): string {
  return evidence?.value === undefined ? "—" : targetFigure(evidence.value, target);
}

/** Whole numbers stay whole. */
export function targetFigure(value: Exact, target: Target): string {
  const counted = target.decidedBy !== "reading" || /_days$/.test(target.indicator ?? "");
  return figure(value, value.num % value.den === 0n && counted ? 0 : decimalsOf(target));
}

/** `蓝天 1.1　µg/m³` */
export function under({ area, item, unit }: Target): string {
  return `${PLAN_AREA_ZH[area]} ${item}${unit === "" ? "" : `　${unit}`}`;
}

/** Lead and main units, or —. */
export function responsible({ lead, main }: Target): string {
  const all = [...new Set([...lead, ...main])];
  return all.length === 0 ? "—" : all.slice(0, 2).join("、") + (all.length > 2 ? ` 等 ${all.length} 个` : "");
}
