import { describe, expect, it } from "vitest";
import { type DayNightRow, dayNightChart, dayNightHeight } from "../../../reports/charts/day-night.ts";
import { chartSvg } from "../../../reports/charts/render.ts";

const rows: readonly DayNightRow[] = [
  {
    place: "望京点位",
    zone: "2类",
    day: { level: "55.4", limit: "60", above: false },
    night: { level: "52.9", limit: "50", above: true },
  },
  { place: "四环点位", zone: "4a类", night: { level: "71.3", limit: "55", above: true } },
];
const points = (label: string) => dayNightChart(rows).data.datasets.find((set) => set.label === label);

describe("the chart of day and night noise", () => {
  it("draws each valid level once, day above night in the row of its point", () => {
    const [day, night] = [points("昼间")?.data, points("夜间")?.data];
    expect(day).toHaveLength(1);
    expect(night).toHaveLength(2);
    expect(day?.[0]).toMatchObject({ x: 55.4 });
    expect(day?.[0]?.y).toBeLessThan(night?.[0]?.y ?? 0);
  });

  it("tells day from night without colour: hollow and full", () => {
    expect(points("昼间")?.backgroundColor).toBe("#ffffff");
    expect(points("夜间")?.backgroundColor).toEqual(points("夜间")?.borderColor);
  });

  it("holds every level and limit on its axis, in whole tens", () => {
    expect(dayNightChart(rows).options?.scales?.["x"]).toMatchObject({ min: 40, max: 80 });
  });

  it("draws points without any level", () => {
    const silent = [{ place: "备用点位" }];
    expect(chartSvg(dayNightChart(silent), { width: 510, height: dayNightHeight(silent) })).toMatch(/^<\?xml/);
  });
});
