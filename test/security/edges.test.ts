/** The edges of the service: headers of every reply, bodies made to reach further than a field, what a failure tells. */

import pino from "pino";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { createApp } from "../../src/server/app.ts";
import { type Served, serve } from "../server/city.ts";
import { addUser, setUp, type User } from "../server/users.ts";
import { temporaryStore } from "../store-fixture.ts";

const logged: string[] = [];
vi.mock("../../src/server/log.ts", async (original) => {
  const real = await original<typeof import("../../src/server/log.ts")>();
  return { ...real, serverLog: () => pino({ level: "warn" }, { write: (line: string) => logged.push(line) }) };
});

let served: Served;
let admin: User;
let analyst: User;
let token = "";

beforeAll(async () => {
  served = await serve(await temporaryStore(), { readOnlyDemo: false });
  admin = await setUp(served);
  analyst = await addUser(served, admin, { name: "first-analyst", role: "analyst", bound: "" });
  const page = await post(admin, "/admin/tokens", { name: "writer", account: "1", scope: "write", days: "1" });
  token = /dbt_[\w-]+/.exec(await page.text())?.[0] ?? "";
}, 240_000);

afterAll(() => served?.close());

function post(user: User, path: string, values: Readonly<Record<string, string>>): Promise<Response> {
  return fetch(new URL(path, served.url), {
    method: "POST",
    redirect: "manual",
    headers: { cookie: user.cookie },
    body: new URLSearchParams({ _csrf: user.csrf, ...values }),
  });
}

describe("every reply", () => {
  it.each([
    ["a page", "/login", {}],
    ["a page that needs a log-in", "/targets", {}],
    ["a page that is not there", "/nothing", {}],
    ["the interface", "/api/v1/indicators", {}],
    ["a file of ours", "/static/base.css", {}],
    ["health", "/healthz", {}],
    ["a token that is not one", "/api/v1/places", { authorization: "Bearer x" }],
  ])("says what a browser may do with it: %s", async (_, path, headers) => {
    const response = await served.get(path, headers);
    const policy = response.headers.get("content-security-policy") ?? "";
    for (const one of ["default-src 'self'", "frame-ancestors 'none'", "object-src 'none'", "form-action 'self'"]) {
      expect(policy).toContain(one);
    }
    expect(policy).not.toMatch(/unsafe|\*|data:/);
    expect(response.headers.get("x-content-type-options")).toBe("nosniff");
    expect(response.headers.get("referrer-policy")).toBe("same-origin");
    expect(response.headers.get("access-control-allow-origin")).toBeNull();
    expect(response.headers.get("x-powered-by")).toBeNull();
    await response.body?.cancel();
  });

  it("to a page somebody is logged in to is kept by nobody else's cache", async () => {
    const response = await served.get("/account", { cookie: analyst.cookie });
    expect(response.headers.get("cache-control")).toBe("no-store");
    expect((await served.get("/methods", { cookie: analyst.cookie })).headers.get("cache-control")).toMatch(/private/);
  });
});

describe("the address a request comes from", () => {
  it("is believed from a proxy on this machine and from no other", () => {
    const trusts = createApp({ simulated: () => false } as never).get("trust proxy fn") as (ip: string) => boolean;
    expect(["127.0.0.1", "::1", "10.0.0.1", "192.168.1.5", "203.0.113.9"].map((ip) => trusts(ip))).toEqual([
      true,
      true,
      false,
      false,
      false,
    ]);
  });
});

describe("a body that reaches further than its fields", () => {
  const json = (text: string) =>
    fetch(new URL("/api/v1/tallies", served.url), {
      method: "POST",
      headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
      body: text,
    });

  it.each([
    '{"__proto__":{"polluted":"yes"},"target":"x"}',
    '{"constructor":{"prototype":{"polluted":"yes"}},"target":"x"}',
    '{"target":{"__proto__":{"polluted":"yes"}}}',
    '[{"__proto__":{"polluted":"yes"}}]',
    '"text"',
    "null",
    `${"[".repeat(40_000)}`,
    `{"target":${"[".repeat(20_000)}${"]".repeat(20_000)}}`,
  ])("is refused as a question and changes no object (%#)", async (text) => {
    const response = await json(text);
    expect(response.status).toBe(400);
    expect(await response.json()).toHaveProperty("code");
    expect(({} as Record<string, unknown>)["polluted"]).toBeUndefined();
  });

  it("makes nobody an administrator by a field the form does not have", async () => {
    await post(analyst, "/account", { old: "x", password: "another long one", role: "admin", active: "yes", id: "1" });
    await post(analyst, "/admin/accounts", {
      name: "sneaked-in",
      role: "admin",
      bound: "",
      password: "another long one",
    });
    const page = await (await served.get("/admin", { cookie: admin.cookie })).text();
    expect(page).not.toContain("sneaked-in");
    expect((await served.get("/admin", { cookie: analyst.cookie })).status).toBe(403);
  });

  it.each([
    "__proto__[polluted]=yes",
    "__proto__=yes&__proto__=no",
    "constructor.prototype.polluted=yes",
    "name[]=a&name[]=b",
  ])("is read as a form of texts: %s", async (text) => {
    const response = await fetch(new URL("/login", served.url), {
      method: "POST",
      redirect: "manual",
      headers: { "content-type": "application/x-www-form-urlencoded" },
      body: `name=nobody&password=x&${text}`,
    });
    expect([400, 401, 429]).toContain(response.status);
    expect(({} as Record<string, unknown>)["polluted"]).toBeUndefined();
  });
});

describe("limits of the trade", () => {
  it("leave the last administrator", async () => {
    const refused = await post(admin, "/admin/accounts/1", { active: "no" });
    expect(refused.status).toBe(400);
    expect(await refused.text()).toContain("[access.account]");
    expect((await served.get("/admin", { cookie: admin.cookie })).status).toBe(200);
  });
});

describe("a failure nobody expected", () => {
  it("tells an id and nothing else, on pages and in the interface; the log knows more under that id", async () => {
    await served.store.sql.run("ALTER TABLE target_setting RENAME TO hidden_by_the_test");
    for (const path of ["/targets", "/api/v1/targets"]) {
      logged.length = 0;
      const response = await served.get(path, { cookie: admin.cookie });
      expect(response.status).toBe(500);
      const text = await response.text();
      expect(text).not.toMatch(/target_setting|Catalog|SELECT|node_modules|\.ts:\d+|\bat \//);
      const id = /[0-9a-f]{8}/.exec(/"id":"([0-9a-f]{8})"/.exec(logged.join(""))?.[1] ?? "")?.[0] ?? "none";
      expect(text).toContain(id);
      expect(logged.join("")).toContain("target_setting");
    }
    await served.store.sql.run("ALTER TABLE hidden_by_the_test RENAME TO target_setting");
  });
});
