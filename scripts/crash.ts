/**
 * `npm run crash`: kill −9 at random moments, a thousand times unless a number is given, and what came of each.
 *
 * Why: CI does few rounds; before a release many are wanted. Reads nothing, writes only temporary folders; a store that
 * did not survive is kept in the folder named at the end.
 * Run: npx tsx scripts/crash.ts [rounds] [lane,lane…]   (lanes: store, migrate, influx, serve)
 */
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { LANES } from "../test/crash/lanes.ts";
import { crashCampaign } from "../test/crash/rounds.ts";
import { crashTable } from "../test/crash/tally.ts";
import { hasInfluxd } from "../test/influx/server.ts";

const DEFAULT_ROUNDS = 1000;
const EVERY = 50;

const [given, named] = process.argv.slice(2);
const lanes = LANES.map(({ name }) => name).filter(
  (name) => named?.split(",").includes(name) ?? (name !== "influx" || hasInfluxd),
);
const keep = join(mkdtempSync(join(tmpdir(), "crash-kept-")), "store");
const from = Date.now();
const stopping = new AbortController();
// An impatient reader gets the table of what was done so far.
process.once("SIGINT", () => stopping.abort());
const rounds = await crashCampaign({
  rounds: Number(given ?? DEFAULT_ROUNDS),
  lanes,
  keep,
  stop: stopping.signal,
  report: (_, number) => {
    if (number % EVERY === 0) process.stderr.write(`${number} rounds, ${Math.round((Date.now() - from) / 1000)} s\n`);
  },
});
process.stdout.write(`${crashTable(rounds)}\n${Math.round((Date.now() - from) / 1000)} s; none between\n`);
