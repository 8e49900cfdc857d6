/** Files made to hang, to fill the memory or to reach what no file should: each ends in an account or a word. */
import { strFromU8, strToU8, unzipSync, zipSync } from "fflate";
import { writeXlsx } from "hucre";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { tableOfHtml, withoutScripts } from "../../ingest/html-table.ts";
import { adoptedPlans } from "../../ingest/plan/adopt-form.ts";
import { parseSources } from "../../ingest/sources/config.ts";
import { parseTemplate } from "../../reports/briefings/template.ts";
import { checkPlan } from "../../seeds/plans/read.ts";
import { Fault } from "../../src/domain/faults.ts";
import { held, take } from "../ingest/take.ts";
import { type TemporaryStore, temporaryStore } from "../store-fixture.ts";

let fixture: TemporaryStore;
beforeEach(async () => {
  fixture = await temporaryStore();
});
afterEach(() => fixture.remove());

const HEAD = "place,period,indicator,value,unit\n";
const GOOD = "将台地区,2024-03-05,tsp,100,µg/m³\n";
const MEGABYTE = 1_000_000;
const many = (text: string, size = 2 * MEGABYTE): string => text.repeat(Math.ceil(size / text.length));

describe("a page made to hang whoever reads it", () => {
  it.each([
    ["comments", "<!--"],
    ["scripts", "<script >"],
    ["styles, heads and scripts", "<style ><head ><script >"],
    ["brackets", "<"],
    ["tags", "<td"],
    ["rows in rows", "<table><tr><td>"],
    ["character references", "&#x"],
  ])("is read once, however many %s it opens and never closes", (_, opening) => {
    const page = `<table><tr><td>a</td></tr></table>${many(opening)}`;
    expect(tableOfHtml(withoutScripts(page)).rows[0]?.cells).toEqual(["a"]);
  });

  it("loses its scripts, styles and comments, those that are closed", () => {
    const page = `<head><title>t</title></head><SCRIPT src="x">var a="<td>b</td>"</SCRIPT ><p>c<!-- <td>d</td> --></p><style>e</style>`;
    expect(tableOfHtml(withoutScripts(page)).rows.map((row) => row.cells)).toEqual([["c"]]);
    expect(tableOfHtml(withoutScripts("<p>a</p><script><p>b</p>")).rows.map((row) => row.cells)).toEqual([
      ["a"],
      ["b"],
    ]);
  });

  it("has no more cells than a million it did not write, whatever its spans claim", () => {
    const count = (page: string): number => tableOfHtml(page).rows.reduce((all, row) => all + row.cells.length, 0);
    expect(count(`<table><tr>${many("<td colspan=1000>x</td>")}</tr></table>`)).toBeLessThan(1_200_000);
    const tall = `<tr>${"<td rowspan=1000 colspan=1000>x</td>".repeat(20)}</tr>`;
    expect(count(`<table>${tall}${many("<tr></tr>")}</table>`)).toBeLessThan(1_200_000);
    expect(count("<table><tr><td colspan=3 rowspan=2>x</td></tr><tr><td>y</td></tr></table>")).toBe(7);
  });
});

describe("a workbook made to fill the memory", () => {
  const withCell = async (cell: string): Promise<Uint8Array> => {
    const parts = unzipSync(
      new Uint8Array(
        await writeXlsx({
          sheets: [
            {
              name: "a",
              rows: [
                ["x", "y"],
                [1, 2],
              ],
            },
          ],
        }),
      ),
    );
    const name = Object.keys(parts).find((one) => one.endsWith("sheet1.xml")) ?? "";
    const text = strFromU8(parts[name] ?? new Uint8Array());
    return zipSync({ ...parts, [name]: strToU8(text.replace("</sheetData>", `${cell}</sheetData>`)) });
  };

  it.each([
    ["a cell in the last corner of the largest sheet", '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'],
    ["a row far beyond any sheet", '<row r="4000000000"><c r="A4000000000"><v>1</v></c></row>'],
    ["a column far beyond any sheet", '<row r="3"><c r="ZZZZZZZ3"><v>1</v></c></row>'],
  ])("is told apart from data: %s", async (_, cell) => {
    const batch = await take(fixture, "w.xlsx", await withCell(cell), { format: "township" });
    expect(batch.id).toBeUndefined();
    expect(batch.files.map((file) => file.outcome)).toEqual(["refused"]);
  });
});

describe("an OpenDocument sheet that repeats itself without end", () => {
  const NAMES = ["office", "table", "text"].map(
    (one) => `xmlns:${one}="urn:oasis:names:tc:opendocument:xmlns:${one}:1.0"`,
  );
  const sheet = (across: string, down: string): Uint8Array => {
    const cell = `<table:table-cell office:value-type="string"${across}><text:p>x</text:p></table:table-cell>`;
    const body = `<table:table table:name="a"><table:table-row${down}>${cell}</table:table-row></table:table>`;
    return zipSync({
      mimetype: strToU8("application/vnd.oasis.opendocument.spreadsheet"),
      "content.xml": strToU8(
        `<office:document-content ${NAMES.join(" ")}><office:body><office:spreadsheet>${body}</office:spreadsheet></office:body></office:document-content>`,
      ),
      "META-INF/manifest.xml": strToU8("<manifest/>"),
    });
  };

  it.each([
    ["columns", ' table:number-columns-repeated="100000000"', ""],
    ["rows of columns", ' table:number-columns-repeated="16384"', ' table:number-rows-repeated="1000000"'],
  ])("is refused: %s", async (_, across, down) => {
    const batch = await take(fixture, "w.ods", sheet(across, down), { format: "township" });
    expect(batch.files.map((file) => file.outcome)).toEqual(["refused"]);
  });
});

describe("words that mean something to the language", () => {
  const WORDS = ["__proto__", "constructor", "toString", "hasOwnProperty", "valueOf"];

  it.each(WORDS)("are no place, indicator, unit, number or column: %s", async (word) => {
    const rows = [
      `${word},2024-03-05,tsp,100,µg/m³`,
      `将台地区,${word},tsp,100,µg/m³`,
      `将台地区,2024-03-05,${word},100,µg/m³`,
      `将台地区,2024-03-05,tsp,${word},µg/m³`,
      `将台地区,2024-03-05,tsp,100,${word}`,
    ];
    const batch = await take(fixture, "t.csv", `${HEAD}${rows.join("\n")}\n${GOOD}`);
    expect(batch).toMatchObject({ read: 6, inserted: 1, rejected: 5 });
    const columns = await take(fixture, "u.csv", `${HEAD.trim()},${word}\n${GOOD.trim()},1\n`);
    expect(columns.read).toBe(columns.unchanged + columns.rejected);
    expect(Object.keys(Object.prototype)).toEqual([]);
  });

  it("set nothing on every object when they are keys of a settings file", () => {
    const text =
      "sources:\n  - name: a\n    kind: folder\n    format: township\n    path: x\n    options: {__proto__: {polluted: 'yes'}}\n";
    try {
      parseSources(text, "sources.yaml");
    } catch (problem) {
      expect(problem).toBeInstanceOf(Fault);
    }
    expect(({} as Record<string, unknown>)["polluted"]).toBeUndefined();
  });
});

describe("a settings file with references", () => {
  const levels = Array.from({ length: 12 }, (_, k) => `a${k + 1}: &a${k + 1} [${`*a${k},`.repeat(9)}]`);
  const growing = `a0: &a0 [x,x,x,x,x,x,x,x,x]\n${levels.join("\n")}\nb: *a12\n`;
  /** As people write a schedule without quotes. */
  const dangling =
    "sources:\n  - name: a\n    kind: folder\n    format: township\n    path: x\n    schedule: *hourly\n";

  it.each([
    ["that multiply beyond reason", growing],
    ["to nothing", dangling],
  ])("%s is refused in words, whoever reads it", (_, text) => {
    expect(() => parseSources(text, "sources.yaml")).toThrow(Fault);
    expect(() => parseTemplate(text, "template.yaml")).toThrow(Fault);
    expect(() => adoptedPlans(text, "draft.yaml")).toThrow(Fault);
    expect(checkPlan(text, "plan.yaml").faults[0]?.code).toBe("plan.yaml");
  });
});

describe("a cell of a million characters", () => {
  it.each([
    ["spaces between", (n: number) => `ND(${" ".repeat(n)}x`],
    ["digits", (n: number) => "1".repeat(n)],
    ["zeros", (n: number) => `0.${"0".repeat(n)}1`],
    ["brackets", (n: number) => "（".repeat(n)],
    ["quotation marks", (n: number) => '"'.repeat(n + 1)],
  ])("is rejected like any other that is no number: %s", async (_, make) => {
    const long = make(MEGABYTE);
    const text = `${HEAD}将台地区,2024-03-05,tsp,${long},µg/m³\n三里屯街道,2024-03-05,tsp,100,µg/m³\n`;
    const batch = await take(fixture, "long.csv", text, { format: "township" });
    expect(batch.rejected + (batch.id === undefined ? 1 : 0)).toBeGreaterThan(0);
    expect((await held(fixture)).filter((row) => row.startsWith("将台"))).toEqual([]);
  });
});
