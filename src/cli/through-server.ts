/**
 * Which commands go through a running server, and how: one process owns the store, so a command that meets its server
 * has it run there. Those not named here need the store for themselves, or none.
 */
import { resolve } from "node:path";
import type { Command } from "./command.ts";

/**
 * `read`: beside the pages, in one consistent state of the data. `change`: in turn with imports. `alone`: also no small
 * change beside it.
 */
export type Turn = "read" | "change" | "alone";

type Passage = {
  readonly turn: Turn;
  /** Options that stand for a path below the working folder when they are not given. */
  readonly folders?: Readonly<Record<string, string>>;
};

const READ: Passage = { turn: "read" };
const BRIEFINGS: Passage = { turn: "read", folders: { out: "briefings" } };
const SOURCES = { folders: { config: "sources.yaml" } } as const;

export const PASSAGES: Readonly<Record<string, Passage>> = {
  ingest: { turn: "change" },
  "batch list": READ,
  "batch show": READ,
  "batch rejects": READ,
  "batch resubmit": { turn: "change" },
  "batch undo": { turn: "change" },
  stats: READ,
  rank: READ,
  targets: READ,
  outlook: READ,
  "outlook backtest": READ,
  gap: READ,
  runs: READ,
  changes: READ,
  warnings: READ,
  explain: READ,
  "plan set": { turn: "alone" },
  "tally add": { turn: "alone" },
  "tally import": { turn: "alone" },
  "tally list": READ,
  "brief district": BRIEFINGS,
  "brief township": BRIEFINGS,
  "brief tables": BRIEFINGS,
  "brief publish": { turn: "alone", folders: { out: "briefings" } },
  verify: READ,
  chart: READ,
  "sources run": { turn: "change", ...SOURCES },
  "sources status": { turn: "read", ...SOURCES },
  export: READ,
  backup: { turn: "alone" },
};

const PATHS = new Set(["F", "FILE", "DIR"]);

/**
 * The same command line for a process that stands in another folder: every path in full, and paths that are implied
 * spelled out. `--store` is left out: a server has its own.
 */
export function absoluteArguments(
  command: Command,
  { words, options }: { readonly words: readonly string[]; readonly options: Readonly<Record<string, unknown>> },
  cwd: string,
): readonly string[] {
  const inFull = (value: string): string => resolve(cwd, value);
  const spelled: string[] = [];
  for (const [name, spec] of Object.entries(command.options)) {
    const given = options[name] ?? PASSAGES[command.name]?.folders?.[name];
    if (given === undefined || given === false) continue;
    if (given === true) {
      spelled.push(`--${name}`);
      continue;
    }
    const path = PATHS.has(spec.value ?? "");
    for (const one of Array.isArray(given) ? (given as readonly string[]) : [String(given)])
      spelled.push(`--${name}=${path ? inFull(one) : one}`);
  }
  const { lang } = options;
  if (typeof lang === "string") spelled.push(`--lang=${lang}`);
  const last = command.words.length - 1;
  const whole = words.map((word, k) =>
    /^<?(file|path)/.test(command.words[Math.min(k, last)]?.name ?? "") ? inFull(word) : word,
  );
  return [...command.name.split(" "), ...spelled, "--", ...whole];
}
