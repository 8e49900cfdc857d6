/**
 * `npm run crash`: kill −9 at random moments, a thousand times unless a number is given, and what came of each.
 *
 * Why: CI does few rounds; before a release many are wanted. Reads nothing, writes only temporary folders. After a round
 * that broke a promise it goes on, names seed and round, keeps the store, and ends with 1.
 * Run: npx tsx scripts/crash.ts [rounds] [lane,lane…] [seed]   (lanes: store, large, migrate, influx, serve)
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { LANES } from "../test/crash/lanes.ts";
import { crashCampaign } from "../test/crash/rounds.ts";
import { crashTable } from "../test/crash/tally.ts";
import { hasInfluxd } from "../test/influx/server.ts";

const DEFAULT_ROUNDS = 1000;
const EVERY = 50;
const SEEDS = 1_000_000;

const [given, named, seedGiven] = process.argv.slice(2);
const lanes = LANES.map(({ name }) => name).filter(
  (name) => named?.split(",").includes(name) ?? (name !== "influx" || hasInfluxd),
);
const seed = Number(seedGiven ?? Math.floor(Math.random() * SEEDS));
const keep = mkdtempSync(join(tmpdir(), "crash-kept-"));
const from = Date.now();
const seconds = (): number => Math.round((Date.now() - from) / 1000);
const stopping = new AbortController();
// An impatient reader gets the table of what was done so far.
process.once("SIGINT", () => stopping.abort());
process.stdout.write(`seed ${seed}, lanes ${lanes.join(",")}\n`);
const rounds = await crashCampaign({
  rounds: Number(given ?? DEFAULT_ROUNDS),
  lanes,
  seed,
  keep,
  stop: stopping.signal,
  report: ({ lane, step, wrong }, number) => {
    if (wrong.length > 0)
      process.stdout.write(
        `BROKEN seed ${seed} round ${number - 1}, ${lane} ${step}, kept in ${keep}: ${wrong.join("; ")}\n`,
      );
    if (number % EVERY === 0) process.stderr.write(`${number} rounds, ${seconds()} s\n`);
  },
});
process.stdout.write(`${crashTable(rounds)}; seed ${seed}, ${seconds()} s\n`);
const broken = rounds.some(({ wrong }) => wrong.length > 0);
if (!broken) rmSync(keep, { recursive: true, force: true });
process.exitCode = broken ? 1 : 0;
