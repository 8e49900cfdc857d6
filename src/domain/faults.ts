/**
 * The one error type: a code, what happened in Chinese and English, where, and what to do.
 *
 * The texts of all codes live in `fault-texts.ts`; `docs/errors.md` is made from them. A fault is thrown inside and
 * shown at the edges: three lines in a terminal, problem+json in the API, the same text on a page.
 */
import { FAULT_TEXTS, type FaultCode } from "./fault-texts.ts";

export type { FaultCode } from "./fault-texts.ts";

export type Lang = "zh" | "en";

/** Where a fault was seen; what is known of it. `line` and `column` count from 1. */
export type Where = {
  readonly file?: string | undefined;
  readonly line?: number | undefined;
  readonly column?: string | undefined;
  readonly parameter?: string | undefined;
};

/** Exit codes of the command line: 1 partly rejected under `--strict`, 2 nothing usable, 3 store in use or broken. */
export type ExitCode = 0 | 1 | 2 | 3;

type Params = Readonly<Record<string, string | number | bigint | undefined>>;

export class Fault extends Error {
  readonly code: FaultCode;
  readonly params: Params;
  readonly where: Where;

  constructor(code: FaultCode, params: Params, where: Where) {
    super(`${code}: ${fill(FAULT_TEXTS[code].en, params)}`);
    this.name = "Fault";
    this.code = code;
    this.params = params;
    this.where = where;
  }
}

/** A fault to be thrown: `throw fault("period.unknown", { given: "2015-13" }, { parameter: "--period" })`. */
export function fault(code: FaultCode, params: Params = {}, where: Where = {}): Fault {
  return new Fault(code, params, where);
}

/** What happened, in the reader's language, with the seen values filled in. */
export function messageOf(problem: Fault, lang: Lang): string {
  return fill(FAULT_TEXTS[problem.code][lang], problem.params);
}

/** What to do about it, in the reader's language. */
export function hintOf(problem: Fault, lang: Lang): string {
  const text = FAULT_TEXTS[problem.code];
  return fill(lang === "zh" ? text.hintZh : text.hintEn, problem.params);
}

/** Where it was seen, as one phrase; empty when nothing is known. */
export function placeOf(problem: Fault, lang: Lang): string {
  const { file, line, column, parameter } = problem.where;
  const zh = lang === "zh";
  const parts = [
    parameter,
    file,
    line === undefined ? undefined : zh ? `第 ${line} 行` : `line ${line}`,
    column === undefined ? undefined : zh ? `“${column}”列` : `column “${column}”`,
  ];
  return parts.filter((part) => part !== undefined).join(" ");
}

/** The three lines a terminal shows. */
export function faultLines(problem: Fault, lang: Lang): readonly string[] {
  const zh = lang === "zh";
  const place = placeOf(problem, lang);
  return [
    `${zh ? "错误：" : "Error: "}${messageOf(problem, lang)}`,
    ...(place === "" ? [] : [`${zh ? "位置：" : "Where: "}${place}`]),
    `${zh ? "办法：" : "To do: "}${hintOf(problem, lang)}    [${problem.code}]`,
  ];
}

/** The exit code a command ends with when this fault reaches the edge. */
export function exitCodeOf(problem: Fault): ExitCode {
  return problem.code.startsWith("store.") ? 3 : 2;
}

function fill(template: string, params: Params): string {
  return template.replace(/\{(\w+)\}/g, (_, name: string) => String(params[name] ?? ""));
}
