import { describe, expect, it } from "vitest";
import { chartSvg } from "../../../reports/charts/render.ts";
import { greatestMoves, type SlopeData, slopeChart } from "../../../reports/charts/slope.ts";

const data: SlopeData = {
  beforeZh: "上月",
  nowZh: "本期",
  n: 20,
  lines: [
    { place: "甲街道", before: 3, now: 12 },
    { place: "乙街道", before: 15, now: 2 },
    { place: "丙地区", before: 8, now: 8 },
    { place: "丁地区", before: 7, now: 9 },
  ],
  cut: { worst: 5, zh: "后5名" },
};

describe("the slope of rank moves", () => {
  it("counts a higher rank number as a gain: rank 1 is the worst", () => {
    const { up, down } = greatestMoves(data.lines);
    expect(up.map(({ place }) => place)).toEqual(["甲街道", "丁地区"]);
    expect(down.map(({ place }) => place)).toEqual(["乙街道"]);
  });

  it("names five each way, the greatest first, and nobody who stayed", () => {
    const many = Array.from({ length: 24 }, (_, at) => ({ place: `${at}`, before: 20, now: 8 + at }));
    const { up, down } = greatestMoves(many);
    expect(up.map(({ now }) => now)).toEqual([31, 30, 29, 28, 27]);
    expect(down.map(({ now }) => now)).toEqual([8, 9, 10, 11, 12]);
  });

  it("draws every place from its rank before to its rank now, losses dashed", () => {
    const sets = slopeChart(data).data.datasets;
    expect(sets.map(({ label }) => label).sort()).toEqual(["丁地区", "丙地区", "乙街道", "甲街道"]);
    const lost = sets.find(({ label }) => label === "乙街道");
    expect(lost?.data).toEqual([
      { x: 0, y: 15 },
      { x: 1, y: 2 },
    ]);
    expect(lost?.borderDash).not.toEqual([]);
    expect(sets.find(({ label }) => label === "甲街道")?.borderDash).toEqual([]);
  });

  it("keeps the whole list on its axis", () => {
    expect(slopeChart(data).options?.scales?.["y"]).toMatchObject({ min: 1, max: 20 });
  });

  it("draws a list without moves", () => {
    expect(chartSvg(slopeChart({ ...data, lines: [] }), { width: 510, height: 170 })).toMatch(/^<\?xml/);
  });
});
