import { describe, expect, it } from "vitest";
import { cumulativeChart } from "../../../reports/charts/cumulative.ts";
import { chartSvg } from "../../../reports/charts/render.ts";

const data = {
  year: 2016,
  indicatorZh: "PM2.5",
  unit: "µg/m³",
  daily: [{ day: "2016-01-01", value: "80.5" }, { day: "2016-01-02" }, { day: "2016-03-01", value: "20" }],
  running: [
    { day: "2016-01-01", value: "80.5" },
    { day: "2016-03-01", value: "50.3" },
  ],
} as const;

const sets = (config: ReturnType<typeof cumulativeChart>) => config.data.datasets.map(({ label }) => label);

describe("the cumulative chart", () => {
  it("numbers the days of the year, leap day included, and leaves a gap where a day has no value", () => {
    const bars = cumulativeChart(data).data.datasets.find(({ type }) => type === "bar");
    expect(bars?.data).toEqual([
      { x: 1, y: 80.5 },
      { x: 2, y: null },
      { x: 61, y: 20 },
    ]);
  });

  it("draws target, last year and the needed level only when they are known", () => {
    expect(sets(cumulativeChart(data))).toEqual(["年累计平均", "日均值"]);
    const all = cumulativeChart({
      ...data,
      lastYear: [{ day: "2015-01-01", value: "90" }],
      target: { value: "33", zh: "目标33" },
      needed: { from: "2016-03-02", value: "12", zh: "后期需保持" },
    });
    expect(sets(all)).toEqual(["年累计平均", "上年累计平均", "目标33", "后期需保持", "日均值"]);
  });

  it("lays last year's days over this year's", () => {
    const lastYear = [
      { day: "2015-01-01", value: "90" },
      { day: "2015-12-31", value: "70" },
    ];
    const line = cumulativeChart({ ...data, lastYear }).data.datasets[1];
    expect(line?.data).toEqual([
      { x: 1, y: 90 },
      { x: 365, y: 70 },
    ]);
  });

  it("keeps its configuration", () => {
    expect(cumulativeChart({ ...data, target: { value: "33", zh: "目标33" } })).toMatchSnapshot();
  });

  it("draws a year without any value", () => {
    expect(chartSvg(cumulativeChart({ ...data, daily: [], running: [] }), { width: 400, height: 150 })).toMatch(
      /^<\?xml/,
    );
  });

  it("numbers its clip paths alike in every drawing", () => {
    const draw = () => chartSvg(cumulativeChart(data), { width: 510, height: 190 });
    const once = draw();
    expect(draw() === once).toBe(true);
  });
});
