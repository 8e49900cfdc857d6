/** `duibiao serve`: pages and API over a store, until told to stop. */
import { join } from "node:path";
import { type ExitCode, fault } from "../domain/faults.ts";
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
    host: { type: "string", value: "ADDR", zh: `监听的地址（默认只在本机：${HOST}）` },
  },
  examples: ["duibiao serve", "duibiao serve --port 8080 --host 0.0.0.0"],

  async run(_words, { port, host, log }, effects) {
    const briefingsDir = join(effects.storeDir, "briefings");
    return await serveUntilStopped(await effects.openStore(), effects, { port, host, log, briefingsDir });
  },
});

/** Serves a store until SIGINT or SIGTERM, then lets running requests end. The store stays open. */
export async function serveUntilStopped(
  store: Store,
  { out, err }: Pick<Effects, "out" | "err">,
  how: {
    readonly port: string | undefined;
    readonly host?: string | undefined;
    readonly log?: string | undefined;
    readonly briefingsDir: string;
  },
): Promise<ExitCode> {
  const { host = HOST, briefingsDir } = how;
  const port = how.port === undefined ? PORT : portOf(how.port);
  const { listen } = await import("../server/listen.ts");
  const { url, setupUrl, close } = await listen(store, { host, port, briefingsDir, log: levelOf(how.log) });
  out(`网页已打开：${url}（按 Ctrl-C 停止）`);
  if (setupUrl !== undefined) out(`还没有账号。用这个一次性链接设置第一个局管理员：${setupUrl}`);
  await stopSignal();
  err("正在停止：等未完成的请求结束");
  await close();
  return 0;
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

function portOf(text: string): number {
  const number = Number(text);
  if (!/^\d{1,5}$/.test(text) || number > 65_535)
    throw fault("option.value", { option: "port", given: text, expected: "0–65535" }, { parameter: "--port" });
  return number;
}

async function stopSignal(): Promise<void> {
  await new Promise<void>((resolve) => {
    process.once("SIGTERM", () => resolve());
    process.once("SIGINT", () => resolve());
  });
}
