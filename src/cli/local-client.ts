/** Has a command run by the server that owns the store, and says here what it says there. */
import { once } from "node:events";
import { request } from "node:http";
import { createInterface } from "node:readline";
import { fault } from "../domain/faults.ts";
import type { LocalEvent } from "../server/local-run.ts";
import type { RunningServer } from "../store/server-file.ts";
import type { Effects } from "./command.ts";

/**
 * @returns the exit code; undefined when no server answers for the store, or not to us
 * @throws Fault `store.server-gone` when it began to answer and did not end
 */
export async function runThroughServer(
  { url, token }: RunningServer,
  args: readonly string[],
  { out, err, progress, write }: Pick<Effects, "out" | "err" | "progress" | "write">,
): Promise<number | undefined> {
  const asking = request(new URL("local/run", url), {
    method: "POST",
    headers: { authorization: `Local ${token}`, "content-type": "application/json" },
  });
  asking.end(JSON.stringify({ args }));
  const answered = await once(asking, "response").catch(() => undefined);
  if (answered === undefined) return undefined;
  const [response] = answered as [import("node:http").IncomingMessage];
  if (response.statusCode !== 200) {
    response.resume();
    return undefined;
  }
  try {
    for await (const line of createInterface({ input: response, crlfDelay: Number.POSITIVE_INFINITY })) {
      const event = JSON.parse(line) as LocalEvent;
      if ("exit" in event) return event.exit;
      if ("out" in event) out(event.out);
      else if ("err" in event) err(event.err);
      else if ("progress" in event) progress(event.progress);
      else await write(Buffer.from(event.write, "base64"));
    }
  } catch (error) {
    // An answer that breaks off is told below, in words for a person.
    if (response.complete) throw error;
  }
  throw fault("store.server-gone", { url });
}
