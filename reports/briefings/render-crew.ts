/** Typesetting threads for as long as some work takes: warm by the time its questions are answered, ended when it is. */
import { availableParallelism } from "node:os";
import type { RenderJob } from "./render-job.ts";
import { type RenderThread, renderThread } from "./render-thread.ts";

/** Each thread holds an engine and its fonts (about 100 MB): a third one costs more memory than the time is worth. */
const MOST_THREADS = 2;
/** Documents handed to a thread: one in hand and one to go on with. */
const IN_HAND = 2;

export type Render = (job: RenderJob) => Promise<Uint8Array>;

/**
 * What `work` returns; the threads end with it, also when it fails.
 * @param documents how many there will be at most: one needs no second thread
 */
export async function withRenderCrew<T>(documents: number, work: (render: Render) => Promise<T>): Promise<T> {
  const size = Math.max(1, Math.min(documents, MOST_THREADS, availableParallelism()));
  const threads = Array.from({ length: size }, renderThread);
  const free = Array.from({ length: IN_HAND }, () => threads).flat();
  const queue: ((thread: RenderThread) => void)[] = [];
  const render: Render = async (job) => {
    const thread = free.shift() ?? (await new Promise<RenderThread>((resolve) => queue.push(resolve)));
    try {
      return await thread.render(job);
    } finally {
      const next = queue.shift();
      if (next === undefined) free.push(thread);
      else next(thread);
    }
  };
  try {
    return await work(render);
  } finally {
    // What still waits is of work that has failed; nobody reads it.
    queue.length = 0;
    await Promise.all(threads.map(async (thread) => await thread.close()));
  }
}
