import { describe, expect, it } from "vitest";
import { rankBarsChart, rankBarsHeight } from "../../../reports/charts/rank-bars.ts";
import { chartSvg } from "../../../reports/charts/render.ts";

const bars = [
  { rank: 1, place: "甲街道", value: "98" },
  { rank: 2, place: "乙街道", value: "95", own: true },
  { rank: 2, place: "丙地区", value: "95" },
  { rank: 4, place: "丁地区", value: "91" },
];
const drawsCut = (svg: string): boolean => /stroke="#A5240D"/i.test(svg);
const data = { unit: "µg/m³", bars, cut: { worst: 2, zh: "后2名线" } };

describe("rank bars", () => {
  it("keeps the order it is given and writes rank and place at each bar", () => {
    expect(rankBarsChart(data).data.labels).toEqual(["1  甲街道", "2  乙街道", "2  丙地区", "4  丁地区"]);
  });

  it("draws the district's own places in another tone", () => {
    const tones = rankBarsChart(data).data.datasets[0]?.backgroundColor as string[];
    expect(new Set([tones[0], tones[2], tones[3]]).size).toBe(1);
    expect(tones[1]).not.toBe(tones[0]);
  });

  it("grows by a line for each place", () => {
    const one = rankBarsHeight({ ...data, bars: bars.slice(0, 1) });
    const two = rankBarsHeight({ ...data, bars: bars.slice(0, 2) });
    expect(rankBarsHeight(data) - two).toBe(2 * (two - one));
  });

  it("keeps its configuration", () => {
    expect(rankBarsChart(data)).toMatchSnapshot();
  });

  it("draws the cut line only where it cuts", () => {
    const size = { width: 300, height: 80 };
    const cut = chartSvg(rankBarsChart(data), size);
    const all = chartSvg(rankBarsChart({ ...data, cut: { worst: 30, zh: "后30名线" } }), size);
    expect(drawsCut(cut)).toBe(true);
    expect(drawsCut(all)).toBe(false);
  });

  it("draws an empty ranking", () => {
    expect(chartSvg(rankBarsChart({ unit: "", bars: [] }), { width: 300, height: 60 })).toMatch(/^<\?xml/);
  });
});
