/** A local HTTP server that answers `/ping` like InfluxDB and everything else as a test tells it to. */
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";

export type Asked = { readonly path: string; readonly body: string; readonly headers: IncomingMessage["headers"] };

export type Misbehaving = {
  readonly url: string;
  /** Requests other than `/ping`, in order. */
  readonly asked: Asked[];
  readonly stop: () => Promise<void>;
};

/** @param answer is called for each request but `/ping`; `turn` counts them from 0 */
export async function misbehaving(
  answer: (response: ServerResponse, asked: Asked, turn: number) => void,
  version = "1.6.7",
): Promise<Misbehaving> {
  const asked: Asked[] = [];
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on("data", (part: Buffer) => parts.push(part));
    request.on("end", () => {
      if (version !== "") response.setHeader("x-influxdb-version", version);
      if (request.url === "/ping") {
        response.writeHead(204).end();
        return;
      }
      const one = { path: request.url ?? "", body: Buffer.concat(parts).toString("utf8"), headers: request.headers };
      asked.push(one);
      answer(response, one, asked.length - 1);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}`,
    asked,
    stop: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

/** A chunked answer with these rows of the layout, as InfluxDB sends it. */
export function chunks(
  count: number,
  ...parts: readonly { readonly rows: readonly unknown[]; readonly partial?: boolean }[]
): string {
  const columns = ["time", "place", "indicator", "span", "exact", "flag", "grade", "batch", "void"];
  const first = { statement_id: 0, series: [{ name: "reading", columns: ["time", "count"], values: [[0, count]] }] };
  const rest = parts.map(({ rows, partial }) => ({
    statement_id: 1,
    series: [{ name: "reading", columns, values: rows, ...(partial === true ? { partial } : {}) }],
    ...(partial === true ? { partial } : {}),
  }));
  return [first, ...rest].map((result) => `${JSON.stringify({ results: [result] })}\n`).join("");
}
