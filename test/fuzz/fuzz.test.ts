import { describe, expect, it } from "vitest";
import { fuzz, fuzzOne } from "./run.ts";

describe("Mutated files of every format", () => {
  it("never crash, always add up, and leave untouched rows as they were: 20,000 rows", async () => {
    expect(await fuzz(20_241_105, 20_000)).toBeGreaterThanOrEqual(20_000);
  }, 900_000);

  /** Seeds that once failed, with what went wrong. */
  it.each<readonly [number, string]>([])("of seed %i no longer fail: %s", async (seed) => {
    expect(await fuzzOne(seed, 2000)).toBeGreaterThan(0);
  });
});
