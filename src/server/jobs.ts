/** Long work that goes on while its page is looked at: imports and briefings, with live progress. */
import { randomUUID } from "node:crypto";
import type { Response } from "express";
import { Fault } from "../domain/faults.ts";

export type JobProgress = { readonly done: number; readonly of: number; readonly words: string };

export type Job = {
  readonly id: string;
  readonly zh: string;
  readonly begun: number;
  readonly account: number | undefined;
  state: "running" | "done" | "failed";
  progress: JobProgress | undefined;
  /** Where the result stands, when done. */
  href: string | undefined;
  problem: Fault | undefined;
};

export type Jobs = {
  readonly start: (
    zh: string,
    account: number | undefined,
    work: (tell: (progress: JobProgress) => void) => Promise<string>,
    failed: (error: unknown) => Fault,
  ) => Job;
  readonly find: (id: string) => Job | undefined;
  readonly running: () => readonly Job[];
  /** Sends a job's state as server-sent events until it ends or the reader leaves. */
  readonly stream: (job: Job, response: Response) => void;
  readonly endStreams: () => void;
};

const MOST_KEPT = 100;
const TELL_MS = 200;

export function jobRegister(now: () => Date): Jobs {
  const held = new Map<string, Job>();
  const readers = new Map<Response, Job>();
  const told = new Map<string, number>();

  const tellAll = (job: Job): void => {
    for (const [response, one] of readers) {
      if (one !== job) continue;
      response.write(`data: ${JSON.stringify(stateOf(job))}\n\n`);
      if (job.state !== "running") {
        readers.delete(response);
        response.end();
      }
    }
  };

  return {
    start: (zh, account, work, failed) => {
      const job: Job = {
        id: randomUUID(),
        zh,
        begun: now().getTime(),
        account,
        state: "running",
        progress: undefined,
        href: undefined,
        problem: undefined,
      };
      held.set(job.id, job);
      for (const [id, one] of held) if (held.size > MOST_KEPT && one.state !== "running") held.delete(id);
      const tell = (progress: JobProgress): void => {
        job.progress = progress;
        const at = Date.now();
        if (at - (told.get(job.id) ?? 0) < TELL_MS) return;
        told.set(job.id, at);
        tellAll(job);
      };
      work(tell)
        .then((href) => {
          job.href = href;
          job.state = "done";
        })
        .catch((error: unknown) => {
          job.problem = error instanceof Fault ? error : failed(error);
          job.state = "failed";
        })
        .finally(() => {
          told.delete(job.id);
          tellAll(job);
        });
      return job;
    },
    find: (id) => held.get(id),
    running: () => [...held.values()].filter((job) => job.state === "running"),
    stream: (job, response) => {
      response.writeHead(200, { "content-type": "text/event-stream; charset=utf-8", "cache-control": "no-store" });
      response.write(`data: ${JSON.stringify(stateOf(job))}\n\n`);
      if (job.state !== "running") {
        response.end();
        return;
      }
      readers.set(response, job);
      response.on("close", () => readers.delete(response));
    },
    endStreams: () => {
      for (const response of readers.keys()) response.end();
      readers.clear();
    },
  };
}

function stateOf({ state, progress, href }: Job): object {
  return { state, ...progress, href };
}
