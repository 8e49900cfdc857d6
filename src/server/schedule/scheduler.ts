/**
 * What runs by itself. A job is due when its last run began before the last time its schedule named: so what fell into
 * a time when nothing ran is caught up once, and nothing runs twice. One job at a time: they share one store.
 */
import { dueAfter, dueBefore, parseCron } from "../../domain/cron.ts";
import { Fault, fault, messageOf } from "../../domain/faults.ts";
import type { Sql } from "../../store/port.ts";
import { type JobRun, jobSettings, lastRuns, recordJobRun } from "../../store/schedules.ts";

export type ScheduledJob = {
  /** `backup`, `source:water-release`. */
  readonly name: string;
  readonly zh: string;
  /** As configured; people may set another. Undefined: only when told to. */
  readonly cron: string | undefined;
  /** One that never ran begins at once, to fetch what there is; others wait for their first time. */
  readonly eager?: boolean;
  /** @returns what came of it, in Chinese; empty when there was nothing to do and nothing to keep */
  readonly run: () => Promise<string>;
};

export type JobState = {
  readonly job: ScheduledJob;
  /** The times in force. */
  readonly cron: string | undefined;
  readonly paused: boolean;
  readonly running: boolean;
  /** UTC milliseconds; undefined when paused or without times. */
  readonly next: number | undefined;
  readonly last: JobRun | undefined;
};

export type Scheduler = {
  readonly states: () => Promise<readonly JobState[]>;
  /** Begins what is due; ends when that has ended. */
  readonly tick: () => Promise<void>;
  /** Runs a job now, once the running one has ended. @throws Fault `schedule.unknown`, `schedule.running`, and what kept its run from being written down */
  readonly runNow: (name: string) => Promise<void>;
  /** Begins nothing more; ends when what runs has ended. */
  readonly stop: () => Promise<void>;
};

export type SchedulerParts = {
  readonly jobs: readonly ScheduledJob[];
  readonly read: <T>(work: (sql: Sql) => Promise<T>) => Promise<T>;
  readonly write: <T>(work: (sql: Sql) => Promise<T>) => Promise<T>;
  readonly now: () => Date;
  readonly ended: (run: JobRun) => void;
  /** An error that is no Fault. */
  readonly crashed: (job: string, error: unknown) => void;
};

/** A run that could not be written down: only who waits for it can be told. */
type Unwritten = { readonly error: unknown };

export function schedulerOf({ jobs, read, write, now, ended, crashed }: SchedulerParts): Scheduler {
  const began = now().getTime();
  const active = new Set<string>();
  /** Runs of this process, also those that left nothing to keep. */
  const begun = new Map<string, number>();
  let queue: Promise<Unwritten | undefined> = Promise.resolve(undefined);
  let stopped = false;

  const states = async (): Promise<readonly JobState[]> => {
    const [settings, last] = await read(async (sql) => [await jobSettings(sql), await lastRuns(sql)] as const);
    return jobs.map((job) => {
      const setting = settings.get(job.name);
      const cron = setting?.cron ?? job.cron;
      const paused = setting?.paused ?? false;
      const next = paused || cron === undefined ? undefined : dueAfter(parseCron(cron), now().getTime());
      return { job, cron, paused, running: active.has(job.name), next, last: last.get(job.name) };
    });
  };

  const begin = (job: ScheduledJob): typeof queue => {
    active.add(job.name);
    queue = queue.then(async () => {
      const startedAt = now().getTime();
      try {
        if (stopped) return undefined;
        begun.set(job.name, startedAt);
        const detail = await job.run();
        if (detail === "") return undefined;
        return await keep({ job: job.name, startedAt, endedAt: now().getTime(), outcome: "done", detail });
      } catch (error) {
        if (!(error instanceof Fault)) crashed(job.name, error);
        const detail = error instanceof Fault ? messageOf(error, "zh") : "程序内部出错，见日志";
        return await keep({ job: job.name, startedAt, endedAt: now().getTime(), outcome: "failed", detail });
      } finally {
        active.delete(job.name);
      }
    });
    return queue;
  };

  const keep = async (run: JobRun): Promise<Unwritten | undefined> => {
    try {
      await write((sql) => recordJobRun(sql, run));
      ended(run);
      return undefined;
    } catch (error) {
      crashed(run.job, error);
      return { error };
    }
  };

  return {
    states,
    tick: async () => {
      if (stopped) return;
      const at = now().getTime();
      const all = await states().catch((error: unknown) => {
        // Nobody waits for a tick: what it cannot read now, the next one may.
        crashed("schedule", error);
        return [];
      });
      const started = all.flatMap(({ job, cron, paused, running, last }) => {
        if (paused || running || cron === undefined) return [];
        const due = dueBefore(parseCron(cron), at);
        const since = begun.get(job.name) ?? last?.startedAt ?? (job.eager === true ? Number.NEGATIVE_INFINITY : began);
        return due !== undefined && due > since && !active.has(job.name) ? [begin(job)] : [];
      });
      await Promise.all(started);
    },
    runNow: async (name) => {
      const job = jobs.find((one) => one.name === name);
      if (job === undefined) throw fault("schedule.unknown", { given: name });
      if (active.has(name)) throw fault("schedule.running", { name: job.zh });
      const unwritten = await begin(job);
      if (unwritten !== undefined) throw unwritten.error;
    },
    stop: async () => {
      stopped = true;
      await queue;
    },
  };
}
