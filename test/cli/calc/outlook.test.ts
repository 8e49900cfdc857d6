import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { meanOutlook } from "../../../src/analysis/outlook.ts";
import { yearMeanWith } from "../../../src/analysis/target-outlook.ts";
import { calcOutlook } from "../../../src/cli/calc/outlook.ts";
import { compare, ratio } from "../../../src/domain/exact.ts";
import { readCsv } from "../../csv.ts";
import { hasShared, shared } from "../../shared.ts";
import { faultOf, runCalc } from "./run-calc.ts";

const RESULTS =
  "N elapsed remaining days_counted denominator needed_fraction needed_4 needed_0 required_total more_needed budget_left longest_run current_run reach".split(
    " ",
  );

describe.skipIf(!hasShared)("calc outlook against the expected cases", () => {
  const cases = hasShared ? readCsv(shared("expected/outlook/cases.csv")) : [];
  const given = Object.keys(cases[0] ?? {}).filter((name) => !RESULTS.includes(name));

  it("appends exactly the results, column by column", async () => {
    const lines = cases.map((row) => given.map((name) => row[name]).join(","));
    const { text, exit, rows } = await runCalc(calcOutlook, `${[given.join(","), ...lines].join("\n")}\n`);
    expect(exit).toBe(0);
    expect(text.split("\n")[0]).toBe([...given, ...RESULTS, "error"].join(","));
    expect(rows.map(({ error, ...row }) => row)).toEqual(cases);
    expect(rows.every((row) => row["error"] === "")).toBe(true);
  });
});

describe("calc outlook", () => {
  const HEADER = "kind,variant,at,comparator,target,unit,mean_so_far,valid_days,good_so_far,flags,months_left";
  const one = async (line: string) =>
    (await runCalc(calcOutlook, `${HEADER}\nmean,,2024-06-30,<=,33,,35,,,,\n${line}\n`)).rows[1];

  it.each([
    ["mean,,2024-06-31,<=,33,,35,,,,", "at“2024-06-31”不是日期"],
    ["mean,,2024-06-30,>=,33,,35,,,,", "comparator“>=”应为"],
    ["mean,,2024-06-30,<=,,,35,,,,", "target“”不是数字"],
    ["mean,,2024-06-30,<=,33,,x,,,,", "mean_so_far“x”不是数字"],
    ["mean,valid,2024-06-30,<=,33,,35,183,,,", "valid_days“183”应为 0 到 182"],
    ["good_ratio,,2024-06-30,>,76,%,,,183,,", "目前的天数 183 多于计入的 182 天"],
    ["median,,2024-06-30,<=,33,,35,,,,", "kind“median”应为"],
    ["consecutive,,,<,3,,,,,012,5", "flags“012”只能由"],
    ["consecutive,,,<,2.5,,,,,01,5", "target“2.5”应为 1 以上的整数"],
  ])("says of %s: %s", async (line, reason) => {
    expect((await one(line))?.["error"]).toContain(reason);
  });
  it("ends in a fault when a needed column is missing", async () => {
    expect((await faultOf(runCalc(calcOutlook, "kind,target\nmean,33\n")))?.code).toBe("csv.column-missing");
  });
});

describe("the needed mean", () => {
  const cents = fc.integer({ min: 0, max: 40_000 }).map((n) => ratio(BigInt(n), 100n));

  it("lands on the target exactly when the rest of the year holds it, in both conventions", () => {
    fc.assert(
      fc.property(
        cents,
        cents,
        fc.constantFrom(365, 366),
        fc.integer({ min: 1, max: 364 }),
        fc.integer({ min: 0, max: 364 }),
        (soFar, target, days, elapsed, missing) => {
          for (const counted of [elapsed, Math.max(0, elapsed - missing)]) {
            const year = { days, elapsed, counted };
            const { needed } = meanOutlook(year, soFar, target, "<=");
            expect(needed).toBeDefined();
            if (needed !== undefined) expect(compare(yearMeanWith(year, soFar, needed), target)).toBe(0);
          }
        },
      ),
    );
  });
});
