/** Commands run as a person would run them: parsed words, a real store in a temporary folder, a fixed clock. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Command, Effects } from "../../src/cli/command.ts";
import { parseArguments } from "../../src/cli/parse.ts";
import { seedPlaces } from "../../src/cli/seeds.ts";
import { openStore } from "../../src/store/open.ts";
import type { Store } from "../../src/store/port.ts";

export type CommandLine = {
  readonly dir: string;
  /** The store, once a command opened it. */
  readonly store: () => Store | undefined;
  readonly run: (
    command: Command,
    ...args: string[]
  ) => Promise<{ readonly code: number; readonly out: string; readonly err: string }>;
  readonly close: () => Promise<void>;
};

/** @param now the instant every command runs at */
export function commandLine(now: string): CommandLine {
  const dir = mkdtempSync(join(tmpdir(), "command-"));
  const storeDir = join(dir, "store");
  let store: Store | undefined;
  const close = async () => {
    await store?.close();
    store = undefined;
  };
  return {
    dir,
    store: () => store,
    async run(command, ...args) {
      const out: string[] = [];
      const err: string[] = [];
      const effects: Effects = {
        lang: "zh",
        now: () => new Date(now),
        storeDir,
        openStore: async (how) => {
          store ??= await openStore(storeDir, { create: how?.create ?? false, seeds: seedPlaces() });
          return store;
        },
        discardStore: close,
        out: (line) => out.push(line),
        err: (line) => err.push(line),
        progress: () => {},
        stdin: async function* () {},
        write: async (text) => {
          out.push(String(text));
        },
      };
      const { words, options } = parseArguments(command, args);
      const code = await command.run(words, options, effects);
      return { code, out: out.join("\n"), err: err.join("\n") };
    },
    close: async () => {
      await close();
      rmSync(dir, { recursive: true, force: true });
    },
  };
}
