/** The dispatcher: finds the command, hands it its effects, turns faults into three lines and an exit code. */
import { rm, rmdir } from "node:fs/promises";
import { join } from "node:path";
import { Fault, fault } from "../domain/faults.ts";
import type { Store } from "../store/port.ts";
import type { Command } from "./command.ts";
import { COMMAND_NAMES, findCommand, loadAll } from "./commands.ts";
import { helpOfAll } from "./help.ts";
import { parseArguments } from "./parse.ts";
import { type Elsewhere, langOf, report, runCommandLine, type Surroundings } from "./run-command-line.ts";

/** Runs one command line. @returns the exit code; never throws */
export async function main(args: readonly string[]): Promise<number> {
  let store: Store | undefined;
  const json = args.includes("--json");
  const screen = terminal(json);
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    // The reader went away (`| head`): nothing more to say to it.
    if (error.code === "EPIPE") process.exit(0);
  });
  try {
    const [first] = args;
    if (first === undefined || first === "--help" || first === "help") {
      await write(`${helpOfAll(await loadAll())}\n`);
      return first === undefined ? 2 : 0;
    }
    if (first === "--version") {
      const { version } = await import("./version.ts");
      await write(`${version()}\n`);
      return 0;
    }
    const found = await findCommand(args);
    if (found === undefined) throw unknownCommand(args);
    const dir = dirOf(found.command, args.slice(found.taken));
    const effects: Surroundings = {
      ...screen,
      findCommand,
      now: () => new Date(),
      openStore: async ({ create = false, asHeld = false } = {}) => {
        if (store === undefined) {
          const [{ openStore }, { seedPlaces }] = await Promise.all([import("../store/open.ts"), import("./seeds.ts")]);
          store = await openStore(dir, { create, asHeld, seeds: seedPlaces() }).catch(async (error: unknown) => {
            throw await elsewhere(error, found.command, dir, screen);
          });
        }
        return store;
      },
      discardStore: async () => {
        await store?.close();
        store = undefined;
        // Only what this command made: a folder may already hold settings or adopted plans.
        for (const name of ["duibiao.duckdb", "duibiao.duckdb.wal", "originals"]) {
          await rm(join(dir, name), { recursive: true, force: true });
        }
        await rmdir(dir).catch(() => undefined);
      },
    };
    return await runCommandLine(found, args, dir, effects);
  } catch (error) {
    return await report(error, langOf(args), json, screen);
  } finally {
    await store?.close();
  }
}

/** The store's folder; a command line that cannot be read is told about later. */
function dirOf(command: Command, args: readonly string[]): string {
  try {
    const { store } = parseArguments(command, args).options;
    if (typeof store === "string") return store;
  } catch {
    // Parsed again where faults are reported.
  }
  return process.env["DUIBIAO_STORE"] ?? "data";
}

/** Where a server of ours owns the store, the way to it; else the error as it was. */
async function elsewhere(
  error: unknown,
  command: Command,
  dir: string,
  screen: ReturnType<typeof terminal>,
): Promise<unknown> {
  if (!(error instanceof Fault) || error.code !== "store.in-use") return error;
  const [{ PASSAGES, absoluteArguments }, { announcedServer }] = await Promise.all([
    import("./through-server.ts"),
    import("../store/server-file.ts"),
  ]);
  const server = PASSAGES[command.name] === undefined ? undefined : await announcedServer(dir);
  if (server === undefined) return error;
  const way: Elsewhere = {
    elsewhere: async (parsed) => {
      const { runThroughServer } = await import("./local-client.ts");
      const exit = await runThroughServer(server, absoluteArguments(command, parsed, process.cwd()), screen);
      if (exit === undefined) throw error;
      return exit;
    },
  };
  return way;
}

function unknownCommand(args: readonly string[]): Fault {
  const given = args
    .filter((one) => !one.startsWith("--"))
    .slice(0, 2)
    .join(" ");
  const verbs = COMMAND_NAMES.filter((name) => name.startsWith(`${args[0]} `));
  return verbs.length === 0
    ? fault("command.unknown", { given })
    : fault("command.word-missing", {
        word: verbs.join(" | "),
        usage: `duibiao ${args[0]} <${verbs.map((name) => name.split(" ")[1]).join("|")}>`,
      });
}

async function write(text: string | Uint8Array): Promise<void> {
  if (!process.stdout.write(text)) await new Promise((resolve) => process.stdout.once("drain", resolve));
}

function terminal(quiet: boolean) {
  const live = process.stderr.isTTY === true && !quiet;
  let shown = false;
  const clear = (): void => {
    if (shown) process.stderr.write("\r\x1b[K");
    shown = false;
  };
  return {
    out: (line: string) => {
      clear();
      process.stdout.write(`${line}\n`);
    },
    err: (line: string) => {
      clear();
      process.stderr.write(`${line}\n`);
    },
    progress: (line: string) => {
      if (!live) return;
      process.stderr.write(`\r\x1b[K${line}`);
      shown = true;
    },
    stdin: () => process.stdin as AsyncIterable<Uint8Array>,
    write,
  };
}
