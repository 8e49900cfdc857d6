import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { editionOn } from "../../src/domain/edition.ts";
import {
  dayNumber,
  dayOf,
  dayParts,
  dayStart,
  daysInMonth,
  dayText,
  HOUR_MS,
  minuteText,
  parseDay,
} from "../../src/domain/time.ts";

describe.each(["America/New_York", "Asia/Shanghai", "Pacific/Apia"])("time on a machine in %s", (zone) => {
  const before = process.env["TZ"];
  beforeAll(() => {
    process.env["TZ"] = zone;
  });
  afterAll(() => {
    process.env["TZ"] = before;
  });

  it("starts the day of Beijing at 16:00 UTC of the day before", () => {
    expect(new Date(dayStart(parseDay("2015-01-01"))).toISOString()).toBe("2014-12-31T16:00:00.000Z");
  });

  it("puts an hour into the day of Beijing it lies in, also across midnight and the year", () => {
    expect(dayText(dayOf(Date.parse("2014-12-31T15:59:59.999Z")))).toBe("2014-12-31");
    expect(dayText(dayOf(Date.parse("2014-12-31T16:00:00.000Z")))).toBe("2015-01-01");
    expect(minuteText(Date.parse("2015-06-30T23:30:00Z"))).toBe("2015-07-01 07:30");
  });

  it("cuts over to the 2026 editions at 2026-03-01 00:00 in Beijing", () => {
    expect(editionOn(dayOf(Date.parse("2026-02-28T15:59:59Z")))).toBe("2012");
    expect(editionOn(dayOf(Date.parse("2026-02-28T16:00:00Z")))).toBe("2026");
  });

  it("gives every day 24 hours that lie in it", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: parseDay("1992-01-01"), max: parseDay("2100-12-30") }),
        fc.integer({ min: 0, max: 23 }),
        (day, hour) => dayOf(dayStart(day) + hour * HOUR_MS) === day,
      ),
    );
  });

  it("reads back every date it writes", () => {
    fc.assert(
      fc.property(fc.integer({ min: parseDay("1992-01-01"), max: parseDay("2100-12-31") }), (day) => {
        const { year, month, day: date } = dayParts(day);
        return parseDay(dayText(day)) === day && dayNumber(year, month, date) === day;
      }),
    );
  });
});

describe("dates that are none", () => {
  it.each([
    [2015, 2, 29],
    [2015, 13, 1],
    [2015, 0, 1],
    [2015, 4, 31],
    [1991, 12, 31],
    [2101, 1, 1],
    [2015.5, 1, 1],
  ])("gives no day for %i-%i-%i", (year, month, day) => {
    expect(dayNumber(year, month, day)).toBeUndefined();
  });

  it("has 29 days in February 2000 and 2024, 28 in 2100 and 2015", () => {
    expect([2000, 2024, 2100, 2015].map((year) => daysInMonth(year, 2))).toEqual([29, 29, 28, 28]);
  });
});
