/**
 * A disk that refuses one call, or all from one on: each command that writes is run under `strace`, which answers a call
 * with an error of the disk, drawn from those the command makes on its own files.
 *
 * Afterwards the command must have said so in three lines, or have done its work; the store must open, be clean and hold
 * what it held before or after; a file beside it is whole or not there.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import { seededDraws } from "../../src/analysis/seeded.ts";
import { restoreStore } from "../../src/store/backup.ts";
import { type FaultStep, faultSteps, type Leaving, leavingOf, type Place, REPAIR_BACKUP } from "./fault-steps.ts";
import { type Left, look } from "./look.ts";
import { type Call, callsBelow, type Ended, type Injection, traced } from "./strace.ts";

export type FaultRound = {
  readonly step: FaultStep;
  readonly injection: Injection;
  /** Whether the call was reached; calls of a thread are counted, and threads differ from run to run. */
  readonly struck: boolean;
  readonly outcome: "done" | "told";
  readonly after: boolean;
  /** Nothing, when all promises held. */
  readonly wrong: readonly string[];
};

type Known = { readonly calls: readonly Call[]; readonly before: Leaving; readonly after: Leaving };

export type FaultCampaign = {
  readonly rounds: number;
  readonly steps: readonly FaultStep[];
  /** The same seed draws the same calls. */
  readonly seed: number;
  readonly report?: (round: FaultRound, number: number) => void;
  readonly stop?: AbortSignal;
};

export type FaultLab = {
  /** The calls a step makes on its own files. @throws Error when it fails on a whole disk */
  readonly callsOf: (step: FaultStep) => Promise<readonly Call[]>;
  /** Runs a step with a call refused, and looks at what is left. */
  readonly strike: (step: FaultStep, injection: Injection) => Promise<FaultRound>;
};

/** @param dir for everything */
export async function faultLab(dir: string): Promise<FaultLab> {
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

/** Steps in turn, calls drawn. */
export async function faultCampaign({
  rounds,
  steps,
  seed,
  report,
  stop,
}: FaultCampaign): Promise<readonly FaultRound[]> {
  const dir = mkdtempSync(join(tmpdir(), "faults-"));
  try {
    const lab = await faultLab(dir);
    const random = seededDraws(seed);
    const done: FaultRound[] = [];
    for (const step of Array.from({ length: rounds }, (_, k) => steps[k % steps.length])) {
      if (step === undefined || stop?.aborted === true) break;
      const calls = await lab.callsOf(step);
      const call = calls[Math.floor(random() * calls.length)];
      if (call === undefined) throw new Error(`${step} writes nothing`);
      const round = await lab.strike(step, {
        call,
        error: random() < 2 / 3 ? "EIO" : "ENOSPC",
        nth: 1 + Math.floor(random() * call.times),
        onwards: random() < 1 / 2,
      });
      done.push(round);
      report?.(round, done.length);
    }
    return done;
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
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

/** What is wrong with a file under its final name: nothing, when it says what it should. @param store what it was made from */
async function fileFaults(file: string, equal: boolean, store: Left): Promise<readonly string[]> {
  const again = `${file}-again`;
  try {
    if (file.endsWith(".tar.gz")) {
      await restoreStore(file, again);
      const held = await look(again);
      return held.digest === store.digest || basename(file) === REPAIR_BACKUP
        ? []
        : [`${file}: ${JSON.stringify(held)}`];
    }
    if (basename(file) === "duibiao.duckdb") {
      const held = await look(dirname(file));
      return same(held, store) ? [] : [`${file}: ${JSON.stringify(held)}`];
    }
    if (file.endsWith(".duckdb")) {
      const instance = await DuckDBInstance.create(file, { access_mode: "READ_ONLY" });
      const rows = await (await instance.connect()).runAndReadAll("SELECT count(*) FROM readings");
      instance.closeSync();
      return Number(rows.getRows()[0]?.[0]) > 0 ? [] : [`${file} is empty`];
    }
    return equal ? [] : [`${file} is half`];
  } catch (error) {
    return [`${file}: ${error instanceof Error ? error.message : String(error)}`];
  } finally {
    rmSync(again, { recursive: true, force: true });
  }
}

/** What is wrong with how a command told of its failure. */
function toldFaults(stderr: string): readonly string[] {
  const lines = stderr.trim().split("\n");
  const told = lines.filter((line) => /^(错误|位置|办法)：/.test(line));
  const fine = told.length === 3 && !/程序内部出错/.test(stderr) && !lines.some((line) => /^\s+at /.test(line));
  return fine ? [] : [`told: ${stderr.trim().slice(0, 400)}`];
}

function same(one: Left | undefined, other: Left): boolean {
  const told = ({ digest, batches, published, accounts, engine }: Left): string =>
    JSON.stringify([digest, batches.length, published, accounts, engine]);
  return one !== undefined && told(one) === told(other);
}
