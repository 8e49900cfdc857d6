/** A route is a declaration: method, path, the permission it needs, and a function from what was asked to a reply. */
import type { Request, Response } from "express";
import type { DayNumber } from "../domain/time.ts";
import type { Store } from "../store/port.ts";
import type { Actor } from "./access/actor.ts";
import type { Action, Subject } from "./access/permission.ts";
import type { ServerContext } from "./context.ts";
import type { Facts } from "./facts.ts";
import type { Html } from "./html.ts";

/** One question from outside, with all that answers it. */
export type Ask = {
  readonly context: ServerContext;
  /** A view on the store with a connection of its own, inside one transaction. */
  readonly store: Store;
  readonly facts: Facts;
  readonly actor: Actor;
  readonly params: Readonly<Record<string, string>>;
  readonly query: Query;
  /** Fields of a form or of a JSON body; files stand apart. */
  readonly body: Readonly<Record<string, unknown>>;
  readonly now: Date;
  /** The last day that is over. */
  readonly today: DayNumber;
  /** Path with query, as asked. */
  readonly url: string;
  /** The token forms hand back; empty without a session. */
  readonly csrf: string;
  readonly request: Request;
};

/** Query values: one text each; of a repeated one `all` has them all. */
export type Query = {
  readonly get: (name: string) => string | undefined;
  readonly all: (name: string) => readonly string[];
  readonly names: () => readonly string[];
};

export type Reply = {
  readonly status?: number;
  readonly type: string;
  readonly body: Html | string | Uint8Array;
  readonly headers?: Readonly<Record<string, string>>;
};

export type Route = {
  readonly method: "get" | "post" | "delete";
  readonly path: string;
  readonly needs: Action;
  /** Whose detail is asked for, where the permission depends on it. */
  readonly subject?: (ask: Pick<Ask, "params" | "query" | "body">) => Subject;
  /** Open to whoever may do it to one subject at least; the handler shows and takes only what is theirs. */
  readonly some?: boolean;
  /** Whether the reply depends on nothing but the data, the role and the day. */
  readonly cached?: boolean;
  readonly handle: (ask: Ask) => Promise<Reply>;
  /** Takes the response over instead of handling: for what comes bit by bit. No connection is held for it. */
  readonly stream?: (
    context: ServerContext,
    params: Readonly<Record<string, string>>,
    actor: Actor,
    response: Response,
    request: Request,
  ) => void;
  /** Takes files: the most bytes of the whole request. */
  readonly upload?: number;
};

/** A page. */
export function pageReply(body: Html, status = 200): Reply {
  return { status, type: "text/html; charset=utf-8", body };
}

/** To be asked again there, with GET. */
export function seeOther(location: string, headers: Readonly<Record<string, string>> = {}): Reply {
  return { status: 303, type: "text/plain; charset=utf-8", body: "", headers: { ...headers, location } };
}

/** A file to keep; names may be Chinese (RFC 6266, RFC 8187). */
export function fileReply(type: string, body: string | Uint8Array, name: string): Reply {
  const plain = name.replaceAll(/[^\w.-]/g, "_");
  const disposition = `attachment; filename="${plain}"; filename*=UTF-8''${encodeURIComponent(name)}`;
  return { type, body, headers: { "content-disposition": disposition } };
}
