/** A command under `strace`: what it asks of the disk, and the same command with one of those calls refused. */
import { spawn, spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";

/** What changes files. Reading is left out: a store that cannot be read is another story. */
const CALLS = ["openat", "write", "writev", "pwrite64", "fsync", "fdatasync", "ftruncate", "rename", "mkdir", "unlink"];

/** Stands for the traced process's own number, as the shell has it. */
const OWN = "$$";

/** One kind of call on one file: the process's own number in a name stands as `$$`. */
export type Call = { readonly name: string; readonly path: string; readonly times: number };

export type Injection = {
  readonly call: Call;
  readonly error: "EIO" | "ENOSPC";
  /** Which of a thread's calls is refused, from 1. */
  readonly nth: number;
  /** Whether all later ones are, too. */
  readonly onwards: boolean;
};

export type Ended = {
  readonly status: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
  /** What strace wrote down. */
  readonly trace: string;
};

/** Whether this machine has strace and lets a process be traced. */
export function canTrace(): boolean {
  return spawnSync("strace", ["-qq", "-f", "--seccomp-bpf", "-e", "trace=none", "true"]).status === 0;
}

/** Runs Node with these words, refusing what is to be refused. @param log where strace writes */
export async function traced(words: readonly string[], log: string, injection?: Injection): Promise<Ended> {
  const own = (text: string): string => quoted(text).replaceAll(OWN, () => `'${OWN}'`);
  const what =
    injection === undefined
      ? `-e trace=${CALLS.join(",")}`
      : `-P ${own(injection.call.path)} -e trace=${injection.call.name} -e inject=${injection.call.name}:error=${injection.error}:${when(injection)}`;
  // `-D`: the traced process stands in the shell's place, so that its number is known before it starts.
  const line = `exec strace -D -qq -f --seccomp-bpf -y -s 0 -o ${quoted(log)} ${what} ${[process.execPath, ...words].map(quoted).join(" ")}`;
  const child = spawn("sh", ["-c", line], { stdio: ["ignore", "pipe", "pipe"] });
  const [out, err]: [Buffer[], Buffer[]] = [[], []];
  child.stdout.on("data", (part: Buffer) => out.push(part));
  child.stderr.on("data", (part: Buffer) => err.push(part));
  // "close" waits for strace as well, which holds the same pipes.
  const [status, signal] = await new Promise<[number | null, NodeJS.Signals | null]>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (...ended: [number | null, NodeJS.Signals | null]) => resolve(ended));
  });
  const text = (parts: readonly Buffer[]): string => Buffer.concat(parts).toString("utf8");
  const trace = readFileSync(log, "utf8").replaceAll(`.${child.pid}.`, () => `.${OWN}.`);
  return { status, signal, stdout: text(out), stderr: text(err), trace };
}

/** Whether this machine lets a process that already runs be traced, too. */
export function canAttach(): boolean {
  const sleeper = spawn("sleep", ["1"], { stdio: "ignore" });
  // strace ends with what it traces.
  const { stderr } = spawnSync("strace", ["-e", "trace=none", "-p", String(sleeper.pid)], { encoding: "utf8" });
  return /attached/.test(stderr ?? "");
}

/**
 * Traces a process that runs from now on, refusing what is to be refused.
 * @returns lets go of it, and gives what strace wrote down; the process's own number stands as `$$`
 */
export async function attached(pid: number, log: string, injection?: Injection): Promise<() => Promise<string>> {
  const what =
    injection === undefined
      ? ["-e", `trace=${CALLS.join(",")}`]
      : [
          ...["-P", injection.call.path.replaceAll(OWN, String(pid))],
          ...[
            "-e",
            `trace=${injection.call.name}`,
            "-e",
            `inject=${injection.call.name}:error=${injection.error}:${when(injection)}`,
          ],
        ];
  const child = spawn("strace", ["-f", "-y", "-s", "0", "-o", log, ...what, "-p", String(pid)], {
    stdio: ["ignore", "ignore", "pipe"],
  });
  const ended = new Promise<void>((resolve) => child.once("close", () => resolve()));
  let said = "";
  await new Promise<void>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", () => reject(new Error(`strace: ${said}`)));
    child.stderr.on("data", (part: Buffer) => {
      said += part.toString("utf8");
      if (/attached/.test(said)) resolve();
    });
  });
  return async () => {
    child.kill("SIGINT");
    await ended;
    return readFileSync(log, "utf8").replaceAll(`.${pid}.`, () => `.${OWN}.`);
  };
}

/** The calls of a trace that concern a folder, each kind on each file once. */
export function callsBelow(trace: string, folder: string): readonly Call[] {
  const found = new Map<string, Call>();
  for (const line of trace.split("\n")) {
    const [, name, words = ""] = /^\d+ +(\w+)\((.*)$/.exec(line) ?? [];
    // A call that another thread's line cut in two is "<unfinished"; its words stand in the first half, what came of it does not.
    if (name === undefined || / = -1 /.test(line)) continue;
    // An opening that only reads changes nothing.
    if (name === "openat" && !/O_CREAT|O_RDWR|O_WRONLY/.test(words)) continue;
    const given = /"([^"]+)"/.exec(words)?.[1] ?? /^\d+<([^>]+)>/.exec(words)?.[1];
    const path = given === undefined ? undefined : unescaped(given);
    if (path === undefined || !path.startsWith(`${folder}/`)) continue;
    const key = `${name} ${path}`;
    found.set(key, { name, path, times: (found.get(key)?.times ?? 0) + 1 });
  }
  return [...found.values()];
}

/** strace writes bytes outside ASCII as \\ooo. */
function unescaped(text: string): string {
  const bytes = [...text.matchAll(/\\([0-7]{3})|([^\\])/gu)].map(([, octal, char = ""]) =>
    octal === undefined ? Buffer.from(char) : Buffer.from([Number.parseInt(octal, 8)]),
  );
  return Buffer.concat(bytes).toString("utf8");
}

function when({ nth, onwards }: Injection): string {
  return `when=${nth}${onwards ? "+" : ""}`;
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
