import { describe, expect, it } from "vitest";
import { allOf, anyOf } from "../../../src/analysis/standing/combine.ts";
import { momentIn, windowOf } from "../../../src/analysis/standing/moment.ts";
import { wholeOf } from "../../../src/analysis/standing/places.ts";
import { monthlyRanks, outOfWorst } from "../../../src/analysis/standing/ranks.ts";
import { runEvidence, runShorterThan, runsOf } from "../../../src/analysis/standing/runs.ts";
import { readDeadline } from "../../../src/domain/deadline.ts";
import { compare, exact, ratio } from "../../../src/domain/exact.ts";
import type { Standing } from "../../../src/domain/plan.ts";
import { parseDay } from "../../../src/domain/time.ts";
import { someTarget } from "../some-target.ts";

describe("Staying out of the worst n", () => {
  it("begins at rank n + 1 from the worst", () => {
    expect(outOfWorst(exact(31), exact(30))).toBe(true);
    expect(outOfWorst(exact(30), exact(30))).toBe(false);
  });
  it("is lost for the year with one month inside", () => {
    expect(monthlyRanks([120, 10, 200], 10).reach).toBe("out_of_reach");
    expect(monthlyRanks([120, 11, 200], 10).reach).toBe("open");
  });
  it("is not known when a month was not published and no other month was inside", () => {
    expect(monthlyRanks([120, undefined], 10)).toMatchObject({ valid: false, reason: "有 1 个月没有公布排名" });
    expect(monthlyRanks([3, undefined], 10).reach).toBe("out_of_reach");
    expect(monthlyRanks([undefined], 10)).toMatchObject({ value: undefined, reason: "没有公布排名" });
  });
});

describe("Not three months running", () => {
  it("fails at a run of three and not at two", () => {
    expect(runShorterThan(exact(2), exact(3))).toBe(true);
    expect(runShorterThan(exact(3), exact(3))).toBe(false);
  });
  it("ends a run at a month without data, or goes over it when the policy says so", () => {
    const months = [true, true, undefined, true];
    expect(runsOf(months, "ends")).toEqual({ longest: 2, current: 1 });
    expect(runsOf(months, "skips")).toEqual({ longest: 3, current: 3 });
  });
  it("is out of reach after three in a row and safe when too few months are left for three", () => {
    expect(runEvidence([true, true, true, false], 8, 3, "ends").reach).toBe("out_of_reach");
    expect(runEvidence([...Array<boolean>(10).fill(false), false], 1, 3, "ends").reach).toBe("safe");
    expect(runEvidence([...Array<boolean>(10).fill(false), true], 1, 3, "ends").reach).toBe("safe");
    expect(runEvidence([...Array<boolean>(9).fill(false), true, true], 1, 3, "ends").reach).toBe("open");
  });
});

describe("The days a target is judged over", () => {
  const window = (text: string, year?: number) => {
    const { first, last } = windowOf(someTarget({ deadline: readDeadline(text, 2024) }), year);
    return [first, last];
  };
  const days = (from: string, to: string) => [parseDay(from), parseDay(to)];
  it("are the plan's year unless the deadline cuts it", () => {
    expect(window("年底前")).toEqual(days("2024-01-01", "2024-12-31"));
    expect(window("长期实施")).toEqual(days("2024-01-01", "2024-12-31"));
    expect(window("6月底前")).toEqual(days("2024-01-01", "2024-06-30"));
    expect(window("4月1日起长期实施")).toEqual(days("2024-04-01", "2024-12-31"));
    expect(window("6-9月")).toEqual(days("2024-06-01", "2024-09-30"));
  });
  it("lie in the later year for a target of a later year, so it is not due before", () => {
    expect(window("2025年底前")).toEqual(days("2025-01-01", "2025-12-31"));
    const later = windowOf(someTarget({ deadline: readDeadline("2025年底前", 2024) }));
    expect(momentIn(later, parseDay("2024-12-31")).begun).toBe(false);
    expect(momentIn(later, parseDay("2025-01-01")).begun).toBe(true);
  });
  it("move along to the year of a trial, 29 February to the 28th", () => {
    expect(window("6月底前", 2015)).toEqual(days("2015-01-01", "2015-06-30"));
    expect(window("2月29日前", 2015)).toEqual(days("2015-01-01", "2015-02-28"));
  });
  it("count the day itself as gone by, and are over on the last", () => {
    const year = windowOf(someTarget());
    const first = momentIn(year, parseDay("2024-01-01"));
    expect(compare(first.elapsed, ratio(1n, 366n))).toBe(0);
    expect(momentIn(year, parseDay("2024-12-30")).over).toBe(false);
    expect(momentIn(year, parseDay("2024-12-31")).over).toBe(true);
    expect(compare(momentIn(year, parseDay("2025-03-01")).elapsed, exact(1))).toBe(0);
  });
});

describe("Standings put together", () => {
  it("take one met alternative for all", () => {
    expect(anyOf(["missed", "met"])).toBe("met");
    expect(anyOf(["missed", "cannot_judge"])).toBe("cannot_judge");
    expect(anyOf(["missed", "missed"])).toBe("missed");
  });
  it("miss the whole with one missed part", () => {
    expect(allOf(["met", "cannot_judge", "missed"])).toBe("missed");
    expect(allOf(["met", "cannot_judge"])).toBe("cannot_judge");
    expect(allOf(["met", "not_due"])).toBe("met");
  });
  it("say for the whole of the townships how many stand where", () => {
    const place = (name: string, standing: Standing) => ({
      place: name,
      verdict: { standing, reason: undefined, policies: ["targetCompare"] as const },
    });
    const whole = wholeOf([place("甲街道", "on_track"), place("乙街道", "missed"), place("丙乡", "on_track")]);
    expect(whole).toEqual({
      standing: "missed",
      reason: "共 3 个：未达标 1 个，进度正常 2 个",
      policies: ["targetCompare"],
    });
    expect(wholeOf([]).standing).toBe("cannot_judge");
  });
});
