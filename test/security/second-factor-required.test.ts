import { writeFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readServiceConfig } from "../../src/server/service-config.ts";
import { listAccounts } from "../../src/store/accounts.ts";
import { openStore } from "../../src/store/open.ts";
import { accountsWithFactor, factorOf, saveFactor } from "../../src/store/second-factors.ts";
import { type Served, serve } from "../server/city.ts";
import { codeAt, codeStep, cookieIn, passwordStep, shownCodes, shownSecret } from "../server/phone.ts";
import { login, PASSWORD, post } from "../server/users.ts";
import { oldStores } from "../store/old-stores.ts";
import { temporaryStore } from "../store-fixture.ts";

const SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";
const STEP = 30_000;
const START = new Date("2026-03-02T08:00:00+08:00").getTime();

let clock = START;

describe("a role that must have it", () => {
  let strict: Served;
  const at = (path: string, cookie: string) => strict.get(path, { cookie });

  beforeAll(async () => {
    const made = await temporaryStore();
    writeFileSync(join(made.dir, "store", "service.yaml"), "secondFactor:\n  requiredFor: [admin, operator]\n");
    strict = await serve(made, { readOnlyDemo: false, now: () => new Date(clock) });
  }, 120_000);
  afterAll(() => strict?.close());

  it("is led to set it up after the password and can do nothing else; then is in, and cannot switch it off", async () => {
    const token = new URL(strict.setupUrl ?? "").searchParams.get("token") ?? "";
    const password = "the first password";
    const made = await post(strict, { cookie: "", csrf: "" }, "/setup", { token, name: "first-admin", password });
    expect(made.headers.get("location")).toBe("/account/second-factor");
    const again = await login(strict, "first-admin", password, "/rank");
    expect(again.headers.get("location")).toBe("/account/second-factor");
    const cookie = cookieIn(again);
    expect(cookie).toMatch(/^duibiao_login=/);
    for (const path of ["/", "/rank", "/admin", "/account", "/login/code", "/data"])
      expect((await at(path, cookie)).headers.get("location")).toMatch(/^\/login/);
    expect((await at("/api/v1/places", cookie)).status).toBe(401);
    expect((await codeStep(strict, cookie, "00000x")).headers.get("location")).toBe("/login");
    const page = await (await at("/account/second-factor", cookie)).text();
    expect(page).toContain("局管理员登录必须用两步验证");
    expect((await at("/account/second-factor.svg", cookie)).status).toBe(200);
    const secret = shownSecret(page);
    expect(secret).not.toBe(shownSecret(await (await at("/account/second-factor", cookieIn(made))).text()));
    const guest = { cookie, csrf: "" };
    expect((await post(strict, guest, "/account/second-factor", { code: "00000x" })).status).toBe(401);
    const done = await post(strict, guest, "/account/second-factor", { code: codeAt(secret, clock) });
    const text = await done.text();
    expect(shownCodes(text)).toHaveLength(10);
    expect(text).toContain('href="/rank"');
    const session = cookieIn(done);
    expect((await at("/rank", session)).status).toBe(200);
    // What was begun before is over: the other one's secret is not taken any more.
    expect((await at("/account/second-factor", cookieIn(made))).status).toBe(303);
    expect((await at("/account/second-factor", cookie)).status).toBe(303);
    const page2 = await (await at("/account/second-factor", session)).text();
    expect(page2).not.toContain("关闭两步验证");
    const csrf = /name="_csrf" value="([^"]+)"/.exec(page2)?.[1] ?? "";
    const admin2 = { cookie: session, csrf };
    clock += STEP;
    const off = { what: "off", password, code: codeAt(secret, clock) };
    expect((await post(strict, admin2, "/account/second-factor/change", off)).status).toBe(400);
    expect((await codeStep(strict, await passwordStep(strict, "first-admin", password), off.code)).status).toBe(303);
    // Other roles may, and need not.
    const add = { name: "reads", role: "reader", bound: "", password: PASSWORD };
    expect((await post(strict, admin2, "/admin/accounts", add)).status).toBe(303);
    expect((await login(strict, "reads", PASSWORD)).headers.get("location")).toBe("/");
    const operator = { ...add, name: "operates", role: "operator" };
    expect((await post(strict, admin2, "/admin/accounts", operator)).status).toBe(303);
    expect((await login(strict, "operates", PASSWORD)).headers.get("location")).toBe("/account/second-factor");
  });

  it("is named by a word the settings know, or the service says what is wrong", () => {
    const dir = join(strict.dir, "store");
    writeFileSync(join(dir, "service.yaml"), "secondFactor:\n  requiredFor: [boss]\n");
    expect(() => readServiceConfig(dir)).toThrowError(expect.objectContaining({ code: "service.config" }));
    writeFileSync(join(dir, "service.yaml"), "");
    expect(readServiceConfig(dir).secondFactor.requiredFor).toEqual([]);
  });
});

describe("a store of schema 13", () => {
  it("opens, keeps its accounts, has no second factor, and takes one", async () => {
    const dir = await mkdtemp(join(tmpdir(), "second-factor-"));
    try {
      await oldStores()
        .find(({ schema }) => schema === 13)
        ?.into(dir);
      const store = await openStore(dir, { seeds: { places: [], sets: [] } });
      try {
        const [account] = await listAccounts(store.sql);
        expect(account).toMatchObject({ name: "管理员", role: "admin", active: true });
        expect(await accountsWithFactor(store.sql)).toEqual([]);
        const factor = {
          account: account?.id ?? 0,
          secret: SECRET,
          lastStep: 2 ** 33,
          recovery: ["a", "b"],
          at: START,
        };
        await saveFactor(store.sql, factor);
        await saveFactor(store.sql, { ...factor, recovery: [] });
        expect(await factorOf(store.sql, factor.account)).toEqual({ ...factor, recovery: [] });
        expect(await accountsWithFactor(store.sql)).toEqual([factor.account]);
      } finally {
        await store.close();
      }
    } finally {
      await rm(dir, { recursive: true, force: true });
    }
  });
});
