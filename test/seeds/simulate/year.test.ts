import { describe, expect, it, vi } from "vitest";
import { HOURLY_ITEMS, hoursOf } from "../../../seeds/simulate/hours.ts";
import { weatherOn } from "../../../seeds/simulate/weather.ts";
import { parseDay } from "../../../src/domain/time.ts";
import { meanOf, stations } from "./read-city.ts";

// whole cities are written and read back: seconds on a quiet machine, more on a busy one
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const CHAOYANG = stations.filter((station) => ["奥体中心", "农展馆"].includes(station.name));
const SEEDS = Array.from({ length: 12 }, (_, i) => 1 + i * 7919);
/** One end in each month, so that some cut an episode in two. */
const ENDS = SEEDS.map((_, i) => parseDay(`2025-${String(i + 1).padStart(2, "0")}-14`));

/** Daily PM2.5 and whether the day is heavy by particles, over the 365 days up to the end. */
function year(seed: number, end: number) {
  return Array.from({ length: 365 }, (_, back) => {
    const hours = hoursOf(seed, end - back, CHAOYANG);
    const mean = (item: "pm25" | "pm10") =>
      meanOf(hours.flatMap((hour) => hour[item]).filter((value) => value !== undefined));
    return { pm25: mean("pm25"), heavy: mean("pm25") > 150 || mean("pm10") > 350 };
  });
}

describe("a simulated year", () => {
  it.each(SEEDS.map((seed, i) => [seed, ENDS[i] ?? 0] as const))(
    "of seed %i has a mean of 25–40 and 3–10 heavy days, ending on day %i",
    (seed, end) => {
      const days = year(seed, end);
      const mean = meanOf(days.map((day) => day.pm25));
      expect(mean).toBeGreaterThan(25);
      expect(mean).toBeLessThan(40);
      const heavy = days.filter((day) => day.heavy).length;
      expect(heavy).toBeGreaterThanOrEqual(3);
      expect(heavy).toBeLessThanOrEqual(10);
    },
  );

  it("has episodes: a polluted day is mostly followed by another", () => {
    const levels = Array.from({ length: 3650 }, (_, i) => weatherOn(7, parseDay("2015-01-01") + i).pm25);
    const polluted = levels.filter((level) => level > 50).length;
    const followed = levels.filter((level, i) => level > 50 && (levels[i + 1] ?? 0) > 50).length;
    expect(followed / polluted).toBeGreaterThan(2 * (polluted / levels.length));
  });

  it("gives a day the same values whatever was asked before", () => {
    const day = parseDay("2024-06-01");
    const alone = hoursOf(3, day, CHAOYANG);
    hoursOf(3, day - 1, stations);
    expect(hoursOf(3, day, CHAOYANG)).toEqual(alone);
  });

  it("holds whole numbers that a plausible instrument could show, and no ozone day above 265", () => {
    const day = parseDay("2024-06-01");
    const hours = Array.from({ length: 100 }, (_, i) => hoursOf(11, day - 4 * i, stations)).flat();
    for (const item of HOURLY_ITEMS) {
      const values = hours.flatMap((hour) => hour[item]).filter((value) => value !== undefined);
      expect(values.every(Number.isInteger)).toBe(true);
      expect(Math.min(...values)).toBeGreaterThanOrEqual(1);
      expect(Math.max(...values)).toBeLessThanOrEqual(item === "o3" ? 265 : 3000);
    }
  });
});
