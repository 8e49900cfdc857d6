/** Runs a `calc` command on a text as its standard input and gives back what it wrote. */

import type { Command, Effects } from "../../../src/cli/command.ts";
import { Fault } from "../../../src/domain/faults.ts";
import { type CsvRow, parseCsv } from "../../csv.ts";

export type CalcOutcome = { readonly exit: number; readonly text: string; readonly rows: readonly CsvRow[] };

/** @param chunk how many bytes of the input arrive at a time */
export async function runCalc(
  command: Command,
  input: string | Uint8Array,
  options: Readonly<Record<string, unknown>> = {},
  chunk = 65_536,
): Promise<CalcOutcome> {
  const bytes = typeof input === "string" ? new TextEncoder().encode(input) : input;
  let text = "";
  const effects: Effects = {
    lang: "zh",
    now: () => new Date(0),
    storeDir: "",
    openStore: () => Promise.reject(new Error("calc opens no store")),
    discardStore: () => Promise.resolve(),
    out: (line) => {
      text += `${line}\n`;
    },
    err: () => undefined,
    progress: () => undefined,
    async *stdin() {
      for (let at = 0; at < bytes.length; at += chunk) yield bytes.subarray(at, at + chunk);
    },
    write: async (piece) => {
      text += typeof piece === "string" ? piece : new TextDecoder().decode(piece);
    },
  };
  const exit = await command.run([], options, effects);
  return { exit, text, rows: parseCsv(text) };
}

/** The fault a run ends in; `undefined` when it ends well. */
export async function faultOf(run: Promise<unknown>): Promise<Fault | undefined> {
  try {
    await run;
    return undefined;
  } catch (error) {
    if (error instanceof Fault) return error;
    throw error;
  }
}
