/** Who asks a request: a token's account, else a session's, else a visitor where the server is open, else a guest. */
import { timingSafeEqual } from "node:crypto";
import type { Request } from "express";
import { fault } from "../../domain/faults.ts";
import type { ServerContext } from "../context.ts";
import { GUEST, LOCAL, VISITOR, type Who } from "./actor.ts";
import { actorOfAccount } from "./directory.ts";
import { PENDING_SECONDS } from "./pending-logins.ts";

const COOKIE = "duibiao_session";
/** Of a log-in whose second step is still to come: never asked for a session. */
const PENDING_COOKIE = "duibiao_login";

/** @throws Fault `access.token` for a token that is not valid */
export function whoAsks(context: ServerContext, request: Request): Who {
  const { openDemo, access } = context;
  const local = /^Local\s+(\S+)$/.exec(request.headers.authorization ?? "")?.[1];
  if (local !== undefined) {
    if (!fromHere(request) || !sameText(local, context.localToken())) throw fault("access.token");
    return { actor: LOCAL, csrf: "", via: "token", readOnly: false };
  }
  const bearer = /^Bearer\s+(\S+)$/i.exec(request.headers.authorization ?? "")?.[1];
  if (bearer !== undefined) {
    const found = access.byToken(bearer);
    if (found === undefined) throw fault("access.token");
    return { actor: actorOfAccount(found.account), csrf: "", via: "token", readOnly: found.scope === "read" };
  }
  const id = sessionId(request);
  const found = id === undefined ? undefined : access.sessions.find(id);
  const account = found === undefined ? undefined : access.byId(found.session.account);
  if (found !== undefined && account !== undefined) {
    const cookie = found.renewed === undefined ? undefined : sessionCookie(request, found.renewed);
    return { actor: actorOfAccount(account), csrf: found.session.csrf, via: "session", readOnly: false, cookie };
  }
  const open = openDemo && access.accounts().length === 0;
  return { actor: open ? VISITOR : GUEST, csrf: "", via: "none", readOnly: true };
}

export function sessionId(request: Request): string | undefined {
  return cookieOf(request, COOKIE);
}

export function pendingId(request: Request): string | undefined {
  return cookieOf(request, PENDING_COOKIE);
}

function cookieOf(request: Request, wanted: string): string | undefined {
  for (const part of (request.headers.cookie ?? "").split(";")) {
    const [name, value] = part.trim().split("=");
    if (name === wanted && value !== undefined && value !== "") return value;
  }
  return undefined;
}

/** Set, or with no id taken away. Secure wherever the request came over TLS. */
export function sessionCookie(request: Pick<Request, "secure">, id: string | undefined): string {
  return cookieText(request, COOKIE, id ?? "", id === undefined ? 0 : undefined);
}

export function pendingCookie(request: Pick<Request, "secure">, id: string): string {
  return cookieText(request, PENDING_COOKIE, id, PENDING_SECONDS);
}

function cookieText(request: Pick<Request, "secure">, name: string, id: string, age: number | undefined): string {
  const secure = request.secure ? "; Secure" : "";
  return `${name}=${id}; Path=/; HttpOnly; SameSite=Lax${secure}${age === undefined ? "" : `; Max-Age=${age}`}`;
}

/**
 * A change must come from a page of this service: the browser says where it comes from, and a session's form brings the
 * session's token. Programs with a token of their own have no cookie that could be misused.
 * @throws Fault `access.foreign-form`
 */
export function requireOwnForm(request: Request, { via, csrf }: Who): void {
  if (via === "token") return;
  const site = request.headers["sec-fetch-site"];
  if (site !== undefined && site !== "same-origin" && site !== "none") throw fault("access.foreign-form");
  const { origin, host } = request.headers;
  if (origin !== undefined && originHost(origin) !== host) throw fault("access.foreign-form");
  if (via !== "session") return;
  const body = (request.body ?? {}) as Readonly<Record<string, unknown>>;
  const given = String(request.headers["x-csrf-token"] ?? body["_csrf"] ?? "");
  if (!sameText(given, csrf)) throw fault("access.foreign-form");
}

/** Not through a proxy, which stands on this machine too. */
function fromHere({ socket, headers }: Request): boolean {
  const { remoteAddress, localAddress } = socket;
  return remoteAddress !== undefined && remoteAddress === localAddress && headers["x-forwarded-for"] === undefined;
}

function sameText(given: string, wanted: string | undefined): boolean {
  if (wanted === undefined || wanted === "") return given === wanted;
  const [a, b] = [Buffer.from(given), Buffer.from(wanted)];
  return a.length === b.length && timingSafeEqual(a, b);
}

function originHost(origin: string): string | undefined {
  try {
    return new URL(origin).host;
  } catch {
    return undefined;
  }
}
