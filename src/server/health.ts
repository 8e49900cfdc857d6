/** Whether the process lives, and whether it can answer. */
import type { Ask, Reply } from "./route.ts";

const PLAIN = "application/json; charset=utf-8";

export async function healthz(): Promise<Reply> {
  return { type: PLAIN, body: JSON.stringify({ status: "ok" }) };
}

/** Reached only after the store has answered. */
export async function readyz({ facts }: Ask): Promise<Reply> {
  return { type: PLAIN, body: JSON.stringify({ status: "ready", version: facts.version }) };
}
