/** Serving a store: pages and API on one address until closed. */
import { once } from "node:events";
import { rm } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { readThread } from "../../ingest/read-thread.ts";
import type { SourceConfig } from "../../ingest/sources/config.ts";
import { fault } from "../domain/faults.ts";
import { settleAudit } from "../store/audit.ts";
import type { Sql, Store } from "../store/port.ts";
import type { JobRun } from "../store/schedules.ts";
import { announceServer, type RunningServer, withdrawServer } from "../store/server-file.ts";
import { accountDirectory } from "./access/directory.ts";
import { channelsOf } from "./alerts/channel.ts";
import { type AlertWatch, alertWatch } from "./alerts/watch.ts";
import { createApp } from "./app.ts";
import { replyCache } from "./cache.ts";
import { connectionPool } from "./connections.ts";
import type { ServerContext } from "./context.ts";
import { factReader } from "./facts.ts";
import { jobRegister } from "./jobs.ts";
import type { LocalRunner } from "./local-run.ts";
import { type LogLevel, serverLog } from "./log.ts";
import { versionMemo } from "./memo.ts";
import { requestMetrics } from "./metrics.ts";
import { changeQueue } from "./one-by-one.ts";
import { planSource } from "./plans.ts";
import { draftDueBriefings } from "./schedule/briefing-drafts.ts";
import { serviceJobs, sourceJob } from "./schedule/jobs.ts";
import { type ScheduledJob, type Scheduler, schedulerOf } from "./schedule/scheduler.ts";
import { readServiceConfig, type ServiceConfig } from "./service-config.ts";
import { versionReader } from "./version-reader.ts";

export type ListenOptions = {
  readonly host: string;
  /** 0: any free port. */
  readonly port: number;
  /** Folder with finished briefings. */
  readonly briefingsDir?: string | undefined;
  /** Open to everybody, reading only. Unless told: simulated stores on loopback, while they have no accounts. */
  readonly readOnlyDemo?: boolean | undefined;
  readonly now?: () => Date;
  /** What is logged to standard error; errors unless told. */
  readonly log?: LogLevel;
  readonly apiPerMinute?: number;
  /** How long a client may take to send its head, and all of its request. */
  readonly patience?: { readonly headMs: number; readonly requestMs: number };
  /** Runs what is scheduled; without it jobs run only when told to. */
  readonly schedules?: boolean;
  /** Sources to pull and watch. */
  readonly sources?: readonly SourceConfig[] | undefined;
  /** Where they are written; `sources.yaml` in the store's folder unless told. */
  readonly sourcesFile?: string | undefined;
  /** Else `service.yaml` in the store's folder. */
  readonly config?: ServiceConfig;
  /** Runs commands of this machine that meet this server. */
  readonly localRunner?: LocalRunner | undefined;
  /** Told of each scheduled run that left something. */
  readonly ran?: ((run: JobRun) => void) | undefined;
};

export type Listening = {
  readonly url: string;
  /** The one-time link that makes the first account; only while there is none and log-in is needed. */
  readonly setupUrl?: string;
  readonly scheduler: Scheduler;
  /** Lets running requests and imports end. */
  readonly close: () => Promise<void>;
};

/** Questions that may run at the same time; more wait. DuckDB uses all cores for one. */
const CONNECTIONS = 4;
const API_PER_MINUTE = 1200;
const ANSWERS_KEPT = 200;
const CACHE_BYTES = 64 * 1024 * 1024;
const TICK_MS = 15_000;
/**
 * After a change every page people look at is worked out anew: those asked for all the time before the change is told, the
 * others when somebody asks. The next change waits this long for that, and then for those answers: beside an import they
 * take three times as long.
 */
const ASKED_AGAIN_MS = 10;
const ANSWERS_FIRST_MS = 250;
/** Slow clients are looked for this often within the time a head may take. */
const CHECKS_A_HEAD = 6;
/** Longer than a proxy keeps a connection it does not use: otherwise it puts a question into one that is being closed. */
const KEPT_OPEN_MS = 65_000;
/** A client that sends its head slower than this is cut off, or its whole request: a large file over a poor line takes minutes. */
const PATIENCE = { headMs: 30_000, requestMs: 600_000 } as const;

/**
 * Serves until closed; closing lets running requests end.
 * @throws Fault `server.port-in-use`, `server.not-listening`, `service.config`, `schedule.cron`
 */
export async function listen(store: Store, options: ListenOptions): Promise<Listening> {
  const { host, port, readOnlyDemo } = options;
  const simulated = (await store.meta("simulated")) === "yes";
  const plans = planSource(store.dir);
  const now = options.now ?? (() => new Date());
  const log = serverLog(options.log ?? "error");
  const config = options.config ?? readServiceConfig(store.dir);
  const access = accountDirectory(now, config.secondFactor.requiredFor);
  await access.reload(store.sql);
  // Files that were tried and left undecided before the last stop.
  await rm(join(store.dir, "uploads"), { recursive: true, force: true });
  // What a failing disk kept out of the audit's chain before the last stop.
  await store.sql
    .transaction(() => settleAudit(store.sql))
    .catch((error: unknown) => log.error({ err: error }, "audit"));
  const readers = readThread();
  const cache = replyCache(CACHE_BYTES);
  const version = versionReader(store, (next) => cache.renew(next, ANSWERS_FIRST_MS));
  const changes = changeQueue(async () => {
    await sleep(ASKED_AGAIN_MS);
    await cache.settled(ANSWERS_FIRST_MS);
  });
  const writes = changeQueue();
  let writer: Sql | undefined;
  let announced: RunningServer | undefined;
  const pool = connectionPool(store, CONNECTIONS);
  const write: ServerContext["write"] = (work) =>
    writes.run(async () => {
      writer ??= await store.connect();
      const sql = writer;
      return await sql.transaction(() => work(sql));
    });
  const { briefings } = config;
  const effects = { now, sleep: async (ms: number) => void (await sleep(ms)), random: Math.random, readers };
  const held = { store, change: changes.run, alone: writes.run, now };
  const jobs: ScheduledJob[] = serviceJobs(
    held,
    async () => {
      watch ??= channelsOf(config, store.dir, effects).then((channels) =>
        alertWatch(context, channels, (name) => jobs.find((job) => job.name === name)?.zh),
      );
      return await watch;
    },
    {
      sources: options.sources ?? [],
      effects,
      config,
      simulated,
      // Read when a job runs, since the context needs the jobs.
      drafts: briefings && (() => draftDueBriefings(context, briefings)),
    },
  );
  let watch: Promise<AlertWatch> | undefined;
  const scheduler = schedulerOf({
    jobs,
    read: pool.read,
    write,
    now,
    ended: options.ran ?? (() => undefined),
    crashed: (job, error) => log.error({ job, err: error }, "scheduled job"),
  });
  const context: ServerContext = {
    store,
    pool,
    scheduler,
    readers,
    alone: writes.run,
    sourcesFile: options.sourcesFile ?? join(store.dir, "sources.yaml"),
    addSource: (source) => void jobs.push(sourceJob(held, source, effects)),
    localRunner: options.localRunner,
    localToken: () => announced?.token,
    cache,
    memo: versionMemo(ANSWERS_KEPT),
    version: version.now,
    factsOf: factReader(async () => {
      const year = (await plans.planYears()).at(-1);
      return year === undefined ? undefined : (await plans.plansOf(year))[0]?.place;
    }, version.seen),
    now,
    briefingsDir: options.briefingsDir,
    openDemo: readOnlyDemo ?? (simulated && isLoopback(host)),
    access,
    jobs: jobRegister(now),
    write,
    change: changes.run,
    simulated: () => simulated,
    plansOf: plans.plansOf,
    planYears: plans.planYears,
    metrics: requestMetrics(),
    log,
    apiPerMinute: options.apiPerMinute ?? API_PER_MINUTE,
    logError: (id, error) => log.error({ id, err: error }, "unexpected"),
  };
  const { headMs, requestMs } = options.patience ?? PATIENCE;
  const server = createServer(
    {
      keepAliveTimeout: KEPT_OPEN_MS,
      headersTimeout: headMs,
      requestTimeout: requestMs,
      connectionsCheckingInterval: headMs / CHECKS_A_HEAD,
    },
    createApp(context),
  );
  let ending = false;
  // A connection is let go of with the answer that was under way: whoever keeps it open would keep the server, too.
  server.on("request", (_request, response) => {
    response.once("close", () => ending && server.closeIdleConnections());
  });
  await bind(server, host, port);
  const { port: bound } = server.address() as AddressInfo;
  const url = `http://${host.includes(":") ? `[${host}]` : host}:${bound}/`;
  if (options.localRunner !== undefined) announced = await announceServer(store.dir, reachableAt(host, bound));
  const closed = access.accounts().length === 0 && !context.openDemo;
  const ticking = options.schedules === true ? setInterval(() => void scheduler.tick(), TICK_MS) : undefined;
  if (ticking !== undefined) void scheduler.tick();
  return {
    url,
    scheduler,
    ...(closed ? { setupUrl: `${url}setup?token=${access.setupToken}` } : {}),
    close: async () => {
      clearInterval(ticking);
      if (announced !== undefined) await withdrawServer(store.dir);
      const closing = once(server, "close");
      ending = true;
      server.close();
      context.jobs.endStreams();
      server.closeIdleConnections();
      await closing;
      await scheduler.stop();
      await changes.idle();
      await writes.idle();
      await readers.close();
    },
  };
}

/** From this machine, also when the server listens on all addresses. */
function reachableAt(host: string, port: number): string {
  const near = host === "0.0.0.0" ? "127.0.0.1" : host === "::" ? "::1" : host;
  return `http://${near.includes(":") ? `[${near}]` : near}:${port}/`;
}

export function isLoopback(host: string): boolean {
  return host === "localhost" || host === "::1" || /^127(\.\d{1,3}){3}$/.test(host);
}

async function bind(server: Server, host: string, port: number): Promise<void> {
  try {
    server.listen(port, host);
    await once(server, "listening");
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === "EADDRINUSE") throw fault("server.port-in-use", { port, host }, { parameter: "--port" });
    throw fault("server.not-listening", { host, port, reason: message }, { parameter: "--host" });
  }
}
