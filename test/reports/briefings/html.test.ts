import { describe, expect, it } from "vitest";
import { districtOutline } from "../../../reports/briefings/district-outline.ts";
import { outlineHtml } from "../../../reports/briefings/html.ts";
import { summaryOf } from "../../../reports/briefings/sentences.ts";
import { emptyMonth, townships, wholeYear } from "./cases/extremes.ts";
import { march } from "./cases/march.ts";

const html = outlineHtml(districtOutline(march()));

describe("the district briefing as one HTML file", () => {
  it("says what the PDF says: every sentence, heading and stamp", () => {
    for (const sentence of summaryOf(march()))
      expect(html.replaceAll("\u00a0", " ")).toContain(sentence.replaceAll("<", "&lt;").replaceAll(">", "&gt;"));
    for (const heading of ["一、摘要", "二、空气质量目标", "（二）空气质量日历", "四、排名", "六、方法说明"])
      expect(html).toContain(heading);
    expect(html).toContain(march().stamp.digest);
  });

  it("asks nothing of the network and runs no script", () => {
    expect(html).not.toMatch(/<script|<link|src="(?!data:)|href=|url\(/);
  });

  it("marks simulated data, and real data not", () => {
    expect(html).toContain("模拟数据");
    expect(outlineHtml(districtOutline(march({ simulated: false })))).not.toContain("模拟");
  });

  it("escapes what a name may hold", () => {
    const [ranking] = march().rankings;
    const [row] = ranking?.rows ?? [];
    if (ranking === undefined || row === undefined) throw new RangeError("the case has no ranking");
    const place = `<img src=x onerror="a">&'`;
    const text = outlineHtml(districtOutline(march({ rankings: [{ ...ranking, rows: [{ ...row, place }] }] })));
    expect(text).not.toContain("<img src=x");
    expect(text).toContain("&lt;img src=x onerror=&quot;a&quot;&gt;&amp;&#39;");
  });

  it("gives every table as many cells as it has heads", () => {
    for (const briefing of [march(), townships(), emptyMonth(), wholeYear()]) {
      for (const block of districtOutline(briefing).blocks) {
        if (block.kind !== "table") continue;
        for (const row of block.rows) expect(row, block.caption).toHaveLength(block.columns.length);
      }
    }
  });

  it("numbers headings, tables and figures", () => {
    const { blocks } = districtOutline(march());
    const captions = blocks.flatMap((block) => (block.kind === "table" ? [block.caption.slice(0, 2)] : []));
    expect(captions).toEqual(captions.map((_, at) => `表${at + 1}`));
  });

  it("gives equal text for equal data", () => {
    expect(outlineHtml(districtOutline(march())) === html).toBe(true);
  });
});
