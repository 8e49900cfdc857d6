/**
 * A server whose disk refuses a call: `duibiao serve` runs, is asked for something, and from then on `strace` answers a
 * call with an error of the disk.
 *
 * It must have answered that it is done, or why not, with the status that fits; it goes on serving, or ends with exit
 * code 3 and its reason. Afterwards the store opens, is clean and holds what it held before or after. Where it goes on, the
 * disk is whole again in every other round and the same is asked once more: then it is done.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { readdirSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline";
import { type FaultLab, fileFaults, same, toldFaults } from "./fault-round.ts";
import { type Leaving, leavingOf, type Place } from "./fault-steps.ts";
import {
  type Answer,
  AUTHORIZATION,
  NO_SUCCESS,
  SERVED_STEPS,
  type Send,
  type ServedStep,
  servedSteps,
} from "./served-steps.ts";
import { attached, type Call, callsBelow } from "./strace.ts";

const BIN = resolve(import.meta.dirname, "../../bin/duibiao.mjs");
const STEADY = join(import.meta.dirname, "steady.mjs");
/** Longer than a server takes to end; reached only by one that does not. */
const PATIENCE_MS = 60_000;
const LOST = 3;
const UNAVAILABLE = 503;

type Known = { readonly calls: readonly Call[]; readonly before: Leaving; readonly after: Leaving };

export function isServed(step: string): step is ServedStep {
  return SERVED_STEPS.some((one) => one === step);
}

/** @param dir for everything */
export async function servedLab(dir: string): Promise<FaultLab<ServedStep>> {
  const steps = await servedSteps(join(dir, "bases"));
  const [work, log] = [join(dir, "work"), join(dir, "trace")];
  const known = new Map<ServedStep, Known>();
  const fresh = (): Place => {
    rmSync(work, { recursive: true, force: true });
    return steps.prepare(work);
  };
  const knownOf = async (step: ServedStep): Promise<Known> => {
    const held = known.get(step);
    if (held !== undefined) return held;
    const before = await leavingOf(fresh());
    const place = fresh();
    const server = await startServer(place.store);
    const letGo = await attached(server.pid, log);
    const answer = await steps.ask(step, server.send);
    const calls = callsBelow(await letGo(), work);
    const ended = await server.stop();
    if (!answer.done || ended.status !== 0)
      throw new Error(`${step} fails on a whole disk: ${answer.text} ${ended.stderr}`);
    const made = { calls, before, after: await leavingOf(place) };
    known.set(step, made);
    return made;
  };
  return {
    callsOf: async (step) => (await knownOf(step)).calls,
    strike: async (step, injection, again = false) => {
      const { before, after } = await knownOf(step);
      const place = fresh();
      const server = await startServer(place.store);
      const wrong: string[] = [];
      const letGo = await attached(server.pid, log, injection);
      const answer = await steps.ask(step, server.send).catch(() => undefined);
      const alive = await server.answers();
      const trace = await letGo();
      let done = answer?.done === true;
      const outcome = done ? "done" : "told";
      if (answer === undefined && alive) wrong.push("no answer, and it goes on");
      if (answer !== undefined && !answer.done) wrong.push(...refusalFaults(answer));
      const repeated = again && alive && !done ? await steps.ask(step, server.send).catch(() => undefined) : undefined;
      if (again && alive && !done) {
        done = repeated?.done === true;
        if (!done) wrong.push(`on a whole disk again: ${told(repeated)}`);
      }
      const ended = await server.stop();
      if (ended.status !== (alive ? 0 : LOST)) wrong.push(`ended with ${ended.status} ${ended.stderr.slice(0, 400)}`);
      if (ended.status === LOST) wrong.push(...toldFaults(ended.stderr));
      const left = await leavingOf(place).catch((error: unknown) => {
        wrong.push(`the store does not open: ${error instanceof Error ? error.message : String(error)}`);
        return undefined;
      });
      const [isBefore, isAfter] = [same(left?.store, before.store), same(left?.store, after.store)];
      if (left !== undefined) {
        wrong.push(...left.store.faults);
        if (!isBefore && !isAfter) wrong.push(`between: ${JSON.stringify(left.store)}`);
        if (done && !isAfter) wrong.push(`said it was done and it is not: ${JSON.stringify(left.store)}`);
        // What a lost database had written without a confirmation may be there when it is opened anew, and that is said.
        const unconfirmed = `${answer?.text} ${ended.stderr}`.includes("store.unconfirmed");
        if (!done && !isBefore && (alive || !unconfirmed)) wrong.push("said it was not done, and it is");
        if (done && left.store.audited < after.store.audited) wrong.push("done, and the audit does not say so");
        if (left.half.length > 0 && injection.call.name !== "unlink") wrong.push(`left ${left.half.join(", ")}`);
        for (const name of left.files.keys())
          wrong.push(...(await fileFaults(join(place.out, name), true, left.store)));
        if (done && left.files.size < after.files.size) wrong.push("said it was done and the file is not there");
      }
      if (wrong.length > 0)
        wrong.push(
          `answer: ${told(answer)}; stderr: ${ended.stderr.slice(0, 600)}; ${readdirSync(place.store).join(" ")}`,
        );
      return { step, injection, struck: trace.includes("(INJECTED)"), outcome, after: isAfter, wrong };
    },
  };
}

function told(answer: Answer | undefined): string {
  return answer === undefined ? "none" : `${answer.status} ${answer.text.replaceAll(/\s+/g, " ").slice(-700)}`;
}

/** What is wrong with how a server told that something was not done: as problem+json, or as a page in Chinese. */
function refusalFaults({ status, type, text }: Answer): readonly string[] {
  const wrong: string[] = [];
  // The page of a scheduled job is well; what it says of the job's run is not.
  const ofJob = status === 200 && text.includes(NO_SUCCESS);
  if (!ofJob && status !== UNAVAILABLE) wrong.push(`refused with ${status}`);
  if (type.startsWith("application/")) {
    const { code, title, detail } = JSON.parse(text) as Readonly<Record<string, string>>;
    if (
      !type.startsWith("application/problem+json") ||
      !/\.(not-written|unconfirmed)$/.test(code ?? "") ||
      !title ||
      !detail
    )
      wrong.push("refused without a reason");
  } else if (!ofJob && !(/\[\w+\.(not-written|unconfirmed)\]/.test(text) && text.includes("办法：")))
    wrong.push("refused without a reason");
  if (/server\.internal|程序内部出错|\n\s+at /.test(text)) wrong.push("an internal error");
  return wrong;
}

type Running = {
  readonly pid: number;
  readonly send: Send;
  /** Whether it goes on; a server that does not is waited for. */
  readonly answers: () => Promise<boolean>;
  /** Asks it to end, unless it has. */
  readonly stop: () => Promise<{ readonly status: number | null; readonly stderr: string }>;
};

async function startServer(store: string): Promise<Running> {
  // One thread of Node's own for the database and for files: so the nth call is the nth, whoever makes it.
  const env = { ...process.env, NODE_OPTIONS: `--import ${STEADY}`, UV_THREADPOOL_SIZE: "1" };
  const child: ChildProcess = spawn(process.execPath, [BIN, "serve", "--port", "0", "--store", store], {
    env,
    stdio: ["ignore", "pipe", "pipe"],
  });
  let stderr = "";
  child.stderr?.on("data", (part: Buffer) => {
    stderr += part.toString("utf8");
  });
  const ended = new Promise<number | null>((resolve) => child.once("close", resolve));
  const url = await new Promise<string>((resolve, reject) => {
    if (child.stdout === null) return reject(new Error("no output"));
    createInterface({ input: child.stdout }).on("line", (line) => {
      const found = /http:\S+\//.exec(line)?.[0];
      if (found !== undefined) resolve(found);
    });
    void ended.then(() => reject(new Error(`the server ended: ${stderr}`)));
  });
  const send: Send = (path, body) =>
    fetch(new URL(path, url), {
      redirect: "manual",
      headers: {
        authorization: AUTHORIZATION,
        ...(typeof body === "string" ? { "content-type": "application/json" } : {}),
      },
      ...(body === undefined ? {} : { method: "POST", body }),
    });
  const within = async (status: Promise<number | null>): Promise<number | null> => {
    const timer = setTimeout(() => child.kill("SIGKILL"), PATIENCE_MS);
    return await status.finally(() => clearTimeout(timer));
  };
  return {
    pid: child.pid ?? 0,
    send,
    answers: async () => {
      try {
        const ready = await send("readyz");
        await ready.body?.cancel();
        if (ready.status === 200 && child.exitCode === null) return true;
      } catch {
        // It has ended, or is about to.
      }
      await within(ended);
      return false;
    },
    stop: async () => {
      if (child.exitCode === null) child.kill("SIGTERM");
      return { status: await within(ended), stderr };
    },
  };
}
