/**
 * Requests to an InfluxDB through the client's transport: a write counts only when the server said 204, a read is
 * streamed and every request has an end in time.
 *
 * The client's own `WriteApi` is not used: after rejected batches its `close()` resolves all the same and points are
 * lost. Nor are CSV answers: a killed query ends one normally, in the middle.
 */
import { type HttpError, InfluxDB } from "@influxdata/influxdb-client";
import { type Fault, fault } from "../../domain/faults.ts";
import type { InfluxConfig } from "../store-config.ts";
import { DIALECTS, OLDEST_V1_MINOR, queryForm, type Statement } from "./flavour.ts";
import { refusalOf } from "./refusal.ts";

export type Connection = {
  readonly config: InfluxConfig;
  /** The server's version. @throws Fault `store.influx-version`, `store.influx-unreachable` */
  readonly version: () => Promise<string>;
  /** Writes lines (ms); resolves only when the server acknowledged all of them. @throws Fault */
  readonly write: (lines: string) => Promise<void>;
  /** The bytes of a chunked answer, as they come. @throws Fault, also in the middle */
  readonly query: (statement: Statement) => AsyncIterable<Uint8Array>;
};

/** Waits between tries of one request: long enough to sit out a server's restart. */
const PAUSES_MS = [100, 300, 900, 2700, 8100];

const ACKNOWLEDGED = 204;

/** Rows of one chunk of an answer. */
const CHUNK_ROWS = 10_000;

export type Pause = (ms: number) => Promise<void>;

const sleep: Pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

export function connectInflux(config: InfluxConfig, pause: Pause = sleep): Connection {
  const dialect = DIALECTS[config.flavour];
  const { transport } = new InfluxDB({ url: config.url, timeout: config.timeout });
  const headers: Record<string, string> =
    config.token === undefined ? {} : { authorization: dialect.authorization(config.token) };
  let seen: Promise<string> | undefined;

  const insist = async <T>(request: (signal: Watch) => Promise<T>): Promise<T> => {
    for (let failed = 0; ; failed++) {
      const watch = watchdog(config.timeout);
      try {
        return await request(watch);
      } catch (error) {
        const refusal = refusalOf(error, config);
        const next = PAUSES_MS[failed];
        if (!refusal.again || next === undefined) throw refusal.fault;
        await pause(Math.max(next, refusal.wait ?? 0));
      } finally {
        watch.stop();
      }
    }
  };

  const ping = async (): Promise<string> => {
    const version = await insist(async (watch) => {
      let found = "";
      await transport.request("/ping", "", { method: "GET", headers, signal: watch.signal }, (given) => {
        found = String(given["x-influxdb-version"] ?? "");
      });
      return found;
    });
    const problem = unfit(version, config);
    if (problem !== undefined) throw problem;
    return version;
  };

  const version = (): Promise<string> => {
    seen ??= ping().catch((error: unknown) => {
      seen = undefined;
      throw error;
    });
    return seen;
  };

  return {
    config,
    version,
    async write(lines) {
      await version();
      const path = `${dialect.writePath}?${new URLSearchParams(dialect.writeQuery(config))}`;
      await insist(async ({ signal }) => {
        let status: number | undefined;
        const options = {
          method: "POST",
          headers: { ...headers, "content-type": "text/plain; charset=utf-8" },
          signal,
        };
        await transport.request(path, lines, options, (_, code) => {
          status = code;
        });
        if (status !== ACKNOWLEDGED) {
          throw fault("store.influx-refused", { url: config.url, status, reason: "写入的应答不是 204" }, WHERE);
        }
      });
    },
    async *query(statement) {
      await version();
      const query = { db: config.database, epoch: "ms", chunked: "true", chunk_size: String(CHUNK_ROWS) };
      const path = `/query?${new URLSearchParams(query)}`;
      const body = new URLSearchParams(queryForm(config.flavour, statement)).toString();
      const type = { "content-type": "application/x-www-form-urlencoded", accept: "application/json" };
      let watch = watchdog(config.timeout);
      try {
        // Only what came before the first byte is tried again: after it, a new answer could not be joined to the old.
        const { rest, first } = await insist(async (own) => {
          const answer = transport.iterate(path, body, {
            method: "POST",
            headers: { ...headers, ...type },
            signal: own.signal,
          });
          const rows = answer[Symbol.asyncIterator]();
          const start = await rows.next();
          watch = own.keep();
          return { rest: rows, first: start };
        });
        for (let part = first; part.done !== true; part = await rest.next()) {
          watch.touch();
          yield part.value;
        }
      } catch (error) {
        throw broken(error, config);
      } finally {
        watch.stop();
      }
    },
  };
}

const WHERE = { parameter: "store.yaml readings" };

/** An answer that breaks off is no answer, whatever broke it. */
function broken(error: unknown, config: InfluxConfig): Fault {
  const refusal = refusalOf(error, config);
  const http = (error as Partial<HttpError>).statusCode !== undefined;
  if (http || refusal.fault === error) return refusal.fault;
  return fault("store.influx-answer", { url: config.url, reason: `应答中断：${(error as Error).message}` }, WHERE);
}

function unfit(version: string, { url, flavour }: InfluxConfig): Fault | undefined {
  const [, major, minor] = /^v?(\d+)\.(\d+)/.exec(version) ?? [];
  const wanted = DIALECTS[flavour].majors;
  const right = wanted.includes(Number(major)) && (flavour !== "v1" || Number(minor) >= OLDEST_V1_MINOR);
  if (right) return undefined;
  const expected = flavour === "v1" ? `1.${OLDEST_V1_MINOR} 以上的 1.x` : `${wanted.join("、")}.x`;
  return fault("store.influx-version", { url, version: version === "" ? "未报告" : version, flavour, expected }, WHERE);
}

type Watch = {
  readonly signal: AbortSignal;
  readonly touch: () => void;
  /** Hands the watch on: `stop` of the request that made it does nothing any more. */
  readonly keep: () => Watch;
  readonly stop: () => void;
};

/** Aborts a request after a silence: the transport's own timeout does not end an answer that stalls half way. */
function watchdog(ms: number): Watch {
  const controller = new AbortController();
  let timer = setTimeout(() => controller.abort(), ms);
  let kept = false;
  const touch = (): void => {
    clearTimeout(timer);
    timer = setTimeout(() => controller.abort(), ms);
  };
  return {
    signal: controller.signal,
    touch,
    keep: () => {
      kept = true;
      touch();
      return { signal: controller.signal, touch, keep: () => watchdog(ms), stop: () => clearTimeout(timer) };
    },
    stop: () => {
      if (!kept) clearTimeout(timer);
    },
  };
}
