/**
 * Kills influxd or duibiao at random moments of ingest, undo and copy, and checks the store each time.
 *
 * Why: CI does 5 rounds; before a release 20 and more are wanted. Reads nothing, writes only temporary folders.
 * Run: npx tsx scripts/crash-influx.ts [rounds]
 */
import { crashRounds } from "../test/influx/crash-rounds.ts";

const DEFAULT_ROUNDS = 20;
const rounds = Number(process.argv[2] ?? DEFAULT_ROUNDS);
const done = await crashRounds(rounds, Math.random, (line) => process.stdout.write(`${line}\n`));
for (const command of ["ingest", "undo", "copy"]) {
  for (const victim of ["duibiao", "influxd"]) {
    const these = done.filter((round) => round.command === command && round.victim === victim);
    const after = these.filter(({ outcome }) => outcome === "after").length;
    process.stdout.write(
      `${command}, ${victim} killed: ${these.length} (${after} after, ${these.length - after} before)\n`,
    );
  }
}
process.stdout.write(`${done.length} rounds, none between\n`);
