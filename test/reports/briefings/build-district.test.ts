/**
 * The builder on a store whose numbers are known by hand: two Marches of constant values.
 *
 * 2015: 奥体中心 40, 农展馆 60 (PM2.5), so the district stands at 50; 东四 50; 顺义 80. 2014: 100 everywhere.
 */
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ingestPath } from "../../../ingest/pipeline.ts";
import { buildDistrict } from "../../../reports/briefings/build-district.ts";
import { renderDistrict } from "../../../reports/briefings/district.ts";
import type { DistrictBriefing } from "../../../reports/briefings/district-data.ts";
import { summaryOf } from "../../../reports/briefings/sentences.ts";
import { loadPlans } from "../../../seeds/plans/load.ts";
import { parsePeriod } from "../../../src/domain/period.ts";
import { placeFinder, requirePlace } from "../../../src/domain/place-finder.ts";
import { parseDay } from "../../../src/domain/time.ts";
import { DEFAULT_POLICIES } from "../../../src/standards/policy.ts";
import { type TemporaryStore, temporaryStore } from "../../store-fixture.ts";

const PLANS = await loadPlans(2024);
const STATIONS = ["奥体中心", "农展馆", "东四", "顺义"] as const;
const MARCH_2015 = { 奥体中心: "40", 农展馆: "60", 东四: "50", 顺义: "80" };
const MARCH_2014 = { 奥体中心: "100", 农展馆: "100", 东四: "100", 顺义: "100" };
/** The other pollutants, far below any limit. */
const CLEAN = { PM10: "30", SO2: "5", NO2: "20", CO: "0.5", O3: "40" };

/** One file a day; the hour 00 of the day after closes a natural day, so a day more is written. `gap` has no PM2.5. */
async function writeMonth(
  dir: string,
  year: number,
  values: Readonly<Record<string, string>>,
  gap?: number,
): Promise<void> {
  await mkdir(dir, { recursive: true });
  for (let day = 1; day <= 32; day++) {
    const date = new Date(Date.UTC(year, 2, day)).toISOString().slice(0, 10).replaceAll("-", "");
    const lines = [`date,hour,type,${STATIONS.join(",")}`];
    for (let hour = 0; hour < (day === 32 ? 1 : 24); hour++) {
      const dust = STATIONS.map((name) => (day === gap && hour > 0 ? "" : values[name]));
      lines.push(`${date},${hour},PM2.5,${dust.join(",")}`);
      for (const [type, value] of Object.entries(CLEAN))
        lines.push(`${date},${hour},${type},${STATIONS.map(() => value).join(",")}`);
    }
    await writeFile(join(dir, `beijing_all_${date}.csv`), `${lines.join("\n")}\n`);
  }
}

describe("the district briefing built from a store", () => {
  let fixture: TemporaryStore;
  let briefing: DistrictBriefing;

  const build = async (period: string): Promise<DistrictBriefing> => {
    const { store } = fixture;
    const place = requirePlace(placeFinder(await store.places()), "110105");
    const question = {
      store,
      place,
      period: parsePeriod(period),
      policies: DEFAULT_POLICIES,
      today: parseDay("2016-06-30"),
    };
    return await buildDistrict(question, PLANS, "0.1.0");
  };

  beforeAll(async () => {
    fixture = await temporaryStore();
    const dir = join(fixture.dir, "source");
    await writeMonth(join(dir, "2014"), 2014, MARCH_2014);
    await writeMonth(join(dir, "2015"), 2015, MARCH_2015, 10);
    for (const year of ["2014", "2015"]) {
      await ingestPath(fixture.store, "quotsoft", join(dir, year), { now: new Date("2016-01-01T00:00:00Z") });
    }
    briefing = await build("2015-03");
  });
  afterAll(() => fixture.remove());

  it("names the document after the place and the period", () => {
    expect(briefing).toMatchObject({
      bureau: "朝阳区生态环境局",
      district: "朝阳区",
      issue: "2015年第3期",
      kindZh: "月报",
      periodZh: "2015年3月",
      toDateZh: "2015年1—3月",
      dataUntil: "2015-03-31",
      simulated: false,
    });
    expect(briefing.air?.stations).toEqual(["奥体中心", "农展馆"]);
  });

  it("prints the mean of the district's stations with its change on last year", () => {
    const [pm25] = briefing.air?.items ?? [];
    expect(pm25).toMatchObject({
      zh: "PM2.5",
      period: { value: "50" },
      change: { direction: "down", percent: "50.0" },
    });
  });

  it("gives the reason where the year to date has too few days", () => {
    expect(briefing.air?.items[0]?.toDate).toEqual({ reason: expect.stringMatching(/^有效(天数|月)\d+/) });
    expect(briefing.air?.items[0]).not.toHaveProperty("changeToDate");
  });

  it("shows a day without PM2.5 as a day without an index, and lists who lacks it", () => {
    const days = briefing.air?.days.filter(({ aqi }) => aqi === undefined);
    expect(days).toEqual([{ day: "2015-03-10" }]);
    expect(briefing.air?.counts).toMatchObject({ days: 31, validDays: 30, goodDays: 30, heavyDays: 0 });
    expect(briefing.air?.counts.goodRatio).toEqual({ value: "100.0" });
    // 30 of 31 days, and 31 of 31.
    expect([briefing.air?.counts.goodRatioLow, briefing.air?.counts.goodRatioHigh]).toEqual(["96.8", "100.0"]);
    expect(briefing.absences).toEqual([
      { place: "奥体中心", whatZh: "PM2.5", reason: "3月10日无有效日值", validDays: 30 },
      { place: "农展馆", whatZh: "PM2.5", reason: "3月10日无有效日值", validDays: 30 },
    ]);
  });

  it("ranks the city's stations worst first and marks the district's own", () => {
    const [ranking] = briefing.rankings;
    expect(ranking?.rows.map(({ rank, place, value, own }) => [rank, place, value, own])).toEqual([
      [1, "顺义", "80", false],
      [2, "农展馆", "60", true],
      [3, "东四", "50", false],
      [4, "奥体中心", "40", true],
    ]);
    expect(ranking?.missing.every(({ reason }) => reason === "没有数据")).toBe(true);
  });

  it("shows the air targets of the plan as judged, with what the rest of the year must hold", async () => {
    expect(briefing.plan).toEqual({ title: expect.stringContaining("2024年行动计划"), trial: true });
    const [pm25] = briefing.standings;
    expect(pm25).toMatchObject({
      zh: "PM2.5年均浓度",
      target: "≤ 33",
      toDate: { reason: expect.stringContaining("数据不足") },
    });
    // By the calendar, 90 days at 50 and 275 to come: (33 × 365 − 50 × 90) ÷ 275 = 27.436…
    expect(pm25?.needed).toBe("余下平均须≤ 27.4");
    const days = briefing.standings.find(({ zh }) => zh === "重污染天数");
    expect(days).toMatchObject({ target: "≤ 4", restates: "重污染天数比率" });
  });

  it("draws the running mean and last year's", () => {
    const { running, lastYear, target } = briefing.air?.cumulative ?? {};
    expect(running?.at(-1)).toEqual({ day: "2015-03-31", value: "50.0" });
    expect(lastYear?.find(({ day }) => day === "2014-03-31")).toEqual({ day: "2014-03-31", value: "100.0" });
    expect(target?.value).toBe("33");
    expect(briefing.air?.cumulative.needed).toMatchObject({ from: "2015-04-01", value: "27.4" });
  });

  it("names the editions and policies it used", () => {
    const text = briefing.methods.map((note) => note.zh + note.text).join("\n");
    expect(text).toContain("HJ 633-2012");
    expect(text).toContain("setCoverage");
    expect(text).not.toContain("HJ 633-2026");
  });

  it("builds a month without any data", async () => {
    const empty = await build("2015-07");
    expect(empty.air?.counts.validDays).toBe(0);
    expect(empty.rankings[0]?.rows).toEqual([]);
    expect(summaryOf(empty)).toContain("2015年7月31天均无有效AQI，不作天数评价。");
    await expect(renderDistrict(empty)).resolves.toBeInstanceOf(Uint8Array);
  });

  it("makes a half-month's briefing of dust alone", async () => {
    const built = await build("2015-03-H1");
    expect(built).toMatchObject({ kindZh: "半月报", periodZh: "2015年3月上半月", standings: [] });
    expect(built).not.toHaveProperty("air");
    expect(built.noData).toEqual([{ zh: "街乡TSP排名", reason: "没有街乡数据和公布名单" }]);
  });

  it("judges the year to date by one rule in all its tables: that of a running year", () => {
    const ratio = briefing.standings.find(({ zh }) => zh === "优良天数比率");
    expect("value" in (ratio?.toDate ?? {})).toBe("value" in (briefing.air?.countsToDate.goodRatio ?? {}));
  });

  it("names the parts nothing is known of", () => {
    expect(briefing.noData?.map(({ zh }) => zh)).toEqual([
      "水环境",
      "声环境",
      "街乡PM2.5排名",
      "街乡TSP排名",
      "街乡道路尘负荷排名",
    ]);
  });

  it("rolls up all plans, and names what cannot be judged by reason", () => {
    expect(briefing.plans?.counts.map(({ zh }) => zh).slice(-1)).toEqual(["合计"]);
    expect(briefing.plans?.counts).toHaveLength(PLANS.length + 1);
    expect(briefing.plans?.unjudged.find(({ reason }) => reason === "没有上报进展")?.n).toBeGreaterThan(50);
  });

  it.each([
    ["2015-Q1", "季报", "2015年第一季度"],
    ["2015-H1", "半年报", "2015年上半年"],
    ["2015", "年报", "2015年"],
  ])("builds %s, and says the year to date once", async (period, kindZh, periodZh) => {
    const built = await build(period);
    expect(built).toMatchObject({ kindZh, periodZh, toDateZh: periodZh });
    await expect(renderDistrict(built)).resolves.toBeInstanceOf(Uint8Array);
  });

  it("stamps equal inputs equally, whenever and in whatever order they came", async () => {
    const other = await temporaryStore();
    try {
      for (const year of ["2015", "2014"]) {
        await ingestPath(other.store, "quotsoft", join(fixture.dir, "source", year), {
          now: new Date("2020-01-01T00:00:00Z"),
        });
      }
      const place = requirePlace(placeFinder(await other.store.places()), "110105");
      const question = {
        store: other.store,
        place,
        period: parsePeriod("2015-03"),
        policies: DEFAULT_POLICIES,
        today: parseDay("2021-01-01"),
      };
      const again = await buildDistrict(question, PLANS, "0.1.0");
      expect(again).toEqual(briefing);
      expect((await buildDistrict(question, PLANS, "0.2.0")).stamp.digest).not.toBe(briefing.stamp.digest);
    } finally {
      await other.remove();
    }
  });

  it.each(["2015-03-14", "2015-01..2015-03"])("refuses %s: no briefing is made of it", async (period) => {
    await expect(build(period)).rejects.toMatchObject({ code: "briefing.period", params: { given: period } });
  });
});
