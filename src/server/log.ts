/** Structured logs: one JSON line a request with its id, its route and its account; never a query, a form or a token. */
import { randomUUID } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import pino, { type Logger } from "pino";
import { type HttpLogger, pinoHttp } from "pino-http";
import { routeLabel } from "./metrics.ts";

export const LOG_LEVELS = ["silent", "error", "warn", "info", "debug"] as const;

export type LogLevel = (typeof LOG_LEVELS)[number];

/** Writes to standard error, so that standard output stays what a command prints. */
export function serverLog(level: LogLevel): Logger {
  return pino(
    { level, base: null, timestamp: pino.stdTimeFunctions.isoTime },
    pino.destination({ fd: 2, sync: false }),
  );
}

export function requestLog(logger: Logger): HttpLogger {
  return pinoHttp({
    logger,
    genReqId: (request: IncomingMessage, response: ServerResponse) => {
      // An id from a proxy is kept when it looks like one; anything else could be made to look like a log line.
      const given = String(request.headers["x-request-id"] ?? "");
      const id = /^[\w-]{8,64}$/.test(given) ? given : randomUUID();
      response.setHeader("x-request-id", id);
      return id;
    },
    serializers: {
      req: (request: { id: unknown; method: string; raw: { route?: { path?: unknown } } }) => ({
        id: request.id,
        method: request.method,
        route: routeLabel(request.raw.route),
      }),
      res: (response: { statusCode: number }) => ({ status: response.statusCode }),
    },
    customLogLevel: (_request: IncomingMessage, response: ServerResponse, error?: Error) =>
      error !== undefined || response.statusCode >= 500 ? "error" : "info",
  });
}
