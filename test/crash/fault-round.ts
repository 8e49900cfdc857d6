/** What came of a call the disk refused, of a command's or of a server's; and what they are judged by alike. */
import { rmSync } from "node:fs";
import { basename, dirname } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import { restoreStore } from "../../src/store/backup.ts";
import { type FaultStep, REPAIR_BACKUP } from "./fault-steps.ts";
import { type Left, look } from "./look.ts";
import type { ServedStep } from "./served-steps.ts";
import type { Call, Injection } from "./strace.ts";

export type AnyStep = FaultStep | ServedStep;

export type FaultRound = {
  readonly step: AnyStep;
  readonly injection: Injection;
  /** Whether the call was reached; calls of a thread are counted, and threads differ from run to run. */
  readonly struck: boolean;
  readonly outcome: "done" | "told";
  readonly after: boolean;
  /** Nothing, when all promises held. */
  readonly wrong: readonly string[];
};

export type FaultLab<Step> = {
  /** The calls a step makes on its own files. @throws Error when it fails on a whole disk */
  readonly callsOf: (step: Step) => Promise<readonly Call[]>;
  /**
   * Runs a step with a call refused, and looks at what is left.
   * @param again a server that goes on is asked once more, its disk whole
   */
  readonly strike: (step: Step, injection: Injection, again?: boolean) => Promise<FaultRound>;
};

/** What is wrong with a file under its final name: nothing, when it says what it should. @param store what it was made from */
export async function fileFaults(file: string, equal: boolean, store: Left): Promise<readonly string[]> {
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
export function toldFaults(stderr: string): readonly string[] {
  const lines = stderr.trim().split("\n");
  const told = lines.filter((line) => /^(错误|位置|办法)：/.test(line));
  const fine = told.length === 3 && !/程序内部出错/.test(stderr) && !lines.some((line) => /^\s+at /.test(line));
  return fine ? [] : [`told: ${stderr.trim().slice(0, 400)}`];
}

export function same(one: Left | undefined, other: Left): boolean {
  const told = ({ digest, batches, published, accounts, tallies, engine }: Left): string =>
    JSON.stringify([digest, batches.length, published, accounts, tallies, engine]);
  return one !== undefined && told(one) === told(other);
}
