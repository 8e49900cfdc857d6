/**
 * A disk that refuses one call, or all from one on: each command that writes is run under `strace`, which answers a call
 * with an error of the disk, drawn from those the command makes on its own files.
 *
 * Afterwards the command must have said so in three lines, or have done its work; the store must open, be clean and hold
 * what it held before or after; a file beside it is whole or not there.
 */
import { rmSync } from "node:fs";
import { join } from "node:path";
import { type FaultLab, type FaultRound, fileFaults, same, toldFaults } from "./fault-round.ts";
import { type FaultStep, faultSteps, type Leaving, leavingOf, type Place } from "./fault-steps.ts";
import { type Call, callsBelow, type Ended, type Injection, traced } from "./strace.ts";

type Known = { readonly calls: readonly Call[]; readonly before: Leaving; readonly after: Leaving };

/** @param dir for everything */
export async function faultLab(dir: string): Promise<FaultLab<FaultStep>> {
  const make = await faultSteps(join(dir, "bases"));
  const known = new Map<FaultStep, Known>();
  const [work, log] = [join(dir, "work"), join(dir, "trace")];
  const fresh = async (step: FaultStep): Promise<Place> => {
    rmSync(work, { recursive: true, force: true });
    return await make.prepare(step, work);
  };
  const knownOf = async (step: FaultStep): Promise<Known> => {
    const held = known.get(step);
    if (held !== undefined) return held;
    const before = await leavingOf(await fresh(step));
    const place = await fresh(step);
    const whole = await traced(make.words(step, place), log);
    if (whole.status !== 0) throw new Error(`${step} fails on a whole disk: ${whole.stderr}`);
    const made = { calls: callsBelow(whole.trace, work), before, after: await leavingOf(place) };
    known.set(step, made);
    return made;
  };
  return {
    callsOf: async (step) => (await knownOf(step)).calls,
    strike: async (step, injection) => {
      const whole = await knownOf(step);
      const place = await fresh(step);
      return await judged(step, injection, await traced(make.words(step, place), log, injection), place, whole);
    },
  };
}

async function judged(
  step: FaultStep,
  injection: Injection,
  ended: Ended,
  place: Place,
  { before, after }: Known,
): Promise<FaultRound> {
  const done = ended.status === 0;
  const wrong: string[] = [];
  if (ended.signal !== null || ended.status === null) wrong.push(`ended by ${ended.signal}`);
  if (!done) wrong.push(...toldFaults(ended.stderr));
  let left: Leaving | undefined;
  try {
    left = await leavingOf(place);
  } catch (error) {
    wrong.push(`the store does not open: ${error instanceof Error ? error.message : String(error)}`);
  }
  const [isBefore, isAfter] = [same(left?.store, before.store), same(left?.store, after.store)];
  if (left !== undefined) {
    // What a step mends may be as broken as it was.
    wrong.push(...left.store.faults.filter((fault) => !(isBefore && before.store.faults.includes(fault))));
    if (!isBefore && !isAfter) wrong.push(`between: ${JSON.stringify(left.store)}`);
    if (!done && !isBefore && ended.stderr.includes("store.not-written")) wrong.push("said it was not kept, and it is");
    if (done && !isAfter) wrong.push(`said it was done and it is not: ${JSON.stringify(left.store)}`);
    // What the disk does not let go of stays.
    if (left.half.length > 0 && injection.call.name !== "unlink") wrong.push(`left ${left.half.join(", ")}`);
    for (const [name, bytes] of after.files) {
      const held = left.files.get(name);
      if (held !== undefined) wrong.push(...(await fileFaults(join(place.out, name), held.equals(bytes), left.store)));
      else if (done) wrong.push(`said it was done and ${name} is not there`);
    }
    // A restored folder is there as a whole.
    if (left.files.size > 0 && left.files.size < after.files.size)
      wrong.push(`only ${[...left.files.keys()].join(", ")}`);
  }
  const struck = ended.trace.includes("(INJECTED)");
  return { step, injection, struck, outcome: done ? "done" : "told", after: isAfter, wrong };
}
