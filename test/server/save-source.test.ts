import { existsSync, mkdirSync, readFileSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ingestPath } from "../../ingest/pipeline.ts";
import { parseSources } from "../../ingest/sources/config.ts";
import { listAudit } from "../../src/store/audit.ts";
import { temporaryStore } from "../store-fixture.ts";
import { type Served, serve } from "./city.ts";
import { addUser, endOf, post, setUp, type User } from "./users.ts";

const MAP = "place: 街道\ntime: 日期\nkind: township\nspan: day\nvalues:\n  尘: {indicator: tsp, unit: µg/m³}\n";
const AT = new Date("2024-03-05T09:00:00+08:00");

describe("saving what was taken in once as a source", () => {
  let served: Served;
  let operator: User;
  let analyst: User;
  let file: string;

  beforeAll(async () => {
    const { store, dir } = await temporaryStore();
    writeFileSync(join(dir, "own.csv"), "街道,日期,尘\n建外街道,2024-03-01,60\n");
    await ingestPath(store, "generic", join(dir, "own.csv"), { now: AT, options: { map: MAP } });
    file = join(store.dir, "sources.yaml");
    writeFileSync(file, "# 手写的说明\nsources:\n  - {name: other, kind: folder, format: township, path: /nowhere}\n");
    served = await serve({ store, dir }, { readOnlyDemo: false, now: () => AT });
    const admin = await setUp(served);
    operator = await addUser(served, admin, { name: "one-operator", role: "operator", bound: "" });
    analyst = await addUser(served, admin, { name: "one-analyst", role: "analyst", bound: "" });
  }, 240_000);
  afterAll(() => served?.close());

  const textOf = async (user: User, path: string) => await (await served.get(path, { cookie: user.cookie })).text();
  const save = (user: User, name: string, cron = "*/15 * * * *") =>
    post(served, user, "/data/batches/1/source", { name, cron });

  it("is offered on the batch's page to whoever runs the service, and to nobody else", async () => {
    expect(await textOf(operator, "/data/batches/1")).toContain("保存为来源");
    expect(await textOf(analyst, "/data/batches/1")).not.toContain("保存为来源");
    expect((await save(analyst, "own-table")).status).toBe(403);
  });

  it.each([
    ["a name that leads elsewhere", "../x", "*/15 * * * *"],
    ["no name", "", "*/15 * * * *"],
    ["a name that is taken", "other", "*/15 * * * *"],
    ["times that are none", "own-table", "every day"],
    ["times that never come", "own-table", "0 0 30 2 *"],
  ])("refuses %s and writes nothing", async (_, name, cron) => {
    const before = readFileSync(file, "utf8");
    expect((await save(operator, name, cron)).status).toBe(400);
    expect(readFileSync(file, "utf8")).toBe(before);
    expect(existsSync(join(served.store.dir, "inbox"))).toBe(false);
  });

  it("adds it to the list with the mapping, leaves what stood there, and writes down who did", async () => {
    const saved = await save(operator, "own-table");
    expect([saved.status, saved.headers.get("location")]).toEqual([303, "/admin/schedules/source%3Aown-table"]);
    const text = readFileSync(file, "utf8");
    expect(text).toContain("# 手写的说明");
    const [other, own] = parseSources(text, file);
    expect(other?.name).toBe("other");
    expect(own).toMatchObject({ name: "own-table", kind: "folder", format: "generic", options: { map: MAP } });
    const [entry] = (await listAudit(served.store.sql, 50)).filter(({ action }) => action === "source.add");
    expect(entry).toMatchObject({ who: "one-operator", subject: "source:own-table" });
    expect((await save(operator, "own-table")).status).toBe(400);
  });

  it("is listed among the schedules at once, and takes the next such file when told to run", async () => {
    expect(await textOf(operator, "/admin")).toContain("来源 own-table");
    const inbox = join(served.store.dir, "inbox", "own-table");
    mkdirSync(inbox, { recursive: true });
    writeFileSync(join(inbox, "next.csv"), "街道,日期,尘\n建外街道,2024-03-02,70\n");
    utimesSync(join(inbox, "next.csv"), new Date("2024-03-01"), new Date("2024-03-01"));
    const run = await post(served, operator, "/admin/schedules/source:own-table/run", {});
    const end = await endOf(served, operator, run.headers.get("location") ?? "");
    expect(end.status).toBe(303);
    expect(await textOf(operator, "/admin/schedules/source:own-table")).toContain("读取 1，新增 1");
    expect(existsSync(join(inbox, "done", "next.csv"))).toBe(true);
  });
});
