import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  add,
  compare,
  divide,
  exact,
  lcmUpTo,
  mean,
  multiply,
  parseExact,
  ratio,
  reduce,
  subtract,
  toNumber,
} from "../../src/domain/exact.ts";

const whole = fc.bigInt({ min: -(10n ** 15n), max: 10n ** 15n });
const someRatio = fc.tuple(whole, fc.bigInt({ min: 1n, max: 10n ** 6n })).map(([num, den]) => ratio(num, den));

describe("exact numbers", () => {
  it.each([
    ["33", 33n, 1n],
    ["-0.5", -5n, 10n],
    ["1.2e-3", 12n, 10_000n],
    [".5", 5n, 10n],
    ["1e3", 1000n, 1n],
    ["+7.", 7n, 1n],
    ["0.025", 25n, 1000n],
  ])("reads %s", (text, num, den) => {
    const value = parseExact(text);
    expect(value === undefined ? undefined : compare(value, ratio(num, den))).toBe(0);
  });

  it.each(["", " ", "NaN", "inf", "1,000", "3O", "１２", "0x10", "1e", "--1", "1.2.3", "—", "1e9999"])(
    "reads no number in “%s”",
    (text) => {
      expect(parseExact(text)).toBeUndefined();
    },
  );

  it("keeps a third a third", () => {
    const third = divide(exact(1), exact(3));
    expect(reduce(add(third, add(third, third)))).toEqual({ num: 1n, den: 1n });
  });

  it("has no mean of nothing", () => {
    expect(mean([])).toBeUndefined();
  });

  it("takes away what it added and divides out what it multiplied", () => {
    fc.assert(
      fc.property(someRatio, someRatio, (a, b) => {
        const back = compare(subtract(add(a, b), b), a) === 0;
        return b.num === 0n ? back : back && compare(divide(multiply(a, b), b), a) === 0;
      }),
    );
  });

  it("gives the double a correct parser would give", () => {
    fc.assert(
      fc.property(fc.integer({ min: -(10 ** 12), max: 10 ** 12 }), fc.integer({ min: 0, max: 8 }), (digits, places) => {
        const value = ratio(BigInt(digits), 10n ** BigInt(places));
        const sign = digits < 0 ? "-" : "";
        const text = Math.abs(digits)
          .toString()
          .padStart(places + 1, "0");
        const written = places === 0 ? text : `${text.slice(0, -places)}.${text.slice(-places)}`;
        return toNumber(value) === Number(sign + written) + 0;
      }),
    );
  });

  it("knows a multiple of every day length", () => {
    expect(lcmUpTo(24)).toBe(5_354_228_880n);
    for (let n = 1n; n <= 24n; n++) expect(lcmUpTo(24) % n).toBe(0n);
  });
});
