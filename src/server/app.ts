/** The Express app: every route of `routes.ts` behind the same guards, and one place where errors become replies. */
import { randomUUID } from "node:crypto";
import { fileURLToPath } from "node:url";
import express, { type Express, type NextFunction, type Request, type Response } from "express";
import { ipKeyGenerator, rateLimit } from "express-rate-limit";
import helmet from "helmet";
import { fault } from "../domain/faults.ts";
import { tokenDigest } from "./access/directory.ts";
import { requireOwnForm, whoAsks } from "./access/who.ts";
import { answer, requirePermission } from "./answer.ts";
import type { ServerContext } from "./context.ts";
import { requestLog } from "./log.ts";
import { routeLabel } from "./metrics.ts";
import { problemPage } from "./pages/problem-page.ts";
import { asFault, problemJson, statusOf } from "./problem.ts";
import { ROUTES } from "./routes.ts";
import { send } from "./send.ts";
import { readUpload } from "./upload.ts";

const STATIC = fileURLToPath(new URL("static/", import.meta.url));
const A_DAY = 86_400_000;
const MS_A_SECOND = 1000;

/** Nothing inline, nothing from elsewhere. Pictures of charts come as `data:` nowhere: they have addresses. */
const SECURITY = helmet({
  contentSecurityPolicy: {
    useDefaults: false,
    directives: {
      "default-src": ["'self'"],
      "base-uri": ["'none'"],
      "form-action": ["'self'"],
      "frame-ancestors": ["'none'"],
      "object-src": ["'none'"],
    },
  },
  // Not `no-referrer`, helmet's own choice: under it a browser sends `Origin: null` with our own forms.
  referrerPolicy: { policy: "same-origin" },
  // Pages may be served without TLS inside a bureau's network: set below where there is TLS.
  strictTransportSecurity: false,
  crossOriginEmbedderPolicy: false,
});

/** Attempts at what somebody may not do: told in the log, without what was sent. */
const REFUSALS: ReadonlySet<string> = new Set([
  "access.code",
  "access.denied",
  "access.foreign-form",
  "access.login-failed",
  "access.rate",
  "access.setup",
  "access.throttled",
  "access.token",
]);

const TLS_ONLY = "max-age=31536000";

const NO_QUERY = { get: () => undefined, all: () => [], names: () => [] } as const;

export function createApp(context: ServerContext): Express {
  const app = express();
  app.disable("x-powered-by");
  app.set("query parser", false);
  app.set("etag", false);
  // The proxy that brings TLS stands on the same machine.
  app.set("trust proxy", "loopback");
  app.use((request, response, next) => {
    const begun = performance.now();
    response.on("finish", () => {
      const seconds = (performance.now() - begun) / MS_A_SECOND;
      context.metrics.seen(
        request.method,
        routeLabel(request.route as { path?: unknown } | undefined),
        response.statusCode,
        seconds,
      );
    });
    next();
  });
  app.use(requestLog(context.log));
  app.use(SECURITY);
  app.use((request, response, next) => {
    if (request.secure) response.setHeader("strict-transport-security", TLS_ONLY);
    next();
  });
  app.use("/static", express.static(STATIC, { maxAge: A_DAY, index: false, redirect: false, dotfiles: "ignore" }));
  app.use(express.urlencoded({ extended: false, limit: "100kb" }), express.json({ limit: "100kb" }));
  app.use("/api/v1", apiLimit(context.apiPerMinute));
  for (const route of ROUTES) {
    app[route.method](route.path, async (request, response) => {
      const who = whoAsks(context, request);
      if (who.cookie !== undefined) response.setHeader("set-cookie", who.cookie);
      if (route.upload !== undefined || route.stream !== undefined) {
        // Before a byte of a file is read.
        const params = request.params as Readonly<Record<string, string>>;
        requirePermission(route, who, { params, query: NO_QUERY, body: {} });
      }
      if (route.upload !== undefined) request.body = await readUpload(request, route.upload);
      if (route.stream === undefined) {
        send(request, response, await answer(context, route, request, who));
        return;
      }
      if (route.method !== "get") requireOwnForm(request, who);
      route.stream(context, request.params as Readonly<Record<string, string>>, who.actor, response, request);
    });
  }
  app.use((request: Request) => {
    const known = ROUTES.some((route) => route.path === request.path);
    throw known
      ? fault("method.not-allowed", { method: request.method, path: request.path })
      : fault("page.unknown", { given: request.path });
  });
  app.use((error: unknown, request: Request, response: Response, next: NextFunction) => {
    if (response.headersSent) next(error);
    else tell(context, error, request, response);
  });
  return app;
}

/** By token, else by address. A page is never limited: an office may stand behind one address. */
function apiLimit(perMinute: number): express.RequestHandler {
  return rateLimit({
    windowMs: 60 * MS_A_SECOND,
    limit: perMinute,
    standardHeaders: "draft-7",
    legacyHeaders: false,
    keyGenerator: (request) => {
      const { authorization } = request.headers;
      return authorization === undefined ? ipKeyGenerator(request.ip ?? "") : tokenDigest(authorization);
    },
    handler: () => {
      throw fault("access.rate", { most: perMinute });
    },
  });
}

function tell(context: ServerContext, error: unknown, request: Request, response: Response): void {
  const problem = asFault(error, context.logError, randomUUID().slice(0, 8));
  const status = statusOf(problem);
  if (REFUSALS.has(problem.code)) {
    const route = routeLabel(request.route as { path?: unknown } | undefined);
    context.log.warn(
      { id: request.id, code: problem.code, method: request.method, route, address: request.ip },
      "refused",
    );
  }
  const api = request.path.startsWith("/api/");
  if (problem.code === "access.login-needed" && !api && request.method === "GET") {
    response.redirect(303, `/login?to=${encodeURIComponent(request.originalUrl)}`);
    return;
  }
  response.status(status).setHeader("cache-control", "no-store");
  if (api) response.type("application/problem+json").end(JSON.stringify(problemJson(problem)));
  else response.type("text/html; charset=utf-8").end(String(problemPage(problem, context.simulated())));
}
