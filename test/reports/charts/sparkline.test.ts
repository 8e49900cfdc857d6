import { describe, expect, it } from "vitest";
import { chartSvg } from "../../../reports/charts/render.ts";
import { sparklineChart } from "../../../reports/charts/sparkline.ts";

const size = { width: 90, height: 16 };

describe("a sparkline of ranks", () => {
  it("leaves a gap for a month without a rank", () => {
    expect(sparklineChart({ ranks: [40, undefined, 60], n: 349 }).data.datasets[0]?.data).toEqual([40, null, 60]);
  });

  it("marks the last month that has a rank", () => {
    const radii = sparklineChart({ ranks: [40, 50, undefined], n: 349 }).data.datasets[0]?.pointRadius as number[];
    expect(Math.max(...radii)).toBe(radii[1]);
    expect(radii.filter((one) => one === radii[1])).toHaveLength(1);
  });

  it("spans the place's own ranks, the worst at the bottom", () => {
    expect(sparklineChart({ ranks: [40, 12, 60], n: 349 }).options?.scales?.["y"]).toMatchObject({ min: 12, max: 60 });
  });

  it("draws the edge of the list only where the line crosses it", () => {
    const [across, far, none] = [{ worst: 45 }, { worst: 30 }, {}].map((cut) =>
      chartSvg(sparklineChart({ ranks: [40, 50], n: 349, ...cut }), size),
    );
    expect(across).toMatch(/#A5240D/i);
    expect(far).not.toMatch(/#A5240D/i);
    expect(none).not.toMatch(/#A5240D/i);
  });

  it("draws a year without any rank", () => {
    expect(chartSvg(sparklineChart({ ranks: [undefined], n: 0 }), size)).toMatch(/^<\?xml/);
  });
});
