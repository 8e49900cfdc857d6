import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { loadSeedPlaces } from "../../../seeds/places/load.ts";
import type { SimulatedCity } from "../../../seeds/simulate/city.ts";
import { type Cell, cellsOf, city, digest, gather, meanOf, stations, townships } from "./read-city.ts";

// whole cities are written and read back: seconds on a quiet machine, more on a busy one
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const UNTIL = "2024-12-05";
const root = mkdtempSync(join(tmpdir(), "duibiao-city-"));
let made: SimulatedCity;
let hourly: readonly Cell[];

beforeAll(async () => {
  made = await city(7, UNTIL, join(root, "a"));
  hourly = made.files.filter((file) => file.format === "quotsoft" && !file.late).flatMap((file) => cellsOf(file.path));
});

afterAll(() => rmSync(root, { recursive: true, force: true }));

/** The daily means (ozone: highest 8-hour mean) of a place's station set over the last 365 days, available hours only. */
function lastYear(place: string, type: string): readonly number[] {
  const codes = loadSeedPlaces().sets.find((set) => set.place === place)?.stations ?? [];
  const names = new Set(stations.filter((one) => codes.includes(one.code)).map((one) => one.name));
  const end = Date.parse(`${UNTIL}T00:00Z`) / 3_600_000 + 24;
  const wanted = hourly.filter(
    (cell) => cell.type === type && names.has(cell.station) && cell.value !== "" && cell.start >= end - 365 * 24,
  );
  const hours = gather(wanted.map((cell) => [cell.start, Number(cell.value)] as const));
  const days = gather([...hours].map(([start, values]) => [Math.floor(start / 24), [start, meanOf(values)]] as const));
  return [...days.values()].map((day) =>
    type === "O3" ? eightHours(new Map(day as [number, number][])) : meanOf(day.map(([, value]) => value ?? 0)),
  );
}

function eightHours(day: ReadonlyMap<number, number>): number {
  const means = [...day.keys()].map((end) => {
    const window = Array.from({ length: 8 }, (_, back) => day.get(end - back)).filter((value) => value !== undefined);
    return window.length < 6 ? 0 : meanOf(window);
  });
  return Math.max(...means);
}

/** Days above 200 of the index: PM2.5 150, PM10 350, ozone 265 (HJ 633, both editions). */
function heavyDays(place: string): number {
  const [pm25, pm10, o3] = ["PM2.5", "PM10", "O3"].map((type) => lastYear(place, type));
  return (pm25 ?? []).filter((value, i) => value >= 150.5 || (pm10?.[i] ?? 0) > 350.5 || (o3?.[i] ?? 0) > 265.5).length;
}

describe("the simulated city", () => {
  it("covers whole months from thirteen months before the last day's month", () => {
    expect([made.first, made.until]).toEqual(["2023-11-01", UNTIL]);
  });

  it("gives the same bytes for the same seed in another time zone, and others for another seed", async () => {
    const zone = process.env["TZ"];
    process.env["TZ"] = zone === "Pacific/Apia" ? "America/New_York" : "Pacific/Apia";
    const again = await city(7, UNTIL, join(root, "b"));
    if (zone === undefined) delete process.env["TZ"];
    else process.env["TZ"] = zone;
    const other = await city(8, UNTIL, join(root, "c"));
    expect(digest(again.files)).toBe(digest(made.files));
    expect(digest(other.files)).not.toBe(digest(made.files));
  });

  it("marks the first line of each file with 模拟数据 as its last column", () => {
    for (const { path } of made.files) expect(readFileSync(path, "utf8").split("\n")[0]).toMatch(/,模拟数据$/);
  });

  it("ends each natural day: the 24th hour stands as label 0 in the next file", () => {
    const last = Date.parse(`${UNTIL}T23:00Z`) / 3_600_000;
    const starts = hourly.map((cell) => cell.start);
    expect([starts[0], starts.at(-1)]).toEqual([Date.parse("2023-11-01T00:00Z") / 3_600_000, last]);
  });

  it.each(["110000", "110105"])("looks like a year of Beijing at %s", (place) => {
    const pm25 = meanOf(lastYear(place, "PM2.5"));
    expect(pm25).toBeGreaterThan(25);
    expect(pm25).toBeLessThan(40);
    expect(heavyDays(place)).toBeGreaterThanOrEqual(3);
    expect(heavyDays(place)).toBeLessThanOrEqual(10);
  });

  it("has one dust storm, by far the highest PM10 of the year", () => {
    const pm10 = [...lastYear("110000", "PM10")].sort((a, b) => b - a);
    expect(pm10.filter((value) => value > 420)).toHaveLength(1);
  });

  it("has ozone in summer afternoons", () => {
    const of = (month: number, hour: number) => {
      const cells = hourly.filter((cell) => cell.type === "O3" && cell.value !== "" && cell.start % 24 === hour);
      const inMonth = cells.filter((cell) => new Date(cell.start * 3_600_000).getUTCMonth() + 1 === month);
      return meanOf(inMonth.map((cell) => Number(cell.value)));
    };
    expect(of(6, 15)).toBeGreaterThan(4 * of(6, 4));
    expect(of(6, 15)).toBeGreaterThan(2.5 * of(12, 15));
  });

  it("has less NO2 on Sundays than on Wednesdays", () => {
    const of = (weekday: number) =>
      meanOf(
        hourly
          .filter((cell) => cell.type === "NO2" && cell.value !== "")
          .filter((cell) => new Date(cell.start * 3_600_000).getUTCDay() === weekday)
          .map((cell) => Number(cell.value)),
      );
    expect(of(0)).toBeLessThan(0.95 * of(3));
  });

  it("has gaps, whole hours that are absent, and one station silent for six days", () => {
    const empty = hourly.filter((cell) => cell.value === "").length;
    expect(empty / hourly.length).toBeGreaterThan(0.005);
    expect(empty / hourly.length).toBeLessThan(0.05);
    const hours = new Set(hourly.map((cell) => cell.start));
    expect(Math.max(...hours) - Math.min(...hours) + 1 - hours.size).toBeGreaterThan(0);
    const heard = gather(hourly.filter((cell) => cell.value !== "").map((cell) => [cell.station, cell.start] as const));
    const silences = [...heard.values()].map((starts) => {
      const sorted = [...new Set(starts)].sort((a, b) => a - b);
      return Math.max(...sorted.slice(1).map((start, i) => start - (sorted[i] ?? start) - 1));
    });
    expect(silences.filter((hoursSilent) => hoursSilent >= 6 * 24)).toHaveLength(1);
  });

  it("restates one day later with other values for Chaoyang's stations only", () => {
    const late = made.files.filter((file) => file.late);
    expect(late).toHaveLength(1);
    expect(made.files.at(-1)).toBe(late[0]);
    const path = late[0]?.path ?? "";
    const before = cellsOf(path.replace("late", "stations"));
    const changed = cellsOf(path).filter((cell, i) => cell.value !== before[i]?.value);
    expect(changed.length).toBeGreaterThan(10);
    expect(new Set(changed.map((cell) => cell.station))).toEqual(new Set(["奥体中心", "农展馆", "东四环"]));
  });
});

describe("the simulated townships", () => {
  const rows = () =>
    made.files
      .filter((file) => file.format === "township")
      .flatMap((file) => readFileSync(file.path, "utf8").trimEnd().split("\n").slice(1))
      .map((line) => line.split(","));

  it("hold PM2.5 and TSP of every township and zone but one, most days", () => {
    const all = rows();
    expect(new Set(all.map(([place]) => place)).size).toBe(townships.length - 1);
    const days = (Date.parse(UNTIL) - Date.parse(made.first)) / 86_400_000 + 1;
    const expected = (townships.length - 1) * days * 2;
    expect(all.length).toBeLessThan(expected);
    expect(all.length).toBeGreaterThan(0.97 * expected);
  });

  it("tie across the 30th place at least five times over the months", () => {
    const groups = gather(rows().map((row) => [`${row[2]} ${row[1]?.slice(0, 7)}`, row] as const));
    const ties = [...groups.values()].filter((group) => {
      const places = gather(group.map((row) => [row[0], Number(row[3])] as const));
      const ranked = [...places.values()].map((values) => Math.round(meanOf(values))).sort((a, b) => b - a);
      return ranked[29] === ranked[30];
    });
    expect(ties.length).toBeGreaterThanOrEqual(5);
  });
});

describe("bad input of the simulated city", () => {
  it("refuses a last day that is none", async () => {
    await expect(city(7, "2024-02-30", join(root, "d"))).rejects.toMatchObject({ code: "period.unknown" });
  });
});
