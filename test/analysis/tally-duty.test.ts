import { describe, expect, it } from "vitest";
import { loadPlans } from "../../seeds/plans/load.ts";
import { latestTally, tallyEvidence } from "../../src/analysis/standing/tallies.ts";
import { overdueTallies, templateRows, wantedText } from "../../src/analysis/tally-duty.ts";
import { readDeadline } from "../../src/domain/deadline.ts";
import { compare, exact } from "../../src/domain/exact.ts";
import { parsePeriod } from "../../src/domain/period.ts";
import type { StoredTally } from "../../src/domain/tally.ts";
import { parseDay } from "../../src/domain/time.ts";
import { someCount, someTarget } from "./some-target.ts";

const AT = parseDay("2024-07-15");
const YEAR = parseDay("2024-01-01");
let next = 1;
const entry = (date: string, value: string, more: Partial<StoredTally> = {}): StoredTally => ({
  id: next++,
  enteredAt: 0,
  target: "t",
  part: "",
  date: parseDay(date),
  kind: "cumulative",
  value: exact(value),
  unit: "次",
  numerator: undefined,
  denominator: undefined,
  base: undefined,
  reporter: "甲",
  department: "甲局",
  note: "",
  ...more,
});

describe("The evidence of tallies", () => {
  it("is the latest figure not after the day, corrections first", () => {
    const list = [
      entry("2024-05-31", "10"),
      entry("2024-06-30", "20"),
      entry("2024-06-30", "21"),
      entry("2024-07-31", "30"),
    ];
    const evidence = tallyEvidence(latestTally(list, "t", { first: YEAR, at: AT }));
    expect(evidence.valid && evidence.value !== undefined && compare(evidence.value, exact(21)) === 0).toBe(true);
  });
  it("is none before the first figure, with the reason", () => {
    expect(tallyEvidence(latestTally([entry("2024-07-31", "30")], "t", { first: YEAR, at: AT }))).toMatchObject({
      value: undefined,
      reason: "没有上报进展",
    });
  });
});

describe("A figure of another year", () => {
  it("says nothing about this one", () => {
    const list = [entry("2023-12-31", "99")];
    expect(latestTally(list, "t", { first: YEAR, at: AT })).toBeUndefined();
  });
});

describe("A department's sheet", () => {
  const own = someCount({ id: "own", lead: ["甲局"] });
  const carried = someCount({ id: "carried", lead: ["乙局"], main: ["甲局"] });
  const supported = someCount({ id: "supported", lead: ["乙局"], support: ["甲局"] });
  const measured = someTarget({ id: "measured", lead: ["甲局"] });
  it("holds the targets it leads or carries and that take tallies, no others", () => {
    const rows = templateRows([own, carried, supported, measured], "甲局", [], AT);
    expect(rows.map((one) => one.target.id)).toEqual(["own", "carried"]);
  });
  it("has a row for each named part, with the last figure of that part", () => {
    const fields = someCount({
      id: "t",
      scope: { kind: "each", placeKind: undefined, zh: "各领域", names: ["企业", "公园"] },
    });
    const rows = templateRows([fields], "甲局", [entry("2024-06-30", "2", { part: "公园" })], AT);
    expect(rows.map((one) => [one.part, one.current === undefined])).toEqual([
      ["企业", true],
      ["公园", false],
    ]);
  });
  it("tells what is wanted as the plan does", () => {
    expect(wantedText(someCount({ value: "20", unit: "组" }))).toBe("≥ 20 组");
    expect(wantedText(someTarget({ comparator: "range", value: "1", upper: "3", unit: "个" }))).toBe("1–3 个");
    expect(wantedText(someTarget({ kind: "direction", comparator: "up", value: undefined }))).toBe("上升");
  });
  it("is never empty for a lead unit of the plans of 2024 that has to report", async () => {
    const targets = (await loadPlans(2024)).flatMap((plan) => plan.targets);
    const rows = templateRows(targets, "区水务局", [], AT);
    expect(rows.map((one) => one.target.id)).toContain("2024-water-6.2-rural-plants");
    expect(rows.every((one) => one.target.lead.includes("区水务局") || one.target.main.includes("区水务局"))).toBe(
      true,
    );
  });
});

describe("Who has not reported for a period", () => {
  const june = parsePeriod("2024-06");
  it("is every lead unit of a target without an entry dated inside", () => {
    const target = someCount({ id: "t", lead: ["甲局", "乙局"] });
    expect(overdueTallies([target], [entry("2024-05-31", "1")], june).map((one) => one.department)).toEqual([
      "甲局",
      "乙局",
    ]);
    expect(overdueTallies([target], [entry("2024-06-30", "1")], june)).toEqual([]);
  });
  it("is asked only while the target's days touch the period", () => {
    const until = someCount({ id: "t", deadline: readDeadline("5月底前", 2024) });
    expect(overdueTallies([until], [], june)).toEqual([]);
    expect(overdueTallies([until], [], parsePeriod("2024-05"))).toHaveLength(1);
    const later = someCount({ id: "t", deadline: readDeadline("2025年", 2024) });
    expect(overdueTallies([later], [], june)).toEqual([]);
  });
  it("leaves out what readings decide", () => {
    expect(overdueTallies([someTarget()], [], june)).toEqual([]);
  });
});
