/** The district briefing as an office edits it: Word and workbook. */
import { unzipSync } from "fflate";
import { describe, expect, it } from "vitest";
import { renderJob } from "../../../reports/briefings/render-job.ts";
import { summaryOf } from "../../../reports/briefings/sentences.ts";
import { sheetsOf } from "../../sheets-of.ts";
import { full } from "./cases/full.ts";
import { march } from "./cases/march.ts";
import { township } from "./township-cases.ts";

const partsOf = (bytes: Uint8Array): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(unzipSync(bytes)).map(([name, part]) => [name, new TextDecoder().decode(part)]));

const word = async (): Promise<Uint8Array> => await renderJob({ kind: "district", briefing: full(), format: "docx" });

describe("the district briefing as a Word file", () => {
  it("has real heads, tables whose head repeats, captions, and figures with their text", async () => {
    const { "word/document.xml": text = "" } = partsOf(await word());
    for (const heading of ["一、摘要", "四、各项计划的达标状态", "（二）不可判定及原因"])
      expect(text).toContain(heading);
    expect(text.match(/w:pStyle w:val="Heading1"/g)?.length).toBe(12);
    const tables = text.match(/<w:tbl>/g)?.length ?? 0;
    expect(tables).toBeGreaterThan(8);
    expect(text.match(/<w:tblHeader\/>/g)?.length).toBe(tables);
    expect(text.match(/w:pStyle w:val="Caption"/g)?.length).toBe(tables + 7);
    expect(text).toContain("日历图：2015年3月逐日AQI与级别");
  });

  it("says every sentence of the summary", async () => {
    const { "word/document.xml": text = "" } = partsOf(await word());
    const plain = text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&quot;", '"');
    for (const sentence of summaryOf(full())) expect(plain).toContain(sentence);
  });

  it("gives the same bytes twice, with the data's day as its date", async () => {
    const [once, twice] = [await word(), await word()];
    expect(Buffer.compare(once, twice)).toBe(0);
    expect(partsOf(once)["docProps/core.xml"]).toContain("2015-03-30T16:00:00Z");
  });
});

describe("the district briefing as a workbook", () => {
  it("holds the contents and a sheet for each table, numbers as numbers with their printed decimals", async () => {
    const bytes = await renderJob({ kind: "district", briefing: march(), format: "xlsx" });
    const sheets = await sheetsOf(bytes);
    expect(sheets[0]?.name).toBe("目录");
    const ranking = sheets.find(({ name }) => name.includes("PM2.5月均浓度排名"));
    // The second place is shared: its rank is the number 2 all the same.
    expect(ranking?.rows.slice(0, 3).map((row) => row.slice(0, 3))).toEqual([
      ["排名", "地点", "µg/m³"],
      ["1", "奥体中心", "110"],
      ["2", "农展馆", "109"],
    ]);
    const parts = partsOf(bytes);
    expect(parts["xl/styles.xml"]).toContain("0.0%");
    // The only formulas are those that work the ranks of a whole list out again.
    const formulas = Object.entries(parts).flatMap(([name, text]) =>
      name.includes("worksheets/") ? [...text.matchAll(/<f>([^<]*)<\/f>/g)].map(([, one]) => one) : [],
    );
    expect(formulas).toHaveLength(17);
    expect(formulas[0]).toBe("RANK(C2,C$2:C$18,0)");
  });

  it("sums what is summed, keeps the sign of a change, fills what is missed, and heads every page alike", async () => {
    const parts = partsOf(await renderJob({ kind: "district", briefing: full(), format: "xlsx" }));
    const texts = Object.entries(parts).flatMap(([name, text]) => (name.includes("worksheets/") ? [text] : []));
    const all = texts.join("");
    expect(all).toContain("<f>SUM(B2:B3)</f><v>8</v>");
    // 下降8.0%, 上升20.0%
    expect(all).toContain("<v>-0.08</v>");
    expect(parts["xl/styles.xml"]).toContain("上升");
    expect(all).toMatch(/<cfRule type="expression"[^>]*><formula>[A-Z]2=(&quot;|")未达标(&quot;|")<\/formula>/);
    for (const text of texts) {
      expect(text).toMatch(/<pane [^>]*state="frozen"/);
      expect(text).toMatch(/<pageSetup [^>]*paperSize="9"/);
    }
    expect(parts["xl/workbook.xml"]).toContain("_xlnm.Print_Titles");
  });

  it("writes a day as a date: 20 March 2026 is day 46101 of the workbook's calendar, in any zone", async () => {
    const parts = partsOf(await renderJob({ kind: "township", briefing: township(), format: "xlsx" }));
    const all = Object.values(parts).join("");
    expect(all).toContain("<v>46101</v>");
  });

  it("gives a text that looks like a formula as text", async () => {
    const [tally] = township().tallies ?? [];
    if (tally === undefined) throw new RangeError("the case has no tally");
    const briefing = township({ tallies: [{ ...tally, zh: "=1+1" }] });
    const parts = partsOf(await renderJob({ kind: "township", briefing, format: "xlsx" }));
    expect(Object.values(parts).join("")).not.toContain("<f>1+1</f>");
    expect(parts["xl/sharedStrings.xml"]).toContain("=1+1");
  });

  it("carries the data's day as its date, so that equal data give equal bytes", async () => {
    const make = async () => await renderJob({ kind: "district", briefing: march(), format: "xlsx" });
    const once = await make();
    expect(Buffer.compare(once, await make())).toBe(0);
    expect(partsOf(once)["docProps/core.xml"]).toContain("2015-03-30T16:00:00Z");
  });
});
