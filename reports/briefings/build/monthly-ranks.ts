/** The rank of every township in every month of the year to date. */
import { statIndicator } from "../../../src/analysis/stat-indicators.ts";
import { monthsIn, type Period } from "../../../src/domain/period.ts";
import type { Place } from "../../../src/domain/place.ts";
import { type DayNumber, dayParts } from "../../../src/domain/time.ts";
import type { MonthlyRanks } from "../township-data.ts";
import type { CityLists } from "./city-rankings.ts";
import type { Cuts } from "./cuts.ts";

type MonthList = { readonly month: string; readonly n: number; readonly rankOf: ReadonlyMap<number, number> };

export type CityMonths = {
  readonly zh: string;
  readonly worst: number | undefined;
  readonly months: readonly MonthList[];
};

/** The months of `toDate` that have begun on `today`. */
export async function cityMonths(
  lists: CityLists,
  code: string,
  toDate: Period,
  { cuts, today }: { readonly cuts: Cuts; readonly today: DayNumber },
): Promise<CityMonths> {
  const spans = monthsIn(toDate).filter(({ first }) => first <= today);
  const months: MonthList[] = [];
  for (const period of spans) {
    const { rows, n } = await lists(code, period);
    const rankOf = new Map(rows.map(({ item, rank }) => [item.place.id, rank]));
    months.push({ month: `${dayParts(period.first).month}月`, n, rankOf });
  }
  const last = spans.at(-1);
  return { zh: statIndicator(code).zh, worst: last === undefined ? undefined : cuts(code, last), months };
}

/** One township's line of it. */
export function monthlyOf({ zh, worst, months }: CityMonths, township: Place): MonthlyRanks {
  return {
    zh,
    n: Math.max(0, ...months.map((one) => one.n)),
    ...(worst === undefined ? {} : { worst }),
    months: months.map(({ month, rankOf }) => {
      const rank = rankOf.get(township.id);
      return rank === undefined ? { month } : { month, rank };
    }),
  };
}
