import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { rankCheck } from "../../../reports/workbooks/rank-check.ts";
import { rankValues } from "../../../src/analysis/ranking.ts";
import { ratio } from "../../../src/domain/exact.ts";

const at = { rank: 0, value: 3, check: 10 };

describe("the column that works ranks out again", () => {
  it("asks each value's RANK in the whole list, largest first or smallest first", () => {
    expect(rankCheck([1, 2], at, true).formulas).toEqual([
      { row: 1, column: 10, formula: "RANK(D2,D$2:D$3,0)", result: 1 },
      { row: 2, column: 10, formula: "RANK(D3,D$2:D$3,0)", result: 2 },
    ]);
    expect(rankCheck([1], at, false).formulas[0]?.formula).toBe("RANK(D2,D$2:D$2,1)");
  });

  it("fills a cell where formula and program differ", () => {
    expect(rankCheck([1, 2], at, true).rules).toMatchObject([{ range: "K2:K3", formula: "K2<>$A2" }]);
  });

  it("adds nothing to an empty list", () => {
    expect(rankCheck([], at, true)).toEqual({ formulas: [], rules: [] });
  });

  it("comes to our ranks: RANK is one more than the number of larger values, ties alike", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 20 }), { minLength: 1, maxLength: 40 }), (values) => {
        const list = values.map((value, item) => ({ item, value: ratio(BigInt(value)) }));
        const ours = rankValues(list, { order: "worst", decimals: 0, higherIsWorse: true, cut: undefined });
        for (const { item, rank } of ours)
          expect(rank).toBe(1 + values.filter((other) => other > (values[item] ?? 0)).length);
      }),
    );
  });
});
