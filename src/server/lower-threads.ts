/**
 * Lets the thread that answers go first.
 *
 * DuckDB, libuv and the reading thread compute with every core there is, and the thread that hands out finished pages
 * would wait among them for its turn. On Linux each thread has a priority of its own, and lowering needs no privilege;
 * elsewhere nothing is done. See `docs/decisions/one-thread-answers-first.md`.
 */
import { readdirSync } from "node:fs";
import { getPriority, setPriority } from "node:os";

const TASKS = "/proc/self/task";
/** So far below the thread that answers, which is as high as the process was started. */
const BELOW = 10;
const LOWEST = 19;
/** Threads come late too: the pool with its first work, the reading thread with the first large file. */
const LOOK_AGAIN_MS = 500;

/** Lowers all threads of this process but the main one, now and whenever new ones appear. @returns what ends the looking */
export function lowerOtherThreads(): () => void {
  if (process.platform !== "linux") return () => undefined;
  const seen = new Set<number>([process.pid]);
  const priority = Math.min(LOWEST, getPriority() + BELOW);
  const look = (): void => {
    for (const name of readdirSync(TASKS)) {
      const thread = Number(name);
      if (seen.has(thread)) continue;
      seen.add(thread);
      lower(thread, priority);
    }
  };
  look();
  const looking = setInterval(look, LOOK_AGAIN_MS).unref();
  return () => clearInterval(looking);
}

function lower(thread: number, priority: number): void {
  try {
    setPriority(thread, priority);
  } catch {
    // Gone already.
  }
}
