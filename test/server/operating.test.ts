/** What a service is run by: programs with tokens, schedules, alerts, limits. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { cityStore, type Served, serve } from "./city.ts";
import { addUser, endOf as endOfJob, post as postAs, setUp, type User } from "./users.ts";

let served: Served;
let admin: User;
let analyst: User;
let department: User;

const TARGET = "2024-air-11.1-truck-checks";

beforeAll(async () => {
  served = await serve(await cityStore(), { readOnlyDemo: false, apiPerMinute: 30 });
  admin = await setUp(served);
  analyst = await addUser(served, admin, { name: "first-analyst", role: "analyst", bound: "" });
  department = await addUser(served, admin, { name: "other-office", role: "department", bound: "区水务局" });
}, 480_000);

afterAll(() => served?.close());

const post = (user: User, path: string, values: Readonly<Record<string, string>> | FormData) =>
  postAs(served, user, path, values);

const endOf = (user: User, location: string) => endOfJob(served, user, location);

async function textAs(user: User, path: string): Promise<string> {
  return await (await served.get(path, { cookie: user.cookie })).text();
}

describe("programs that write", () => {
  async function tokenOf(scope: "read" | "write"): Promise<string> {
    const page = await (
      await post(admin, "/admin/tokens", { name: `for ${scope}`, account: "1", scope, days: "1" })
    ).text();
    return /dbt_[\w-]+/.exec(page)?.[0] ?? "";
  }

  it("report a figure with a write token, and are told when somebody was faster", async () => {
    const headers = { authorization: `Bearer ${await tokenOf("write")}`, "content-type": "application/json" };
    const tell = (value: string) =>
      fetch(new URL("/api/v1/tallies", served.url), {
        method: "POST",
        headers,
        body: JSON.stringify({ target: TARGET, date: "2024-08-31", value, unit: "辆次", reporter: "程序" }),
      });
    expect(await (await tell("27000")).json()).toEqual({ target: TARGET, part: "", date: "2024-08-31", value: 27000 });
    const late = await tell("28000");
    expect(late.status).toBe(409);
    expect(await late.json()).toMatchObject({ code: "tally.changed-meanwhile" });
    const broken = await fetch(new URL("/api/v1/tallies", served.url), { method: "POST", headers, body: "{" });
    expect(broken.status).toBe(400);
  });

  it("try a file and take it in", async () => {
    const headers = { authorization: `Bearer ${await tokenOf("write")}` };
    const send = async (dryRun: string) => {
      const form = new FormData();
      form.set(
        "file",
        new File(["place,period,indicator,value,unit,模拟数据\n110105027,2024-09-05,tsp,77,µg/m³,\n"], "x.csv"),
      );
      form.set("dryRun", dryRun);
      return await (
        await fetch(new URL("/api/v1/batches", served.url), { method: "POST", headers, body: form })
      ).json();
    };
    expect(await send("yes")).toMatchObject([{ id: null, read: 1, rejected: 0 }]);
    const made = (await send("no")) as { id: number }[];
    expect(made[0]?.id).toBeGreaterThan(0);
  });
});

describe("schedules and alerts", () => {
  it("run when told to, and what they find stands on 今日 and 提醒", async () => {
    const started = await post(admin, "/admin/schedules/alerts/run", {});
    expect(started.status).toBe(303);
    const ended = await endOf(admin, started.headers.get("location") ?? "");
    expect(ended.headers.get("location")).toBe("/admin/schedules/alerts");
    expect(await textAs(admin, "/admin/schedules/alerts")).toMatch(/新 \d+ 件/);
    expect(await textAs(analyst, "/alerts")).toMatch(/id="alert-\d+"/);
    expect(await textAs(analyst, "/")).toContain('href="/alerts#alert-');
  }, 120_000);

  it("are silent for a reason only, and say who said so", async () => {
    const id = /id="alert-(\d+)"/.exec(await textAs(analyst, "/alerts"))?.[1] ?? "";
    expect((await post(analyst, `/alerts/${id}/mute`, { days: "7", reason: "" })).status).toBe(400);
    expect((await post(analyst, `/alerts/${id}/mute`, { days: "99", reason: "x" })).status).toBe(400);
    expect((await post(analyst, "/alerts/99999/mute", { days: "1", reason: "x" })).status).toBe(404);
    expect((await post(department, `/alerts/${id}/mute`, { days: "1", reason: "x" })).status).toBe(403);
    expect((await post(analyst, `/alerts/${id}/mute`, { days: "7", reason: "道路施工" })).status).toBe(303);
    const text = await textAs(analyst, "/alerts");
    expect(text).toContain("静默中");
    expect(text).toContain("first-analyst：道路施工");
    expect(await textAs(analyst, "/")).not.toContain(`href="/alerts#alert-${id}"`);
    expect((await post(analyst, `/alerts/${id}/mute`, { days: "0", reason: "完工" })).status).toBe(303);
    expect(await textAs(analyst, "/")).toContain(`href="/alerts#alert-${id}"`);
    expect(await textAs(admin, "/admin/audit")).toContain("道路施工");
  });

  it("take other times and a pause, and refuse times nobody can read", async () => {
    const path = "/admin/schedules/digest";
    expect((await post(analyst, path, { cron: "0 6 * * *" })).status).toBe(403);
    for (const cron of ["daily", "0 0 30 2 *"]) expect((await post(admin, path, { cron })).status).toBe(400);
    expect((await post(admin, path, { cron: "0 6 * * *" })).status).toBe(303);
    // The clock stands at 10:20.
    expect(await textAs(admin, path)).toContain("2024-10-13 06:00");
    expect((await post(admin, `${path}/pause`, {})).status).toBe(303);
    expect(await textAs(admin, path)).toContain("已暂停");
    expect((await post(admin, `${path}/resume`, {})).status).toBe(303);
    expect((await post(admin, path, { cron: "" })).status).toBe(303);
    expect(await textAs(admin, path)).toContain("2024-10-13 08:00");
    expect((await post(admin, "/admin/schedules/none/run", {})).status).toBe(404);
  });
});

describe("tokens and limits", () => {
  it("lets a read token read and never write, until it is revoked", async () => {
    const page = await (
      await post(admin, "/admin/tokens", { name: "dashboard", account: "1", scope: "read", days: "30" })
    ).text();
    const token = /dbt_[\w-]+/.exec(page)?.[0] ?? "";
    const headers = { authorization: `Bearer ${token}` };
    expect((await served.get("/api/v1/standings", headers)).status).toBe(200);
    const write = await fetch(new URL("/admin/accounts", served.url), {
      method: "POST",
      headers,
      redirect: "manual",
      body: new URLSearchParams({ name: "x" }),
    });
    expect(write.status).toBe(403);
    expect((await served.get("/api/v1/standings", { authorization: "Bearer dbt_wrong" })).status).toBe(401);
    const id = [...(await textAs(admin, "/admin")).matchAll(/\/admin\/tokens\/(\d+)\/revoke/g)].at(-1)?.[1];
    expect((await post(admin, `/admin/tokens/${id}/revoke`, {})).status).toBe(303);
    expect((await served.get("/api/v1/standings", headers)).status).toBe(401);
  });

  it("counts requests by route, never by address", async () => {
    expect(await textAs(admin, `/targets/${TARGET}`)).toContain("27,000");
    const text = await textAs(admin, "/metrics");
    expect(text).toContain('route="/targets/:id"');
    expect(text).toMatch(/duibiao_http_request_duration_seconds_count \d+/);
    expect(text).not.toContain(TARGET);
  });

  it("limits the interface by asker and says so", async () => {
    const headers = { authorization: "Bearer dbt_somebody_in_a_hurry" };
    const all = await Promise.all(Array.from({ length: 40 }, () => served.get("/api/v1/indicators", headers)));
    const limited = all.filter((one) => one.status === 429);
    expect(limited.length).toBe(10);
    expect(await limited[0]?.json()).toMatchObject({ code: "access.rate" });
  });

  it("names each request with an id, and takes no other for one", async () => {
    const given = await served.get("/healthz", { "x-request-id": "from-the-proxy-1" });
    expect(given.headers.get("x-request-id")).toBe("from-the-proxy-1");
    const odd = await served.get("/healthz", { "x-request-id": "a b {}" });
    expect(odd.headers.get("x-request-id")).toMatch(/^[0-9a-f-]{36}$/);
  });
});
