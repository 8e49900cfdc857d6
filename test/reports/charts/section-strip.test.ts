import { describe, expect, it } from "vitest";
import { chartSvg } from "../../../reports/charts/render.ts";
import { type SectionStripData, sectionStripChart, sectionStripHeight } from "../../../reports/charts/section-strip.ts";

const data: SectionStripData = {
  months: ["1月", "2月", "3月"],
  rows: [
    { place: "坝河断面", target: "Ⅲ", cells: [{ class: "Ⅲ", worse: 0 }, undefined, { class: "劣Ⅴ", worse: 3 }] },
    { place: "亮马河断面", cells: [{ class: "Ⅳ" }, { class: "Ⅳ" }, { class: "Ⅴ" }] },
  ],
};
const size = { width: 300, height: sectionStripHeight(data) };
const fills = (svg: string, colour: string): number => svg.split(new RegExp(`fill="${colour}"`, "i")).length - 1;

describe("the strip of section classes", () => {
  it("has a point for each month with a class and none for the others", () => {
    const [first, second] = sectionStripChart(data).data.datasets;
    expect(first?.data).toEqual([
      { x: 0.5, y: 0.5 },
      { x: 2.5, y: 0.5 },
    ]);
    expect(second?.data).toHaveLength(3);
  });

  it("darkens the cells that miss their target, and no others", () => {
    const dark = "#3F5566";
    const reached = { ...data, rows: data.rows.map((row) => ({ ...row, cells: [{ class: "Ⅱ", worse: 0 }] })) };
    expect(fills(chartSvg(sectionStripChart(data), size), dark)).toBeGreaterThan(0);
    expect(fills(chartSvg(sectionStripChart(reached), size), dark)).toBe(0);
  });

  it("grows by a row for each section", () => {
    const one = { ...data, rows: data.rows.slice(0, 1) };
    expect(sectionStripHeight(data) - sectionStripHeight(one)).toBe(16);
  });

  it("fails on a name the fonts cannot show", () => {
    const bad = { ...data, rows: [{ place: "坝\uE0A1河", cells: [] }] };
    expect(() => chartSvg(sectionStripChart(bad), size)).toThrow(
      expect.objectContaining({ code: "briefing.glyph-missing" }),
    );
  });
});
