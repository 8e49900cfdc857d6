import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type DayState, episodesOf, stateOf } from "../../../src/analysis/warning/episodes.ts";

const MARKS: Readonly<Record<string, DayState>> = { "#": "on", "+": "between", "-": "off", "?": "no_data" };
const play = (marks: string, persist = 2) =>
  episodesOf(
    [...marks].map((mark, day) => ({ day, state: MARKS[mark] ?? "off", value: mark === "?" ? undefined : day })),
    persist,
  ).map(({ start, updated, end, state }) => ({ start, updated, end, state }));

describe("episodes of a warning", () => {
  it("start on the first of as many days in a row as it takes, not on a single one", () => {
    expect(play("-#--#-")).toEqual([]);
    expect(play("-##")).toEqual([{ start: 1, updated: 2, end: undefined, state: "active" }]);
  });
  it("stay one event while the value lies between the levels or dips for a day", () => {
    expect(play("##++-##+-")).toEqual([{ start: 0, updated: 8, end: undefined, state: "active" }]);
  });
  it("end on the day before as many quiet days as it took to start", () => {
    expect(play("##--")).toEqual([{ start: 0, updated: 3, end: 1, state: "ended" }]);
  });
  it("are two events when one ended before the next began", () => {
    expect(play("##--##").map((one) => one.start)).toEqual([0, 4]);
  });
  it("neither start nor end over days without data, which are a state of their own", () => {
    expect(play("#?#")).toEqual([{ start: 0, updated: 2, end: undefined, state: "active" }]);
    expect(play("##??")).toEqual([{ start: 0, updated: 1, end: undefined, state: "no_data" }]);
    expect(play("##?-?-")).toEqual([{ start: 0, updated: 5, end: 2, state: "ended" }]);
    expect(play("????")).toEqual([]);
  });
  it("remember the worst value, whichever side is worse", () => {
    const list = [5, 2, 9].map((value, day) => ({ day, state: "on" as const, value }));
    expect(episodesOf(list, 1)[0]?.worst).toBe(9);
    expect(episodesOf(list, 1, false)[0]?.worst).toBe(2);
    expect(episodesOf(list, 1)[0]?.value).toBe(9);
  });
  it("tell on, between and off by two levels on either side", () => {
    const high = { raise: 75, clear: 70 };
    expect([75, 72, 69, undefined].map((one) => stateOf(one, high))).toEqual(["on", "between", "off", "no_data"]);
    const low = { raise: 30, clear: 35, higherIsWorse: false };
    expect([30, 33, 36].map((one) => stateOf(one, low))).toEqual(["on", "between", "off"]);
  });
  it("never overlap, and at most the last is open", () => {
    const marks = fc.array(fc.constantFrom("#", "+", "-", "?"), { maxLength: 60 }).map((list) => list.join(""));
    fc.assert(
      fc.property(marks, fc.integer({ min: 1, max: 4 }), (text, persist) => {
        const found = play(text, persist);
        for (const [k, one] of found.entries()) {
          const next = found[k + 1];
          if (next !== undefined) expect(one.end ?? Number.POSITIVE_INFINITY).toBeLessThan(next.start);
          if (one.end !== undefined) expect(one.end).toBeGreaterThanOrEqual(one.start);
        }
      }),
    );
  });
});
