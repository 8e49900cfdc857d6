/** Steps in turn, each with a call refused that is drawn from those it makes on its own files. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { seededDraws } from "../../src/analysis/seeded.ts";
import type { AnyStep, FaultLab, FaultRound } from "./fault-round.ts";
import { FAULT_STEPS } from "./fault-steps.ts";
import { faultLab } from "./faults.ts";
import { isServed, servedLab } from "./served-faults.ts";
import { SERVED_STEPS } from "./served-steps.ts";

export const ALL_STEPS: readonly AnyStep[] = [...FAULT_STEPS, ...SERVED_STEPS];
export type FaultCampaign = {
  readonly rounds: number;
  readonly steps: readonly AnyStep[];
  /** The same seed draws the same calls. */
  readonly seed: number;
  readonly report?: (round: FaultRound, number: number) => void;
  readonly stop?: AbortSignal;
};

/** Goes on after a round that broke a promise. */
export async function faultCampaign({
  rounds,
  steps,
  seed,
  report,
  stop,
}: FaultCampaign): Promise<readonly FaultRound[]> {
  const dir = mkdtempSync(join(tmpdir(), "faults-"));
  try {
    const commands = steps.every(isServed) ? undefined : await faultLab(join(dir, "commands"));
    const servers = steps.some(isServed) ? await servedLab(join(dir, "servers")) : undefined;
    const random = seededDraws(seed);
    const done: FaultRound[] = [];
    for (const step of Array.from({ length: rounds }, (_, k) => steps[k % steps.length])) {
      if (step === undefined || stop?.aborted === true) break;
      const strike = async <Step extends AnyStep>(
        lab: FaultLab<Step> | undefined,
        named: Step,
      ): Promise<FaultRound> => {
        const calls = (await lab?.callsOf(named)) ?? [];
        const call = calls[Math.floor(random() * calls.length)];
        if (lab === undefined || call === undefined) throw new Error(`${named} writes nothing`);
        const error = random() < 2 / 3 ? "EIO" : "ENOSPC";
        const nth = 1 + Math.floor(random() * call.times);
        const onwards = random() < 1 / 2;
        return await lab.strike(named, { call, error, nth, onwards }, isServed(named) && random() < 1 / 2);
      };
      const round = isServed(step) ? await strike(servers, step) : await strike(commands, step);
      done.push(round);
      report?.(round, done.length);
    }
    return done;
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}
