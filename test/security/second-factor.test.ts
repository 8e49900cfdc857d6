import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ROUTES } from "../../src/server/routes.ts";
import { listAccounts } from "../../src/store/accounts.ts";
import { factorOf } from "../../src/store/second-factors.ts";
import { type Served, serve } from "../server/city.ts";
import {
  codeAt,
  codeStep,
  cookieIn,
  type Phone,
  passwordStep,
  shownCodes,
  shownSecret,
  switchOn,
} from "../server/phone.ts";
import { addUser, login, PASSWORD, post, setUp, type User } from "../server/users.ts";
import { temporaryStore } from "../store-fixture.ts";

const STEP = 30_000;
const MINUTE = 60_000;
const START = new Date("2026-03-02T08:00:00+08:00").getTime();

let served: Served;
let admin: User;
let clock = START;
const phones = new Map<string, Phone>();
const NAMES = [
  "replayed",
  "guessed",
  "half-way",
  "loses-phone",
  "patient",
  "moves",
  "stops",
  "renews",
  "resets",
  "owner",
];

/** The next code of a phone that was not shown before. */
function nextCode(name: string): string {
  clock += STEP;
  return codeAt(phones.get(name)?.secret ?? "", clock);
}

async function userOf(cookie: string): Promise<User> {
  const page = await (await served.get("/account", { cookie })).text();
  return { cookie, csrf: /name="_csrf" value="([^"]+)"/.exec(page)?.[1] ?? "" };
}

/** Somebody who has passed both steps. */
async function whole(name: string): Promise<User> {
  const reply = await codeStep(served, await passwordStep(served, name, PASSWORD), nextCode(name));
  expect(reply.status).toBe(303);
  return await userOf(cookieIn(reply));
}

const statusOf = async (cookie: string, path = "/targets"): Promise<number> =>
  (await served.get(path, { cookie })).status;

const change = (user: User, values: Readonly<Record<string, string>>): Promise<Response> =>
  post(served, user, "/account/second-factor/change", values);

const idOf = async (name: string): Promise<number> =>
  (await listAccounts(served.store.sql)).find((one) => one.name === name)?.id ?? 0;

beforeAll(async () => {
  served = await serve(await temporaryStore(), { readOnlyDemo: false, now: () => new Date(clock) });
  admin = await setUp(served);
  for (const name of NAMES) {
    const user = await addUser(served, admin, { name, role: "reader", bound: "" });
    phones.set(name, await switchOn(served, user, PASSWORD, clock));
  }
}, 240_000);

afterAll(() => served?.close());

describe("switching it on", () => {
  it("shows ten recovery codes of 120 bits once, and keeps only their digests", async () => {
    const { recovery, secret } = phones.get("owner") ?? { recovery: [], secret: "" };
    expect(new Set(recovery).size).toBe(10);
    for (const code of recovery) expect(code).toMatch(/^([A-Z2-7]{4}-){5}[A-Z2-7]{4}$/);
    const held = await factorOf(served.store.sql, await idOf("owner"));
    expect(held?.secret).toBe(secret);
    expect(held?.recovery).toHaveLength(10);
    for (const digest of held?.recovery ?? []) expect(digest).toMatch(/^[0-9a-f]{64}$/);
    const owner = await whole("owner");
    const page = await (await served.get("/account/second-factor", { cookie: owner.cookie })).text();
    expect(page).toContain("还剩 10 个");
    for (const text of [secret, ...recovery]) expect(page.replaceAll(" ", "")).not.toContain(text);
  });

  it("needs the password, then a first code, and changes nothing before; other sessions end", async () => {
    const user = await addUser(served, admin, { name: "switches", role: "reader", bound: "" });
    const elsewhere = cookieIn(await login(served, "switches", PASSWORD));
    expect((await change(user, { what: "offer", password: "not the password" })).status).toBe(401);
    expect(await (await served.get("/account/second-factor", { cookie: user.cookie })).text()).not.toContain("mono");
    expect((await change(user, { what: "offer", password: PASSWORD })).status).toBe(303);
    const page = await (await served.get("/account/second-factor", { cookie: user.cookie })).text();
    const secret = shownSecret(page);
    expect(page).toContain(`secret=${secret}&amp;`);
    expect((await post(served, user, "/account/second-factor", { code: "00000x" })).status).toBe(401);
    expect((await login(served, "switches", PASSWORD)).headers.get("location")).toBe("/");
    const [one, two] = await Promise.all(
      [0, 1].map(() => post(served, user, "/account/second-factor", { code: codeAt(secret, clock) })),
    );
    expect([one?.status, two?.status].sort()).toEqual([200, 401]);
    expect([await statusOf(user.cookie), await statusOf(elsewhere)]).toEqual([200, 303]);
    expect((await login(served, "switches", PASSWORD)).headers.get("location")).toBe("/login/code");
  });

  it("shows its picture to its owner alone, and only while it waits for the first code", async () => {
    const user = await addUser(served, admin, { name: "pictured", role: "reader", bound: "" });
    const picture = (cookie: string) => served.get("/account/second-factor.svg", { cookie });
    expect((await picture(user.cookie)).status).toBe(404);
    await change(user, { what: "offer", password: PASSWORD });
    const shown = await picture(user.cookie);
    expect([shown.status, shown.headers.get("content-type"), shown.headers.get("cache-control")]).toEqual([
      200,
      "image/svg+xml",
      "no-store",
    ]);
    expect(await shown.text()).toMatch(/^<svg [^>]+><path fill="#fff" [^>]+\/><path fill="#000" d="M[^"]+"\/><\/svg>$/);
    expect([(await picture("")).status, (await picture(admin.cookie)).status]).toEqual([404, 404]);
    clock += 10 * MINUTE;
    expect((await picture(user.cookie)).status).toBe(404);
  });
});

describe("a code", () => {
  it("opens once: not a second time, not twice at the same moment, not to another account", async () => {
    const code = nextCode("replayed");
    const steps = await Promise.all([0, 1, 2].map(() => passwordStep(served, "replayed", PASSWORD)));
    const [first] = steps;
    const replies = await Promise.all([first, first].map((cookie) => codeStep(served, cookie ?? "", code)));
    expect(replies.filter(({ headers }) => headers.get("location") === "/")).toHaveLength(1);
    expect((await codeStep(served, await passwordStep(served, "replayed", PASSWORD), code)).status).toBe(401);
    const fresh = nextCode("replayed");
    expect((await codeStep(served, await passwordStep(served, "owner", PASSWORD), fresh)).status).toBe(401);
    const digits = `${fresh.slice(0, 3)} ${fresh.slice(3)}`;
    expect((await codeStep(served, await passwordStep(served, "replayed", PASSWORD), digits)).status).toBe(303);
  });

  it("gets five guesses looked at, also when forty are sent at the same moment; a right password gives no more", async () => {
    const cookie = await passwordStep(served, "guessed", PASSWORD);
    const replies = await Promise.all(
      Array.from({ length: 40 }, (_, k) => codeStep(served, cookie, `x${String(k).padStart(5, "0")}`)),
    );
    const count = (status: number): number => replies.filter((one) => one.status === status).length;
    expect([count(401), count(429)]).toEqual([5, 35]);
    const again = await passwordStep(served, "guessed", PASSWORD);
    const right = codeAt(phones.get("guessed")?.secret ?? "", clock);
    expect((await codeStep(served, again, right)).status).toBe(429);
    const audit = await (await served.get("/admin/audit", { cookie: admin.cookie })).text();
    expect(audit.match(/login\.code-failed<span class="two">127\.0\.0\.1/g)?.length).toBeGreaterThanOrEqual(5);
    clock += MINUTE;
    expect((await codeStep(served, again, nextCode("guessed"))).status).toBe(303);
  });

  it("gets one more guess after an hour, not five: whoever is asked for it had the password", async () => {
    const guess = async (): Promise<number> =>
      (await codeStep(served, await passwordStep(served, "patient", PASSWORD), "00000x")).status;
    for (let k = 0; k < 5; k++) expect(await guess()).toBe(401);
    clock += 61 * MINUTE;
    expect([await guess(), await guess()]).toEqual([401, 429]);
    clock += 24 * 60 * MINUTE + MINUTE;
    for (let k = 0; k < 5; k++) expect(await guess()).toBe(401);
    // What follows needs an administrator who is logged in.
    admin = await freshAdmin();
  });

  it("that is wrong, was used or is no code is answered in the same words", async () => {
    const used = nextCode("owner");
    expect((await codeStep(served, await passwordStep(served, "owner", PASSWORD), used)).status).toBe(303);
    const cookie = await passwordStep(served, "owner", PASSWORD);
    const words = new Set<string>();
    for (const code of [used, "00000x", "AAAA-BBBB-CCCC-DDDD-EEEE-FFFF", ""])
      words.add(await (await codeStep(served, cookie, code)).text());
    expect(words.size).toBe(1);
  });
});

describe("the first step alone", () => {
  it("is worth nothing for any route there is, as its own cookie or as a session's", async () => {
    const cookie = await passwordStep(served, "half-way", PASSWORD);
    const id = cookie.slice(cookie.indexOf("=") + 1);
    const closed = ROUTES.filter(({ needs }) => needs !== "open" && needs !== "health");
    expect(closed.length).toBeGreaterThan(80);
    const own = ["get /account", "post /account", "post /account/sessions", "get /account/second-factor"].concat(
      "post /account/second-factor/change",
    );
    const asked = [...closed.map(({ method, path }) => `${method} ${path}`), ...own];
    for (const held of [cookie, `duibiao_session=${id}`, `${cookie}; duibiao_session=${id}`])
      for (const route of asked) {
        const [method = "", path = ""] = route.split(" ");
        const response = await fetch(new URL(path.replaceAll(/:\w+/g, "1"), served.url), {
          redirect: "manual",
          method,
          headers: { cookie: held },
          ...(method === "post" ? { body: new URLSearchParams({ what: "offer", password: PASSWORD }) } : {}),
        });
        await response.body?.cancel();
        const kept = response.status === 401 || (response.headers.get("location") ?? "").startsWith("/login");
        expect(`${route} ${response.status} ${kept}`).toBe(`${route} ${response.status} true`);
      }
    expect((await codeStep(served, cookie, nextCode("half-way"))).status).toBe(303);
  }, 120_000);

  it("ends after five minutes, with a change of password, and when it was finished", async () => {
    const ends = async (cookie: string): Promise<string | null> =>
      (await codeStep(served, cookie, nextCode("half-way"))).headers.get("location");
    const late = await passwordStep(served, "half-way", PASSWORD);
    clock += 5 * MINUTE;
    expect(await ends(late)).toBe("/login");
    const user = await whole("half-way");
    const begun = await passwordStep(served, "half-way", PASSWORD);
    expect((await post(served, user, "/account", { old: PASSWORD, password: "another long phrase" })).status).toBe(303);
    expect(await ends(begun)).toBe("/login");
    const finished = await passwordStep(served, "half-way", "another long phrase", "/rank");
    expect(await ends(finished)).toBe("/rank");
    expect(await ends(finished)).toBe("/login");
    expect(await ends("duibiao_login=made-up-by-somebody")).toBe("/login");
  });

  it("gives a cookie out of reach of scripts, and the session a new id", async () => {
    const response = await login(served, "owner", PASSWORD);
    expect(response.headers.get("set-cookie")).toMatch(
      /^duibiao_login=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax; Max-Age=300$/,
    );
    const first = cookieIn(response);
    const session = cookieIn(await codeStep(served, first, nextCode("owner")));
    expect(session).toMatch(/^duibiao_session=[\w-]{43}$/);
    expect(session.split("=")[1]).not.toBe(first.split("=")[1]);
  });

  it("ends the session the browser came with", async () => {
    const before = await whole("owner");
    const response = await fetch(new URL("/login", served.url), {
      method: "POST",
      redirect: "manual",
      headers: { cookie: before.cookie },
      body: new URLSearchParams({ _csrf: before.csrf, name: "owner", password: PASSWORD }),
    });
    expect(response.headers.get("location")).toBe("/login/code");
    expect(await statusOf(before.cookie)).toBe(303);
  });
});

describe("a recovery code", () => {
  it("opens once, also when sent twice at the same moment, however it is typed; then nine are left", async () => {
    const { recovery } = phones.get("loses-phone") ?? { recovery: [] };
    const [first = "", second = ""] = recovery;
    const steps = await Promise.all([0, 1].map(() => passwordStep(served, "loses-phone", PASSWORD)));
    const typed = [first.toLowerCase().replaceAll("-", ""), first.replaceAll("-", " ")];
    const replies = await Promise.all(typed.map((code, k) => codeStep(served, steps[k] ?? "", code)));
    const opened = replies.filter(({ headers }) => headers.get("location") === "/account/second-factor");
    expect(opened).toHaveLength(1);
    const page = await (await served.get("/account/second-factor", { cookie: cookieIn(opened[0] as Response) })).text();
    expect(page).toContain("还剩 9 个");
    expect((await codeStep(served, await passwordStep(served, "loses-phone", PASSWORD), first)).status).toBe(401);
    expect((await codeStep(served, await passwordStep(served, "loses-phone", PASSWORD), second)).status).toBe(303);
  });

  it("of before is worth nothing once there are new ones", async () => {
    const user = await whole("renews");
    const made = await change(user, { what: "codes", password: PASSWORD, code: nextCode("renews") });
    const fresh = shownCodes(await made.text());
    expect(fresh).toHaveLength(10);
    const [old = ""] = phones.get("renews")?.recovery ?? [];
    expect((await codeStep(served, await passwordStep(served, "renews", PASSWORD), old)).status).toBe(401);
    expect((await codeStep(served, await passwordStep(served, "renews", PASSWORD), fresh[0] ?? "")).status).toBe(303);
  });
});

describe("changing it", () => {
  it("needs password and code, and does not say which was wrong", async () => {
    const user = await whole("stops");
    const words = new Set<string>();
    const wrong = { password: "not the password", code: "00000x" };
    words.add(await (await change(user, { what: "off", ...wrong, password: PASSWORD })).text());
    words.add(await (await change(user, { what: "off", ...wrong, code: nextCode("stops") })).text());
    words.add(await (await change(user, { what: "off", ...wrong })).text());
    words.add(await (await change(user, { what: "off", password: PASSWORD })).text());
    expect(words.size).toBe(1);
    expect(await factorOf(served.store.sql, await idOf("stops"))).toBeDefined();
    expect((await change(user, { what: "off", password: PASSWORD, code: nextCode("stops") })).status).toBe(303);
    expect(await factorOf(served.store.sql, await idOf("stops"))).toBeUndefined();
    expect((await login(served, "stops", PASSWORD)).headers.get("location")).toBe("/");
  });

  it("to another phone leaves the one of before in force until the new one's first code", async () => {
    const user = await whole("moves");
    const old = phones.get("moves")?.secret ?? "";
    await change(user, { what: "offer", password: PASSWORD, code: nextCode("moves") });
    const secret = shownSecret(await (await served.get("/account/second-factor", { cookie: user.cookie })).text());
    expect(secret).not.toBe(old);
    expect((await codeStep(served, await passwordStep(served, "moves", PASSWORD), nextCode("moves"))).status).toBe(303);
    const code = codeAt(secret, clock);
    expect((await post(served, user, "/account/second-factor", { code })).status).toBe(200);
    clock += STEP;
    expect((await codeStep(served, await passwordStep(served, "moves", PASSWORD), codeAt(old, clock))).status).toBe(
      401,
    );
    expect((await codeStep(served, await passwordStep(served, "moves", PASSWORD), codeAt(secret, clock))).status).toBe(
      303,
    );
  });

  it("is not done with a token, nor by a stranger, nor by a form from elsewhere", async () => {
    const anybody = { cookie: "", csrf: "" };
    expect((await change(anybody, { what: "offer", password: PASSWORD })).status).toBe(401);
    expect((await post(served, anybody, "/account/second-factor", { code: "00000x" })).headers.get("location")).toBe(
      "/account/second-factor",
    );
    const user = await whole("owner");
    expect((await change({ ...user, csrf: "wrong" }, { what: "off", password: PASSWORD })).status).toBe(403);
    const token = await tokenOf("owner");
    const reply = await fetch(new URL("/account/second-factor/change", served.url), {
      method: "POST",
      headers: { authorization: `Bearer ${token}` },
      body: new URLSearchParams({ what: "off", password: PASSWORD, code: nextCode("owner") }),
    });
    expect(reply.status).toBe(401);
    const api = { authorization: `Bearer ${token}` };
    expect((await served.get("/api/v1/places", api)).status).toBe(200);
  });
});

async function tokenOf(name: string): Promise<string> {
  const account = String(await idOf(name));
  const made = await post(served, await freshAdmin(), "/admin/tokens", {
    name: "t",
    account,
    scope: "write",
    days: "9",
  });
  return /dbt_[\w-]+/.exec(await made.text())?.[0] ?? "";
}

async function freshAdmin(): Promise<User> {
  return await userOf(cookieIn(await login(served, "first-admin", "the first password")));
}

describe("an administrator", () => {
  it("resets another's, which ends its sessions, and never their own", async () => {
    const user = await whole("resets");
    const begun = await passwordStep(served, "resets", PASSWORD);
    const boss = await freshAdmin();
    const id = await idOf("resets");
    expect((await post(served, user, `/admin/accounts/${id}/second-factor`, {})).status).toBe(403);
    expect((await post(served, boss, `/admin/accounts/${id}/second-factor`, {})).status).toBe(303);
    expect(await statusOf(user.cookie)).toBe(303);
    expect((await codeStep(served, begun, nextCode("resets"))).headers.get("location")).toBe("/login");
    expect((await login(served, "resets", PASSWORD)).headers.get("location")).toBe("/");
    expect((await post(served, boss, `/admin/accounts/${id}/second-factor`, {})).status).toBe(400);
    phones.set("first-admin", await switchOn(served, boss, "the first password", clock));
    expect((await post(served, boss, `/admin/accounts/${await idOf("first-admin")}/second-factor`, {})).status).toBe(
      400,
    );
    expect(await factorOf(served.store.sql, await idOf("first-admin"))).toBeDefined();
    const page = await (await served.get("/admin", { cookie: boss.cookie })).text();
    expect(page).not.toContain(`/admin/accounts/${await idOf("first-admin")}/second-factor`);
    expect(page).toContain(`/admin/accounts/${await idOf("owner")}/second-factor`);
    admin = boss;
  });

  it("makes a link for a new password that does not go round it", async () => {
    const made = await post(served, admin, `/admin/accounts/${await idOf("owner")}/reset`, {});
    const token = /\/reset\?token=([\w-]{32})/.exec(await made.text())?.[1] ?? "";
    const password = "a wholly new phrase";
    expect((await post(served, { cookie: "", csrf: "" }, "/reset", { token, password })).status).toBe(303);
    const cookie = await passwordStep(served, "owner", password);
    expect(await statusOf(cookie)).toBe(303);
    expect((await codeStep(served, cookie, nextCode("owner"))).status).toBe(303);
  });
});

describe("the audit", () => {
  it("tells of every change, and holds no secret, code or recovery code", async () => {
    const text = await (await served.get("/admin/audit.csv", { cookie: admin.cookie })).text();
    for (const action of ["on", "moved", "codes", "off", "failed", "reset"])
      expect(text).toContain(`second-factor.${action}`);
    expect(text).toContain("login.code-failed");
    for (const { secret, recovery } of phones.values())
      for (const held of [secret, ...recovery]) expect(text).not.toContain(held);
    expect(await (await served.get("/admin/audit", { cookie: admin.cookie })).text()).toContain("记录链完整");
  });
});
