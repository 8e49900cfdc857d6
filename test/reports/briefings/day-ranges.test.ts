import { describe, expect, it } from "vitest";
import { dayCountsZh, dayRangesZh } from "../../../reports/briefings/build/day-ranges.ts";
import { parseDay } from "../../../src/domain/time.ts";

const days = (...texts: string[]): readonly number[] => texts.map(parseDay);

describe("days as people list them", () => {
  it("joins neighbours and says the month once", () => {
    expect(dayRangesZh(days("2015-03-02", "2015-03-03", "2015-03-04", "2015-03-17"))).toBe("3月2—4日、17日");
  });

  it("says both months of a range across a month's end", () => {
    expect(dayRangesZh(days("2015-02-28", "2015-03-01", "2015-03-03"))).toBe("2月28日—3月1日、3日");
  });

  it("counts many days by month", () => {
    expect(dayCountsZh(days("2015-02-28", "2015-03-01", "2015-03-03"))).toBe("2月1天、3月2天");
  });

  it("says nothing of no days", () => {
    expect(dayRangesZh([])).toBe("");
  });
});
