/**
 * Sources on their schedules, in Beijing time. What was missed while nothing ran is caught up at once at the start: a
 * pull asks for every day since its last complete one, a folder holds what came.
 */
import { schedule, validate } from "node-cron";
import { fault } from "../../src/domain/faults.ts";
import type { Store } from "../../src/store/port.ts";
import type { SourceRun } from "../../src/store/source-runs.ts";
import type { SourceConfig } from "./config.ts";
import type { PullEffects } from "./pull.ts";
import { runSource } from "./run.ts";

export type Scheduled = { readonly stop: () => Promise<void> };

export type ScheduleListener = {
  readonly ran: (run: SourceRun) => void;
  /** A crash, not a source that failed: those are runs. */
  readonly crashed: (source: string, problem: unknown) => void;
  /** Runs a change of the store when nobody else changes it. */
  readonly inTurn?: <T>(work: () => Promise<T>) => Promise<T>;
};

/**
 * Starts all sources that have a schedule. One after the other: they write to one store.
 * @throws Fault `sources.config` for a schedule that cannot be read
 */
export function startSchedules(
  store: Store,
  sources: readonly SourceConfig[],
  effects: PullEffects,
  { ran, crashed, inTurn = (work) => work() }: ScheduleListener,
): Scheduled {
  const timed = sources.flatMap((source) => (source.schedule === undefined ? [] : [{ source, when: source.schedule }]));
  const wrong = timed.find(({ when }) => !validate(when));
  if (wrong !== undefined)
    throw fault("sources.config", { reason: `${wrong.source.name} 的时刻看不懂：${wrong.when}` });
  let queue: Promise<void> = Promise.resolve();
  let stopped = false;
  const enqueue = (source: SourceConfig): Promise<void> => {
    queue = queue.then(async () => {
      if (stopped) return;
      try {
        const run = await inTurn(() => runSource(store, source, effects));
        if (run !== undefined) ran(run);
      } catch (problem) {
        crashed(source.name, problem);
      }
    });
    return queue;
  };
  const tasks = timed.map(({ source, when }) =>
    schedule(when, () => enqueue(source), { timezone: "Asia/Shanghai", noOverlap: true, name: source.name }),
  );
  for (const { source } of timed) void enqueue(source);
  return {
    async stop() {
      stopped = true;
      for (const task of tasks) await task.destroy();
      await queue;
    },
  };
}
