import { describe, expect, it } from "vitest";
import { type ClassMonth, classStackChart, classStackHeight } from "../../../reports/charts/class-stack.ts";
import { chartSvg } from "../../../reports/charts/render.ts";

const none = { 优: 0, 良: 0, 轻度污染: 0, 中度污染: 0, 重度污染: 0, 严重污染: 0 };
const january: ClassMonth = { month: "2015-01", days: 31, classes: { ...none, 优: 2, 良: 3, 重度污染: 1 } };
const february: ClassMonth = { month: "2015-02", days: 28, classes: { ...none, 良: 28 } };

describe("the stack of days by class", () => {
  it("draws one square for each rated day, in its class and its month's row", () => {
    const sets = classStackChart([january, february]).data.datasets;
    const counts = sets.map(({ label, data }) => [label, data.length]);
    expect(counts).toEqual([
      ["优", 2],
      ["良", 31],
      ["轻度污染", 0],
      ["中度污染", 0],
      ["重度污染", 1],
      ["严重污染", 0],
    ]);
    expect(new Set(sets[1]?.data.map((one) => (one as { y: number }).y))).toEqual(new Set([0.5, 1.5]));
  });

  it("puts worse classes behind better ones, never two squares on one place", () => {
    const xs = classStackChart([january]).data.datasets.flatMap(({ data }) =>
      data.map((one) => (one as { x: number }).x),
    );
    expect([...xs].sort((a, b) => a - b)).toEqual(xs);
    expect(new Set(xs).size).toBe(6);
  });

  it("draws worse classes larger, for print without colour", () => {
    const radii = classStackChart([january]).data.datasets.map((set) => Number((set as { radius?: number }).radius));
    expect([...radii].sort((a, b) => a - b)).toEqual(radii);
    expect(new Set(radii).size).toBe(6);
  });

  it("keeps room for a month in which every class occurs and each day is rated", () => {
    const all: ClassMonth = {
      month: "2015-03",
      days: 31,
      classes: { 优: 5, 良: 6, 轻度污染: 5, 中度污染: 5, 重度污染: 5, 严重污染: 5 },
    };
    const chart = classStackChart([all]);
    const last = Math.max(...chart.data.datasets.flatMap(({ data }) => data.map((one) => (one as { x: number }).x)));
    expect(last).toBeLessThan(Number(chart.options?.scales?.["x"]?.max));
  });

  it("grows by a row for each month and draws none at all", () => {
    expect(classStackHeight([january, february, january]) - classStackHeight([january, february])).toBe(13);
    expect(chartSvg(classStackChart([]), { width: 510, height: classStackHeight([]) })).toMatch(/^<\?xml/);
  });
});
