/** What the ranking page and its exports show: the city's ranking of a period, the one before, and what is wanted of it. */
import { placesBelow, type Ranking, rankPlaces } from "../../analysis/rank.ts";
import { type PublishedBeside, publishedBeside } from "../../analysis/rank-published.ts";
import type { Ranked } from "../../analysis/ranking.ts";
import type { StatAnswer } from "../../analysis/stat-answer.ts";
import { type StatIndicator, statIndicator } from "../../analysis/stat-indicators.ts";
import { fault } from "../../domain/faults.ts";
import { type Period, parsePeriod } from "../../domain/period.ts";
import type { Place } from "../../domain/place.ts";
import { placeFinder, requirePlace } from "../../domain/place-finder.ts";
import type { DayNumber } from "../../domain/time.ts";
import { DEFAULT_POLICIES } from "../../standards/policy.ts";
import { seesIndicator } from "../access/sight.ts";
import { oneOf } from "../query.ts";
import type { Ask } from "../route.ts";
import { lastMonth, shifted } from "./periods.ts";

export const ONLY = { all: "全部", worst30: "在后30名", near: "距线 3 以内", worse: "名次变差" } as const;

export const RANK_INDICATORS = ["tsp", "pm25"] as const;

/** Where the plan's targets draw the lines. */
export const CUTS = { outer: 30, inner: 10 } as const;
/** So near to the line that the next period may cross it. */
const NEAR_STEPS = 3;

/** The rank that counts: the published one where somebody published the list, else our own. */
export type Counted = {
  readonly rank: number;
  readonly by: "published" | "computed";
  /** Whether others hold the same rank in the same list. */
  readonly tied: boolean;
  /** Our rank, where it says something else than the one that counts. */
  readonly otherwise: number | undefined;
};

export type RankView = {
  readonly indicator: StatIndicator;
  readonly period: Period;
  /** The last day that is over. */
  readonly today: DayNumber;
  readonly among: Place;
  readonly only: keyof typeof ONLY;
  readonly name: string | undefined;
  readonly ranking: Ranking;
  readonly before: Period | undefined;
  readonly ranksBefore: ReadonlyMap<number, number>;
  /** Who published a list of the period, if anybody did. */
  readonly published: PublishedBeside | undefined;
  readonly countedOf: (row: Ranked<StatAnswer>) => Counted;
  /** The rows wanted, by the rank that counts. */
  readonly rows: readonly Ranked<StatAnswer>[];
  readonly missing: readonly StatAnswer[];
  /** Townships of the home district that never had a reading of the indicator. */
  readonly never: readonly Place[];
  /** The rounded value of the place at each line, if so many are ranked. */
  readonly lines: { readonly outer: Ranked<StatAnswer> | undefined; readonly inner: Ranked<StatAnswer> | undefined };
};

export async function rankView(ask: Ask): Promise<RankView> {
  const { query, facts, today } = ask;
  const indicator = statIndicator(query.get("indicator") ?? "tsp");
  if (!seesIndicator(ask.actor, indicator.code)) throw fault("access.denied");
  const period = parsePeriod(query.get("period") ?? lastMonth(facts.lastTownshipDay ?? today).text);
  const finder = placeFinder(facts.places);
  const amongText = query.get("among");
  const among =
    amongText === undefined ? facts.home : amongText === "city" ? facts.city : requirePlace(finder, amongText, "among");
  const only = oneOf(query, "only", Object.keys(ONLY) as (keyof typeof ONLY)[], "all");
  const name = query.get("place");
  const ranking = await cityRanking(ask, indicator, period);
  const before = shifted(period, -1);
  const ranksBefore = new Map(
    before === undefined
      ? []
      : (await cityRanking(ask, indicator, before)).rows.map((row) => [row.item.place.id, row.fromWorst] as const),
  );
  const at = (cut: number) => ranking.rows.findLast((row) => row.fromWorst <= cut);
  const lines = {
    outer: ranking.n > CUTS.outer ? at(CUTS.outer) : undefined,
    inner: ranking.n > CUTS.inner ? at(CUTS.inner) : undefined,
  };
  const published = await publishedBeside(ask.store, ranking);
  const countedOf = counter(published);
  const inside = (place: Place): boolean =>
    (among.id === facts.city.id || place.parentId === among.id || place.id === among.id) &&
    (name === undefined || place.name.includes(name) || place.code === name);
  const keeps = (row: Ranked<StatAnswer>): boolean => {
    switch (only) {
      case "all":
        return true;
      case "worst30":
        return countedOf(row).rank <= CUTS.outer;
      case "near":
        return lines.outer !== undefined && Math.abs(stepsTo(row, lines.outer, ranking.decimals)) <= NEAR_STEPS;
      case "worse": {
        const last = ranksBefore.get(row.item.place.id);
        return last !== undefined && row.fromWorst < last;
      }
    }
  };
  return {
    indicator,
    period,
    today,
    among,
    only,
    name,
    ranking,
    before,
    ranksBefore,
    published,
    countedOf,
    rows: ranking.rows
      .filter((row) => inside(row.item.place) && keeps(row))
      .sort((a, b) => countedOf(a).rank - countedOf(b).rank || a.fromWorst - b.fromWorst),
    missing: ranking.missing.filter((one) => inside(one.place)),
    never: neverSeen(ask, ranking).filter(inside),
    lines,
  };
}

/** A published list of the worst decides: a place it does not print is not among them, whatever we compute. */
function counter(published: PublishedBeside | undefined): RankView["countedOf"] {
  const listed = new Map(
    (published?.rows ?? []).flatMap((one) =>
      one.listed && one.published !== undefined ? [[one.place.id, one.published] as const] : [],
    ),
  );
  const holders = new Map<number, number>();
  for (const rank of listed.values()) holders.set(rank, (holders.get(rank) ?? 0) + 1);
  return ({ fromWorst, tied, item }) => {
    const found = listed.get(item.place.id);
    if (found !== undefined)
      return {
        rank: found,
        by: "published",
        tied: (holders.get(found) ?? 0) > 1,
        otherwise: found === fromWorst ? undefined : fromWorst,
      };
    if (published === undefined || published.list.order !== "worst" || fromWorst > published.list.length)
      return { rank: fromWorst, by: "computed", tied, otherwise: undefined };
    return { rank: Math.max(fromWorst, published.list.length + 1), by: "computed", tied, otherwise: fromWorst };
  };
}

/** The whole city's townships over a period, worst first. */
export async function cityRanking(ask: Ask, indicator: StatIndicator, period: Period): Promise<Ranking> {
  const { context, facts, store, today } = ask;
  return await context.memo(facts.version, `rank ${indicator.code} ${period.text} ${today}`, () =>
    rankPlaces(store, {
      indicator,
      period,
      policies: DEFAULT_POLICIES,
      today,
      among: facts.city,
      kind: "township",
      order: "worst",
    }),
  );
}

function neverSeen({ facts }: Ask, { rows, missing }: Ranking): readonly Place[] {
  const seen = new Set([...rows.map((row) => row.item.place.id), ...missing.map((one) => one.place.id)]);
  return placesBelow(facts.places, facts.home, "township").filter(
    (place) => place.parentId === facts.home.id && !seen.has(place.id),
  );
}

/** How many steps of the last digit a row lies above (positive) or below the line's value. */
export function stepsTo(row: Ranked<StatAnswer>, line: Ranked<StatAnswer>, decimals: number): number {
  const scale = 10n ** BigInt(decimals);
  const steps = ({ rounded }: Ranked<StatAnswer>) => (rounded.num * scale) / rounded.den;
  return Number(steps(row) - steps(line));
}
