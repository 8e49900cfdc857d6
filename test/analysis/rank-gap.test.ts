import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cutDistance, rankGap } from "../../src/analysis/rank-gap.ts";
import { compare, exact, subtract } from "../../src/domain/exact.ts";

const values = (...texts: string[]) => texts.map((text) => exact(text));

describe("how far a place is from a better rank", () => {
  it("asks for one step below a better place: an equal value shares its rank and gains nothing over it", () => {
    // 50 is worst; at 48 it would share rank 2 with 48, at 47 it would be behind no one but 45.
    const gap = rankGap(values("50", "48", "45"), 0, 1, 0);
    expect(gap?.places).toBe(1);
    expect(compare(gap?.fall ?? exact(0), exact(3))).toBe(0);
  });

  it("gives the most there is when the list has not so many places", () => {
    expect(rankGap(values("50", "48", "45"), 0, 9, 0)?.places).toBe(2);
  });

  it("has no gain for the best, nor for a place alone", () => {
    expect(rankGap(values("50"), 0, 3, 0)).toBeUndefined();
    expect(rankGap(values("50", "48"), 1, 3, 0)).toBeUndefined();
  });

  it("gains what it says: after the fall that many fewer places are better than it", () => {
    const list = fc.array(fc.integer({ min: 0, max: 60 }), { minLength: 1, maxLength: 30 });
    fc.assert(
      fc.property(list, fc.integer({ min: 1, max: 5 }), (numbers, places) => {
        const all = numbers.map((n) => exact(n));
        const gap = rankGap(all, 0, places, 0);
        if (gap === undefined) return;
        const own = all[0] ?? exact(0);
        const rank = (value: typeof own) => 1 + all.slice(1).filter((one) => compare(one, value) > 0).length;
        expect(rank(subtract(own, gap.fall)) - rank(own)).toBe(gap.places);
      }),
    );
  });
});

describe("the line of the worst n", () => {
  it("is crossed by a fall below the first place outside, and by a rise up to the last inside", () => {
    const list = values("60", "59", "58", "57", "56");
    const inside = cutDistance(list, 0, 2, 0);
    // Others: 59 58 57 56; with two of them above it 60 has to be 57.
    expect([inside?.inside, compare(inside?.distance ?? exact(0), exact(3))]).toEqual([true, 0]);
    const outside = cutDistance(list, 2, 2, 0);
    expect([outside?.inside, compare(outside?.distance ?? exact(0), exact(1))]).toEqual([false, 0]);
  });

  it("counts a tie with the last place inside as inside", () => {
    expect(cutDistance(values("60", "59", "59", "50"), 2, 2, 0)?.inside).toBe(true);
  });

  it("is not there in a list no longer than n", () => {
    expect(cutDistance(values("60", "59"), 0, 2, 0)).toBeUndefined();
  });
});
