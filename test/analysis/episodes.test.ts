import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { AqiDay } from "../../src/analysis/aqi-days.ts";
import { pollutionEpisodes } from "../../src/analysis/episodes.ts";
import type { Pollutant } from "../../src/standards/hj633-day.ts";

/** Days from day 0 on; `undefined` has no index. */
const daysOf = (...list: readonly (number | undefined)[]): readonly AqiDay[] =>
  list.map((aqi, day) => ({
    day,
    aqi,
    primary: aqi === undefined || aqi <= 50 ? [] : (["pm25"] satisfies Pollutant[]),
  })) as unknown as readonly AqiDay[];

describe("pollution episodes", () => {
  it("are two days or more in a row with an AQI above 100; 100 itself is still good (HJ 633 table of classes)", () => {
    expect(pollutionEpisodes(daysOf(101, 100, 101, 102, 90, 150))).toMatchObject([{ first: 2, last: 3, days: 2 }]);
  });

  it("count days above 200 as heavy; 200 itself is not", () => {
    expect(pollutionEpisodes(daysOf(150, 200, 201, 320))[0]).toMatchObject({ days: 4, heavyDays: 2 });
  });

  it("name the highest index and the first day that has it", () => {
    expect(pollutionEpisodes(daysOf(150, 210, 120, 210))[0]?.worst).toEqual({ day: 1, aqi: 210 });
  });

  it("end at a day without an index: nobody knows whether it went on", () => {
    expect(pollutionEpisodes(daysOf(150, 160, undefined, 150, 160, 170)).map(({ days }) => days)).toEqual([2, 3]);
  });

  it("count a day with two primary pollutants for both, most first", () => {
    const [day = undefined, ...rest] = daysOf(150, 160, 170);
    const both = { ...day, primary: ["o3", "pm25"] } as unknown as AqiDay;
    expect(pollutionEpisodes([both, ...rest])[0]?.primary).toEqual([
      { pollutant: "pm25", days: 3 },
      { pollutant: "o3", days: 1 },
    ]);
  });

  it("hold every bad day that has a bad neighbour, and no other", () => {
    const aqi = fc.option(fc.integer({ min: 0, max: 500 }), { nil: undefined });
    fc.assert(
      fc.property(fc.array(aqi, { maxLength: 60 }), (list) => {
        const bad = (at: number): boolean => (list[at] ?? 0) > 100;
        const wanted = list.flatMap((_, at) => (bad(at) && (bad(at - 1) || bad(at + 1)) ? [at] : []));
        const held = pollutionEpisodes(daysOf(...list)).flatMap(({ first, last }) =>
          Array.from({ length: last - first + 1 }, (_, at) => first + at),
        );
        expect(held).toEqual(wanted);
      }),
    );
  });

  it("are none of no days", () => {
    expect(pollutionEpisodes([])).toEqual([]);
  });
});
