/** Askers that come too late, send too much or too slowly: refused plainly, and nothing changed. */
import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Listening, listen } from "../../src/server/listen.ts";
import { type TemporaryStore, temporaryStore } from "../store-fixture.ts";
import type { Served } from "./city.ts";
import { setUp, type User } from "./users.ts";

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

let fixture: TemporaryStore;
let listening: Listening;
let served: Served;
let admin: User;
let now = Date.parse("2026-11-24T10:00:00+08:00");

beforeAll(async () => {
  fixture = await temporaryStore();
  listening = await listen(fixture.store, {
    ...{ host: "127.0.0.1", port: 0, now: () => new Date(now), patience: { headMs: 600, requestMs: 1200 } },
  });
  const get: Served["get"] = (path, headers = {}) =>
    fetch(new URL(path, listening.url), { redirect: "manual", headers });
  served = {
    ...{ store: fixture.store, dir: fixture.dir, url: listening.url, setupUrl: listening.setupUrl, get },
    text: async (path) => await (await get(path)).text(),
    close: async () => undefined,
  };
  admin = await setUp(served);
}, 120_000);

afterAll(async () => {
  await listening?.close();
  await fixture?.remove();
});

async function post(path: string, values: Readonly<Record<string, string>>): Promise<Response> {
  return await fetch(new URL(path, served.url), {
    method: "POST",
    redirect: "manual",
    headers: { cookie: admin.cookie },
    body: new URLSearchParams({ _csrf: admin.csrf, ...values }),
  });
}

/** What a socket is told before it is closed. */
async function answerTo(send: (socket: Socket) => void): Promise<string> {
  const { hostname, port } = new URL(served.url);
  const socket = connect(Number(port), hostname);
  const chunks: Buffer[] = [];
  socket.on("data", (chunk: Buffer) => chunks.push(chunk));
  socket.on("error", () => undefined);
  await once(socket, "connect");
  send(socket);
  await once(socket, "close");
  return Buffer.concat(chunks).toString();
}

describe("what a server puts up with", () => {
  it("cuts off who sends a head or a body too slowly, and goes on serving others", async () => {
    const slowHead = answerTo((socket) => socket.write("GET / HTTP/1.1\r\nHost: x\r\n"));
    const slowBody = answerTo((socket) =>
      socket.write(
        "POST /login HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 1000\r\n\r\nabc",
      ),
    );
    expect((await served.get("/healthz")).status).toBe(200);
    expect(await slowHead).toMatch(/^HTTP\/1\.1 408 /);
    expect(await slowBody).toMatch(/^HTTP\/1\.1 408 /);
    expect((await served.get("/healthz")).status).toBe(200);
  }, 60_000);

  it("takes no head beyond the limit of HTTP", async () => {
    const told = await answerTo((socket) =>
      socket.write(`GET / HTTP/1.1\r\nHost: x\r\nX-Large: ${"x".repeat(100_000)}\r\n\r\n`),
    );
    expect(told).toMatch(/^HTTP\/1\.1 431 /);
  }, 60_000);

  it.each([
    ["/login", "application/x-www-form-urlencoded", `name=${"x".repeat(200_000)}`],
    ["/api/v1/tallies", "application/json", JSON.stringify({ target: "x".repeat(200_000) })],
  ])("takes no body beyond the limit on %s", async (path, type, body) => {
    const response = await fetch(new URL(path, served.url), {
      method: "POST",
      redirect: "manual",
      headers: { "content-type": type, cookie: admin.cookie, "x-csrf-token": admin.csrf },
      body,
    });
    expect(response.status).toBe(413);
    expect(await response.text()).toContain("body.too-large");
  });

  it("takes no upload that says it is beyond the limit, before a byte of it is read", async () => {
    const told = await answerTo((socket) =>
      socket.write(
        `POST /data/upload HTTP/1.1\r\nHost: ${new URL(served.url).host}\r\nCookie: ${admin.cookie}\r\nContent-Type: multipart/form-data; boundary=x\r\nContent-Length: 999999999\r\nConnection: close\r\n\r\n`,
      ),
    );
    expect(told).toMatch(/^HTTP\/1\.1 413 /);
  }, 60_000);

  it("knows a token until its last moment and no longer", async () => {
    const page = await (
      await post("/admin/tokens", { name: "one day", account: "1", scope: "read", days: "1" })
    ).text();
    const headers = { authorization: `Bearer ${/dbt_[\w-]+/.exec(page)?.[0] ?? ""}` };
    const begun = now;
    now = begun + DAY - 1;
    expect((await served.get("/api/v1/indicators", headers)).status).toBe(200);
    now = begun + DAY;
    const late = await served.get("/api/v1/indicators", headers);
    expect(late.status).toBe(401);
    expect(await late.json()).toMatchObject({ code: "access.token" });
    now = begun;
  });

  it("forgets a session that was idle for half an hour, and asks for log-in", async () => {
    expect((await served.get("/admin", { cookie: admin.cookie })).status).toBe(200);
    now += 31 * MINUTE;
    const late = await served.get("/admin", { cookie: admin.cookie });
    expect([late.status, late.headers.get("location")]).toEqual([303, "/login?to=%2Fadmin"]);
    expect((await post("/admin/accounts", { name: "x", role: "reader", password: "0123456789" })).status).toBe(401);
  });
});
