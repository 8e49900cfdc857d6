/** Kill −9 at random moments of everything that writes (`npm run crash` does a thousand). */
import { describe, expect, it } from "vitest";
import { hasInfluxd } from "../influx/server.ts";
import { crashCampaign } from "./rounds.ts";

const ROUNDS = 50;
const LONGEST_MS = 1_800_000;

describe("A process killed with −9", () => {
  it(
    `leaves a clean store with everything acknowledged, its last step done whole or not at all, ${ROUNDS} times`,
    async () => {
      const lanes = ["store", "large", "migrate", ...(hasInfluxd ? (["influx"] as const) : [])] as const;
      const rounds = await crashCampaign({ rounds: ROUNDS, lanes });
      expect(rounds.filter(({ wrong }) => wrong.length > 0)).toEqual([]);
      expect(rounds).toHaveLength(ROUNDS);
      expect(rounds.filter(({ killed }) => killed !== "nobody").length).toBeGreaterThan(ROUNDS / 2);
    },
    LONGEST_MS,
  );
});
