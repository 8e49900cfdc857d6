/** Addresses that should make this program ask where it has no business: it asks the host that was configured, or nobody. */
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { parseSources } from "../../ingest/sources/config.ts";
import { fetchOnce } from "../../ingest/sources/fetch-once.ts";
import { Fault } from "../../src/domain/faults.ts";

const configOf = (url: string): string =>
  `sources:\n  - name: a\n    kind: http\n    format: township\n    url: '${url}'\n`;

describe("the address of a source", () => {
  it.each([
    "file:///etc/passwd",
    "ftp://x.example/a.csv",
    "data:text/csv,place",
    "javascript:alert(1)",
    "gopher://x.example/1",
    "//x.example/a.csv",
    "/etc/passwd",
    "http://user:secret@x.example/a.csv",
    "https://user@x.example/a.csv",
  ])("is not %s", (url) => {
    expect(() => parseSources(configOf(url), "sources.yaml")).toThrow(Fault);
  });

  it("may hold the day and the page", () => {
    const [source] = parseSources(configOf("https://x.example/{date}/{yyyymmdd}.csv?page={page}"), "sources.yaml");
    expect(source).toMatchObject({ url: "https://x.example/{date}/{yyyymmdd}.csv?page={page}" });
  });
});

describe("a redirect", () => {
  let first: Server;
  let second: Server;
  let location = "";
  let others = 0;
  let hops = 0;

  const listening = async (server: Server): Promise<string> => {
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  };

  beforeEach(async () => {
    others = 0;
    hops = 0;
    second = createServer((_, response) => {
      others++;
      response.end("secret of another service");
    });
    first = createServer((request, response) => {
      if (request.url === "/end") return void response.end("data");
      hops++;
      response.writeHead(302, { location }).end();
    });
  });
  afterEach(() => {
    first.close();
    second.close();
  });

  const ask = async (to: (first: string, second: string) => string) => {
    const [here, there] = [await listening(first), await listening(second)];
    location = to(here, there);
    return await fetchOnce({
      url: `${here}/begin`,
      method: "GET",
      form: {},
      headers: { authorization: "Bearer secret" },
      timeoutMs: 30_000,
      mostBytes: 1_000_000,
    });
  };

  it.each<readonly [string, (first: string, second: string) => string]>([
    ["another port of the same machine", (_, second) => `${second}/x`],
    ["the same host under another name", (first) => first.replace("127.0.0.1", "localhost")],
    ["an address of a cloud's own data", () => "http://169.254.169.254/latest/meta-data/"],
    ["a file", () => "file:///etc/passwd"],
    ["another protocol", (first) => first.replace("http:", "https:")],
    ["an address without protocol", (_, second) => second.replace("http:", "")],
    ["what is no address", () => "http://"],
  ])("to %s is not followed, and no header goes there", async (_, to) => {
    const answer = await ask(to);
    expect(answer.kind).toBe("failed");
    expect([hops, others]).toEqual([1, 0]);
  });

  it("on the same host is followed", async () => {
    const answer = await ask(() => "/end");
    expect(answer.kind === "body" && Buffer.from(answer.bytes).toString()).toBe("data");
  });

  it("in a circle ends after three", async () => {
    expect(await ask(() => "/begin")).toMatchObject({ kind: "failed", again: false });
    expect(hops).toBe(4);
  });
});
