/** What endpoints ask analysis with, from what came in. */
import { dailyAt, parseMoment } from "../../analysis/as-of.ts";
import { statIndicator } from "../../analysis/stat-indicators.ts";
import { type Period, parsePeriod } from "../../domain/period.ts";
import type { Place } from "../../domain/place.ts";
import { placeFinder, requirePlace } from "../../domain/place-finder.ts";
import { type Policies, parsePolicies } from "../../standards/policy.ts";
import type { Ask } from "../route.ts";

export function placeNamed({ facts }: Ask, text: string): Place {
  return requirePlace(placeFinder(facts.places), text, "place");
}

/** The relation with the daily values as they stood at a moment; `daily` itself without one. */
export async function dailyAsOf({ store }: Ask, moment: string | undefined, period: Period): Promise<string> {
  if (moment === undefined) return "daily";
  return await dailyAt(store, await parseMoment(store, moment), period);
}

export async function statQuestion(
  ask: Ask,
  asked: {
    readonly indicator: string;
    readonly period: string;
    readonly statistic?: string | undefined;
    readonly edition?: "2012" | "2026" | undefined;
    readonly policy?: readonly string[] | undefined;
    readonly asOf?: string | undefined;
  },
) {
  const period = parsePeriod(asked.period);
  const policies: Policies = parsePolicies(asked.policy ?? []);
  return {
    indicator: statIndicator(asked.indicator),
    period,
    statistic: asked.statistic as undefined,
    edition: asked.edition,
    policies,
    today: ask.today,
    daily: await dailyAsOf(ask, asked.asOf, period),
  };
}
