import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Evidence, Moment } from "../../src/analysis/standing/evidence.ts";
import { standingOf } from "../../src/analysis/standing.ts";
import { exact, ratio } from "../../src/domain/exact.ts";
import type { Target } from "../../src/domain/plan.ts";
import { someCount, someTarget } from "./some-target.ts";

const RUNNING: Moment = { elapsed: ratio(1n, 2n), begun: true, over: false };
const OVER: Moment = { elapsed: exact(1), begun: true, over: true };
const FULL = { targetCompare: "full" } as const;

const figure = (value: string, more: Partial<Evidence> = {}): Evidence => ({
  value: exact(value),
  valid: true,
  ...more,
});
const judged = (target: Target, evidence: Evidence, moment: Moment = OVER) =>
  standingOf(target, evidence, moment, FULL).standing;

describe("The standing of a target whose period is over", () => {
  it("is met at the very number for “not above” and missed there for “below”", () => {
    expect(judged(someTarget(), figure("33"))).toBe("met");
    expect(judged(someTarget({ comparator: "<" }), figure("33"))).toBe("missed");
  });
  it("is missed at the very number for “above” and met there for “at least”", () => {
    expect(judged(someTarget({ comparator: ">", value: "76" }), figure("76"))).toBe("missed");
    expect(judged(someTarget({ comparator: ">=", value: "76" }), figure("76"))).toBe("met");
  });
  it("agrees in a leap year that 4 heavy days are below 1.2 % and 5 are not", () => {
    const heavy = someTarget({ comparator: "<", value: "1.2", unit: "%" });
    expect(judged(heavy, { value: ratio(400n, 366n), valid: true })).toBe("met");
    expect(judged(heavy, { value: ratio(500n, 366n), valid: true })).toBe("missed");
  });
  it("needs the whole of a named set", () => {
    const plots = someCount({ comparator: "=", value: "7" });
    expect(judged(plots, figure("7"))).toBe("met");
    expect(judged(plots, figure("6"))).toBe("missed");
  });
  it("holds a share of one third exactly", () => {
    const third = someCount({ value: "1/3" });
    expect(judged(third, { value: ratio(33n, 99n), valid: true })).toBe("met");
    expect(judged(third, { value: ratio(33n, 100n), valid: true })).toBe("missed");
  });
  it("compares the full value unless the policy says rounded, then at the digits the target is printed with", () => {
    const evidence = figure("33.4");
    expect(standingOf(someTarget(), evidence, OVER, FULL).standing).toBe("missed");
    expect(standingOf(someTarget(), evidence, OVER, { targetCompare: "rounded" }).standing).toBe("met");
    const verdict = standingOf(someTarget({ comparator: "<", value: "1.2" }), figure("1.16"), OVER, {
      targetCompare: "rounded",
    });
    expect(verdict.standing).toBe("missed");
    expect(verdict.policies).toContain("targetCompare");
  });
  it("cannot be judged when too little is valid, and says what is lacking", () => {
    const verdict = standingOf(
      someTarget(),
      { value: exact(30), valid: false, reason: "有效 300 天，需 324 天" },
      OVER,
      FULL,
    );
    expect(verdict.standing).toBe("cannot_judge");
    expect(verdict.reason).toBe("有效 300 天，需 324 天");
  });
});

describe("Days without data", () => {
  const ratioTarget = someTarget({ comparator: ">", value: "76", unit: "%" });
  it("do not matter when both ways of counting them give one verdict", () => {
    expect(judged(ratioTarget, figure("80", { valid: false, low: exact(77), high: exact(82) }))).toBe("met");
    expect(judged(ratioTarget, figure("70", { valid: false, low: exact(68), high: exact(75) }))).toBe("missed");
  });
  it("leave nothing to say when the two ways differ, and both ends are printed", () => {
    const verdict = standingOf(ratioTarget, figure("78", { low: exact("75.5"), high: exact(79) }), OVER, FULL);
    expect(verdict.standing).toBe("cannot_judge");
    expect(verdict.reason).toContain("75.50");
    expect(verdict.reason).toContain("79.00");
  });
});

describe("The standing of a target whose period runs", () => {
  it("is on track when the value so far satisfies, else at risk", () => {
    expect(judged(someTarget(), figure("32.9"), RUNNING)).toBe("on_track");
    expect(judged(someTarget(), figure("33.1"), RUNNING)).toBe("at_risk");
  });
  it("is missed once out of reach and met once safe, whatever the value so far", () => {
    expect(judged(someTarget(), figure("20", { reach: "out_of_reach" }), RUNNING)).toBe("missed");
    expect(judged(someTarget(), figure("40", { reach: "safe" }), RUNNING)).toBe("met");
  });
  it("is not due before its time, even with a figure at hand", () => {
    expect(judged(someTarget(), figure("1"), { elapsed: exact(0), begun: false, over: false })).toBe("not_due");
  });
  it("cannot be judged without a figure, with words for what should decide it", () => {
    const none: Evidence = { value: undefined, valid: false };
    expect(standingOf(someTarget(), none, RUNNING, FULL).reason).toBe("没有数据来源");
    expect(standingOf(someCount(), none, RUNNING, FULL).reason).toBe("没有上报进展");
    expect(standingOf(someTarget({ decidedBy: "published_rank" }), none, RUNNING, FULL).reason).toBe("没有公布排名");
  });
});

describe("A count that grows over the year", () => {
  it("is on track from the share of the target that equals the share of the year gone by", () => {
    expect(judged(someCount(), figure("50"), RUNNING)).toBe("on_track");
    expect(judged(someCount(), figure("49.9"), RUNNING)).toBe("at_risk");
  });
  it("is met as soon as the whole is done", () => {
    expect(judged(someCount(), figure("100"), RUNNING)).toBe("met");
  });
  it("counts its pace from what earlier years already brought", () => {
    const reduction = someCount({ value: "1550", paceFrom: "1160" });
    expect(judged(reduction, figure("1355"), RUNNING)).toBe("on_track");
    expect(judged(reduction, figure("1354"), RUNNING)).toBe("at_risk");
  });
  it("multiplies a quarterly duty by its times in the year", () => {
    const quarterly = someCount({ value: "1", times: 4 });
    expect(judged(quarterly, figure("2"), RUNNING)).toBe("on_track");
    expect(judged(quarterly, figure("3"))).toBe("missed");
    expect(judged(quarterly, figure("4"))).toBe("met");
  });
  it("has to hold all the time where the plan says keep, so half a year earns no discount", () => {
    const kept = someCount({ value: "80", pace: "held", tally: "snapshot" });
    expect(judged(kept, figure("60"), RUNNING)).toBe("at_risk");
    expect(judged(kept, figure("85"), RUNNING)).toBe("on_track");
  });
});

describe("A target with 约 or 左右", () => {
  const dustfall = someTarget({ comparator: "~", value: "5", firmness: "about", better: "lower" });
  it("cannot be judged until a person sets the tolerance, however small the value", () => {
    const verdict = standingOf(dustfall, figure("4.2"), OVER, FULL);
    expect(verdict).toMatchObject({ standing: "cannot_judge", reason: "未设容差" });
  });
  it("is judged with the tolerance that was set, on the bad side only", () => {
    const setting = { tolerance: exact("0.5") };
    expect(standingOf(dustfall, figure("5.5"), OVER, FULL, setting).standing).toBe("met");
    expect(standingOf(dustfall, figure("5.51"), OVER, FULL, setting).standing).toBe("missed");
    expect(standingOf(dustfall, figure("2"), OVER, FULL, setting).standing).toBe("met");
  });
  it("reads a larger fall than about 15 % as a pass", () => {
    const carbon = someTarget({ comparator: "decrease_by", value: "15", firmness: "about", baseYear: 2020 });
    const setting = { tolerance: exact(1) };
    expect(standingOf(carbon, figure("21"), OVER, FULL, setting).standing).toBe("met");
    expect(standingOf(carbon, figure("14"), OVER, FULL, setting).standing).toBe("met");
    expect(standingOf(carbon, figure("13.9"), OVER, FULL, setting).standing).toBe("missed");
  });
});

describe("A range", () => {
  it("holds both ends, and more than the upper end where more is better", () => {
    const projects = someTarget({ comparator: "range", value: "1", upper: "3" });
    expect(judged(projects, figure("1"))).toBe("met");
    expect(judged(projects, figure("3"))).toBe("met");
    expect(judged(projects, figure("0"))).toBe("missed");
    expect(judged(projects, figure("4"))).toBe("missed");
    expect(judged({ ...projects, better: "higher" }, figure("4"))).toBe("met");
  });
});

describe("A direction without a number", () => {
  const direction = (comparator: Target["comparator"], more: Partial<Target> = {}) =>
    someTarget({ kind: "direction", comparator, value: undefined, decidedBy: "tally", ...more });
  it("is judged against the same period a year before, strictly", () => {
    expect(judged(direction("up"), figure("11", { base: exact(10) }))).toBe("met");
    expect(judged(direction("up"), figure("10", { base: exact(10) }))).toBe("missed");
    expect(judged(direction("down"), figure("9", { base: exact(10) }))).toBe("met");
  });
  it("cannot be judged without the year before", () => {
    expect(standingOf(direction("down"), figure("9"), OVER, FULL).reason).toBe("没有上年同期数值");
  });
  it("may stay flat within a tolerance, or not fall below where higher is better", () => {
    const flat = figure("9.8", { base: exact(10) });
    expect(standingOf(direction("flat"), flat, OVER, FULL).reason).toBe("未设容差");
    expect(standingOf(direction("flat"), flat, OVER, FULL, { tolerance: exact("0.2") }).standing).toBe("met");
    expect(standingOf(direction("flat", { better: "lower" }), flat, OVER, FULL).standing).toBe("met");
  });
  it("is cleared only when nothing is open", () => {
    expect(judged(direction("zero_open"), figure("0"), RUNNING)).toBe("on_track");
    expect(judged(direction("zero_open"), figure("1"))).toBe("missed");
  });
  it("covers all at 100 %", () => {
    expect(judged(direction("all_covered"), figure("100"))).toBe("met");
    expect(judged(direction("all_covered"), figure("99.9"))).toBe("missed");
  });
  it("waits for the number another body sets, and is judged by it once entered", () => {
    const quota = direction("<=", { decidedBy: "external" });
    expect(standingOf(quota, figure("9"), OVER, FULL).reason).toBe("缺少外部数值");
    expect(standingOf(quota, figure("9"), OVER, FULL, { external: exact(10) }).standing).toBe("met");
  });
});

describe("Every standing", () => {
  const evidence = fc.record({
    value: fc.option(
      fc.integer({ min: 0, max: 200 }).map((n) => exact(n)),
      { nil: undefined },
    ),
    valid: fc.boolean(),
    reach: fc.constantFrom("safe", "open", "out_of_reach", undefined),
  });
  it("gives a reason whenever nothing can be judged", () => {
    fc.assert(
      fc.property(evidence, fc.boolean(), fc.boolean(), (seen, over, growing) => {
        const target = growing ? someCount() : someTarget();
        const verdict = standingOf(target, seen, over ? OVER : RUNNING, FULL);
        expect(verdict.standing !== "cannot_judge" || (verdict.reason ?? "") !== "").toBe(true);
      }),
    );
  });
  it("is never missed or met by the figure alone while the period runs and all is open, but for a finished count", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 99 }), (n) => {
        expect(["on_track", "at_risk"]).toContain(judged(someCount(), figure(String(n), { reach: "open" }), RUNNING));
      }),
    );
  });
  it("does not get worse when a figure that should be high rises", () => {
    const order = ["missed", "at_risk", "on_track", "met"];
    const place = (n: number, moment: Moment) => order.indexOf(judged(someCount(), figure(String(n)), moment));
    fc.assert(
      fc.property(fc.nat(200), fc.nat(200), fc.boolean(), (a, b, over) => {
        const moment = over ? OVER : RUNNING;
        expect(place(Math.max(a, b), moment)).toBeGreaterThanOrEqual(place(Math.min(a, b), moment));
      }),
    );
  });
});
