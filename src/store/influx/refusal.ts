/** What a failed request means: worth another try, or a fault with a way out. */
import { HttpError, RequestTimedOutError } from "@influxdata/influxdb-client";
import { Fault, fault } from "../../domain/faults.ts";
import type { InfluxConfig } from "../store-config.ts";

export type Refusal = {
  readonly fault: Fault;
  /** Whether the same request may succeed later. */
  readonly again: boolean;
  /** What the server asked to wait, in milliseconds. */
  readonly wait?: number | undefined;
};

const TRY_LATER = [408, 429];
const LONGEST_WAIT_MS = 30_000;

/** Sorts what a request threw. The server's own words are kept in the fault. */
export function refusalOf(error: unknown, config: InfluxConfig): Refusal {
  if (error instanceof Fault) return { fault: error, again: false };
  const { url, database, timeout } = config;
  const where = { parameter: "store.yaml readings" };
  if (error instanceof HttpError) {
    const status = error.statusCode;
    const reason = serverWords(error);
    if (TRY_LATER.includes(status) || status >= 500) {
      // The header counts seconds (RFC 9110); the client's own retryAfter() takes them for milliseconds.
      const asked = Number(error.headers?.["retry-after"]) * 1000;
      const wait = asked > 0 ? Math.min(asked, LONGEST_WAIT_MS) : undefined;
      return { fault: fault("store.influx-busy", { url, status, reason }, where), again: true, wait };
    }
    return { fault: saidNo(status, reason, config), again: false };
  }
  const silent =
    error instanceof RequestTimedOutError || (error instanceof Error && /timed out|aborted/i.test(error.message));
  const reason = silent ? `${timeout / 1000} 秒内没有应答` : error instanceof Error ? shortly(error) : String(error);
  return { fault: fault("store.influx-unreachable", { url, reason }, where), again: true };

  function saidNo(status: number, words: string, { flavour }: InfluxConfig): Fault {
    if (status === 401 || status === 403) return fault("store.influx-token", { url, reason: words }, where);
    return (
      meant(words, config) ?? fault("store.influx-refused", { url, status, reason: words, flavour, database }, where)
    );
  }
}

/** The fault an error text of the server stands for, whether it came with a status or inside a 200. */
export function meant(words: string, { url, database }: InfluxConfig): Fault | undefined {
  const where = { parameter: "store.yaml readings" };
  if (/(database|bucket).*not found|(database|bucket) .*does not exist|retention policy not found/i.test(words)) {
    return fault("store.influx-database", { url, database, reason: words }, where);
  }
  if (/field type conflict|type mismatch|already exists as type/i.test(words)) {
    return fault("store.influx-type", { database, reason: words }, where);
  }
  if (/authorization failed|unauthorized|not authorized|unable to parse authentication/i.test(words)) {
    return fault("store.influx-token", { url, reason: words }, where);
  }
  return undefined;
}

function serverWords(error: HttpError): string {
  const json = error.json as { readonly error?: unknown; readonly message?: unknown } | undefined;
  const words = json?.error ?? json?.message ?? error.body ?? error.statusMessage ?? "";
  const MOST = 300;
  return (typeof words === "string" ? words : JSON.stringify(words)).trim().slice(0, MOST);
}

function shortly(error: Error): string {
  const code = (error as NodeJS.ErrnoException).code;
  return code === undefined ? error.message : `${code}${error.message.includes(code) ? "" : `: ${error.message}`}`;
}
