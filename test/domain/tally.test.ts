import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compare, exact, ratio } from "../../src/domain/exact.ts";
import { currentTallies, type StoredTally, type TallyRow } from "../../src/domain/tally.ts";
import { checkTallies, checkTally } from "../../src/domain/tally-check.ts";
import { tallyBefore, tallyFlags } from "../../src/domain/tally-flags.ts";
import { parseDay } from "../../src/domain/time.ts";
import { someCount, someTarget } from "../analysis/some-target.ts";

const COUNT = someCount({ id: "2024-air-11.1-checks", unit: "辆次", value: "47500" });
const SHARE = someCount({ id: "2024-water-8.2-reports", unit: "%", value: "98", tally: "snapshot" });
const THIRD = someCount({ id: "2024-water-8.2-review", unit: "", value: "1/3", tally: "snapshot" });
const FIELDS = someCount({
  id: "2024-climate-4.2-demos",
  unit: "个",
  scope: { kind: "each", placeKind: undefined, zh: "各领域", names: ["企业", "公园"] },
});
const READING = someTarget({ id: "2024-air-1.1-pm25" });
const RULES = {
  targets: new Map([COUNT, SHARE, THIRD, FIELDS, READING].map((one) => [one.id, one])),
  today: parseDay("2024-07-15"),
};

const row = (more: TallyRow = {}): TallyRow => ({
  target: COUNT.id,
  date: "2024-06-30",
  value: "24000",
  unit: "辆次",
  reporter: "甲",
  department: "甲支队",
  note: "检查记录 6 月汇总",
  ...more,
});
const codes = (more: TallyRow) =>
  checkTally(row(more), RULES, { file: "甲.csv", line: 2 }).faults.map((one) => one.code);
const entryOf = (more: TallyRow = {}) => {
  const { entry } = checkTally(row(more), RULES);
  if (entry === undefined) throw new Error("no entry");
  return entry;
};
const stored = (id: number, more: TallyRow = {}): StoredTally => ({ ...entryOf(more), id, enteredAt: id });

describe("A tally as it is typed", () => {
  it("becomes an entry with the target's kind and an exact value", () => {
    const entry = entryOf();
    expect(entry).toMatchObject({ target: COUNT.id, kind: "cumulative", unit: "辆次", reporter: "甲", part: "" });
    expect(compare(entry.value, exact(24000))).toBe(0);
  });
  it("may set thousands apart, write the date as people do and the percent sign full-width", () => {
    expect(compare(entryOf({ value: "24,000" }).value, exact(24000))).toBe(0);
    expect(entryOf({ date: "2024年6月30日" }).date).toBe(parseDay("2024-06-30"));
    expect(entryOf({ date: "2024/6/30" }).date).toBe(parseDay("2024-06-30"));
    expect(entryOf({ target: SHARE.id, value: "97", unit: "％" }).unit).toBe("%");
  });
  it("takes a share from its parts, exactly, whatever was rounded by hand", () => {
    const share = entryOf({ target: SHARE.id, unit: "%", value: "33.3", numerator: "1", denominator: "3" });
    expect(compare(share.value, ratio(100n, 3n))).toBe(0);
    const third = entryOf({ target: THIRD.id, unit: "", value: "", numerator: "50", denominator: "150" });
    expect(compare(third.value, ratio(1n, 3n))).toBe(0);
  });
  it("belongs to a named part where the target has parts", () => {
    expect(entryOf({ target: FIELDS.id, unit: "个", value: "2", part: "公园" }).part).toBe("公园");
  });
});

describe("A tally that cannot be kept", () => {
  it("lacks its unit, its value, its date, its reporter or its department", () => {
    for (const column of ["unit", "value", "date", "reporter", "department", "target"] as const) {
      expect(codes({ [column]: " " })).toEqual(["tally.cell-missing"]);
    }
  });
  it("is in another unit than its target", () => {
    expect(codes({ unit: "万辆次" })).toEqual(["tally.unit-mismatch"]);
  });
  it("is a share above 100 %, or above the whole", () => {
    expect(codes({ target: SHARE.id, unit: "%", value: "100.1" })).toEqual(["tally.share-above"]);
    expect(codes({ target: SHARE.id, unit: "%", value: "", numerator: "4", denominator: "3" })).toEqual([
      "tally.share-above",
    ]);
    expect(codes({ target: THIRD.id, unit: "", value: "1.2" })).toEqual(["tally.share-above"]);
    expect(codes({ target: SHARE.id, unit: "%", value: "100" })).toEqual([]);
  });
  it("is a share that does not agree with its parts, or has no denominator", () => {
    expect(codes({ target: SHARE.id, unit: "%", value: "50", numerator: "1", denominator: "3" })).toEqual([
      "tally.share-mismatch",
    ]);
    expect(codes({ target: SHARE.id, unit: "%", value: "50", numerator: "1" })).toEqual(["tally.cell-missing"]);
    expect(codes({ target: SHARE.id, unit: "%", value: "50", numerator: "1", denominator: "0" })).toEqual([
      "tally.cell-missing",
    ]);
  });
  it("is dated in the future, before the plan's year, or not at all", () => {
    expect(codes({ date: "2024-07-16" })).toEqual(["tally.future"]);
    expect(codes({ date: "2024-07-15" })).toEqual([]);
    expect(codes({ date: "2023-12-31" })).toEqual(["tally.early"]);
    expect(codes({ date: "2024-02-30" })).toEqual(["tally.date"]);
    expect(codes({ date: "6月底" })).toEqual(["tally.date"]);
  });
  it("is for a target nobody knows, or one that readings decide", () => {
    expect(codes({ target: "2024-air-9.9-x" })).toEqual(["tally.target-unknown"]);
    expect(codes({ target: READING.id, unit: "µg/m³" })).toEqual(["tally.not-tallied"]);
  });
  it("is for a part the target does not have", () => {
    expect(codes({ target: FIELDS.id, unit: "个", part: "海洋" })).toEqual(["tally.part"]);
    expect(codes({ target: FIELDS.id, unit: "个" })).toEqual(["tally.part"]);
    expect(codes({ part: "公园" })).toEqual(["tally.part"]);
  });
  it("is no number, or a negative one", () => {
    expect(codes({ value: "4.75万" })).toEqual(["value.not-number"]);
    expect(codes({ value: "3O" })).toEqual(["value.not-number"]);
    expect(codes({ value: "-1" })).toEqual(["value.negative"]);
  });
  it("tells all that is wrong with a row at once, each with file, line and column", () => {
    const { faults, entry } = checkTally(row({ unit: "", date: "2025-01-01" }), RULES, { file: "甲.csv", line: 7 });
    expect(entry).toBeUndefined();
    expect(faults.map((one) => one.where)).toEqual([
      { file: "甲.csv", line: 7, column: "数据日期" },
      { file: "甲.csv", line: 7, column: "计量单位" },
    ]);
  });
  it("stands twice for the same target, part and day, and the other place is named", () => {
    const where = (n: number) => ({ file: "甲.csv", line: n + 2 });
    const { faults } = checkTallies([row(), row({ date: "2024-05-31" }), row({ value: "1" })], RULES, where);
    expect(faults.map((one) => [one.code, one.where.line, one.params["other"]])).toEqual([["tally.duplicate", 4, 2]]);
  });
  it("never becomes an entry together with a fault", () => {
    const cell = fc.option(fc.constantFrom("", "5", "-5", "x", "2024-06-30", "%", "辆次", COUNT.id, SHARE.id), {
      nil: undefined,
    });
    const anyRow = fc.record({
      target: cell,
      date: cell,
      value: cell,
      unit: cell,
      numerator: cell,
      denominator: cell,
      part: cell,
    });
    fc.assert(
      fc.property(anyRow, (typed) => {
        const { entry, faults } = checkTally({ ...typed, reporter: "甲", department: "乙" }, RULES);
        expect(entry === undefined).toBe(faults.length > 0);
      }),
    );
  });
});

describe("Corrections", () => {
  it("replace the entry of the same day and keep it in the list", () => {
    const list = [stored(1), stored(2, { value: "24500" }), stored(3, { date: "2024-05-31", value: "20000" })];
    expect(currentTallies(list).map((one) => one.id)).toEqual([2, 3]);
    expect(list).toHaveLength(3);
  });
});

describe("An implausible step", () => {
  it("is flagged when a total falls", () => {
    expect(tallyFlags(entryOf({ value: "19999" }), stored(1, { date: "2024-05-31", value: "20000" }))).toEqual([
      "decreased",
    ]);
  });
  it("is flagged at ten times the last figure, as a slip of the decimal point makes it", () => {
    expect(tallyFlags(entryOf({ value: "24000" }), stored(1, { date: "2024-05-31", value: "2400" }))).toEqual(["jump"]);
    expect(tallyFlags(entryOf({ value: "23999" }), stored(1, { date: "2024-05-31", value: "2400" }))).toEqual([]);
  });
  it("is flagged when a share moves by more than 50 points", () => {
    const share = (value: string, date = "2024-06-30") => ({ target: SHARE.id, unit: "%", value, date });
    expect(tallyFlags(entryOf(share("95")), stored(1, share("44", "2024-05-31")))).toEqual(["share_jump"]);
    expect(tallyFlags(entryOf(share("95")), stored(1, share("45", "2024-05-31")))).toEqual([]);
  });
  it("is looked for against the last figure before it, and a first figure has none", () => {
    const list = [
      stored(1, { date: "2024-04-30", value: "1" }),
      stored(2, { date: "2024-05-31" }),
      stored(3, { date: "2024-07-01" }),
    ];
    expect(tallyBefore(entryOf(), list)?.id).toBe(2);
    expect(tallyFlags(entryOf(), undefined)).toEqual([]);
  });
});
