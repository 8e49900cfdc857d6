import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compare, type Exact, exact, ratio } from "../../src/domain/exact.ts";
import {
  ceilDiv,
  decimalsKeepingOneDigit,
  decimalText,
  roundHalfEven,
  roundKeepingOneDigit,
  roundToSteps,
} from "../../src/standards/gbt8170.ts";
import { NEGATIVE, NOT_A_NUMBER, stepsOfText } from "../../src/standards/gbt8170-text.ts";
import { comparedValue, satisfies } from "../../src/standards/limit-compare.ts";

const anyExact = fc.tuple(fc.bigInt(-(10n ** 9n), 10n ** 9n), fc.bigInt(1n, 10n ** 5n)).map(([n, d]) => ratio(n, d));

/** Ties are rare among random fractions, so they are made. */
const anyTie = fc.tuple(fc.bigInt(-(10n ** 6n), 10n ** 6n), fc.integer({ min: 0, max: 6 })).map(([n, decimals]) => ({
  value: ratio(2n * n + 1n, 2n * 10n ** BigInt(decimals)),
  decimals,
}));

describe("GB/T 8170, rounding", () => {
  it.each([
    ["12.1498", 0, "12"],
    ["12.1498", 1, "12.1"],
    ["10.5002", 0, "11"],
    ["1268", -2, "1300"],
    ["1.050", 1, "1.0"],
    ["0.35", 1, "0.4"],
    ["2500", -3, "2000"],
    ["3500", -3, "4000"],
    ["-355", -1, "-360"],
    ["-325", -1, "-320"],
    ["-0.0365", 3, "-0.036"],
    ["28.175", 2, "28.18"],
    ["28.165", 2, "28.16"],
    ["28.350", 1, "28.4"],
    ["28.250", 1, "28.2"],
    ["28.050", 1, "28.0"],
    ["28.2501", 1, "28.3"],
    ["8.53459", 2, "8.53"],
    ["60.5", 0, "60"],
    ["61.5", 0, "62"],
    ["2.05", 1, "2.0"],
    ["2.15", 1, "2.2"],
  ])("rounds %s at %i decimals to %s, as the worked examples of cl. 3.2 do", (value, decimals, rounded) => {
    expect(decimalText(exact(value), decimals)).toBe(rounded);
  });

  it("rounds once: 15.4546 is 15 and 97.46 is 97, which chains would miss (cl. 3.3.1)", () => {
    expect(decimalText(exact("15.4546"), 0)).toBe("15");
    expect(decimalText(exact("97.46"), 0)).toBe("97");
  });

  it("keeps one significant digit where the result would be 0, and none where the value is 0", () => {
    expect(decimalText(roundKeepingOneDigit(exact("0.00046"), 3), 4)).toBe("0.0005");
    expect(decimalText(roundKeepingOneDigit(exact("0.00025"), 3), 4)).toBe("0.0002");
    expect(decimalText(roundKeepingOneDigit(exact("0.0034"), 3), 3)).toBe("0.003");
    expect(roundKeepingOneDigit(exact("0"), 3).num).toBe(0n);
    // The first significant digit may stand further right than the next decimal, and rounding may carry back over it.
    expect(decimalText(roundKeepingOneDigit(exact("0.00065"), 2), 5)).toBe("0.00060");
    expect(decimalText(roundKeepingOneDigit(exact("0.00066"), 2), 5)).toBe("0.00070");
    expect(decimalsKeepingOneDigit(exact("0.00096"), 2)).toBe(3);
    expect(decimalText(roundKeepingOneDigit(exact("0.00096"), 2), 5)).toBe("0.00100");
    // Below zero as above it, and where tens are rounded to.
    expect(decimalText(roundKeepingOneDigit(exact("-0.00046"), 3), 4)).toBe("-0.0005");
    expect([decimalsKeepingOneDigit(exact("3"), -1), decimalsKeepingOneDigit(exact("8"), -1)]).toEqual([0, -1]);
  });

  it("writes a small negative that rounds to zero without a sign", () => {
    expect(decimalText(exact("-0.4"), 0)).toBe("0");
    expect(decimalText(exact("-0.04"), 1)).toBe("0.0");
  });

  it("rounds a quotient up to a whole number, also below zero", () => {
    expect([ceilDiv(7n, 2n), ceilDiv(-7n, 2n), ceilDiv(6n, 3n), ceilDiv(0n, 3n)]).toEqual([4n, -3n, 2n, 0n]);
  });

  it("is symmetric about zero", () => {
    fc.assert(
      fc.property(
        fc.oneof(
          anyExact,
          anyTie.map((tie) => tie.value),
        ),
        fc.integer({ min: -3, max: 6 }),
        (value, decimals) => {
          const mirrored = roundHalfEven({ num: -value.num, den: value.den }, decimals);
          const plain = roundHalfEven(value, decimals);
          expect(mirrored).toEqual({ num: -plain.num, den: plain.den });
        },
      ),
    );
  });

  it("changes nothing the second time", () => {
    fc.assert(
      fc.property(anyExact, fc.integer({ min: -3, max: 6 }), (value, decimals) => {
        const once = roundHalfEven(value, decimals);
        expect(compare(roundHalfEven(once, decimals), once)).toBe(0);
      }),
    );
  });

  it("goes to the even neighbour on every tie (cl. 3.2.4)", () => {
    fc.assert(
      fc.property(anyTie, ({ value, decimals }) => {
        const steps = roundToSteps(value, 10n ** BigInt(decimals));
        expect(steps % 2n).toBe(0n);
      }),
    );
  });

  it("never moves a value by more than half a step", () => {
    fc.assert(
      fc.property(anyExact, fc.integer({ min: 0, max: 4 }), (value, decimals) => {
        const step = 10n ** BigInt(decimals);
        const off = roundToSteps(value, step) * value.den - value.num * step;
        expect((off < 0n ? -off : off) * 2n <= value.den).toBe(true);
      }),
    );
  });
});

describe("GB/T 8170, rounding a text", () => {
  it("agrees with the exact rounding on every short decimal", () => {
    const digits = fc.stringMatching(/^[0-9]{1,9}(\.[0-9]{1,7})?$/);
    const ties = fc.stringMatching(/^[0-9]{1,4}(\.[0-9]?50{0,3})?$/);
    fc.assert(
      fc.property(fc.oneof(digits, ties), fc.constantFrom(0 as const, 1 as const), (text, decimals) => {
        expect(stepsOfText(text, decimals)).toBe(Number(roundToSteps(exact(text), decimals === 0 ? 1n : 10n)));
      }),
      { numRuns: 2000 },
    );
  });

  it.each([
    ["2.15", 1, 22],
    ["2.05", 1, 20],
    ["60.5", 0, 60],
    ["60.50000001", 0, 61],
    ["1e2", 0, 100],
    ["+7", 0, 7],
    [".5", 0, 0],
    ["8.", 1, 80],
    ["-0", 0, 0],
    ["123456789012345678", 0, 123456789012345680],
  ] as const)("reads %s with %i decimals as %i steps", (text, decimals, steps) => {
    expect(stepsOfText(text, decimals)).toBe(steps);
  });

  it.each(["", ".", "x", "1,2", "３５", "1.2.3", "NaN", "inf", "--", "1x", "1.x", "1.2x", "1.25x"])(
    "says that “%s” is no number",
    (text) => {
      expect([stepsOfText(text, 0), stepsOfText(text, 1)]).toEqual([NOT_A_NUMBER, NOT_A_NUMBER]);
    },
  );

  it("says that a number is negative even when it would round to zero", () => {
    expect([stepsOfText("-0.3", 0), stepsOfText("-12", 1)]).toEqual([NEGATIVE, NEGATIVE]);
  });
});

describe("GB/T 8170, comparison with a limit", () => {
  const verdicts = (value: string, how: "full" | "rounded") => {
    const of = (comparator: "<=" | "<" | ">=" | ">") => satisfies(exact(value), comparator, exact("33"), 0, how);
    return [of("<="), of("<"), of(">="), of(">")];
  };

  it("differs between full value and rounded value only next to the limit (cl. 4)", () => {
    expect(verdicts("33.4", "full")).toEqual([false, false, true, true]);
    expect(verdicts("33.4", "rounded")).toEqual([true, false, true, false]);
    expect(verdicts("33", "full")).toEqual([true, false, true, false]);
    expect(verdicts("32.6", "full")).toEqual([true, true, false, false]);
    expect(verdicts("32.4", "rounded")).toEqual([true, true, false, false]);
  });

  it("rounds to the limit's own decimals", () => {
    const shown = (value: Exact) => decimalText(value, 2);
    expect(shown(comparedValue(exact("4.25"), 1, "rounded"))).toBe("4.20");
    expect(shown(comparedValue(exact("4.25"), 1, "full"))).toBe("4.25");
  });
});
