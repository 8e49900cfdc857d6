import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decisionAt, lastEnded, preliminaryZh } from "../../../../reports/briefings/schedule/rule.ts";
import { parsePeriod } from "../../../../src/domain/period.ts";

const october = parsePeriod("2026-10");
const rule = { day: 3, hour: 9, coverage: 95, lastDay: 5 };
const at = (text: string): number => new Date(`${text}:00+08:00`).getTime();
const of = (have: number, need = 43) => ({ have, need, zh: `${need}个街乡中${have}个有有效的PM2.5月均浓度` });

describe("when a briefing is made by itself", () => {
  it("is not before day N at hour H, however complete the data are", () => {
    expect(decisionAt(october, rule, at("2026-11-03T08:59"), of(43))).toBe("too_early");
    expect(decisionAt(october, rule, at("2026-11-03T09:00"), of(43))).toBe("make");
  });

  it("waits until 95 % of the townships have their value: 41 of 43 are 95.3 %, 40 are 93.0 %", () => {
    expect(decisionAt(october, rule, at("2026-11-04T12:00"), of(41))).toBe("make");
    expect(decisionAt(october, rule, at("2026-11-04T12:00"), of(40))).toBe("wait");
  });

  it("takes exactly 95 % as enough: 19 of 20", () => {
    expect(decisionAt(october, rule, at("2026-11-04T12:00"), of(19, 20))).toBe("make");
  });

  it("is made preliminary on the 5th at the hour, of what there is", () => {
    expect(decisionAt(october, rule, at("2026-11-05T08:59"), of(1))).toBe("wait");
    expect(decisionAt(october, rule, at("2026-11-05T09:00"), of(1))).toBe("make_preliminary");
  });

  it("is never made of nothing", () => {
    expect(decisionAt(october, rule, at("2026-11-28T09:00"), of(0))).toBe("wait");
    expect(decisionAt(october, rule, at("2026-11-28T09:00"), of(0, 0))).toBe("wait");
  });

  it("counts days from the end of a half-month too: day 2 of a first half is the 17th", () => {
    const half = parsePeriod("2026-10-H1");
    const soon = { ...rule, day: 2 };
    expect(decisionAt(half, soon, at("2026-10-17T08:59"), of(43))).toBe("too_early");
    expect(decisionAt(half, soon, at("2026-10-17T09:00"), of(43))).toBe("make");
  });

  it("waits for its first day when that is later than the last day of waiting", () => {
    const late = { ...rule, day: 8 };
    expect(decisionAt(october, late, at("2026-11-06T09:00"), of(1))).toBe("too_early");
    expect(decisionAt(october, late, at("2026-11-08T09:00"), of(1))).toBe("make_preliminary");
  });

  it("never goes back: what may be made at an hour may be made later, of as many townships or more", () => {
    const order = ["too_early", "wait", "make_preliminary", "make"];
    const hours = fc.integer({ min: 0, max: 24 * 40 });
    const count = fc.integer({ min: 0, max: 43 });
    fc.assert(
      fc.property(hours, hours, count, count, (a, b, have, more) => {
        const start = at("2026-11-01T00:00");
        const [early, late] = [Math.min(a, b), Math.max(a, b)].map((hour) => start + hour * 3_600_000);
        const then = decisionAt(october, rule, early ?? 0, of(have));
        const later = decisionAt(october, rule, late ?? 0, of(Math.min(43, have + more)));
        expect(order.indexOf(later)).toBeGreaterThanOrEqual(order.indexOf(then));
      }),
    );
  });
});

describe("the span that ended last", () => {
  it("is the month before, in Beijing's calendar", () => {
    expect(lastEnded("month", at("2026-11-01T00:00")).text).toBe("2026-10");
    expect(lastEnded("month", at("2026-10-31T23:59")).text).toBe("2026-09");
    expect(lastEnded("month", at("2026-01-10T09:00")).text).toBe("2025-12");
  });

  it("is the half-month before: the 16th ends the first half", () => {
    expect(lastEnded("halfMonth", at("2026-10-15T23:59")).text).toBe("2026-09-H2");
    expect(lastEnded("halfMonth", at("2026-10-16T00:00")).text).toBe("2026-10-H1");
  });
});

describe("what a preliminary briefing says", () => {
  it("names how many have their value and how many it takes", () => {
    expect(preliminaryZh(rule, of(40))).toBe(
      "数据未齐：43个街乡中40个有有效的PM2.5月均浓度，出正式版须达到95%；数据补齐后另出正式版，以正式版为准。",
    );
  });
});
