/**
 * `npm run faults [rounds] [seed] [step,step…]`: commands, and a server that is asked for things, on a disk that refuses a call,
 * and what came of each.
 *
 * Why: a full disk and a dying one are told apart from a crash only by whether the program says so. Needs strace and
 * leave to trace (a container may forbid it). Reads nothing, writes only temporary folders. Ends with 1 when a promise
 * was broken, and goes on after one: each is told with the call that broke it.
 */
import { ALL_STEPS, faultCampaign } from "../test/crash/fault-campaign.ts";
import type { AnyStep } from "../test/crash/fault-round.ts";
import { canTrace } from "../test/crash/strace.ts";

const DEFAULT_ROUNDS = 120;

const [given, seedGiven, named] = process.argv.slice(2);
if (!canTrace()) {
  process.stderr.write("strace is not there, or may not trace\n");
  process.exit(2);
}
const seed = Number(seedGiven ?? Math.floor(Math.random() * 1_000_000));
const steps = ALL_STEPS.filter((step) => named?.split(",").includes(step) ?? true);
const stopping = new AbortController();
process.once("SIGINT", () => stopping.abort());
process.stdout.write(`seed ${seed}\n`);
const from = Date.now();
const rounds = await faultCampaign({
  rounds: Number(given ?? DEFAULT_ROUNDS),
  steps,
  seed,
  stop: stopping.signal,
  report: ({ step, injection: { call, error, nth, onwards }, struck, outcome, wrong }, number) => {
    const where = `${number} ${step}: ${call.name} ${call.path.split("/").slice(-2).join("/")}, ${error} at ${nth}${onwards ? " and on" : ""}`;
    if (wrong.length > 0) process.stderr.write(`BROKEN ${where}: ${wrong.join("; ")}\n`);
    else if (process.env["DUIBIAO_DEBUG"] === "1")
      process.stderr.write(`${where}: ${struck ? outcome : "not reached"}\n`);
  },
});
for (const step of steps) {
  const these = rounds.filter((round: { readonly step: AnyStep }) => round.step === step);
  const struck = these.filter((round) => round.struck);
  const told = struck.filter(({ outcome }) => outcome === "told");
  process.stdout.write(
    `${step.padEnd(16)} ${struck.length} struck of ${these.length}: ${told.length} told (${told.filter(({ after }) => after).length} of them after), ${struck.length - told.length} done all the same\n`,
  );
}
const broken = rounds.filter(({ wrong }) => wrong.length > 0).length;
process.stdout.write(
  `${rounds.length} rounds, ${Math.round((Date.now() - from) / 1000)} s; ${broken} broken (seed ${seed})\n`,
);
process.exitCode = broken === 0 ? 0 : 1;
