import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { spread } from "../../../reports/charts/spread.ts";

const at = (...values: readonly number[]) => values.map((value) => ({ label: value, at: value }));

describe("labels moved apart", () => {
  it("stay where they are when there is room", () => {
    expect(spread(at(10, 30), 8)).toEqual(at(10, 30));
  });

  it("move down behind the one above, and up where the plot ends", () => {
    expect(spread(at(10, 12), 8).map((one) => one.at)).toEqual([10, 18]);
    expect(spread(at(95, 98, 100), 8, 100).map((one) => one.at)).toEqual([84, 92, 100]);
  });

  it("keep their order, their distance and the bottom, whatever their heights", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 200 }), { maxLength: 20 }), (heights) => {
        const placed = spread(at(...heights), 10, 200);
        expect(placed.map(({ label }) => label)).toEqual([...heights].sort((a, b) => a - b));
        for (const [index, one] of placed.entries()) {
          expect(one.at).toBeLessThanOrEqual(200);
          const next = placed[index + 1];
          if (next !== undefined) expect(next.at - one.at).toBeGreaterThanOrEqual(10);
        }
      }),
    );
  });
});
