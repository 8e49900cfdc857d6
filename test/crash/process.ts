/** One victim: started ahead, told what to do, heard, killed. */
import { type ChildProcess, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import type { Orders, Said } from "./model.ts";

export type Victim = {
  /** Hands it its orders; resolves when it is about to open the store. */
  readonly go: (orders: Orders) => Promise<void>;
  /** Everything it has said so far. */
  readonly said: readonly Said[];
  /** Resolves when it has said something that a test takes, or is gone. */
  readonly hears: (test: (said: Said) => boolean) => Promise<void>;
  /** SIGKILL. @returns whether it was still alive */
  readonly kill: () => Promise<boolean>;
  readonly errors: () => string;
};

/** @param args of Node: a bundle, or a source behind `--import tsx` */
export function victim(args: readonly string[]): Victim {
  const child: ChildProcess = spawn(process.execPath, [...args], { stdio: ["pipe", "pipe", "pipe"] });
  const said: Said[] = [];
  let wrong = "";
  let wake = (): void => undefined;
  let gone = false;
  child.stdin?.on("error", () => undefined);
  child.stderr?.on("data", (part: Buffer) => {
    wrong += part.toString("utf8");
  });
  if (child.stdout !== null) {
    createInterface({ input: child.stdout }).on("line", (line) => {
      // The last line may be cut by the kill.
      if (!line.endsWith("}")) return;
      said.push(JSON.parse(line) as Said);
      wake();
    });
  }
  const ended = new Promise<void>((resolve) => {
    // "close" comes after the last line was read, "exit" may come before.
    child.once("close", () => {
      gone = true;
      resolve();
      wake();
    });
  });
  const hears: Victim["hears"] = async (test) => {
    while (!gone && !said.some(test)) {
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
  };
  return {
    said,
    hears,
    errors: () => wrong,
    go: async (orders) => {
      child.stdin?.write(`${JSON.stringify(orders)}\n`);
      await hears(({ what }) => what === "ready");
    },
    kill: async () => {
      const alive = !gone && child.exitCode === null && child.signalCode === null;
      child.kill("SIGKILL");
      await ended;
      return alive && child.signalCode === "SIGKILL";
    },
  };
}
