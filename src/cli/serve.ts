/** `duibiao serve`: pages and API over a store, until told to stop. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import type { SourceConfig } from "../../ingest/sources/config.ts";
import { type ExitCode, exitCodeOf, type Fault, fault, faultLines } from "../domain/faults.ts";
import { whenLost } from "../store/disk.ts";
import type { Store } from "../store/port.ts";
import { command, type Effects } from "./command.ts";

const HOST = "127.0.0.1";
const PORT = 8420;
const LOG_LEVELS = ["silent", "error", "warn", "info", "debug"] as const;

export const serve = command({
  name: "serve",
  zh: "提供网页和接口，直到按 Ctrl-C 或收到 SIGTERM",
  words: [],
  options: {
    port: { type: "string", value: "N", zh: `端口（默认 ${PORT}；0 为任意空闲端口）` },
    log: { type: "string", value: LOG_LEVELS.join("|"), zh: "日志写到标准错误的详细程度，一行一条 JSON（默认 error）" },
    sources: { type: "string", value: "FILE", zh: "来源清单；缺省用数据库文件夹里的 sources.yaml，没有就不定时取数" },
    host: { type: "string", value: "ADDR", zh: `监听的地址（默认只在本机：${HOST}）` },
  },
  examples: ["duibiao serve", "duibiao serve --port 8080 --host 0.0.0.0"],

  async run(_words, { port, host, log, sources }, effects) {
    const briefingsDir = join(effects.storeDir, "briefings");
    const own = join(effects.storeDir, "sources.yaml");
    const config = sources ?? (existsSync(own) ? own : undefined);
    return await serveUntilStopped(await effects.openStore(), effects, {
      port,
      host,
      log,
      briefingsDir,
      sources: config,
    });
  },
});

/** Serves a store until SIGINT or SIGTERM, then lets running requests end. The store stays open. */
export async function serveUntilStopped(
  store: Store,
  { out, err, now, findCommand }: Pick<Effects, "out" | "err" | "now" | "findCommand">,
  how: {
    readonly port: string | undefined;
    readonly host?: string | undefined;
    readonly log?: string | undefined;
    readonly briefingsDir: string;
    /** The list of sources to pull and watch while serving. */
    readonly sources?: string | undefined;
  },
): Promise<ExitCode> {
  const { host = HOST, briefingsDir } = how;
  const port = how.port === undefined ? PORT : portOf(how.port);
  const [
    { listen },
    { localRunner },
    { lowerOtherThreads },
    { oneThreadEach },
    { limitMemory },
    { readServiceConfig },
  ] = await Promise.all([
    import("../server/listen.ts"),
    import("./local-runner.ts"),
    import("../server/lower-threads.ts"),
    import("../store/threads.ts"),
    import("../store/memory.ts"),
    import("../server/service-config.ts"),
  ]);
  const config = readServiceConfig(store.dir);
  await oneThreadEach(store.sql);
  await limitMemory(store.sql, config.databaseMemoryMb);
  const sources = how.sources === undefined ? [] : await sourcesOf(how.sources);
  if (sources.length > 0) out(`定时取数：${sources.map((source) => source.name).join("、")}（北京时间）`);
  const { url, setupUrl, close } = await listen(store, {
    ...{
      host,
      port,
      briefingsDir,
      log: levelOf(how.log),
      now,
      sources,
      sourcesFile: how.sources,
      config,
      schedules: true,
    },
    localRunner: findCommand === undefined ? undefined : localRunner(now, findCommand),
    // What pages show anyway is not said here; sources are what a person watches a terminal for.
    ran: ({ job, outcome, detail }) => {
      if (outcome === "failed") err(`${job}：${detail}`);
      else if (job.startsWith("source:")) out(`${job}：${detail}`);
    },
  });
  const stopLooking = lowerOtherThreads();
  out(`网页已打开：${url}（按 Ctrl-C 停止）`);
  if (setupUrl !== undefined) out(`还没有账号。用这个一次性链接设置第一个局管理员：${setupUrl}`);
  const lost = await stopSignal();
  if (lost !== undefined) for (const line of faultLines(lost, "zh")) err(line);
  err("正在停止：等未完成的请求和取数结束");
  await close();
  stopLooking();
  return lost === undefined ? 0 : exitCodeOf(lost);
}

function levelOf(text = "error"): (typeof LOG_LEVELS)[number] {
  const found = LOG_LEVELS.find((one) => one === text);
  if (found === undefined)
    throw fault(
      "option.value",
      { option: "log", given: text, expected: LOG_LEVELS.join(" | ") },
      { parameter: "--log" },
    );
  return found;
}

async function sourcesOf(file: string): Promise<readonly SourceConfig[]> {
  const { readSources } = await import("./sources-file.ts");
  const all = readSources(file);
  const { parseCron } = await import("../domain/cron.ts");
  for (const { schedule } of all) if (schedule !== undefined) parseCron(schedule);
  return all;
}

function portOf(text: string): number {
  const number = Number(text);
  if (!/^\d{1,5}$/.test(text) || number > 65_535)
    throw fault("option.value", { option: "port", given: text, expected: "0–65535" }, { parameter: "--port" });
  return number;
}

/** @returns why the store is lost, if that is what ends it: whoever watches the service starts it anew, and it opens the file again */
async function stopSignal(): Promise<Fault | undefined> {
  return await new Promise((resolve) => {
    const forget = whenLost((reason) => end(reason));
    const end = (reason?: Fault): void => {
      forget();
      resolve(reason);
    };
    process.once("SIGTERM", () => end());
    process.once("SIGINT", () => end());
  });
}
