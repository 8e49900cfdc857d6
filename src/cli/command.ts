/**
 * A command is a declaration and three moves: words into domain terms, one question to analysis, print.
 *
 * Parser, help and `docs/cli.md` are all derived from the declaration (`parse.ts`, `help.ts`). What a command touches
 * (store, clock, output, network) is handed in as effects, so a test runs it with a fixed clock and a real store.
 */
import type { Readers } from "../../ingest/read-thread.ts";
import type { ExitCode, Lang } from "../domain/faults.ts";
import type { Store } from "../store/port.ts";

export type Word = {
  /** As shown in usage: `<indicator>`. */
  readonly name: string;
  readonly zh: string;
  readonly optional?: boolean;
  /** Takes all remaining words. Only the last word may. */
  readonly many?: boolean;
};

export type OptionSpec = {
  readonly type: "string" | "boolean";
  /** How the value is written in usage: `T`, `DIR`, `N`. */
  readonly value?: string;
  readonly zh: string;
  readonly required?: boolean;
  /** May be given several times. */
  readonly multiple?: boolean;
};

export type OptionSpecs = Readonly<Record<string, OptionSpec>>;

type ValueOf<S extends OptionSpec> = S extends { type: "boolean" }
  ? boolean
  : S extends { multiple: true }
    ? readonly string[]
    : S extends { required: true }
      ? string
      : string | undefined;

export type OptionValues<O extends OptionSpecs> = { readonly [K in keyof O]: ValueOf<O[K]> };

/** What a command may touch. `out` and `err` write one line each; `progress` shows a passing line on a terminal only. */
export type Effects = {
  readonly lang: Lang;
  readonly now: () => Date;
  /** The store's folder (`--store`, `DUIBIAO_STORE`, `./data`). */
  readonly storeDir: string;
  /**
   * Opens the store of `storeDir`; `create` makes one where there is none, `asHeld` takes the readings where they are,
   * whatever `store.yaml` wants. Closed by the dispatcher.
   */
  readonly openStore: (how?: { readonly create?: boolean; readonly asHeld?: boolean }) => Promise<Store>;
  /** Closes and removes a store this command made when nothing came into it. */
  readonly discardStore: () => Promise<void>;
  readonly out: (line: string) => void;
  readonly err: (line: string) => void;
  readonly progress: (line: string) => void;
  /** Bytes of standard input, as they come. */
  readonly stdin: () => AsyncIterable<Uint8Array>;
  /** Writes raw text, or bytes of UTF-8, to standard output, waiting when the reader is slow. */
  readonly write: (text: string | Uint8Array) => Promise<void>;
  /** How files are read: beside the pages in a server, else here and at once. */
  readonly readers?: Readers;
  /** Finds a command by its words, for a server that runs them: a command cannot import the list it stands in. */
  readonly findCommand?: (words: readonly string[]) => Promise<FoundCommand | undefined>;
};

/** A command, and how many words its name took. */
export type FoundCommand = { readonly command: Command; readonly taken: number };

export type Command = {
  /** One word (`rank`) or two (`batch list`). */
  readonly name: string;
  readonly zh: string;
  readonly words: readonly Word[];
  readonly options: OptionSpecs;
  readonly examples: readonly string[];
  readonly run: (
    words: readonly string[],
    options: Readonly<Record<string, unknown>>,
    effects: Effects,
  ) => Promise<ExitCode>;
};

/** Declares a command; the types of `options` in `run` follow from their declarations. */
export function command<const O extends OptionSpecs>(spec: {
  readonly name: string;
  readonly zh: string;
  readonly words: readonly Word[];
  readonly options: O;
  readonly examples: readonly string[];
  readonly run: (words: readonly string[], options: OptionValues<O>, effects: Effects) => Promise<ExitCode>;
}): Command {
  return spec as unknown as Command;
}
