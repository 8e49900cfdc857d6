/** Kill −9 of influxd and of duibiao at random moments (`scripts/crash-influx.ts` does as many as asked). */
import { describe, expect, it } from "vitest";
import { crashRounds } from "./crash-rounds.ts";
import { hasInfluxd } from "./server.ts";

const ROUNDS = 5;
const LONGEST_MS = 600_000;

describe.skipIf(!hasInfluxd)("Killing influxd or duibiao in the middle", () => {
  it(
    "leaves a clean store that is before or after, never between",
    async () => {
      const rounds = await crashRounds(ROUNDS, Math.random);
      expect(rounds).toHaveLength(ROUNDS);
    },
    LONGEST_MS,
  );
});
