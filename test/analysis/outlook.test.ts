import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  goodDaysOutlook,
  heavyDaysOutlook,
  meanOutlook,
  runOutlook,
  type YearSoFar,
} from "../../src/analysis/outlook.ts";
import { add, compare, divide, exact, multiply, ratio, reduce } from "../../src/domain/exact.ts";
import { daysInYear, parseDay } from "../../src/domain/time.ts";
import { decimalText } from "../../src/standards/gbt8170.ts";
import { type CsvRow, readCsv } from "../csv.ts";
import { hasShared, shared } from "../shared.ts";

const text = (value: ReturnType<typeof ratio>): string => {
  const { num, den } = reduce(value);
  return `${num}/${den}`;
};
const optional = (cell: string | undefined) => (cell === undefined || cell === "" ? undefined : exact(cell));

function soFarOf(row: CsvRow): YearSoFar {
  const days = daysInYear(Number(row["year"]));
  const elapsed = parseDay(row["at"] ?? "") - parseDay(`${row["year"]}-01-01`) + 1;
  return { days, elapsed, counted: row["variant"] === "valid" ? Number(row["valid_days"]) : elapsed };
}

describe.skipIf(!hasShared)("outlook against the worked cases", () => {
  const rows = hasShared ? readCsv(shared("expected/outlook/cases.csv")) : [];
  const of = (kind: string) => rows.filter((row) => row["kind"] === kind);

  it.each(of("mean"))("gives the needed mean of $id", (row) => {
    const bounds = { low: optional(row["low_bound"]), high: optional(row["high_bound"]) };
    const { needed, reach } = meanOutlook(
      soFarOf(row),
      exact(row["mean_so_far"] ?? ""),
      exact(row["target"] ?? ""),
      row["comparator"] as "<=",
      bounds,
    );
    expect(needed === undefined ? "" : text(needed)).toBe(row["needed_fraction"]);
    expect(needed === undefined ? "" : decimalText(needed, 4)).toBe(row["needed_4"]);
    expect(needed === undefined ? "" : decimalText(needed, 0)).toBe(row["needed_0"]);
    expect(reach).toBe(row["reach"]);
  });

  it.each(of("good_ratio"))("gives the good days still needed in $id", (row) => {
    const outlook = goodDaysOutlook(
      soFarOf(row),
      Number(row["good_so_far"]),
      exact(row["target"] ?? ""),
      row["comparator"] as ">",
    );
    expect([outlook.denominator, outlook.required, outlook.moreNeeded, outlook.budgetLeft].map(String)).toEqual([
      row["denominator"],
      row["required_total"],
      row["more_needed"],
      row["budget_left"],
    ]);
    expect(outlook.needed === undefined ? "" : text(outlook.needed)).toBe(row["needed_fraction"]);
    expect(outlook.reach).toBe(row["reach"]);
  });

  it.each(of("heavy"))("gives the heavy days left in $id", (row) => {
    const outlook = heavyDaysOutlook(
      soFarOf(row),
      Number(row["heavy_so_far"]),
      exact(row["target"] ?? ""),
      row["comparator"] as "<=",
      row["unit"] === "%",
    );
    expect([outlook.denominator, outlook.allowed, outlook.budgetLeft].map(String)).toEqual([
      row["denominator"],
      row["required_total"],
      row["budget_left"],
    ]);
    expect(outlook.reach).toBe(row["reach"]);
  });

  it.each(of("consecutive"))("gives the months left of $id", (row) => {
    const months = [...(row["flags"] ?? "")].map((flag) => (flag === "." ? undefined : flag === "1"));
    const outlook = runOutlook(months, Number(row["months_left"]), Number(row["target"]));
    expect([outlook.longest, outlook.current, outlook.budgetLeft].map(String)).toEqual([
      row["longest_run"],
      row["current_run"],
      row["budget_left"],
    ]);
    expect(outlook.reach).toBe(row["reach"]);
  });
});

describe("outlook, properties", () => {
  const year = fc.record({ days: fc.constantFrom(365, 366), elapsed: fc.integer({ min: 1, max: 364 }) });
  const tenths = fc.integer({ min: 0, max: 3000 }).map((n) => ratio(BigInt(n), 10n));

  it("lands on the target exactly when the needed mean is fed back as the rest of the year", () => {
    fc.assert(
      fc.property(year, tenths, tenths, ({ days, elapsed }, soFar, target) => {
        const { needed } = meanOutlook({ days, elapsed, counted: elapsed }, soFar, target, "<=");
        if (needed === undefined) return false;
        const total = add(multiply(soFar, ratio(BigInt(elapsed))), multiply(needed, ratio(BigInt(days - elapsed))));
        return compare(divide(total, ratio(BigInt(days))), target) === 0;
      }),
    );
  });

  it("reaches the ratio with the required good days and misses it with one fewer", () => {
    fc.assert(
      fc.property(year, fc.integer({ min: 1, max: 999 }), ({ days, elapsed }, thousandth) => {
        const target = ratio(BigInt(thousandth), 10n);
        const { denominator, required } = goodDaysOutlook({ days, elapsed, counted: elapsed }, 0, target, ">");
        const share = (good: number) => ratio(BigInt(good * 100), BigInt(denominator));
        return compare(share(required), target) > 0 && compare(share(required - 1), target) <= 0;
      }),
    );
  });
});
