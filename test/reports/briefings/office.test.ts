/** The district briefing as an office edits it: Word and workbook. */
import { unzipSync } from "fflate";
import { describe, expect, it } from "vitest";
import { renderJob } from "../../../reports/briefings/render-job.ts";
import { summaryOf } from "../../../reports/briefings/sentences.ts";
import { sheetsOf } from "../../sheets-of.ts";
import { full } from "./cases/full.ts";
import { march } from "./cases/march.ts";

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
    for (const [name, text] of Object.entries(parts))
      if (name.includes("worksheets/")) expect(text).not.toContain("<f>");
  });

  it("carries the data's day as its date, so that equal data give equal bytes", async () => {
    const make = async () => await renderJob({ kind: "district", briefing: march(), format: "xlsx" });
    const once = await make();
    expect(Buffer.compare(once, await make())).toBe(0);
    expect(partsOf(once)["docProps/core.xml"]).toContain("2015-03-30T16:00:00Z");
  });
});
