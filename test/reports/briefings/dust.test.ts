/**
 * The dust table on a store known by hand: March 2015, PM10 30 and PM2.5 50 at every hour of both stations, but PM10 is
 * 340 in each hour of the 20th, which is declared as dust. With it (30 × 30 + 340) ÷ 31 = 40, without it 30.
 */
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { strFromU8, unzipSync } from "fflate";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ingestPath } from "../../../ingest/pipeline.ts";
import { buildDistrict } from "../../../reports/briefings/build-district.ts";
import type { DistrictBriefing } from "../../../reports/briefings/district-data.ts";
import { districtOutline } from "../../../reports/briefings/district-outline.ts";
import { outlineHtml } from "../../../reports/briefings/html.ts";
import { renderJob } from "../../../reports/briefings/render-job.ts";
import { parsePeriod } from "../../../src/domain/period.ts";
import { placeFinder, requirePlace } from "../../../src/domain/place-finder.ts";
import { parseDay } from "../../../src/domain/time.ts";
import { DEFAULT_POLICIES } from "../../../src/standards/policy.ts";
import { type TemporaryStore, temporaryStore } from "../../store-fixture.ts";

const STATIONS = ["奥体中心", "农展馆"];
/** A source labels an hour by its end: the 20th begins with the hour 1 and ends with the hour 0 of the 21st. */
const STORM = (day: number, hour: number): boolean => (day === 20 && hour > 0) || (day === 21 && hour === 0);

async function writeMarch(dir: string): Promise<void> {
  await mkdir(dir, { recursive: true });
  for (let day = 1; day <= 32; day++) {
    const date = new Date(Date.UTC(2015, 2, day)).toISOString().slice(0, 10).replaceAll("-", "");
    const lines = [`date,hour,type,${STATIONS.join(",")}`];
    for (let hour = 0; hour < (day === 32 ? 1 : 24); hour++) {
      for (const [type, value] of [
        ["PM10", STORM(day, hour) ? 340 : 30],
        ["PM2.5", 50],
      ]) {
        lines.push(`${date},${hour},${type},${STATIONS.map(() => value).join(",")}`);
      }
    }
    await writeFile(join(dir, `beijing_all_${date}.csv`), `${lines.join("\n")}\n`);
  }
}

describe("the dust table of the district briefing", () => {
  let fixture: TemporaryStore;
  let before: DistrictBriefing;
  let after: DistrictBriefing;

  const build = async (period: string): Promise<DistrictBriefing> => {
    const { store } = fixture;
    const place = requirePlace(placeFinder(await store.places()), "110105");
    const today = parseDay("2016-06-30");
    const question = { store, place, period: parsePeriod(period), policies: DEFAULT_POLICIES, today };
    return await buildDistrict(question, [], "0.1.0");
  };

  beforeAll(async () => {
    fixture = await temporaryStore();
    const source = join(fixture.dir, "source");
    const now = new Date("2016-01-01T00:00:00Z");
    await writeMarch(source);
    await ingestPath(fixture.store, "quotsoft", source, { now });
    before = await build("2015-03");
    const declared = join(fixture.dir, "dust.csv");
    const head = "沙尘影响时段\n开始时间,结束时间,地区,类型\n";
    // The second is of another month: it lies outside what the March briefing speaks of.
    const rows = "2015-03-20 00:00,2015-03-20 23:59,北京市,扬沙\n2015-05-02 00:00,2015-05-02 23:59,北京市,扬沙\n";
    await writeFile(declared, head + rows);
    await ingestPath(fixture.store, "dust-periods", declared, { now });
    after = await build("2015-03");
  });
  afterAll(() => fixture.remove());

  it("says that none was declared, without a table", () => {
    expect(before.air?.dust).toEqual({ periods: 0, days: 0, rows: [] });
    const html = outlineHtml(districtOutline(before));
    expect(html).toContain("2015年1—3月没有申报的沙尘时段");
    expect(html).not.toContain("不再有效天数");
  });

  it("gives each particle under its two names, with what was left out (环办监测〔2016〕120号)", () => {
    expect(after.air?.dust).toMatchObject({ periods: 1, days: 1 });
    const rows = after.air?.dust?.rows.map(({ zh, statisticZh, period, leftOut }) => [
      zh,
      statisticZh,
      period,
      leftOut,
    ]);
    expect(rows).toEqual([
      ["PM10", "平均值", { value: "40" }, undefined],
      ["PM10", "平均值（扣除沙尘时段）", { value: "30" }, { hours: 48, daysLost: 1 }],
      ["PM2.5", "平均值", { value: "50" }, undefined],
      ["PM2.5", "平均值（扣除沙尘时段）", { value: "50" }, { hours: 48, daysLost: 1 }],
    ]);
  });

  it("leaves every other figure as it was", () => {
    const { dust: _before, ...rest } = before.air ?? {};
    const { dust: _after, ...same } = after.air ?? {};
    expect(same).toEqual(rest);
  });

  it("says a whole year once", async () => {
    const { dust } = (await build("2015")).air ?? {};
    expect(dust).toMatchObject({ periods: 2, days: 1 });
    expect(dust?.rows.map(({ period, toDate }) => [period, toDate])).toSatisfy((pairs: [unknown, unknown][]) =>
      pairs.every(([period, toDate]) => JSON.stringify(period) === JSON.stringify(toDate)),
    );
  });

  it("stands in every form the briefing has", async () => {
    expect(outlineHtml(districtOutline(after))).toContain("颗粒物浓度：含沙尘时段与扣除沙尘时段");
    await expect(renderJob({ kind: "district", briefing: after, format: "pdf" })).resolves.toBeInstanceOf(Uint8Array);
    for (const format of ["docx", "xlsx"] as const) {
      const parts = unzipSync(await renderJob({ kind: "district", briefing: after, format }));
      expect(Object.values(parts).some((part) => strFromU8(part).includes("平均值（扣除沙尘时段）"))).toBe(true);
    }
  });
});
