import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { HOUR_MS } from "../../src/domain/time.ts";
import { clockOf, instantOfClock, isTimeZone, zoneOffset } from "../../src/domain/zone.ts";

const DUBLIN = "Europe/Dublin";
const utc = (text: string) => Date.parse(`${text}Z`);

describe("clocks of other zones", () => {
  it("stand an hour ahead of UTC in Dublin's summer and with it in winter", () => {
    expect(zoneOffset(DUBLIN, utc("2015-07-01T00:00:00"))).toBe(HOUR_MS);
    expect(zoneOffset(DUBLIN, utc("2015-01-01T00:00:00"))).toBe(0);
    expect(instantOfClock(DUBLIN, utc("2015-07-01T07:00:00"))).toBe(utc("2015-07-01T06:00:00"));
  });

  it("take a reading that stands twice in autumn as the first", () => {
    expect(instantOfClock(DUBLIN, utc("2015-10-25T01:00:00"))).toBe(utc("2015-10-25T00:00:00"));
    expect(instantOfClock(DUBLIN, utc("2015-10-25T02:00:00"))).toBe(utc("2015-10-25T02:00:00"));
  });

  it("take a reading that does not exist in spring with the offset before the change", () => {
    expect(instantOfClock(DUBLIN, utc("2015-03-29T01:00:00"))).toBe(utc("2015-03-29T01:00:00"));
    expect(instantOfClock(DUBLIN, utc("2015-03-29T02:00:00"))).toBe(utc("2015-03-29T01:00:00"));
  });

  it("keep Asia/Shanghai at +08:00 all year", () => {
    expect(clockOf("Asia/Shanghai", utc("2024-06-30T16:00:00"))).toEqual({
      day: utc("2024-07-01T00:00:00") / 86_400_000,
      hour: 0,
    });
    expect(instantOfClock("Asia/Shanghai", utc("2024-07-01T00:00:00"))).toBe(utc("2024-06-30T16:00:00"));
  });

  it("read back every hour of a year that exists on the clock", () => {
    const zones = fc.constantFrom(
      DUBLIN,
      "America/New_York",
      "Pacific/Apia",
      "Asia/Kolkata",
      "Asia/Shanghai",
      "Australia/Lord_Howe",
    );
    fc.assert(
      fc.property(zones, fc.integer({ min: 0, max: 8759 }), (zone, hour) => {
        const instant = utc("2019-01-01T00:00:00") + hour * HOUR_MS;
        const { day, hour: clockHour } = clockOf(zone, instant);
        const back = instantOfClock(zone, instant + zoneOffset(zone, instant));
        // Only an hour that stands twice may come back as the other of the two.
        expect([0, HOUR_MS, HOUR_MS / 2]).toContain(instant - back);
        expect(clockOf(zone, back)).toEqual({ day, hour: clockHour });
      }),
    );
  });

  it("know which names are zones", () => {
    expect([isTimeZone(DUBLIN), isTimeZone("Europe/Atlantis")]).toEqual([true, false]);
  });
});
