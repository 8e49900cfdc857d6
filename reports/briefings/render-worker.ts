/** The thread's side of `render-thread.ts`: one message, one document, in the order they come. */
import { parentPort } from "node:worker_threads";
import { Fault } from "../../src/domain/faults.ts";
import { type RenderJob, renderJob } from "./render-job.ts";
import type { RenderAnswer } from "./render-thread.ts";

let turn: Promise<void> = Promise.resolve();

parentPort?.on("message", ({ id, job }: { readonly id: number; readonly job: RenderJob }) => {
  turn = turn.then(async () => {
    const answer = await answerOf(id, job);
    parentPort?.postMessage(answer, "bytes" in answer ? [answer.bytes.buffer as ArrayBuffer] : []);
    // The engine's documents are let go between turns of the event loop only: within one, each of them stays (2.5 MB).
    await new Promise(setImmediate);
  });
});

/** A fault crosses as its parts: an error's class does not survive the way between threads. */
async function answerOf(id: number, job: RenderJob): Promise<RenderAnswer> {
  try {
    // A copy of its own: the bytes are handed over, and must not be a window on a larger buffer.
    return { id, bytes: new Uint8Array(await renderJob(job)) };
  } catch (error) {
    if (error instanceof Fault) return { id, fault: { code: error.code, params: error.params, where: error.where } };
    return { id, broken: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}
