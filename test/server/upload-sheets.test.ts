/** A workbook of several sheets handed in by the pages: each sheet is told of, none is taken or left silently. */
import { writeXlsx } from "hucre";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { seedPlaces } from "../../src/cli/seeds.ts";
import { temporaryStore } from "../store-fixture.ts";
import { type Served, serve } from "./city.ts";
import { endOf, post, setUp, type User } from "./users.ts";

let served: Served;
let admin: User;

beforeAll(async () => {
  served = await serve(await temporaryStore(seedPlaces()), { readOnlyDemo: false });
  admin = await setUp(served);
}, 120_000);

afterAll(() => served?.close());

const HOURS = [35, 36, 37].map((value, k) => [`2024-10-08 0${k + 1}:00`, value]);
const ofStation = (name: string) => ({ name, rows: [[`${name}自测`], ["时刻", "细颗粒物"], ...HOURS] });
/** Nothing, two stations of one head, a second monitor of one of them, and a table of another head. */
const SHEETS = [
  { name: "说明", rows: [["填表说明"], ["请勿改动表头"]] },
  ofStation("东四"),
  ofStation("天坛"),
  ofStation("备用机"),
  {
    name: "月报",
    rows: [
      ["站点", "月份", "二氧化氮"],
      ["东四", "2024年9月", 30],
    ],
  },
];

describe("a workbook of several sheets that no format knows", () => {
  it("is asked about from the first sheet with columns to tell, and says of each sheet what becomes of it", async () => {
    const asked = await askedAbout("auto");
    const rows = sheetRows(asked.text);
    expect(rows).toEqual([
      "说明 2 不取：没有找到表头、时间列和数值列",
      "东四 5 逐列的含义取自这张",
      "天坛 5 表头相同，一并读取 改取这张的列",
      "备用机 5 表头相同，一并读取 改取这张的列",
      "月报 2 不取：没有列 时刻、细颗粒物 改取这张的列 两种表头要分两次上传",
    ]);
    expect(asked.text).toMatch(/name="sheetPlace" value="1" checked/);
  });

  it("is asked about from another sheet when a person chooses that one, and fits others then", async () => {
    const { text } = await askedAbout("generic");
    const other = /href="(\/data\/map\?[^"]*sheet=5)"/.exec(text)?.[1]?.replaceAll("&amp;", "&") ?? "";
    const chosen = await page(other);
    expect(chosen).toContain("“月报”的表头在第 1 行");
    expect(sheetRows(chosen)[1]).toBe("东四 5 不取：没有列 站点、月份、二氧化氮 改取这张的列 两种表头要分两次上传");
    expect(chosen).not.toMatch(/name="sheetPlace" value="1" checked/);
  });

  it("takes the sheets that fit and were chosen, each under its own name, and accounts for the others", async () => {
    const { text } = await askedAbout("auto");
    const fields = fieldsOf(text);
    expect(fields["take3"]).toBe("1");
    delete fields["take3"];
    const tried = await (await post(served, admin, "/data/map", fields)).text();
    expect(tried).toContain("读取 <b>6</b>");
    for (const words of [
      '<th scope="row">说明</th><td>未取：表头不对，没有列 时刻、细颗粒物</td>',
      '<th scope="row">备用机</th><td>未取：选了不取这张表</td>',
      '<th scope="row">月报</th><td>未取：表头不对，没有列 时刻、细颗粒物</td>',
      '<th scope="row">东四</th><td>读取</td>',
      '<th scope="row">天坛</th><td>读取</td>',
    ])
      expect(tried).toContain(words);
    const started = await post(served, admin, "/data/import", fieldsOf(tried));
    const ended = await endOf(served, admin, started.headers.get("location") ?? "");
    const batch = await page(ended.headers.get("location") ?? "");
    for (const name of ["东四", "天坛"]) expect(batch).toContain(`自测.xlsx#${name}</th><td>已读`);
    expect(batch).toContain("自测.xlsx#说明</th><td>未取：表头不对");
    expect(batch).toContain("自测.xlsx#备用机</th><td>未取：选了不取这张表");
    const held = await served.store.sql.rows<{ name: string; n: bigint }>(
      "SELECT p.name, count(*) AS n FROM reading r JOIN place p ON p.id = r.place GROUP BY p.name ORDER BY p.name",
    );
    expect(held.map(({ name, n }) => `${name} ${n}`)).toEqual(["东四 3", "天坛 3"]);
  });

  it("stays aside when no sheet fits what was told, with the way back to the columns", async () => {
    const { text, upload } = await askedAbout("auto");
    const tried = await (await post(served, admin, "/data/map", { ...fieldsOf(text), head1: "没有这一列" })).text();
    expect(tried).toContain("没有可用的数据");
    expect(tried).toContain("没有列 没有这一列");
    expect(tried).toContain(`href="/data/map?upload=${upload}"`);
    expect(await page(`/data/map?upload=${upload}`)).toContain("逐列的含义取自这张");
  });

  it.each(["sheet=9", "sheet=0", "sheet=x", "upload=../../etc"])("refuses %s", async (what) => {
    const { upload } = await askedAbout("auto");
    const asked = what.startsWith("upload") ? what : `upload=${upload}&${what}`;
    const response = await served.get(`/data/map?${asked}`, { cookie: admin.cookie });
    expect(response.status).toBe(400);
    expect(await response.text()).toContain("[upload.missing]");
  });
});

async function page(path: string): Promise<string> {
  return await (await served.get(path, { cookie: admin.cookie })).text();
}

/** Hands the workbook in and follows to the question about its columns. */
async function askedAbout(format: string): Promise<{ readonly upload: string; readonly text: string }> {
  const form = new FormData();
  form.set("file", new File([new Uint8Array(await writeXlsx({ sheets: SHEETS }))], "自测.xlsx"));
  form.set("format", format);
  const handed = await post(served, admin, "/data/upload", form);
  const location = handed.headers.get("location") ?? "";
  expect(handed.status).toBe(303);
  return { upload: /upload=([0-9a-f-]{36})/.exec(location)?.[1] ?? "", text: await page(location) };
}

/** The words of each row of the table of sheets. */
function sheetRows(text: string): readonly string[] {
  const table = /name="sheets".*?<tbody>(.*?)<\/tbody>/s.exec(text)?.[1] ?? "";
  return table
    .split("</tr>")
    .slice(0, -1)
    .map((row) =>
      row
        .replaceAll(/<[^>]+>/g, " ")
        .replaceAll(/\s+/g, " ")
        .trim(),
    );
}

/** What a browser would send of the page's form: hidden fields, chosen options, boxes that are ticked. */
function fieldsOf(text: string): Record<string, string> {
  const main = text.slice(text.indexOf("<main"));
  const plain = (value: string | undefined) => (value ?? "").replaceAll("&quot;", '"').replaceAll("&amp;", "&");
  const fields: Record<string, string> = {};
  for (const [tag] of main.matchAll(/<input [^>]*>/g)) {
    const name = /name="([^"]+)"/.exec(tag)?.[1];
    if (name === undefined || (tag.includes('type="checkbox"') && !tag.includes(" checked"))) continue;
    fields[name] = plain(/value="([^"]*)"/s.exec(tag)?.[1]);
  }
  for (const [, name = "", options = ""] of main.matchAll(/<select [^>]*name="([^"]+)"[^>]*>(.*?)<\/select>/gs))
    fields[name] = plain(/value="([^"]*)" selected/.exec(options)?.[1]);
  delete fields["_csrf"];
  return fields;
}
