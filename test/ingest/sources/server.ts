/** A local server that misbehaves on purpose. */
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

export type Handler = (request: IncomingMessage, response: ServerResponse, turn: number) => void;

export type LocalServer = { readonly url: string; readonly asked: string[]; readonly close: () => Promise<void> };

/** Each path is answered by its own handler; `turn` counts how often the path was asked, from 0. */
export async function localServer(handlerOf: (path: string) => Handler | undefined): Promise<LocalServer> {
  const turns = new Map<string, number>();
  const asked: string[] = [];
  const server = createServer((request, response) => {
    const path = request.url ?? "";
    const turn = turns.get(path) ?? 0;
    turns.set(path, turn + 1);
    asked.push(path);
    const handler = handlerOf(path);
    if (handler === undefined) response.writeHead(404).end();
    else handler(request, response, turn);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    asked,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
