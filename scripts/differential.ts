/**
 * `npm run differential [n]`: plays n random sequences (1,000 unless told) of ingests, corrections, re-ingests and undos
 * and holds every daily value, now and as of each batch, against a model that is worked out anew each time.
 *
 * The same sequences as in `test/analysis/late-data.test.ts`, only more of them: too many for every run of the tests.
 */
import { examine } from "../src/analysis/doctor.ts";
import { LATE_SEEDS, playSequence } from "../test/analysis/late-sequence.ts";
import { temporaryStore } from "../test/store-fixture.ts";

const USUAL = 1000;
/** Sequences a store takes before a new one is made: its days must not run beyond the calendar it accepts, and each tells how far it is. */
const PER_STORE = 50;

const wanted = Number(process.argv[2] ?? USUAL);
let failed = 0;
for (let from = 0; from < wanted; from += PER_STORE) {
  const { store, dir, remove } = await temporaryStore(LATE_SEEDS);
  for (let k = from; k < Math.min(wanted, from + PER_STORE); k++) {
    const problem = await playSequence(store, dir, k);
    if (problem !== undefined) {
      failed++;
      console.error(problem);
    }
  }
  for (const finding of await examine(store)) {
    if (finding.ok) continue;
    failed++;
    console.error(`${finding.zh}: ${finding.detail}`);
  }
  await remove();
  console.log(`${Math.min(wanted, from + PER_STORE)} of ${wanted} sequences, ${failed} problems`);
}
process.exitCode = failed === 0 ? 0 : 1;
