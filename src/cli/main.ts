/** The dispatcher: finds the command, hands it its effects, turns faults into three lines and an exit code. */
import { randomUUID } from "node:crypto";
import { rm, rmdir } from "node:fs/promises";
import { join } from "node:path";
import { exitCodeOf, Fault, fault, faultLines, hintOf, type Lang, messageOf } from "../domain/faults.ts";
import type { Store } from "../store/port.ts";
import type { Effects } from "./command.ts";
import { COMMAND_NAMES, findCommand, loadAll } from "./commands.ts";
import { helpOf, helpOfAll } from "./help.ts";
import { parseArguments } from "./parse.ts";

/** Runs one command line. @returns the exit code; never throws */
export async function main(args: readonly string[]): Promise<number> {
  let store: Store | undefined;
  let lang: Lang = args.includes("--lang=en") || args[args.indexOf("--lang") + 1] === "en" ? "en" : "zh";
  const json = args.includes("--json");
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
    const { words, options } = parseArguments(found.command, args.slice(found.taken));
    if (options["help"] === true) {
      await write(`${helpOf(found.command)}\n`);
      return 0;
    }
    if (options["lang"] !== undefined && options["lang"] !== "zh" && options["lang"] !== "en") {
      throw fault("option.value", { option: "lang", given: String(options["lang"]), expected: "zh | en" });
    }
    lang = options["lang"] === "en" ? "en" : "zh";
    const dir = String(options["store"] ?? process.env["DUIBIAO_STORE"] ?? "data");
    const effects: Effects = {
      ...terminal(json),
      lang,
      storeDir: dir,
      now: () => new Date(),
      openStore: async ({ create = false, asHeld = false } = {}) => {
        if (store === undefined) {
          const [{ openStore }, { seedPlaces }] = await Promise.all([import("../store/open.ts"), import("./seeds.ts")]);
          store = await openStore(dir, { create, asHeld, seeds: seedPlaces() });
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
    return await found.command.run(words, options, effects);
  } catch (error) {
    return await report(error, lang, json);
  } finally {
    await store?.close();
  }
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

/** Faults speak for themselves; anything else is logged under an id, and only the id is shown. */
async function report(error: unknown, lang: Lang, json: boolean): Promise<number> {
  if (error instanceof Fault) {
    for (const line of faultLines(error, lang)) process.stderr.write(`${line}\n`);
    if (json) {
      const { code, where } = error;
      await write(
        `${JSON.stringify({ error: { code, message: messageOf(error, lang), hint: hintOf(error, lang), where } })}\n`,
      );
    }
    return exitCodeOf(error);
  }
  const id = randomUUID().slice(0, 8);
  process.stderr.write(
    lang === "zh"
      ? `错误：程序内部出错（编号 ${id}）\n办法：设 DUIBIAO_DEBUG=1 重新运行，把输出发给维护者\n`
      : `Error: internal error (id ${id})\nTo do: run again with DUIBIAO_DEBUG=1 and send the output to the maintainers\n`,
  );
  if (process.env["DUIBIAO_DEBUG"] === "1") console.error(id, error);
  return 3;
}
