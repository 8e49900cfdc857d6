/** What a running server holds: the store, connections, caches, and everything that is handed in so that tests can fix it. */
import type { Logger } from "pino";
import type { Readers } from "../../ingest/read-thread.ts";
import type { SourceConfig } from "../../ingest/sources/config.ts";
import type { Plan } from "../domain/plan.ts";
import type { Sql, Store } from "../store/port.ts";
import type { Directory } from "./access/directory.ts";
import type { Cache } from "./cache.ts";
import type { Pool } from "./connections.ts";
import type { FactReader } from "./facts.ts";
import type { Jobs } from "./jobs.ts";
import type { LocalRunner } from "./local-run.ts";
import type { Memo } from "./memo.ts";
import type { Metrics } from "./metrics.ts";
import type { Scheduler } from "./schedule/scheduler.ts";

export type ServerContext = {
  readonly store: Store;
  readonly pool: Pool;
  readonly cache: Cache;
  readonly memo: Memo;
  readonly access: Directory;
  readonly metrics: Metrics;
  readonly log: Logger;
  /** Questions an asker of the interface may put in a minute. */
  readonly apiPerMinute: number;
  readonly jobs: Jobs;
  /** Runs a small change in a transaction of its own, one after another. */
  readonly write: <T>(work: (sql: Sql) => Promise<T>) => Promise<T>;
  /** Runs `work` while no small change is under way. */
  readonly alone: <T>(work: () => Promise<T>) => Promise<T>;
  /** How imports read their files: beside the pages. */
  readonly readers: Readers;
  /** What runs by itself: alerts, backups, sources. */
  readonly scheduler: Scheduler;
  /** The list of sources, whether or not it exists. */
  readonly sourcesFile: string;
  /** Pulls or watches one more source from now on. */
  readonly addSource: (source: SourceConfig) => void;
  /** Runs an import, an undo: alone on the store's own connection, one after another. */
  readonly change: <T>(work: () => Promise<T>) => Promise<T>;
  /** The version of the data at the moment of asking. */
  readonly version: () => Promise<string>;
  readonly factsOf: FactReader;
  readonly now: () => Date;
  /** Runs commands of this machine; undefined where there are none. */
  readonly localRunner: LocalRunner | undefined;
  /** What such a command must bring; undefined before the server has announced itself. */
  readonly localToken: () => string | undefined;
  /** Where finished briefings (PDF) lie; undefined when there is no such folder. */
  readonly briefingsDir: string | undefined;
  /** Open to everybody on this machine, reading only. */
  readonly openDemo: boolean;
  /** Whether the store holds a simulated city. */
  readonly simulated: () => boolean;
  /** The plans in force of a year, and the years that have some. */
  readonly plansOf: (year: number) => Promise<readonly Plan[]>;
  readonly planYears: () => Promise<readonly number[]>;
  /** Tells that something went wrong that nobody expected. */
  readonly logError: (id: string, error: unknown) => void;
};
