/**
 * From request to reply: who asks, may they, is it held already, else ask inside one consistent state of the data.
 */
import type { Request } from "express";
import { fault } from "../domain/faults.ts";
import { dayOf } from "../domain/time.ts";
import type { Sql, Store } from "../store/port.ts";
import type { Who } from "./access/actor.ts";
import { permits, permitsSome, sightOf } from "./access/permission.ts";
import { requireOwnForm } from "./access/who.ts";
import type { Make } from "./cache.ts";
import type { ServerContext } from "./context.ts";
import { type Facts, lastDayOver } from "./facts.ts";
import { readQuery } from "./query.ts";
import type { Route } from "./route.ts";
import { type Packed, packed } from "./send.ts";

/** The reply to a request, packed for sending. */
export async function answer(context: ServerContext, route: Route, request: Request, who: Who): Promise<Packed> {
  const { actor, csrf } = who;
  const url = new URL(request.originalUrl, "http://localhost");
  const params = request.params as Readonly<Record<string, string>>;
  const query = readQuery(url.searchParams);
  const body = (request.body ?? {}) as Readonly<Record<string, unknown>>;
  const now = context.now();
  const asked = { params, query, body };
  requirePermission(route, who, asked);
  if (route.method !== "get") {
    requireOwnForm(request, who);
    if (who.via === "token" && who.readOnly) throw fault("access.denied");
  }
  const compute = (kept: boolean, ahead: boolean): ReturnType<Make> =>
    context.pool.read(async (sql) => {
      const facts = await context.factsOf(sql, ahead);
      const store = viewOf(context.store, sql, facts);
      const today = lastDayOver(facts, now);
      const reply = await route.handle({
        ...asked,
        context,
        store,
        facts,
        actor,
        now,
        today,
        url: request.originalUrl,
        csrf,
        request,
      });
      return { version: facts.version, reply: await packed(reply, kept, facts.version) };
    });
  if (route.cached !== true) return (await compute(false, false)).reply;
  // The same question may be answered differently to another role, on another day, in another format.
  const accept = route.path.startsWith("/api/") ? (request.headers.accept ?? "") : "";
  const question = [sightOf(actor), dayOf(now.getTime()), url.pathname, url.search, accept].join("\n");
  return await context.cache.get(await context.version(), question, (ahead) => compute(true, ahead));
}

/** @throws Fault `access.login-needed`, `access.denied` */
export function requirePermission(
  route: Route,
  { actor }: Who,
  asked: Parameters<NonNullable<Route["subject"]>>[0],
): void {
  const subject = route.subject?.(asked) ?? {};
  const allowed = route.some === true ? permitsSome(actor, route.needs) : permits(actor, route.needs, subject);
  if (!allowed) throw fault(actor.kind === "guest" ? "access.login-needed" : "access.denied");
}

/** The store as a request sees it: its own connection, and the places of the same state of the data. */
export function viewOf(store: Store, sql: Sql, facts: Facts): Store {
  return {
    ...store,
    sql,
    places: async () => facts.places,
    meta: async (key) => (await sql.rows<{ value: string }>("SELECT value FROM meta WHERE key = ?", [key]))[0]?.value,
  };
}
