/** A server that ends: it lets running requests end, and does not wait for people who keep a connection open. */
import { once } from "node:events";
import { Agent, type ClientRequest, type IncomingMessage, request } from "node:http";
import { expect, it } from "vitest";
import { listen } from "../../src/server/listen.ts";
import { temporaryStore } from "../store-fixture.ts";

it("answers a request that is under way, and waits no longer for a connection a browser or a proxy keeps open", async () => {
  const { store, remove } = await temporaryStore();
  const agent = new Agent({ keepAlive: true });
  try {
    const { url, close } = await listen(store, { host: "127.0.0.1", port: 0, log: "silent" });
    const body = "name=a&password=b";
    const asked: ClientRequest = request(new URL("login", url), {
      agent,
      method: "POST",
      headers: {
        "content-type": "application/x-www-form-urlencoded",
        "content-length": body.length,
        expect: "100-continue",
      },
    });
    asked.flushHeaders();
    // The server has the head and waits for the body.
    await once(asked, "continue");
    const closed = close();
    asked.end(body);
    const [answer] = (await once(asked, "response")) as [IncomingMessage];
    answer.resume();
    await once(answer, "end");
    expect(answer.statusCode).toBe(401);
    await closed;
  } finally {
    agent.destroy();
    await remove();
  }
}, 20_000);
