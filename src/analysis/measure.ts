/** Daily measures: which number of a day a statistic is made of, and how it stands in the `daily` table. */
import { lcmUpTo } from "../domain/exact.ts";
import type { Indicator } from "../domain/indicator.ts";
import { SPANS } from "../domain/reading.ts";
import { DAY_MIN_HOURS } from "../standards/gb3095-validity.ts";
import type { Policies } from "../standards/policy.ts";
import { MDA8_DENOMINATOR } from "./daily.ts";

export type DayMeasure = "mean" | "max1h" | "mda8";

/** Hours of a day: a daily mean is a whole multiple of one over the least common multiple of 1 … 24. */
const MEAN_DENOMINATOR = lcmUpTo(24);

/** SQL over a row of `daily`: the value times `denominator`, and whether it counts. */
export type MeasureSql = { readonly value: string; readonly valid: string; readonly denominator: bigint };

type HourPolicies = Pick<Policies, "tspDayHours" | "o3HourMinimum">;

export function measureSql(measure: DayMeasure, policies: HourPolicies): MeasureSql {
  switch (measure) {
    case "mean":
      return {
        value: `d.total * (${MEAN_DENOMINATOR} // d.n)`,
        valid: `(d.span = ${SPANS.day} OR d.n >= CASE d.indicator WHEN 7 THEN ${policies.tspDayHours} ELSE ${DAY_MIN_HOURS} END)`,
        denominator: MEAN_DENOMINATOR,
      };
    case "max1h":
      return {
        value: "CAST(d.max AS DECIMAL(38,8))",
        valid: `(d.span = ${SPANS.hour} AND d.n >= ${policies.o3HourMinimum})`,
        denominator: 1n,
      };
    case "mda8":
      return { value: "d.mda8", valid: "coalesce(d.mda8_valid, false)", denominator: MDA8_DENOMINATOR };
  }
}

/** Hours a day's mean of an indicator needs. */
export function neededHours(indicator: Indicator, policies: HourPolicies): number {
  return indicator.code === "tsp" ? policies.tspDayHours : DAY_MIN_HOURS;
}
