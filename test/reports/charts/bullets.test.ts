import { describe, expect, it } from "vitest";
import { type Bullet, bulletsChart, bulletsHeight } from "../../../reports/charts/bullets.ts";
import { chartSvg } from "../../../reports/charts/render.ts";

const bullet: Bullet = { zh: "▲ PM2.5年均浓度", value: "66", limit: "33", words: "66，要求≤ 33", bad: true };
const share = (one: Bullet) => bulletsChart([one]).data.datasets[0]?.data[0];

describe("standing bullets", () => {
  it("draws a figure as percent of its target", () => {
    expect(share({ ...bullet, value: "16.5" })).toBe(50);
    expect(share(bullet)).toBe(200);
  });

  it("cuts what is more than twice the target at the end of the axis", () => {
    expect(share({ ...bullet, value: "990" })).toBe(200);
  });

  it("tells missed and at risk from the others by tone", () => {
    const tones = bulletsChart([bullet, { ...bullet, bad: false }]).data.datasets[0]?.backgroundColor as string[];
    expect(tones[0]).not.toBe(tones[1]);
  });

  it("draws none, and bounds where days are missing", () => {
    const size = { width: 510, height: bulletsHeight([bullet]) };
    expect(chartSvg(bulletsChart([]), size)).toMatch(/^<\?xml/);
    const bounded = chartSvg(bulletsChart([{ ...bullet, low: "20", high: "40" }]), size);
    expect(bounded.length).toBeGreaterThan(chartSvg(bulletsChart([bullet]), size).length);
  });
});
