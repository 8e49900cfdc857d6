/** Rows of duibiao's own exchange form, marked as simulated. */
import { type IndicatorCode, indicatorOf } from "../../src/domain/indicator.ts";
import { SIMULATED_MARK } from "../../src/domain/simulated.ts";

export const EXCHANGE_HEADER = `place,period,indicator,value,unit,${SIMULATED_MARK}`;

/** One line: a place's code, a period T, a value in the indicator's own unit. */
export function exchangeRow(place: string, period: string, indicator: IndicatorCode, value: number | string): string {
  return `${place},${period},${indicator},${value},${indicatorOf(indicator).unit},`;
}
