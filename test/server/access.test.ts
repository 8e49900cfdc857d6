import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Actor, GUEST, ROLES, VISITOR } from "../../src/server/access/actor.ts";
import { ACTIONS, type Action, permits, permitsSome } from "../../src/server/access/permission.ts";
import { createApp } from "../../src/server/app.ts";
import { ROUTES } from "../../src/server/routes.ts";
import { cityStore, type Served, serve } from "./city.ts";
import { addUser, login, PASSWORD, setUp, type User } from "./users.ts";

let served: Served;
let admin: User;
const users = new Map<string, User>();

const OWN = "110105026";
const OTHER = "110105027";
const DEPARTMENT = "区城市管理委";

beforeAll(async () => {
  served = await serve(await cityStore(), { readOnlyDemo: false });
  admin = await setUp(served);
  users.set("admin", admin);
  for (const role of ROLES.filter((one) => one !== "admin")) {
    const bound = role === "township" ? OWN : role === "department" ? DEPARTMENT : "";
    users.set(role, await addUser(served, admin, { name: `u-${role}`, role, bound }));
  }
}, 480_000);

afterAll(() => served?.close());

/** Who may do what, by hand: the oracle. `own` is for a township's or department's own things. */
const MATRIX: Readonly<Record<string, readonly (Action | `${Action}:own`)[]>> = {
  guest: ["open", "health"],
  visitor: [
    "open",
    "health",
    "view",
    "view.detail",
    "view.complaints",
    "view.tallies",
    "briefing.view",
    "changes.view",
    "data.view",
    "alert.view",
  ],
  reader: [
    "open",
    "health",
    "view",
    "view.detail",
    "view.complaints",
    "view.tallies",
    "briefing.view",
    "changes.view",
    "data.view",
    "alert.view",
  ],
  township: [
    "open",
    "health",
    "view",
    "view.detail:own",
    "view.complaints:own",
    "view.tallies:own",
    "tally.enter:own",
    "briefing.view:own",
    "alert.view:own",
  ],
  department: ["open", "health", "view", "view.detail", "view.tallies:own", "tally.enter:own", "briefing.view"],
  analyst: [
    "open",
    "health",
    "view",
    "view.detail",
    "view.complaints",
    "view.tallies",
    "briefing.view",
    "changes.view",
    "data.view",
    "alert.view",
    "tally.enter",
    "data.import",
    "briefing.make",
    "briefing.publish",
    "alert.mute",
  ],
  operator: [
    "open",
    "health",
    "view",
    "view.detail",
    "view.complaints",
    "view.tallies",
    "briefing.view",
    "changes.view",
    "data.view",
    "alert.view",
    "data.import",
    "alert.mute",
    "operate",
    "metrics",
  ],
  // Commands of the machine are no matter of accounts.
  admin: ACTIONS.filter((action) => action !== "local.run"),
  local: ["open", "health", "local.run"],
};

function actorOf(kind: string): Actor {
  if (kind === "guest") return GUEST;
  if (kind === "visitor") return VISITOR;
  const bound = kind === "township" ? OWN : kind === "department" ? DEPARTMENT : undefined;
  return { kind: kind as Actor["kind"], account: 1, name: kind, bound };
}

describe("the permission function", () => {
  it.each(Object.keys(MATRIX))("allows %s exactly what the table says", (kind) => {
    const actor = actorOf(kind);
    const own = kind === "township" ? { township: OWN } : { department: DEPARTMENT };
    const allowed = ACTIONS.flatMap((action) =>
      permits(actor, action) ? [action] : permits(actor, action, own) ? [`${action}:own` as const] : [],
    );
    expect([...allowed].sort()).toEqual([...(MATRIX[kind] ?? [])].sort());
  });

  it("gives a township nothing of another's", () => {
    const actor = actorOf("township");
    for (const action of ["view.detail", "view.complaints", "view.tallies", "tally.enter", "briefing.view"] as const) {
      expect(permits(actor, action, { township: OTHER })).toBe(false);
      expect(permitsSome(actor, action)).toBe(true);
    }
  });
});

describe("every route of the app", () => {
  /** The app's own router, not our list: what answers is what counts. */
  function mounted(): readonly string[] {
    const app = createApp({ simulated: () => false } as never);
    const stack = (
      app as unknown as { router: { stack: { route?: { path: string; methods: Record<string, boolean> } }[] } }
    ).router.stack;
    return stack.flatMap(({ route }) =>
      route === undefined ? [] : Object.keys(route.methods).map((method) => `${method} ${route.path}`),
    );
  }

  it("has a rule, and the list has no route twice", () => {
    const listed = ROUTES.map((route) => `${route.method} ${route.path}`);
    expect([...mounted()].sort()).toEqual([...listed].sort());
    expect(new Set(listed).size).toBe(listed.length);
    for (const route of ROUTES) expect(ACTIONS).toContain(route.needs);
  });

  it("is open without log-in only where it must be", () => {
    const open = ROUTES.filter((route) => route.needs === "open" || route.needs === "health").map(
      (route) => `${route.method} ${route.path}`,
    );
    expect(open.sort()).toEqual(
      [
        "get /account",
        "get /account/second-factor",
        "get /account/second-factor.svg",
        "get /healthz",
        "get /login",
        "get /login/code",
        "get /readyz",
        "get /reset",
        "get /setup",
        "post /account",
        "post /account/second-factor",
        "post /account/second-factor/change",
        "post /account/sessions",
        "post /login",
        "post /login/code",
        "post /logout",
        "post /reset",
        "post /setup",
      ].sort(),
    );
  });

  /** A path with an example for each parameter; of townships not the actor's own. */
  function example(path: string): string {
    const code = path.startsWith("/water") ? "no-section" : OTHER;
    return path
      .replace(":code", code)
      .replace(":indicator", "pm25")
      .replace(/(targets|outlook)\/:id/, "$1/2024-air-1.1-pm25")
      .replace(":id", "1")
      .replace(":file", "none.pdf");
  }

  it.each([...ROLES, "guest"])(
    "keeps %s out of what it may not do",
    async (role) => {
      const actor = actorOf(role);
      const user = users.get(role);
      for (const route of ROUTES.filter((one) => one.needs !== "open")) {
        const subject =
          route.subject?.({
            params: { code: OTHER },
            query: { get: () => undefined, all: () => [], names: () => [] },
            body: {},
          }) ?? {};
        const may = route.some === true ? permitsSome(actor, route.needs) : permits(actor, route.needs, subject);
        const body =
          route.method === "get" ? {} : { method: "POST", body: new URLSearchParams({ _csrf: user?.csrf ?? "" }) };
        const response = await fetch(new URL(example(route.path), served.url), {
          redirect: "manual",
          ...body,
          headers: user === undefined ? {} : { cookie: user.cookie },
        });
        await response.body?.cancel();
        const kept =
          response.status === 401 ||
          response.status === 403 ||
          (response.status === 303 && (response.headers.get("location") ?? "").startsWith("/login"));
        if (!may)
          expect(`${role} ${route.method} ${route.path} ${kept}`).toBe(`${role} ${route.method} ${route.path} true`);
        expect(`${route.method} ${route.path} ${response.status < 500}`).toBe(`${route.method} ${route.path} true`);
      }
    },
    480_000,
  );

  it("shows a township its own page and none of another", async () => {
    const township = users.get("township");
    const get = (path: string) => served.get(path, { cookie: township?.cookie ?? "" });
    expect((await get(`/township/${OWN}`)).status).toBe(200);
    expect((await get(`/township/${OTHER}`)).status).toBe(403);
    expect((await get(`/explain/tsp?place=${OTHER}&period=2024-09`)).status).toBe(403);
    expect((await get(`/explain/noise_complaints?place=${OTHER}&period=2024-09`)).status).toBe(403);
    expect((await get("/rank?period=2024-09")).status).toBe(200);
    expect((await get("/rank?indicator=noise_complaints&period=2024-09")).status).toBe(403);
    expect((await get("/rank.csv?indicator=noise_complaints&period=2024-09")).status).toBe(403);
  });

  it("never hands a page cached for one role to another", async () => {
    const as = async (role: string) =>
      await (await served.get("/targets", { cookie: users.get(role)?.cookie ?? "" })).text();
    const [full, own] = [await as("analyst"), await as("township")];
    expect(full).toContain("2024-air-11.1");
    expect(own).not.toContain("2024-air-11.1");
    expect(await as("analyst")).toBe(full);
  });
});

describe("logging in", () => {
  it("opens the set-up link once", async () => {
    expect((await served.get("/setup?token=wrong")).status).toBe(403);
    expect(
      (
        await served.get(
          new URL(served.setupUrl ?? "http://x/setup").pathname + new URL(served.setupUrl ?? "http://x/").search,
        )
      ).status,
    ).toBe(403);
  });

  it("refuses a wrong password as it refuses a wrong name, and makes one wait after five", async () => {
    const wrong = await login(served, "u-reader", "not the password");
    expect(wrong.status).toBe(401);
    const text = await wrong.text();
    expect(await (await login(served, "nobody-here", "not the password")).text()).toBe(text);
    for (let k = 0; k < 4; k++) await login(served, "u-reader", "not the password");
    const throttled = await login(served, "u-reader", PASSWORD);
    expect(throttled.status).toBe(429);
  });

  it("keeps a change out that did not come from its own pages", async () => {
    const post = (headers: Record<string, string>, csrf: string) =>
      fetch(new URL("/admin/accounts", served.url), {
        method: "POST",
        redirect: "manual",
        headers: { cookie: admin.cookie, ...headers },
        body: new URLSearchParams({ _csrf: csrf, name: "sneaked-in", role: "admin", password: "a long password 1" }),
      });
    expect((await post({}, "")).status).toBe(403);
    expect((await post({ origin: "https://elsewhere.example" }, admin.csrf)).status).toBe(403);
    expect((await post({ "sec-fetch-site": "cross-site" }, admin.csrf)).status).toBe(403);
    expect(await (await served.get("/admin", { cookie: admin.cookie })).text()).not.toContain("sneaked-in");
  });

  it("leads nowhere else after the log-in", async () => {
    const response = await login(served, "u-analyst", PASSWORD, "//elsewhere.example/x");
    expect(response.headers.get("location")).toBe("/");
  });

  it("ends all sessions of an account that is switched off", async () => {
    const extra = await addUser(served, admin, { name: "u-extra", role: "reader", bound: "" });
    expect((await served.get("/rank", { cookie: extra.cookie })).status).toBe(200);
    const page = await (await served.get("/admin", { cookie: admin.cookie })).text();
    const last = [...page.matchAll(/action="\/admin\/accounts\/(\d+)"/g)].at(-1)?.[1] ?? "";
    await fetch(new URL(`/admin/accounts/${last}`, served.url), {
      method: "POST",
      redirect: "manual",
      headers: { cookie: admin.cookie },
      body: new URLSearchParams({ _csrf: admin.csrf, active: "no" }),
    });
    expect((await served.get("/rank", { cookie: extra.cookie })).status).toBe(303);
    expect((await login(served, "u-extra", PASSWORD)).status).toBe(401);
  });

  it("keeps a chain of what was done, and names the first entry that was tampered with", async () => {
    const page = await (await served.get("/admin/audit", { cookie: admin.cookie })).text();
    expect(page).toContain("记录链完整");
    expect(page).toContain("account.add");
    await served.store.sql.run("UPDATE audit SET who = 'somebody else' WHERE id = 3");
    expect(await (await served.get("/admin/audit", { cookie: admin.cookie })).text()).toContain("记录链在第 3 条断开");
  });
});
