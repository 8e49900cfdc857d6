import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compare, type Exact, exact, mean, toNumber } from "../../src/domain/exact.ts";
import { dayNumber } from "../../src/domain/time.ts";
import {
  boundaryLimit,
  constructionLimits,
  factoryNightMaximum,
  indoorLimit,
  withoutBackground,
} from "../../src/standards/emission-noise.ts";
import {
  comparedLevel,
  judgeNightMaximum,
  judgeNoise,
  NOISE_ZONES,
  type NoiseZone,
  noiseLimit,
  parseNoiseZone,
} from "../../src/standards/gb3096.ts";
import { decimalText } from "../../src/standards/gbt8170.ts";
import { type CityNoiseKind, cityNoiseGrade, regionMean, roadMean } from "../../src/standards/hj640.ts";
import { type NoisePart, noiseDay, noisePartOf } from "../../src/standards/noise-day.ts";
import { dayNightLevel, energyMean, levelSum } from "../../src/standards/noise-energy.ts";
import { passRate, pointTimeRates, stationDayRates } from "../../src/standards/noise-rate.ts";
import { usableHours, weatherVoid } from "../../src/standards/noise-weather.ts";
import { readCsv } from "../csv.ts";
import { hasShared, shared } from "../shared.ts";

const text = (value: number | string) => exact(String(value));
const one = (value: Exact | undefined) => (value === undefined ? "" : decimalText(value, 1));
const VALID = { dayMinimumHours: 12, nightMinimumHours: 6 };
const DAY = dayNumber(2024, 5, 1) ?? 0;

/** How each rule of the vector file is asked; what comes back is written as the file writes it. */
const ask: Readonly<Record<string, (input: never) => unknown>> = {
  leq: (levels: number[]) => one(energyMean(levels.map(text))),
  level_sum: (levels: number[]) => one(levelSum(levels.map(text))),
  ld_ln_ldn_from_24h: ({ hour0_first }: { hour0_first: number[] }) => {
    const parts: Record<NoisePart, Exact[]> = { day: [], night: [] };
    for (const [hour, level] of hour0_first.entries()) parts[noisePartOf(DAY, hour, "begins").part].push(text(level));
    const { ld, ln, ldn } = noiseDay(parts.day, parts.night, VALID);
    const levels = [ld.value, ln.value, ldn].map((level) => level ?? exact(0));
    const [Ld, Ln, Ldn] = levels.map((level) => decimalText(level, 0));
    return { Ld, Ln, Ldn, unrounded: levels.map((level) => decimalText(level, 3)) };
  },
  zone_limit: ({ zone, period, leq }: { zone: NoiseZone; period: NoisePart; leq: string }) => {
    const { limit, meets, excess } = judgeNoise(zone, period, text(leq), "one_decimal");
    return { limit: toNumber(limit), result: meets ? "达标" : "超标", excess: String(toNumber(excess)) };
  },
  night_lmax: ({ zone, lmax }: { zone: NoiseZone; lmax: string }) => {
    const { limit, meets } = judgeNightMaximum(zone, text(lmax), "one_decimal");
    return { cap: decimalText(limit, 0), result: meets ? "符合" : "不符合" };
  },
  hj640_grade: ({ kind, period, mean: level }: { kind: CityNoiseKind; period: NoisePart; mean: string }) => {
    const { zh, word } = cityNoiseGrade(kind, period, text(level));
    return { level: zh, word };
  },
  point_time_pass_rate: ({ pass, total }: { pass: number; total: number }) => {
    const outcomes = Array.from({ length: total }, (_, i) => ({ zone: "2", part: "day", meets: i < pass }) as const);
    return `${one(pointTimeRates(outcomes).day.all.rate)}%`;
  },
  road_length_weighted_mean: ({ L, len_m }: { L: string[]; len_m: number[] }) =>
    one(roadMean(L.map((level, i) => ({ level: text(level), length: text(len_m[i] ?? 0) })))),
  region_mean_is_arithmetic: (levels: string[]) => one(regionMean(levels.map(text))),
};

describe.skipIf(!hasShared)("the 32 noise rules collected from standards, bulletins and third parties", () => {
  const rows = hasShared ? readCsv(shared("data/vectors/noise_vectors.csv")) : [];
  it.each(rows)("agrees with $id, $rule ($origin: $source)", (row) => {
    const question = ask[row["rule"] ?? ""];
    if (question === undefined) throw new Error(`no question for ${row["rule"]}`);
    expect(question(JSON.parse(row["input_json"] ?? "") as never)).toEqual(JSON.parse(row["expected_json"] ?? ""));
  });
});

describe("levels combined by energy (GB 3096-2008 3.2)", () => {
  const level = fc.integer({ min: 0, max: 1400 }).map((n): Exact => ({ num: BigInt(n), den: 10n }));
  const levels = fc.array(level, { minLength: 1, maxLength: 24 });

  it("give exactly the level when all are equal, so that a tie at 0.05 dB stays one", () => {
    const equal = energyMean(Array(7).fill(exact("55.05")));
    expect(equal && compare(equal, exact("55.05"))).toBe(0);
    expect(one(equal)).toBe("55.0");
    expect(one(energyMean(Array(3).fill(exact("55.15"))))).toBe("55.2");
  });

  it("give the day's level exactly when the night is 10 dB lower", () => {
    expect(compare(dayNightLevel(exact("61.05"), exact("51.05")), exact("61.05"))).toBe(0);
  });

  it("lie between the lowest and the highest level and not below the arithmetic mean", () => {
    fc.assert(
      fc.property(levels, (list) => {
        const energy = toNumber(energyMean(list) ?? exact(-1));
        const numbers = list.map(toNumber);
        expect(energy).toBeLessThanOrEqual(Math.max(...numbers));
        expect(energy).toBeGreaterThanOrEqual(Math.min(...numbers) - 1e-9);
        expect(energy).toBeGreaterThanOrEqual(toNumber(mean(list) ?? exact(999)) - 1e-9);
      }),
    );
  });

  it("do not depend on their order", () => {
    fc.assert(
      fc.property(levels, (list) => {
        const turned = energyMean([...list].reverse());
        expect(toNumber(turned ?? exact(-1))).toBeCloseTo(toNumber(energyMean(list) ?? exact(-2)), 10);
      }),
    );
  });

  it("rise by 10 lg n when n equal sources sound together", () => {
    expect(toNumber(levelSum(Array(10).fill(exact("60"))) ?? exact(0))).toBeCloseTo(70, 12);
    expect(energyMean([])).toBeUndefined();
  });
});

describe("day and night (GB 3096-2008 3.4)", () => {
  it("split at 06 and 22 hours", () => {
    const parts = [0, 5, 6, 21, 22, 23].map((hour) => noisePartOf(DAY, hour, "begins").part);
    expect(parts).toEqual(["night", "night", "day", "day", "night", "night"]);
  });

  it("put a night to the date on which it begins, or ends when the policy says so", () => {
    const dates = (how: "begins" | "ends") => [5, 6, 22].map((hour) => noisePartOf(DAY, hour, how).day - DAY);
    expect(dates("begins")).toEqual([-1, 0, 0]);
    expect(dates("ends")).toEqual([0, 0, 1]);
  });

  const hours = (n: number) => Array<Exact>(n).fill(exact("50"));

  it("are valid from 12 and 6 hours on, with what is there and what is needed in the answer", () => {
    const { ld, ln, ldn } = noiseDay(hours(12), hours(5), VALID);
    expect(ld).toMatchObject({ valid: true, hours: 12, needed: 12 });
    expect(ln).toMatchObject({ valid: false, hours: 5, needed: 6 });
    expect(ldn).toBeUndefined();
    expect(noiseDay(hours(12), hours(6), VALID).ldn).toBeDefined();
  });

  it("stay valid when more hours come", () => {
    fc.assert(
      fc.property(fc.nat(16), fc.nat(8), fc.nat(4), (d, n, more) => {
        const before = noiseDay(hours(d), hours(n), VALID);
        const after = noiseDay(hours(d + more), hours(n + more), VALID);
        expect([!before.ld.valid || after.ld.valid, !before.ln.valid || after.ln.valid]).toEqual([true, true]);
      }),
    );
  });

  it("are never valid without an hour, whatever the minimum", () => {
    expect(noiseDay([], [], { dayMinimumHours: 0, nightMinimumHours: 0 }).ld.valid).toBe(false);
  });
});

describe("hours voided by weather (GB 12523-2011 5.2)", () => {
  it("are those with rain, snow, thunder or wind from 5 m/s on", () => {
    expect(weatherVoid({ rain: exact("0.1") })).toBe("rain");
    expect(weatherVoid({ snow: true })).toBe("snow");
    expect(weatherVoid({ thunder: true })).toBe("thunder");
    expect(weatherVoid({ wind: exact("5") })).toBe("wind");
    expect(weatherVoid({ wind: exact("4.9"), rain: exact("0") })).toBeUndefined();
  });

  it("leave the others usable; an hour without weather data counts as usable and as unknown", () => {
    const { usable, voided, unknown } = usableHours([1, 2, 3], (hour) =>
      hour === 1 ? { snow: true } : hour === 2 ? {} : undefined,
    );
    expect([usable, voided, unknown]).toEqual([[2, 3], [{ hour: 1, reason: "snow" }], 1]);
  });
});

describe("limits of the zones (GB 3096-2008 table 1)", () => {
  it("are those of the printed table", () => {
    const table = (part: NoisePart) => NOISE_ZONES.map((zone) => toNumber(noiseLimit(zone, part)));
    expect(table("day")).toEqual([50, 55, 60, 65, 70, 70]);
    expect(table("night")).toEqual([40, 45, 50, 55, 55, 60]);
    expect(toNumber(noiseLimit("4b", "night", "before-2011"))).toBe(55);
    expect(toNumber(noiseLimit("2", "night", "before-2011"))).toBe(50);
  });

  it("are compared after rounding by the policy noiseCompare: in whole decibels 55.4 passes 55", () => {
    const meets = (how: "one_decimal" | "integer" | "full", level: string) =>
      judgeNoise("1", "day", exact(level), how).meets;
    expect([meets("integer", "55.4"), meets("one_decimal", "55.4")]).toEqual([true, false]);
    expect([meets("one_decimal", "55.04"), meets("full", "55.04")]).toEqual([true, false]);
    expect(one(comparedLevel(exact("55.05"), "one_decimal"))).toBe("55.0");
  });

  it("are found by the names people write, but zone 4 alone is ambiguous", () => {
    expect(["4a", "4A类", "2类", " 0 ", "4b类区"].map(parseNoiseZone)).toEqual(["4a", "4a", "2", "0", "4b"]);
    expect(["4", "5", "", "4类区a", "2类x"].filter((zone) => parseNoiseZone(zone) !== undefined)).toEqual([]);
  });
});

describe("pass rates of functional zones", () => {
  it("count day and night and each zone apart, and leave what is not valid out of the denominator", () => {
    const rates = stationDayRates([
      { zone: "1", part: "day", meets: true },
      { zone: "1", part: "day", meets: false },
      { zone: "1", part: "day", meets: undefined },
      { zone: "4a", part: "day", meets: true },
      { zone: "4a", part: "night", meets: false },
    ]);
    expect(rates.day.all).toMatchObject({ passing: 2, valid: 3, total: 4 });
    expect(one(rates.day.all.rate)).toBe("66.7");
    expect(one(rates.day.zones.get("1")?.rate)).toBe("50.0");
    expect(one(rates.night.all.rate)).toBe("0.0");
    expect([...rates.night.zones.keys()]).toEqual(["4a"]);
  });

  it("have no rate, and not 100 %, when nothing is valid", () => {
    expect(passRate([undefined]).rate).toBeUndefined();
  });
});

describe("HJ 640-2012", () => {
  it("rounds a city mean to a tenth before it is graded, for its tables know tenths only", () => {
    expect(cityNoiseGrade("region", "day", exact("50.05")).level).toBe(1);
    expect(cityNoiseGrade("region", "day", exact("50.06")).level).toBe(2);
    expect(cityNoiseGrade("road", "night", exact("64.1")).level).toBe(5);
  });

  it("has no road mean without length", () => {
    expect(roadMean([])).toBeUndefined();
  });
});

describe("emission limits behind complaints", () => {
  it("are those of GB 12348 and GB 22337 at the boundary and indoors", () => {
    expect(toNumber(boundaryLimit("4", "night"))).toBe(55);
    expect(toNumber(indoorLimit("A", "1", "night"))).toBe(30);
    expect(toNumber(indoorLimit("B", "2", "day"))).toBe(50);
    expect([factoryNightMaximum("2", "frequent"), factoryNightMaximum("2", "occasional")].map(toNumber)).toEqual([
      60, 65,
    ]);
  });

  it("are 70 and 55 for building sites until 2025 (GB 12523-2011) and unknown from 2026 on", () => {
    const before = constructionLimits(dayNumber(2025, 12, 31) ?? 0);
    expect(before.known && [before.day, before.night, before.nightMaximum].map(toNumber)).toEqual([70, 55, 70]);
    const after = constructionLimits(dayNumber(2026, 1, 1) ?? 0);
    expect(after).toMatchObject({ known: false, edition: "GB 12523-2025" });
  });

  it("take the background out by the gap in whole decibels (GB 12348-2008 5.6)", () => {
    const left = (measured: string, background: string) => {
      const level = withoutBackground(exact(measured), exact(background));
      return level === undefined ? undefined : toNumber(level);
    };
    expect([left("60", "49.9"), left("60", "50"), left("60", "54"), left("60", "55"), left("60", "57")]).toEqual([
      60, 59, 59, 58, 57,
    ]);
    expect(left("60", "57.1")).toBeUndefined();
  });
});
