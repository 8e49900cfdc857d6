/** What each side of the headline job hands back, and when two of them are the same result. */
import type { StatisticName } from "../../src/analysis/statistic.ts";
import type { HeadlineItem } from "./data.ts";

/** `checks`: item → days that count, sum of their values, sum of annual means, sum of annual percentiles. */
export type PeerResult = {
  readonly version: string;
  readonly loadMs: number;
  readonly jobMs: number;
  readonly memoryMb: number;
  readonly checks: Readonly<Record<string, readonly number[]>>;
};

export const PERCENTILES: Readonly<Record<HeadlineItem, { readonly name: StatisticName; readonly share: number }>> = {
  pm25: { name: "p95", share: 0.95 },
  pm10: { name: "p95", share: 0.95 },
  so2: { name: "p98", share: 0.98 },
  no2: { name: "p98", share: 0.98 },
  co: { name: "p95", share: 0.95 },
  o3: { name: "p90", share: 0.9 },
};

/** The others compute in floating point: sums of many thousand values agree to this part, not to the last bit. */
const RELATIVE = 1e-9;

/** The first check that differs, or nothing. What the other side left out is not compared. */
export function difference(ours: PeerResult, theirs: PeerResult): string | undefined {
  for (const [item, values] of Object.entries(theirs.checks)) {
    for (const [k, value] of values.entries()) {
      const own = ours.checks[item]?.[k] ?? Number.NaN;
      if (!(Math.abs(own - value) <= RELATIVE * Math.max(1, Math.abs(own))))
        return `${item}[${k}]: ${own} and ${value}`;
    }
  }
  return undefined;
}
