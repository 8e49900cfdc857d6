/** Particles without declared dust: a statistic of its own name, whose basis counts what was left out. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { batchUndo } from "../../src/cli/batch-undo.ts";
import { ingest } from "../../src/cli/ingest.ts";
import { stats } from "../../src/cli/stats.ts";
import { type CommandLine, commandLine } from "../cli/run-command.ts";

let line: CommandLine;
beforeEach(() => {
  line = commandLine("2025-01-01T00:00:00Z");
});
afterEach(() => line.close());

const STATIONS = ["东四", "天坛"];

/** The archive of some days of March 2024: PM10 of hour h (label h + 1) is 100, in the hours named 700. */
async function air(days: readonly number[], dusty: (day: number, hour: number) => boolean): Promise<void> {
  const rows: string[] = [];
  for (const day of days) {
    for (let hour = 0; hour < 24; hour++) {
      // The archive labels an hour by its end: the last one stands on the next date as hour 0.
      const date = hour === 23 ? day + 1 : day;
      const value = dusty(day, hour) ? 700 : 100;
      rows.push(`202403${String(date).padStart(2, "0")},${(hour + 1) % 24},PM10,${value},${value}`);
    }
  }
  await taken("beijing_all_20240301.csv", `date,hour,type,${STATIONS.join(",")}\n${rows.join("\n")}\n`, "quotsoft");
}

async function taken(name: string, text: string, format: string): Promise<void> {
  const path = join(line.dir, name);
  writeFileSync(path, text);
  expect((await line.run(ingest, format, path)).code).toBe(0);
}

const dust = (...periods: readonly string[]): Promise<void> =>
  taken("沙尘.csv", `沙尘影响时段\n开始时间,结束时间,地区,类型\n${periods.join("\n")}\n`, "dust-periods");

async function ask(
  statistic: string | undefined,
  period: string,
  place = "station:东四",
  indicator = "pm10",
): Promise<Record<string, unknown>> {
  const name = statistic === undefined ? [] : ["--statistic", statistic];
  const { out, err } = await line.run(stats, indicator, "--place", place, "--period", period, ...name, "--json");
  return JSON.parse(out === "" ? err : out) as Record<string, unknown>;
}

const basisOf = (answer: Record<string, unknown>): unknown => (answer["basis"] as Record<string, unknown>)["dust"];

describe("A day without its declared dust", () => {
  it("is the mean of the hours left, beside the raw one, which stays as it is", async () => {
    await air([10], (_, hour) => hour >= 12 && hour < 16);
    await dust("2024-03-10 12:00,2024-03-10 16:00,北京市,扬沙");
    // (20 × 100 + 4 × 700) ÷ 24 = 200; without the four hours 100.
    expect(await ask("mean", "2024-03-10")).toMatchObject({ statistic: "mean", value: 200, n: 24, valid: true });
    const free = await ask("mean_dust_excluded", "2024-03-10");
    expect(free).toMatchObject({ statistic: "mean_dust_excluded", value: 100, n: 20, valid: true });
    expect(basisOf(free)).toEqual({ periods: 1, hours: 4, days: 1, daysLost: 0 });
  });

  it("is not valid with fewer hours than a day needs, and says how many are left: nothing is put in their place", async () => {
    await air([10], () => false);
    await dust("2024-03-10 12:00,2024-03-10 17:00,,浮尘");
    expect(await ask("mean_dust_excluded", "2024-03-10")).toMatchObject({
      value: 100,
      n: 19,
      valid: false,
      reason: "有效小时 19 个，需 20 个",
    });
  });

  it("counts an hour that dust touched in part as dust, from the hour of its beginning to that of its end", async () => {
    await air([10], () => false);
    await dust("2024-03-10 12:30,2024-03-10 13:10,北京市,扬沙");
    expect(basisOf(await ask("mean_dust_excluded", "2024-03-10"))).toMatchObject({ hours: 2 });
  });
});

describe("A period without its declared dust", () => {
  const days = Array.from({ length: 30 }, (_, k) => k + 1);

  it("is the mean of the days left, and counts the days that had dust and those that fell out", async () => {
    await air(days, (day, hour) => day === 9 || (day === 10 && hour < 2));
    await dust("2024-03-09 00:00,2024-03-10 02:00,北京市,沙尘暴");
    // Raw: 28 days of 100, one of 700, one of (2 × 700 + 22 × 100) ÷ 24 = 150.
    expect(await ask("mean", "2024-03")).toMatchObject({ value: (28 * 100 + 700 + 150) / 30, n: 30, valid: true });
    const free = await ask("mean_dust_excluded", "2024-03");
    expect(free).toMatchObject({ value: 100, n: 29, expected: 31, valid: true });
    expect(basisOf(free)).toEqual({ periods: 1, hours: 26, days: 2, daysLost: 1 });
  });

  it("holds for a city's station set, whose hours are counted station by station", async () => {
    await air([10], (_, hour) => hour < 4);
    await dust("2024-03-10 00:00,2024-03-10 04:00,东城区,扬沙");
    const answer = await ask("mean_dust_excluded", "2024-03-10", "东城区");
    // Of the set of 东城区 both stations lie in it.
    expect(answer).toMatchObject({ value: 100 });
    expect(basisOf(answer)).toMatchObject({ periods: 1, hours: 8, days: 1 });
  });

  it("of a place outside the declared area is the raw one under its own name", async () => {
    await air([10], (_, hour) => hour < 4);
    await dust("2024-03-10 00:00,2024-03-10 04:00,西城区,扬沙");
    const free = await ask("mean_dust_excluded", "2024-03-10");
    expect(free).toMatchObject({ statistic: "mean_dust_excluded", value: 200, n: 24 });
    expect(basisOf(free)).toEqual({ periods: 0, hours: 0, days: 0, daysLost: 0 });
  });

  it("has percentiles of its days too", async () => {
    await air(days, (day) => day === 9);
    await dust("2024-03-09 00:00,2024-03-10 00:00,北京市,沙尘暴");
    expect(await ask("p98_dust_excluded", "2024-03")).toMatchObject({ value: 100, n: 29 });
    const raw = await ask("p98", "2024-03");
    expect(Number(raw["value"])).toBeGreaterThan(100);
  });

  it("has none where the source gives the month as a whole and dust was declared in it", async () => {
    await taken(
      "t.csv",
      "place,period,indicator,value,unit\n将台乡,2024-03,pm10,120,µg/m³\n将台乡,2024-04,pm10,90,µg/m³\n",
      "township",
    );
    await dust("2024-03-09 00:00,2024-03-10 00:00,北京市,沙尘暴");
    expect(await ask("mean_dust_excluded", "2024-03", "将台乡")).toMatchObject({
      value: null,
      valid: false,
      reason: "来源只给出整段的值，不能扣除其中的沙尘时段",
    });
    expect(await ask("mean_dust_excluded", "2024-04", "将台乡")).toMatchObject({ value: 90, valid: true });
  });

  it("leaves a day given as a whole out when any hour of it was dust", async () => {
    await taken(
      "t.csv",
      "place,period,indicator,value,unit\n将台乡,2024-03-09,pm10,700,µg/m³\n将台乡,2024-03-10,pm10,90,µg/m³\n",
      "township",
    );
    await dust("2024-03-09 20:00,2024-03-09 23:00,北京市,扬沙");
    expect(await ask("mean_dust_excluded", "2024-03", "将台乡")).toMatchObject({ value: 90, n: 1 });
  });

  it("is the raw one again when the declaration is undone", async () => {
    await air([10], (_, hour) => hour < 4);
    await dust("2024-03-10 00:00,2024-03-10 04:00,北京市,扬沙");
    await line.run(batchUndo, "2");
    expect(await ask("mean_dust_excluded", "2024-03-10")).toMatchObject({ value: 200, n: 24 });
  });
});

describe("The composite index", () => {
  it("takes PM10 and PM2.5 without dust and the other items as they are: 19 µg/m³ of PM10 less are 19/70", async () => {
    const values = { "PM2.5": 35, PM10: 100, SO2: 10, NO2: 40, CO: 1, O3: 80 };
    const rows = Array.from({ length: 31 * 24 }, (_, k) => {
      const [day, hour] = [Math.floor(k / 24) + 1, k % 24];
      const date = `202403${String(day).padStart(2, "0")}`;
      // Hours 1 to 23 of a date and hour 0 of the next are its day.
      const dusty = (day === 9 && hour > 0) || (day === 10 && hour === 0);
      return Object.entries(values)
        .map(([type, value]) => `${date},${hour},${type},${type === "PM10" && dusty ? 700 : value}`)
        .join("\n");
    });
    await taken("beijing_all_20240301.csv", `date,hour,type,东四\n${rows.join("\n")}\n`, "quotsoft");
    await dust("2024-03-09 00:00,2024-03-10 00:00,北京市,沙尘暴");
    const raw = await ask(undefined, "2024-03", "station:东四", "composite_index");
    const free = await ask("count_dust_excluded", "2024-03", "station:东四", "composite_index");
    expect(free).toMatchObject({ statistic: "count_dust_excluded", valid: true });
    // Of 31 days of PM10 one is 700 and 30 are 100: 119.35, rounded to 119 before the index.
    expect(Number(raw["value"]) - Number(free["value"])).toBeCloseTo((119 - 100) / 70, 2);
  });
});

describe("Other statistics", () => {
  it("have no dust-excluded form: gases, TSP and counts of days are refused with what there is", async () => {
    await air([10], () => false);
    for (const [indicator, name] of [
      ["no2", "mean_dust_excluded"],
      ["tsp", "mean_dust_excluded"],
      ["pm10", "count_dust_excluded"],
      ["good_day_ratio", "count_dust_excluded"],
    ] as const) {
      await expect(ask(name, "2024-03", "station:东四", indicator)).rejects.toMatchObject({
        code: "statistic.unknown",
      });
    }
  });
});
