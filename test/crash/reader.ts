/** Readers beside the writer: a page's question, over and over; every answer must be that of one level, never a mixture. */
import { askStatistics, statJson } from "../../src/analysis/stat-answer.ts";
import { statIndicator } from "../../src/analysis/stat-indicators.ts";
import { parsePeriod } from "../../src/domain/period.ts";
import { placeFinder, requirePlace } from "../../src/domain/place-finder.ts";
import { parseDay } from "../../src/domain/time.ts";
import { DEFAULT_POLICIES } from "../../src/standards/policy.ts";
import type { Store } from "../../src/store/port.ts";
import type { Victim } from "./process.ts";
import { STATIONS } from "./source-files.ts";

const PERIOD = "2015-03";
const READERS = 2;

export type Reader = { readonly stop: () => Promise<void>; readonly faults: () => readonly string[] };

/** Starts reading once the victim serves. @param answers one for each level */
export async function reader(running: Victim, answers: readonly string[]): Promise<Reader> {
  await running.hears(({ what }) => what === "serving");
  const serving = running.said.find((said) => said.what === "serving");
  const faults: string[] = [];
  let stopped = false;
  const read = async (): Promise<void> => {
    if (serving?.what !== "serving") return;
    const query = new URLSearchParams({ indicator: "pm25", period: PERIOD });
    for (const code of STATIONS) query.append("place", code);
    while (!stopped) {
      let text: string;
      let status: number;
      try {
        const answer = await fetch(new URL(`api/v1/statistics?${query}`, serving.url));
        status = answer.status;
        text = await answer.text();
      } catch {
        // The server was killed: no answer is no wrong answer.
        return;
      }
      const said = status === 200 ? figures(JSON.parse(text) as readonly Figure[]) : `${status} ${text}`;
      if (!answers.includes(said)) faults.push(`a reader was told ${said}`);
    }
  };
  const readers = Array.from({ length: READERS }, read);
  return {
    faults: () => faults,
    stop: async () => {
      stopped = true;
      await Promise.all(readers);
    },
  };
}

type Figure = { readonly value?: unknown; readonly n?: unknown };

const figures = (all: readonly Figure[]): string => JSON.stringify(all.map(({ value, n }) => [value ?? null, n]));

/** The answer a store of one level gives. */
export async function askReference(store: Store): Promise<string> {
  const finder = placeFinder(await store.places());
  const all = await askStatistics(store, {
    indicator: statIndicator("pm25"),
    period: parsePeriod(PERIOD),
    places: STATIONS.map((code) => requirePlace(finder, code)),
    policies: DEFAULT_POLICIES,
    today: parseDay("2026-11-24"),
  });
  return figures(all.map((one) => statJson(one) as Figure));
}
