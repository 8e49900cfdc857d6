/** Judged targets as rows of the briefing. */

import { COUNT_INDICATORS, type CountIndicator } from "../../../src/analysis/day-counts.ts";
import type { TargetRow } from "../../../src/analysis/target-rows.ts";
import type { Exact } from "../../../src/domain/exact.ts";
import { findIndicator } from "../../../src/domain/indicator.ts";
import { COMPARATOR_ZH, type Target } from "../../../src/domain/plan.ts";
import { decimalText } from "../../../src/standards/gbt8170.ts";
import type { Figure, StandingRow } from "../district-data.ts";
import { tight } from "./figures.ts";

/** Comparators with one number to stay under or to reach. */
const BOUNDS: ReadonlySet<string> = new Set(["<=", "<", ">=", ">"]);

/** Decimals of a figure no indicator speaks for. */
const OTHER_DECIMALS = 2;

/** @param needed what the rest of the year must hold, in words, by target id; from the outlook, where there is one */
export function standingRows(
  rows: readonly TargetRow[],
  needed: ReadonlyMap<string, string> = new Map(),
): readonly StandingRow[] {
  return rows.map(({ target, evidence, verdict }): StandingRow => {
    const decimals = decimalsOf(target);
    const { low, high } = evidence ?? {};
    const bounded =
      low !== undefined && high !== undefined && decimalText(low, decimals) !== decimalText(high, decimals);
    const pace = needed.get(target.id);
    const restated = rows.find((one) => one.target.id === target.restates)?.target;
    return {
      id: target.id,
      zh: target.metric,
      unit: target.unit,
      target: limitZh(target),
      ...(BOUNDS.has(target.comparator) && target.value !== undefined ? { limit: target.value } : {}),
      toDate: figureOf(evidence, decimals, verdict.reason),
      ...(bounded ? { low: decimalText(low, decimals), high: decimalText(high, decimals) } : {}),
      ...(pace === undefined ? {} : { needed: pace }),
      standing: verdict.standing,
      ...(verdict.reason === undefined ? {} : { reason: tight(verdict.reason) }),
      firmness: target.firmness,
      ...(restated === undefined ? {} : { restates: restated.metric }),
    };
  });
}

/** `≤ 33`, `4—6`; a direction is its word alone. */
export function limitZh({ comparator, value, upper }: Target): string {
  if (value === undefined) return COMPARATOR_ZH[comparator];
  if (comparator === "not_in_worst") return `不进后${value}名`;
  if (comparator === "not_n_months_running") return `不连续${value}个月`;
  if (upper !== undefined) return `${value}—${upper}`;
  return `${COMPARATOR_ZH[comparator]} ${value}`;
}

function figureOf(evidence: TargetRow["evidence"], decimals: number, reason: string | undefined): Figure {
  const value: Exact | undefined = evidence?.value;
  if (value !== undefined && evidence?.valid === true) return { value: decimalText(value, decimals) };
  return { reason: tight(evidence?.reason ?? reason ?? "没有数据") };
}

function decimalsOf({ indicator }: Target): number {
  if (indicator === undefined) return OTHER_DECIMALS;
  if (Object.hasOwn(COUNT_INDICATORS, indicator)) return COUNT_INDICATORS[indicator as CountIndicator].decimals;
  return findIndicator(indicator)?.decimals ?? OTHER_DECIMALS;
}
