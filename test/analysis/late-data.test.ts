import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { examine } from "../../src/analysis/doctor.ts";
import { type TemporaryStore, temporaryStore } from "../store-fixture.ts";
import { LATE_SEEDS, playSequence } from "./late-sequence.ts";

const SEQUENCES = 50;
const AT_A_TIME = 5;

describe("late data", () => {
  let fixture: TemporaryStore;
  beforeAll(async () => {
    fixture = await temporaryStore(LATE_SEEDS);
  });
  afterAll(() => fixture.remove());

  it.each(Array.from({ length: SEQUENCES / AT_A_TIME }, (_, k) => k * AT_A_TIME))(
    "leaves the daily values a full recompute gives, now and as of each batch, in five sequences from number %i",
    async (from) => {
      for (let k = from; k < from + AT_A_TIME; k++) {
        expect(await playSequence(fixture.store, fixture.dir, k)).toBeUndefined();
      }
    },
  );
  it("leaves a store without a finding", async () => {
    expect((await examine(fixture.store)).filter((one) => !one.ok)).toEqual([]);
  });
});
