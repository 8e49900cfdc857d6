/** A server that goes away in the middle of a command: said as that, never as a store in use. */
import { once } from "node:events";
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, expect, it } from "vitest";
import { runThroughServer } from "../../src/cli/local-client.ts";

async function asked(answer: (response: ServerResponse) => void) {
  const server = createServer((_, response) => answer(response));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const said: string[] = [];
  try {
    const ended: unknown = await runThroughServer(
      { url: `http://127.0.0.1:${port}/`, token: "t", pid: 1 },
      ["ingest"],
      {
        out: (line) => void said.push(line),
        err: (line) => void said.push(line),
        progress: () => undefined,
        write: async () => undefined,
      },
    ).catch((thrown: unknown) => thrown);
    return { ended, said };
  } finally {
    server.close();
  }
}

describe("a command whose server goes away", () => {
  it("ends with what the server said and that it went away, whether it closes or breaks off", async () => {
    for (const leave of [
      (response: ServerResponse) => response.end(),
      (response: ServerResponse) => response.destroy(),
    ]) {
      const { ended, said } = await asked((response) => {
        response.writeHead(200).write(`${JSON.stringify({ err: "一行" })}\n`, () => leave(response));
      });
      expect(said).toEqual(["一行"]);
      expect(ended).toMatchObject({ code: "store.server-gone" });
    }
  });

  it("ends with the code the server gave", async () => {
    const { ended } = await asked((response) => response.end(`${JSON.stringify({ exit: 2 })}\n`));
    expect(ended).toBe(2);
  });
});
