/**
 * Kills a real `duibiao ingest` with −9 at a random moment and looks at what is left: the whole batch or none of it,
 * and a store whose checks are all clean.
 */
import { spawn } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { examine } from "../../src/analysis/doctor.ts";
import { seedPlaces } from "../../src/cli/seeds.ts";
import { digestOf } from "../../src/store/digest.ts";
import { openStore } from "../../src/store/open.ts";

const BIN = resolve(import.meta.dirname, "../../bin/duibiao.mjs");

export type CrashResult = {
  readonly moment: number;
  readonly killed: boolean;
  readonly state: "before" | "after" | "between";
  readonly faults: readonly string[];
};

type Ended = { readonly killed: boolean; readonly milliseconds: number };

/** Runs one ingest, killed after `moment` ms unless it ended sooner. */
function runIngest(store: string, path: string, moment: number | undefined): Promise<Ended> {
  return new Promise((done, fail) => {
    const started = Date.now();
    const child = spawn(process.execPath, [BIN, "ingest", "quotsoft", path, "--store", store, "--json"], {
      stdio: "ignore",
    });
    const timer = moment === undefined ? undefined : setTimeout(() => child.kill("SIGKILL"), moment);
    child.on("error", fail);
    child.on("exit", (_, signal) => {
      clearTimeout(timer);
      done({ killed: signal === "SIGKILL", milliseconds: Date.now() - started });
    });
  });
}

async function stateOf(dir: string): Promise<{ readonly digest: string; readonly faults: readonly string[] }> {
  const store = await openStore(dir, { seeds: seedPlaces() });
  try {
    const findings = await examine(store);
    const digest = JSON.stringify(await digestOf(store));
    return {
      digest,
      faults: findings.filter((finding) => !finding.ok).map((finding) => `${finding.check}: ${finding.detail}`),
    };
  } finally {
    await store.close();
  }
}

/**
 * @param first ingested whole, so that the killed batch has something to correct
 * @param second ingested and killed
 * @param random from 0 to 1, for each crash
 */
export async function crashIngest(
  first: string,
  second: string,
  times: number,
  random: () => number,
): Promise<readonly CrashResult[]> {
  const dir = mkdtempSync(join(tmpdir(), "duibiao-crash-"));
  try {
    const base = join(dir, "base");
    await runIngest(base, first, undefined);
    const before = await stateOf(base);
    const whole = join(dir, "whole");
    cpSync(base, whole, { recursive: true });
    const { milliseconds } = await runIngest(whole, second, undefined);
    const after = await stateOf(whole);
    const results: CrashResult[] = [];
    for (let k = 0; k < times; k++) {
      const copy = join(dir, `crash-${k}`);
      cpSync(base, copy, { recursive: true });
      const moment = Math.round(random() * milliseconds);
      const { killed } = await runIngest(copy, second, moment);
      const { digest, faults } = await stateOf(copy);
      const state = digest === before.digest ? "before" : digest === after.digest ? "after" : "between";
      results.push({ moment, killed, state, faults });
      if (existsSync(copy)) rmSync(copy, { recursive: true, force: true });
    }
    if (before.digest === after.digest) throw new Error("the second batch changes nothing: the crash proves nothing");
    return results;
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}
