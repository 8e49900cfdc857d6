/**
 * Typesetting beside the main thread.
 *
 * The typesetter is synchronous and takes up to a second for a document: a server that called it would answer nobody
 * meanwhile, and forty-four documents would not overlap with the questions of the next ones.
 */
import { Worker } from "node:worker_threads";
import { type FaultCode, fault } from "../../src/domain/faults.ts";
import type { RenderJob } from "./render-job.ts";

type FaultParts = {
  readonly code: FaultCode;
  readonly params: Parameters<typeof fault>[1];
  readonly where: Parameters<typeof fault>[2];
};

export type RenderAnswer =
  | { readonly id: number; readonly bytes: Uint8Array }
  | { readonly id: number; readonly fault: FaultParts }
  | { readonly id: number; readonly broken: string };

export type RenderThread = {
  /** The bytes of one document. @throws Fault as `renderJob` does */
  readonly render: (job: RenderJob) => Promise<Uint8Array>;
  /** Ends the thread; what is under way is refused. */
  readonly close: () => Promise<void>;
};

/** The engine's documents hang on small objects of ours: the sooner those are collected, the fewer documents are held. */
const YOUNG_MB = 6;

type Waiting = { readonly resolve: (bytes: Uint8Array) => void; readonly reject: (error: unknown) => void };

/** One thread, started at once and kept warm until it is closed. */
export function renderThread(): RenderThread {
  const worker = new Worker(new URL("render-worker.mjs", import.meta.url), {
    resourceLimits: { maxYoungGenerationSizeMb: YOUNG_MB },
  });
  const waiting = new Map<number, Waiting>();
  let last = 0;
  // A process with nothing else to do may end; a document under way keeps it.
  worker.unref();
  const refuseAll = (reason: unknown): void => {
    for (const { reject } of waiting.values()) reject(fault("briefing.not-typeset", { reason: String(reason) }));
    waiting.clear();
  };
  worker.on("message", (answer: RenderAnswer) => {
    const one = waiting.get(answer.id);
    waiting.delete(answer.id);
    if (waiting.size === 0) worker.unref();
    if ("bytes" in answer) one?.resolve(answer.bytes);
    else if ("fault" in answer) one?.reject(fault(answer.fault.code, answer.fault.params, answer.fault.where));
    else one?.reject(fault("briefing.not-typeset", { reason: answer.broken }));
  });
  worker.on("error", refuseAll);
  worker.on("exit", (code) => refuseAll(`thread ended with ${code}`));
  return {
    render: (job) =>
      new Promise((resolve, reject) => {
        last += 1;
        waiting.set(last, { resolve, reject });
        worker.ref();
        worker.postMessage({ id: last, job });
      }),
    close: async () => {
      await worker.terminate();
    },
  };
}
