/** The city's list of townships by an indicator and a span, asked once however many parts of a briefing read it. */
import { type Ranking, rankPlaces } from "../../../src/analysis/rank.ts";
import { statIndicator } from "../../../src/analysis/stat-indicators.ts";
import type { Period } from "../../../src/domain/period.ts";
import { cityOf } from "./city.ts";
import type { DistrictQuestion } from "./question.ts";

/** Worst first. */
export type CityLists = (code: string, period: Period) => Promise<Ranking>;

export function cityLists({ store, place, policies, today }: DistrictQuestion): CityLists {
  const asked = new Map<string, Promise<Ranking>>();
  const ask = async (code: string, period: Period): Promise<Ranking> =>
    await rankPlaces(store, {
      indicator: statIndicator(code),
      among: cityOf(await store.places(), place),
      kind: "township",
      order: "worst",
      period,
      policies,
      today,
    });
  return (code, period) => {
    const key = `${code} ${period.text}`;
    const found = asked.get(key) ?? ask(code, period);
    asked.set(key, found);
    return found;
  };
}
