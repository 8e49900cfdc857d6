import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ingestPath } from "../../ingest/pipeline.ts";
import { listAudit } from "../../src/store/audit.ts";
import { sheetsOf } from "../sheets-of.ts";
import { temporaryStore } from "../store-fixture.ts";
import { type Served, serve } from "./city.ts";
import { addUser, endOf, post, setUp, type User } from "./users.ts";

describe("putting rejected rows right by the browser", () => {
  let served: Served;
  let analyst: User;
  let reader: User;
  let first: number;

  beforeAll(async () => {
    const { store, dir } = await temporaryStore();
    const file = join(dir, "tsp.csv");
    writeFileSync(
      file,
      "place,period,indicator,value,unit\n建外街道,2024-03-01,tsp,6O,µg/m³\n朝外街道,2024-03-01,tsp,50,µg/m³\n呼家楼街道,2024-03-01,tsp,7O,µg/m³\n",
    );
    const [batch] = await ingestPath(store, "township", file, { now: new Date("2024-03-02T09:00:00+08:00") });
    first = batch?.id ?? 0;
    served = await serve({ store, dir }, { readOnlyDemo: false });
    const admin = await setUp(served);
    analyst = await addUser(served, admin, { name: "one-analyst", role: "analyst", bound: "" });
    reader = await addUser(served, admin, { name: "one-reader", role: "reader", bound: "" });
  }, 240_000);
  afterAll(() => served?.close());

  const pageOf = async (user: User, batch: number) =>
    await (await served.get(`/data/batches/${batch}`, { cookie: user.cookie })).text();
  const fixes = (text: string) => {
    const form = new FormData();
    form.set("file", new File([text], "fixed.csv"));
    return form;
  };
  /** The workbook's first sheet as CSV, with cells changed as a person would. */
  const corrected = async (change: (cells: readonly string[]) => readonly string[]) => {
    const response = await served.get(`/data/batches/${first}/rejects.xlsx`, { cookie: analyst.cookie });
    const [sheet] = await sheetsOf(new Uint8Array(await response.arrayBuffer()));
    return (sheet?.rows ?? []).map((cells) => change(cells).join(",")).join("\n");
  };

  it("offers the open rows and a way back to whoever may import, and to nobody else", async () => {
    expect(await pageOf(analyst, first)).toContain(`/data/batches/${first}/rejects.xlsx`);
    expect(await pageOf(reader, first)).not.toContain("rejects.xlsx");
    expect((await served.get(`/data/batches/${first}/rejects.xlsx`, { cookie: reader.cookie })).status).toBe(403);
    expect((await post(served, reader, `/data/batches/${first}/resubmit`, fixes("x"))).status).toBe(403);
  });

  it("refuses a file without the form's token, one of another batch, and a batch that is not there", async () => {
    const foreign = fixes("x");
    foreign.set("_csrf", "guessed");
    const { status } = await fetch(new URL(`/data/batches/${first}/resubmit`, served.url), {
      ...{ method: "POST", headers: { cookie: analyst.cookie }, body: foreign },
    });
    expect(status).toBe(403);
    expect((await post(served, analyst, "/data/batches/999/resubmit", fixes("x"))).status).toBe(404);
    const other = await corrected((cells) => [cells[0] === String(first) ? "7" : (cells[0] ?? ""), ...cells.slice(1)]);
    const job = await post(served, analyst, `/data/batches/${first}/resubmit`, fixes(other));
    const end = await endOf(served, analyst, job.headers.get("location") ?? "");
    expect(end.status).toBe(400);
    expect(await end.text()).toContain("batch.fix-unknown");
  });

  it("takes one corrected row as a batch of its own, and both pages say so", async () => {
    const text = await corrected((cells) => cells.map((cell) => (cell === "6O" ? "60" : cell)));
    const job = await post(served, analyst, `/data/batches/${first}/resubmit`, fixes(text));
    const end = await endOf(served, analyst, job.headers.get("location") ?? "");
    expect([end.status, end.headers.get("location")]).toEqual([303, `/data/batches/${first + 1}`]);
    const before = await pageOf(analyst, first);
    expect(before).toContain("已补正 <b>1</b>，待补正 <b>1</b>");
    expect(before).toContain(`已由 <a href="/data/batches/${first + 1}">#${first + 1}</a> 补正`);
    expect(await pageOf(analyst, first + 1)).toContain(`补正 <a href="/data/batches/${first}">#${first}</a> 的拒收`);
    const csv = await served.get(`/data/batches/${first}/rejects.csv`, { cookie: analyst.cookie });
    expect((await csv.text()).split(/\r?\n/)[1]?.endsWith(`,${first + 1}`)).toBe(true);
  });

  it("writes down who handed what back", async () => {
    const entries = await listAudit(served.store.sql, 50);
    const found = entries.find((one) => one.action === "resubmit");
    expect(found).toMatchObject({ who: "one-analyst", subject: `批次 ${first}`, after: `批次 ${first + 1}` });
  });

  it("does the same for a program, and names the batches on both sides", async () => {
    const text = await corrected((cells) => cells.map((cell) => (cell === "7O" ? "70" : cell)));
    const form = fixes(text);
    form.set("_csrf", analyst.csrf);
    const response = await fetch(new URL(`/api/v1/batches/${first}/resubmit`, served.url), {
      ...{ method: "POST", headers: { cookie: analyst.cookie, "x-csrf-token": analyst.csrf }, body: form },
    });
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({ read: 1, inserted: 1, rejected: 0, id: first + 2 });
    const asked = await served.get(`/api/v1/batches/${first}`, { cookie: analyst.cookie });
    expect(await asked.json()).toMatchObject({ mends: null, mendedBy: [first + 1, first + 2] });
    const page = await pageOf(analyst, first);
    expect(page).toContain("已补正 <b>2</b>，待补正 <b>0</b>");
    expect(page).not.toContain("rejects.xlsx");
  });
});
