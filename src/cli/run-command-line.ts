/** One command line, found and parsed, run with the effects handed in; faults become three lines and an exit code. */
import { randomUUID } from "node:crypto";
import { exitCodeOf, Fault, fault, faultLines, hintOf, type Lang, messageOf } from "../domain/faults.ts";
import type { Effects, FoundCommand } from "./command.ts";
import { helpOf } from "./help.ts";
import { parseArguments } from "./parse.ts";

export type Surroundings = Omit<Effects, "lang" | "storeDir">;

/** What stands in the way of running here: thrown by `openStore` where a server owns the store. */
export type Elsewhere = { readonly elsewhere: (args: ReturnType<typeof parseArguments>) => Promise<number> };

/** @returns the exit code; never throws */
export async function runCommandLine(
  { command, taken }: FoundCommand,
  args: readonly string[],
  storeDir: string,
  surroundings: Surroundings,
): Promise<number> {
  let lang = langOf(args);
  try {
    const parsed = parseArguments(command, args.slice(taken));
    const { words, options } = parsed;
    if (options["help"] === true) {
      await surroundings.write(`${helpOf(command)}\n`);
      return 0;
    }
    if (options["lang"] !== undefined && options["lang"] !== "zh" && options["lang"] !== "en") {
      throw fault("option.value", { option: "lang", given: String(options["lang"]), expected: "zh | en" });
    }
    lang = options["lang"] === "en" ? "en" : "zh";
    try {
      return await command.run(words, options, { ...surroundings, lang, storeDir });
    } catch (error) {
      if (isElsewhere(error)) return await error.elsewhere(parsed);
      throw error;
    }
  } catch (error) {
    return await report(error, lang, args.includes("--json"), surroundings);
  }
}

export function langOf(args: readonly string[]): Lang {
  return args.includes("--lang=en") || args[args.indexOf("--lang") + 1] === "en" ? "en" : "zh";
}

function isElsewhere(error: unknown): error is Elsewhere {
  return typeof error === "object" && error !== null && "elsewhere" in error;
}

/** Faults speak for themselves; anything else is logged under an id, and only the id is shown. */
export async function report(
  error: unknown,
  lang: Lang,
  json: boolean,
  { err, write }: Pick<Effects, "err" | "write">,
): Promise<number> {
  if (error instanceof Fault) {
    for (const line of faultLines(error, lang)) err(line);
    if (json) {
      const { code, where } = error;
      await write(
        `${JSON.stringify({ error: { code, message: messageOf(error, lang), hint: hintOf(error, lang), where } })}\n`,
      );
    }
    return exitCodeOf(error);
  }
  const id = randomUUID().slice(0, 8);
  for (const line of lang === "zh"
    ? [`错误：程序内部出错（编号 ${id}）`, "办法：设 DUIBIAO_DEBUG=1 重新运行，把输出发给维护者"]
    : [
        `Error: internal error (id ${id})`,
        "To do: run again with DUIBIAO_DEBUG=1 and send the output to the maintainers",
      ])
    err(line);
  if (process.env["DUIBIAO_DEBUG"] === "1") console.error(id, error);
  return 3;
}
