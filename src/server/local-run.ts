/**
 * Commands of this machine, run by the process that owns the store. The caller proves itself by the token in the
 * store's folder, which only the owner of the store can read; what it may do is what that person could do to the files.
 */
import type { Request, Response } from "express";
import { z } from "zod";
import type { Readers } from "../../ingest/read-thread.ts";
import { fault, faultLines } from "../domain/faults.ts";
import { recordAudit } from "../store/audit.ts";
import type { Sql, Store } from "../store/port.ts";
import { viewOf } from "./answer.ts";
import type { ServerContext } from "./context.ts";
import { asFault } from "./problem.ts";
import type { Route } from "./route.ts";

/** One thing a command said; a line of JSON each. */
export type LocalEvent =
  | { readonly out: string }
  | { readonly err: string }
  | { readonly progress: string }
  /** Raw bytes of standard output, base64. */
  | { readonly write: string }
  | { readonly exit: number };

export type LocalRunner = {
  /** How a command takes its turn; undefined for one that does not go through a server. */
  readonly turnOf: (args: readonly string[]) => "read" | "change" | "alone" | undefined;
  readonly run: (
    args: readonly string[],
    held: { readonly store: Store; readonly readers: Readers },
    tell: (event: LocalEvent) => void,
  ) => Promise<number>;
};

const asked = z.strictObject({ args: z.array(z.string().max(4096)).min(1).max(1000) });

export const LOCAL_ROUTE: Route = {
  method: "post",
  path: "/local/run",
  needs: "local.run",
  handle: () => Promise.reject(fault("page.unknown", { given: "/local/run" })),
  stream: (context, _params, actor, response, request) => void run(context, actor.name, request, response),
};

/** Exit code of a store that is in use or broken. */
const STORE_FAILED = 3;

async function run(context: ServerContext, who: string, request: Request, response: Response): Promise<void> {
  const tell = (event: LocalEvent): void => {
    if (!response.writableEnded) response.write(`${JSON.stringify(event)}\n`);
  };
  let exit: number | undefined;
  try {
    const { args } = asked.parse(request.body);
    const turn = context.localRunner?.turnOf(args);
    if (turn === undefined || context.localRunner === undefined) {
      response.status(400).json({});
      return;
    }
    response.writeHead(200, { "content-type": "application/x-ndjson", "cache-control": "no-store" });
    exit = await inTurn(
      context,
      turn,
      (store) => context.localRunner?.run(args, { store, readers: context.readers }, tell) ?? Promise.resolve(3),
    );
    context.log.info({ args, exit }, "local command");
    if (turn !== "read") {
      const at = context.now().getTime();
      const entry = { at, who, role: "local", action: "command", subject: args.join(" ").slice(0, 500) };
      await context.write(async (sql) => {
        await recordAudit(sql, { ...entry, after: `结束码 ${exit}` });
        await context.access.reload(sql);
      });
    }
    tell({ exit });
    response.end();
  } catch (error) {
    context.logError("local", error);
    if (!response.headersSent) {
      response.status(400).json({});
      return;
    }
    // What failed said so itself; what was done and could not be written into the audit is told here.
    if (exit === 0) for (const line of faultLines(asFault(error, context.logError, "local"), "zh")) tell({ err: line });
    if (exit !== undefined) tell({ exit: exit === 0 ? STORE_FAILED : exit });
    response.end();
  }
}

async function inTurn(
  { pool, store, factsOf, change, alone }: ServerContext,
  turn: "read" | "change" | "alone",
  work: (store: Store) => Promise<number>,
): Promise<number> {
  if (turn === "read") return await pool.read(async (sql: Sql) => await work(viewOf(store, sql, await factsOf(sql))));
  if (turn === "change") return await change(() => work(store));
  return await change(() => alone(() => work(store)));
}
