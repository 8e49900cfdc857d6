import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { daysIn, monthsIn, parsePeriod, periodZh, yearBefore } from "../../src/domain/period.ts";
import { dayText } from "../../src/domain/time.ts";

describe("periods as people write them", () => {
  it.each([
    ["2015", "year", "2015-01-01", "2015-12-31", "2015年"],
    ["2015-Q1", "quarter", "2015-01-01", "2015-03-31", "2015年第一季度"],
    ["2016-Q4", "quarter", "2016-10-01", "2016-12-31", "2016年第四季度"],
    ["2015-H1", "halfYear", "2015-01-01", "2015-06-30", "2015年上半年"],
    ["2015-H2", "halfYear", "2015-07-01", "2015-12-31", "2015年下半年"],
    ["2016-02", "month", "2016-02-01", "2016-02-29", "2016年2月"],
    ["2015-03-H1", "halfMonth", "2015-03-01", "2015-03-15", "2015年3月上半月"],
    ["2015-02-H2", "halfMonth", "2015-02-16", "2015-02-28", "2015年2月下半月"],
    ["2015-03-14", "day", "2015-03-14", "2015-03-14", "2015年3月14日"],
    ["2015-01..2015-03", "cumulative", "2015-01-01", "2015-03-31", "2015年1—3月"],
    ["2015-04..2015-06", "cumulative", "2015-04-01", "2015-06-30", "2015年4—6月"],
  ])("reads %s", (text, kind, first, last, zh) => {
    const period = parsePeriod(text);
    expect([period.kind, period.text, dayText(period.first), dayText(period.last), periodZh(period)]).toEqual([
      kind,
      text,
      first,
      last,
      zh,
    ]);
  });

  it.each([
    "2015-13",
    "2015-00",
    "2015-3",
    "2015-Q5",
    "2015-Q0",
    "2015-H3",
    "2015-03-H3",
    "2015-02-29",
    "2015-03-32",
    "2015-03-1",
    "2015-03..2015-01",
    "2015-01..2016-01",
    "2015-01..2015-13",
    "1991",
    "2101",
    "",
    "2015年",
    "15-03",
    "2015-03-14T00",
  ])("refuses %s and says why", (text) => {
    expect(() => parsePeriod(text)).toThrow(expect.objectContaining({ code: "period.unknown" }));
  });

  it("lists the months a period touches, in order", () => {
    expect(monthsIn(parsePeriod("2015-Q2")).map((month) => month.text)).toEqual(["2015-04", "2015-05", "2015-06"]);
    expect(monthsIn(parsePeriod("2015-12")).map((month) => month.text)).toEqual(["2015-12"]);
    expect(monthsIn(parsePeriod("2015"))).toHaveLength(12);
    expect(monthsIn(parsePeriod("2015-03-H2")).map((month) => month.text)).toEqual(["2015-03"]);
  });

  it("takes the 28th as the year before a 29 February", () => {
    expect(yearBefore(parsePeriod("2016-02-29")).text).toBe("2015-02-28");
    expect(yearBefore(parsePeriod("2015-01..2015-03")).text).toBe("2014-01..2014-03");
  });

  it("has half-months that together are the month", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1992, max: 2100 }), fc.integer({ min: 1, max: 12 }), (year, month) => {
        const text = `${year}-${String(month).padStart(2, "0")}`;
        const [first, second, whole] = [`${text}-H1`, `${text}-H2`, text].map(parsePeriod);
        if (first === undefined || second === undefined || whole === undefined) return false;
        return first.last + 1 === second.first && daysIn(first) + daysIn(second) === daysIn(whole);
      }),
    );
  });
});
