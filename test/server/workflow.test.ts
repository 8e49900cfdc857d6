import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ingestPath } from "../../ingest/pipeline.ts";
import { cityStore, NOW, type Served, serve } from "./city.ts";
import { addUser, endOf as endOfJob, post as postAs, setUp, type User } from "./users.ts";

let served: Served;
let admin: User;
let analyst: User;
let second: User;
let department: User;

const TARGET = "2024-air-11.1-truck-checks";

beforeAll(async () => {
  const made = await cityStore();
  const briefingsDir = join(made.dir, "briefings");
  mkdirSync(briefingsDir);
  served = await serve(made, { readOnlyDemo: false, briefingsDir, apiPerMinute: 30 });
  admin = await setUp(served);
  analyst = await addUser(served, admin, { name: "first-analyst", role: "analyst", bound: "" });
  second = await addUser(served, admin, { name: "second-analyst", role: "analyst", bound: "" });
  department = await addUser(served, admin, { name: "other-office", role: "department", bound: "区水务局" });
}, 480_000);

afterAll(() => served?.close());

const post = (user: User, path: string, values: Readonly<Record<string, string>> | FormData) =>
  postAs(served, user, path, values);

async function textAs(user: User, path: string): Promise<string> {
  return await (await served.get(path, { cookie: user.cookie })).text();
}

const endOf = (user: User, location: string) => endOfJob(served, user, location);

const ENTRY = { date: "2024-09-30", unit: "辆次", reporter: "甲", note: "九月汇总", seen: "0" };

describe("entering a figure", () => {
  it("keeps it, and moves the target's standing", async () => {
    expect(await textAs(analyst, `/targets/${TARGET}`)).toContain("还没有填报过");
    const kept = await post(analyst, `/targets/${TARGET}/tally`, { ...ENTRY, value: "31204" });
    expect(kept.status).toBe(303);
    expect(await textAs(analyst, `/targets/${TARGET}`)).toContain("31,204");
    expect(await textAs(analyst, "/targets?area=air")).toContain("31,204");
  });

  it("shows both figures to the second of two who edit at once, and keeps the first", async () => {
    const seen = /name="seen" value="(\d+)"/.exec(await textAs(analyst, `/targets/${TARGET}`))?.[1] ?? "";
    expect((await post(analyst, `/targets/${TARGET}/tally`, { ...ENTRY, seen, value: "32000" })).status).toBe(303);
    const late = await post(second, `/targets/${TARGET}/tally`, { ...ENTRY, seen, value: "33000", reporter: "乙" });
    expect(late.status).toBe(409);
    const text = await late.text();
    for (const figure of ["31204", "32000（甲）", "33000"]) expect(text).toContain(figure);
    expect(await textAs(analyst, `/targets/${TARGET}`)).not.toContain("33,000");
  });

  it.each([
    [{ value: "3O" }, "value.not-number"],
    [{ value: "-5" }, "value.negative"],
    [{ value: "5", unit: "吨" }, "tally.unit-mismatch"],
    [{ value: "5", date: "2030-01-01" }, "tally.future"],
    [{ value: "5", reporter: "" }, "tally.cell-missing"],
  ])("refuses %o and changes nothing", async (change, code) => {
    const before = await textAs(analyst, `/targets/${TARGET}`);
    const response = await post(analyst, `/targets/${TARGET}/tally`, { ...ENTRY, ...change });
    expect(response.status).toBe(400);
    expect(await response.text()).toContain(`[${code}]`);
    expect(await textAs(analyst, `/targets/${TARGET}`)).toBe(before);
  });

  it("lets a department enter and see its own figures only", async () => {
    expect((await post(department, `/targets/${TARGET}/tally`, { ...ENTRY, value: "1" })).status).toBe(403);
    expect((await served.get(`/targets/${TARGET}`, { cookie: department.cookie })).status).toBe(403);
    const answer = await served.get("/api/v1/tallies", { cookie: department.cookie });
    expect(await answer.json()).toMatchObject({ total: 0 });
  });
});

describe("taking files in", () => {
  const file = (text: string, name = "township.csv") => {
    const form = new FormData();
    form.set("file", new File([text], name));
    form.set("format", "auto");
    return form;
  };
  /** Hands a file in that is asked about, and follows to the question. */
  const asksAbout = async (form: FormData): Promise<string> => {
    const handed = await post(analyst, "/data/upload", form);
    expect(handed.status).toBe(303);
    return await textAs(analyst, handed.headers.get("location") ?? "");
  };
  const HEAD = "place,period,indicator,value,unit,模拟数据\n";

  it("tries a bad file, says why, and keeps nothing", async () => {
    const batches = await textAs(analyst, "/data");
    const response = await post(
      analyst,
      "/data/upload",
      file(`${HEAD}110105026,2024-09-04,tsp,3O,µg/m³,\nnowhere,2024-09-04,tsp,30,µg/m³,\n`),
    );
    expect(response.status).toBe(200);
    const text = await response.text();
    expect(text).toContain("不是数字");
    expect(text).toContain("没有这个地点");
    expect(text).not.toContain('action="/data/import"');
    expect(await textAs(analyst, "/data")).toBe(batches);
  });

  it("imports a good one as a job, ends on its batch, and the ranking follows", async () => {
    const rank = "/rank.csv?indicator=tsp&period=2024-09&place=110105026";
    const before = await textAs(analyst, rank);
    const days = Array.from(
      { length: 30 },
      (_, k) => `110105026,2024-09-${String(k + 1).padStart(2, "0")},tsp,900,µg/m³,`,
    );
    const tried = await (await post(analyst, "/data/upload", file(`${HEAD}${days.join("\n")}\n`))).text();
    const upload = /name="upload" value="([^"]+)"/.exec(tried)?.[1] ?? "";
    const started = await post(analyst, "/data/import", { upload, format: "auto" });
    expect(started.status).toBe(303);
    const ended = await endOf(analyst, started.headers.get("location") ?? "");
    expect(ended.headers.get("location")).toMatch(/^\/data\/batches\/\d+$/);
    const after = await textAs(analyst, rank);
    expect(after).not.toBe(before);
    expect(after.split("\r\n")[1]?.startsWith("1,")).toBe(true);
    expect(await textAs(analyst, "/changes")).toContain("900");
    const batch = ended.headers.get("location") ?? "";
    expect((await post(analyst, `${batch}/undo`, {})).status).toBe(303);
    expect(await textAs(analyst, rank)).toBe(before);
  });

  it("asks about a table of no known format, column by column with reasons, and remembers the answer", async () => {
    const rows = Array.from(
      { length: 20 },
      (_, k) => `${k + 1},将台地区,2024-09-${String(k + 1).padStart(2, "0")},${300 + k},晴`,
    );
    const table = `某街乡自测表（模拟数据）,,,,\n序号,街乡名称,监测日期,TSP（μg/m³）,天气\n${rows.join("\n")}\n`;
    const generic = file(table, "自测.csv");
    generic.set("format", "generic");
    const asked = await asksAbout(generic);
    expect(asked).toContain("表头在第 2 行");
    expect(asked).toContain("100% 的格是登记过的地点");
    const named = new Map(
      [...asked.matchAll(/name="(head\d+)" value="([^"]*)"/g)].map(([, name, value]) => [name, value]),
    );
    expect([...named.values()]).toEqual(["序号", "街乡名称", "监测日期", "TSP(μg/m3)", "天气"]);
    const chosen = [...asked.matchAll(/<select name="means(\d+)".*?<option value="([^"]+)" selected/gs)].map(
      ([, , value]) => value,
    );
    expect(chosen).toEqual(["none", "place", "time", "value:tsp", "none"]);
    const upload = /name="upload" value="([^"]+)"/.exec(asked)?.[1] ?? "";
    const answers = {
      upload,
      columns: "5",
      ...Object.fromEntries([...named].map(([name, value]) => [name ?? "", value ?? ""])),
      ...Object.fromEntries(chosen.map((value, k) => [`means${k}`, value ?? ""])),
      unit3: "μg/m3",
      kind: "township",
      span: "day",
      zone: "Asia/Shanghai",
      keep: "自测表",
    };
    expect((await post(analyst, "/data/map", { ...answers, span: "week" })).status).toBe(400);
    expect((await post(analyst, "/data/map", { ...answers, keep: "../x" })).status).toBe(400);
    const tried = await (await post(analyst, "/data/map", answers)).text();
    expect(tried).toContain("读取 <b>20</b>");
    const map = /name="map" value="([^"]+)"/s.exec(tried)?.[1]?.replaceAll("&quot;", '"') ?? "";
    const started = await post(analyst, "/data/import", { upload, format: "generic", map });
    const ended = await endOf(analyst, started.headers.get("location") ?? "");
    expect(ended.headers.get("location")).toMatch(/^\/data\/batches\/\d+$/);
    expect(await textAs(analyst, "/data/upload")).toContain("自己的表：自测表");
    const form = file(table.replaceAll(",3", ",4"), "自测二.csv");
    form.set("format", "map:自测表");
    expect(await (await post(analyst, "/data/upload", form)).text()).toMatch(/更正 \d+/);
    expect((await post(analyst, `${ended.headers.get("location")}/undo`, {})).status).toBe(303);
  });

  it("says so when nothing in a file can be a column", async () => {
    // Recognised by nobody, so asked about without being told to.
    const asked = await asksAbout(file("hello\nworld\n", "x.csv"));
    expect(asked).toContain("看不出这个文件的列");
  });

  it("refuses what is no upload, too large or not chosen", async () => {
    expect((await post(analyst, "/data/upload", { format: "auto" })).status).toBe(400);
    expect((await post(analyst, "/data/upload", file(""))).status).toBe(400);
    expect((await post(analyst, "/data/import", { upload: "../../etc", format: "auto" })).status).toBe(400);
    const huge = await fetch(new URL("/login", served.url), {
      method: "POST",
      redirect: "manual",
      body: new URLSearchParams({ name: "x".repeat(200_000) }),
    });
    expect(huge.status).toBe(413);
  });
});

describe("publishing a briefing", () => {
  it("needs a second person, and then stands frozen", async () => {
    const started = await post(analyst, "/briefings/make", { period: "2024-09" });
    expect(started.status).toBe(303);
    const ended = await endOf(analyst, started.headers.get("location") ?? "");
    expect(ended.headers.get("location")).toBe("/briefings");
    const id = /\/briefings\/drafts\/(\d+)"/.exec(await textAs(analyst, "/briefings"))?.[1] ?? "";
    const draft = await served.get(`/briefings/drafts/${id}`, { cookie: analyst.cookie });
    const bytes = Buffer.from(await draft.arrayBuffer());
    expect(bytes.subarray(0, 5).toString()).toBe("%PDF-");
    const own = await post(analyst, `/briefings/drafts/${id}/publish`, {});
    expect(await own.text()).toContain("[briefing.same-person]");
    expect((await post(second, `/briefings/drafts/${id}/publish`, {})).status).toBe(303);
    const href = publishedLinks(await textAs(second, "/briefings"))[0] ?? "";
    const published = await served.get(`${href}/file`, { cookie: second.cookie });
    expect(Buffer.from(await published.arrayBuffer()).equals(bytes)).toBe(true);
    expect((await post(second, `/briefings/drafts/${id}/publish`, {})).status).toBe(404);
    expect(await verdictOn(bytes)).toContain("公布一致");
    expect(await verdictOn(Buffer.concat([bytes, Buffer.from(" ")]))).toContain("已改动");
  }, 120_000);

  it("makes no second version of what did not change", async () => {
    const started = await post(analyst, "/briefings/make", { period: "2024-09" });
    const ended = await follow(analyst, started.headers.get("location") ?? "");
    expect(await ended.text()).toContain("[briefing.unchanged]");
  }, 120_000);

  it("makes a correction a second version that says what changed and why, and the first superseded", async () => {
    const old = publishedLinks(await textAs(second, "/briefings"))[0] ?? "";
    const first = Buffer.from(await (await served.get(`${old}/file`, { cookie: second.cookie })).arrayBuffer());
    const path = join(served.dir, "correction.csv");
    const days = Array.from(
      { length: 30 },
      (_, k) => `110105026,2024-09-${String(k + 1).padStart(2, "0")},tsp,910,µg/m³,`,
    );
    writeFileSync(path, `place,period,indicator,value,unit,模拟数据\n${days.join("\n")}\n`);
    await ingestPath(served.store, "township", path, { now: NOW });
    const started = await post(analyst, "/briefings/make", { period: "2024-09", reason: "仪器校准" });
    await endOf(analyst, started.headers.get("location") ?? "");
    const id = /\/briefings\/drafts\/(\d+)\/publish"/.exec(await textAs(second, "/briefings"))?.[1] ?? "";
    expect((await post(second, `/briefings/drafts/${id}/publish`, {})).status).toBe(303);
    const link = publishedLinks(await textAs(second, "/briefings"))[0] ?? "";
    const page = await textAs(second, link);
    for (const words of ["第 2 版", "仪器校准", "910"]) expect(page).toContain(words);
    expect(await verdictOn(first)).toContain("已被第 2 版取代");
  }, 120_000);

  it("lets the townships' briefings out together, each seen by its own township only", async () => {
    const township = await addUser(served, admin, { name: "some-township", role: "township", bound: "110105026" });
    const started = await post(analyst, "/briefings/make", { period: "2024-09", kind: "township" });
    await endOf(analyst, started.headers.get("location") ?? "");
    const waiting = await textAs(second, "/briefings");
    const id = /\/briefings\/drafts\/(\d+)\/publish"/.exec(waiting)?.[1] ?? "";
    expect((await post(second, `/briefings/drafts/${id}/publish`, {})).status).toBe(303);
    const all = publishedLinks(await textAs(second, "/briefings"));
    const own = publishedLinks(await textAs(township, "/briefings"));
    expect(own).toHaveLength(1);
    expect(all.length).toBeGreaterThan(40);
    const other = all.find((one) => !own.includes(one)) ?? "";
    expect((await served.get(`${other}/file`, { cookie: township.cookie })).status).toBe(404);
    expect((await served.get(`${own[0]}/file`, { cookie: township.cookie })).status).toBe(200);
  }, 240_000);

  it("refuses a kind it does not make, and a draft that is not there", async () => {
    expect((await post(analyst, "/briefings/make", { period: "2024-09", kind: "city" })).status).toBe(400);
    expect((await post(second, "/briefings/drafts/9999/publish", {})).status).toBe(404);
    expect((await post(second, "/briefings/verify", {})).status).toBe(400);
  });
});

function publishedLinks(text: string): readonly string[] {
  return [...text.matchAll(/href="(\/briefings\/published\/\d+)"/g)].map(([, href = ""]) => href);
}

async function verdictOn(bytes: Buffer): Promise<string> {
  const form = new FormData();
  form.set("file", new File([new Uint8Array(bytes)], "朝阳区-月报-2024-09.pdf"));
  return await (await post(second, "/briefings/verify", form)).text();
}

/** Asks a job until it has ended, also when it failed. */
async function follow(user: User, location: string): Promise<Response> {
  for (;;) {
    const response = await served.get(location, { cookie: user.cookie });
    const text = await response.clone().text();
    if (!text.includes("data-job=")) return response;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
