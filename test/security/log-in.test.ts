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
let admin: User;
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
  "forgets",
  "two-places",
];

beforeAll(async () => {
  served = await serve(await temporaryStore(), { readOnlyDemo: false, now: () => new Date(clock) });
  admin = await setUp(served);
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
const person = (name: string): Promise<User> => again(name, PASSWORD);

async function again(name: string, password: string): Promise<User> {
  const cookie = (await login(served, name, password)).headers.get("set-cookie")?.split(";")[0] ?? "";
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

describe("a password that everybody tries first", () => {
  it.each([
    "password123",
    "Passw0rd!!!!",
    "P@$$w0rd2024",
    "1234567890",
    "9876543210!",
    "qwertyuiop",
    "qwerty123456",
    "1qaz2wsx3edc",
    "q1w2e3r4t5",
    "aaaaaaaaaaaa",
    "abcabcabcabc",
    "iloveyou1314",
    "woaini520520",
    "Admin@123456",
    "Chaoyang2024!",
    "beijing-2026",
    "朝阳区环保局2026年!",
    "北京市朝阳区环境局12",
  ])("is refused, as %s", async (password) => {
    await expect(hashPassword(password, "nobody")).rejects.toMatchObject({ code: "access.password" });
  });

  it.each([
    "correct horse battery",
    "the first password",
    "admin of a small lake",
    "qwerty is a row of keys",
    "清风徐来水波不兴举酒属客",
    "7f3kq9vmx2ltz",
  ])("is not mistaken for one of one's own, as %s", async (password) => {
    expect(await hashPassword(password, "nobody")).toMatch(/^\$argon2id\$/);
  });
});

describe("a forgotten password", () => {
  const linkOf = async (name: string): Promise<string> => {
    const page = await (await served.get("/admin", { cookie: admin.cookie })).text();
    const row = page.split("<tr>").find((one) => one.includes(`>${name}<`)) ?? "";
    const id = /action="\/admin\/accounts\/(\d+)\/reset"/.exec(row)?.[1] ?? "";
    const made = await (await post(admin, `/admin/accounts/${id}/reset`)).text();
    return /\/reset\?token=([\w-]{32})/.exec(made)?.[1] ?? "";
  };
  const reset = (token: string, password: string): Promise<Response> =>
    fetch(new URL("/reset", served.url), {
      method: "POST",
      redirect: "manual",
      body: new URLSearchParams({ token, password }),
    });

  it("is set anew by a link of an administrator, once, and every session ends; the audit tells of both", async () => {
    admin = { ...admin, ...(await again("first-admin", "the first password")) };
    const owner = await person("forgets");
    const token = await linkOf("forgets");
    expect((await served.get(`/reset?token=${token}`)).status).toBe(200);
    expect(await statusOf(owner.cookie)).toBe(200);
    expect((await reset(token, "password123")).status).toBe(400);
    const [one, two] = await Promise.all([reset(token, "a wholly new phrase"), reset(token, "another new phrase")]);
    expect([one.status, two.status].sort()).toEqual([303, 403]);
    expect((await reset(token, "and a third phrase")).status).toBe(403);
    expect((await served.get(`/reset?token=${token}`)).status).toBe(403);
    expect(await statusOf(owner.cookie)).toBe(303);
    const held = one.status === 303 ? "a wholly new phrase" : "another new phrase";
    expect((await login(served, "forgets", held)).status).toBe(303);
    expect((await login(served, "forgets", PASSWORD)).status).toBe(401);
    const audit = await (await served.get("/admin/audit", { cookie: admin.cookie })).text();
    expect(audit).toContain("account.reset");
    expect(audit).toContain("password.reset");
  });

  it("has no way in by an old link, by one that a newer one replaced, or by a guess", async () => {
    const [first, second] = [await linkOf("forgets"), await linkOf("forgets")];
    expect(second).not.toBe(first);
    expect((await reset(first, "a wholly new phrase")).status).toBe(403);
    clock += 24 * 60 * MINUTE + 1;
    expect((await reset(second, "a wholly new phrase")).status).toBe(403);
    expect((await reset("", "a wholly new phrase")).status).toBe(403);
    expect((await reset("A".repeat(32), "a wholly new phrase")).status).toBe(403);
  });
});

describe("one's own sessions", () => {
  it("are listed with where they began, and the others end when their owner says so", async () => {
    const elsewhere = await person("two-places");
    const here = await person("two-places");
    const stranger = await person("cookie-owner");
    const page = await (await served.get("/account", { cookie: here.cookie })).text();
    expect(page).toContain("登录着的地方 <small>2 个</small>");
    expect(page.match(/127\.0\.0\.1　/g)).toHaveLength(2);
    expect(page.match(/<b>这里<\/b>/g)).toHaveLength(1);
    expect((await post({ ...here, csrf: "wrong" }, "/account/sessions")).status).toBe(403);
    expect(await statusOf(elsewhere.cookie)).toBe(200);
    expect((await post(here, "/account/sessions")).status).toBe(303);
    expect([await statusOf(elsewhere.cookie), await statusOf(here.cookie), await statusOf(stranger.cookie)]).toEqual([
      303, 200, 200,
    ]);
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
