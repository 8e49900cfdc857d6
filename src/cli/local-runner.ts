/** Runs a command inside the server's process, saying to its caller what it would say on a terminal. */
import type { LocalRunner } from "../server/local-run.ts";
import type { Effects } from "./command.ts";
import { runCommandLine } from "./run-command-line.ts";
import { PASSAGES } from "./through-server.ts";

export const localRunner = (now: () => Date, findCommand: NonNullable<Effects["findCommand"]>): LocalRunner => ({
  turnOf: ([first = "", second = ""]) => (PASSAGES[`${first} ${second}`] ?? PASSAGES[first])?.turn,
  run: async (args, { store, readers }, tell) => {
    const found = await findCommand(args);
    if (found === undefined) return 2;
    return await runCommandLine(found, args, store.dir, {
      now,
      out: (out) => tell({ out }),
      err: (err) => tell({ err }),
      progress: (progress) => tell({ progress }),
      write: async (text) => tell({ write: Buffer.from(text).toString("base64") }),
      readers,
      stdin: async function* () {},
      openStore: async () => store,
      discardStore: async () => undefined,
    });
  },
});
