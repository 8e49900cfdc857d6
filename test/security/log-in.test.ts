/** What a stranger tries at the door: guesses in bulk, a stolen cookie, a name that may or may not exist. */
import pino from "pino";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { Fault } from "../../src/domain/faults.ts";
import { hashPassword } from "../../src/server/access/passwords.ts";
import { type Served, serve } from "../server/city.ts";
import { addUser, login, PASSWORD, setUp, type User } from "../server/users.ts";
import { temporaryStore } from "../store-fixture.ts";

/** Which stored hash each check was made against; the check itself is the real one. */
const warned: string[] = [];
vi.mock("../../src/server/log.ts", async (original) => {
  const real = await original<typeof import("../../src/server/log.ts")>();
  const sink = { write: (line: string) => warned.push(line) };
  return { ...real, serverLog: () => pino({ level: "warn" }, sink) };
});

const { checked } = vi.hoisted(() => ({ checked: [] as string[] }));
vi.mock("@node-rs/argon2", async (original) => {
  const real = await original<typeof import("@node-rs/argon2")>();
  return {
    ...real,
    verify: (held: string, password: string) => {
      checked.push(held);
      return real.verify(held, password);
    },
  };
});

const START = new Date("2026-03-02T08:00:00+08:00").getTime();
const MINUTE = 60_000;

let served: Served;
let clock = START;
const NAMES = [
  "guessed-at",
  "cookie-owner",
  "logs-out",
  "changes-password",
  "stays-long",
  "never-rests",
  "fixed",
  "spaced",
];

beforeAll(async () => {
  served = await serve(await temporaryStore(), { readOnlyDemo: false, now: () => new Date(clock) });
  const admin = await setUp(served);
  for (const name of NAMES) await addUser(served, admin, { name, role: "reader", bound: "" });
}, 240_000);

afterAll(() => served?.close());

const statusOf = async (cookie: string, path = "/targets"): Promise<number> =>
  (await served.get(path, { cookie })).status;

function post(user: User, path: string, values: Readonly<Record<string, string>> = {}): Promise<Response> {
  return fetch(new URL(path, served.url), {
    method: "POST",
    redirect: "manual",
    headers: { cookie: user.cookie },
    body: new URLSearchParams({ _csrf: user.csrf, ...values }),
  });
}

/** A person, freshly logged in. */
async function person(name: string): Promise<User> {
  const cookie = (await login(served, name, PASSWORD)).headers.get("set-cookie")?.split(";")[0] ?? "";
  const page = await (await served.get("/account", { cookie })).text();
  return { cookie, csrf: /name="_csrf" value="([^"]+)"/.exec(page)?.[1] ?? "" };
}

describe("guessing passwords", () => {
  it("gets five looked at, also when forty are sent at the same moment", async () => {
    checked.length = 0;
    const answers = await Promise.all(Array.from({ length: 40 }, (_, k) => login(served, "guessed-at", `guess ${k}`)));
    const statuses = answers.map((one) => one.status).sort();
    expect([statuses.filter((one) => one === 401).length, statuses.filter((one) => one === 429).length]).toEqual([
      5, 35,
    ]);
    expect(checked).toHaveLength(5);
    expect((await login(served, "guessed-at", PASSWORD)).status).toBe(429);
  });

  it("is let in again after the wait, and the count of the address is not raised by who knows the password", async () => {
    clock += 20 * MINUTE;
    for (let k = 0; k < 60; k++) expect((await login(served, "guessed-at", PASSWORD)).status).toBe(303);
  });

  it("costs the same work for a name that does not exist: one check with the same parameters", async () => {
    checked.length = 0;
    await login(served, "guessed-at", "not the password");
    await login(served, "no-such-person", "not the password");
    const parameters = checked.map((held) => held.split("$").slice(0, 4).join("$"));
    expect(parameters).toHaveLength(2);
    expect(parameters[0]).toMatch(/^\$argon2id\$v=19\$m=\d+,t=\d+,p=\d+$/);
    expect(parameters[1]).toBe(parameters[0]);
  });
});

describe("a password", () => {
  it("is taken as it was typed: spaces count, and nothing is cut off", async () => {
    const owner = await person("spaced");
    const long = `  ${"长".repeat(60)} and more  `;
    expect((await post(owner, "/account", { old: PASSWORD, password: long })).status).toBe(303);
    expect((await login(served, "spaced", long.trim())).status).toBe(401);
    expect((await login(served, "spaced", `${long}x`)).status).toBe(401);
    expect((await login(served, "spaced", long)).status).toBe(303);
  });

  it.each([
    ["too short", "nine char"],
    ["longer than two hundred characters", "x".repeat(201)],
    ["holding the account's name in any case", "my SPACED-OUT secret"],
    ["holding the program's name", "Duibiao is my secret"],
  ])("is refused when it is %s", async (_, password) => {
    await expect(hashPassword(password, "spaced")).rejects.toThrow(Fault);
  });
});

describe("what somebody may not do", () => {
  it("is told in the log, without what was sent", async () => {
    await login(served, "nobody-at-all", "a guess never to be logged");
    await served.get("/targets", { authorization: "Bearer dbt_never_logged" });
    await new Promise((resolve) => setImmediate(resolve));
    const told = warned.join("\n");
    expect(told).toContain('"code":"access.login-failed"');
    expect(told).toContain('"code":"access.token"');
    expect(told).not.toMatch(/never|guess/);
  });
});

describe("a session's cookie", () => {
  it("is out of reach of scripts and other sites, and is sent over TLS only where TLS is", async () => {
    const plain = (await login(served, "cookie-owner", PASSWORD)).headers.get("set-cookie") ?? "";
    expect(plain).toMatch(/^duibiao_session=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax$/);
    const behindProxy = await fetch(new URL("/login", served.url), {
      method: "POST",
      redirect: "manual",
      headers: { "x-forwarded-proto": "https" },
      body: new URLSearchParams({ name: "cookie-owner", password: PASSWORD }),
    });
    expect(behindProxy.headers.get("set-cookie")).toMatch(/; Secure$/);
    expect(behindProxy.headers.get("strict-transport-security")).toMatch(/^max-age=\d{8}/);
    expect((await served.get("/login")).headers.get("strict-transport-security")).toBeNull();
  });

  it("is worth nothing to a thief once its owner logged out", async () => {
    const owner = await person("logs-out");
    expect(await statusOf(owner.cookie)).toBe(200);
    expect((await post(owner, "/logout")).status).toBe(303);
    expect(await statusOf(owner.cookie)).toBe(303);
    expect((await served.get("/api/v1/places", { cookie: owner.cookie })).status).toBe(401);
  });

  it("is worth nothing once the password was changed, on no machine", async () => {
    const owner = await person("changes-password");
    const elsewhere =
      (await login(served, "changes-password", PASSWORD)).headers.get("set-cookie")?.split(";")[0] ?? "";
    const changed = await post(owner, "/account", { old: PASSWORD, password: "another long password" });
    expect(changed.status).toBe(303);
    expect([await statusOf(owner.cookie), await statusOf(elsewhere)]).toEqual([303, 303]);
    expect((await login(served, "changes-password", PASSWORD)).status).toBe(401);
  });

  it("is renewed while it is used; the old one and the new one end together at log-out", async () => {
    const owner = await person("stays-long");
    clock += 16 * MINUTE;
    const response = await served.get("/targets", { cookie: owner.cookie });
    const renewed = response.headers.get("set-cookie")?.split(";")[0] ?? "";
    expect(renewed).toMatch(/^duibiao_session=/);
    expect(renewed).not.toBe(owner.cookie);
    expect((await post({ ...owner, cookie: renewed }, "/logout")).status).toBe(303);
    expect([await statusOf(owner.cookie), await statusOf(renewed)]).toEqual([303, 303]);
  });

  it("ends half an hour after its last use, and after a working day however it is used", async () => {
    const idle = await person("never-rests");
    clock += 31 * MINUTE;
    expect(await statusOf(idle.cookie)).toBe(303);
    const busy = await person("never-rests");
    let { cookie } = busy;
    const begun = clock;
    while (clock - begun < 12 * 60 * MINUTE) {
      const response = await served.get("/targets", { cookie });
      expect(response.status).toBe(200);
      cookie = response.headers.get("set-cookie")?.split(";")[0] ?? cookie;
      clock += 20 * MINUTE;
    }
    clock += MINUTE;
    expect(await statusOf(cookie)).toBe(303);
  });

  it("is worth nothing after its owner logged in again with it", async () => {
    const first = await person("fixed");
    const form = await (await served.get("/login", { cookie: first.cookie })).text();
    const csrf = /name="_csrf" value="([^"]+)"/.exec(form)?.[1] ?? "";
    const again = await fetch(new URL("/login", served.url), {
      method: "POST",
      redirect: "manual",
      headers: { cookie: first.cookie },
      body: new URLSearchParams({ _csrf: csrf, name: "fixed", password: PASSWORD }),
    });
    expect(again.status).toBe(303);
    expect(await statusOf(first.cookie)).toBe(303);
  });

  it("never takes over an id that was set from outside", async () => {
    const planted = "duibiao_session=planted-by-somebody";
    const response = await fetch(new URL("/login", served.url), {
      method: "POST",
      redirect: "manual",
      headers: { cookie: planted },
      body: new URLSearchParams({ name: "fixed", password: PASSWORD }),
    });
    expect(response.headers.get("set-cookie")).not.toContain("planted");
    expect(await statusOf(planted)).toBe(303);
  });
});
