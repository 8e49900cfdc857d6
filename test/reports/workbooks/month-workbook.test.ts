/**
 * The monthly tables of a store known by hand: April 2015, one reading an hour at both stations. PM2.5 is the day of the
 * month, so that the mean is 15.5; carbon monoxide 0.1 on fifteen days and 0.5 on fifteen; the 10th has no PM10.
 */
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { unzipSync } from "fflate";
import { readXlsx } from "hucre/xlsx";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ingestPath } from "../../../ingest/pipeline.ts";
import { type MonthWorkbook, monthWorkbook } from "../../../reports/workbooks/month/month-workbook.ts";
import { parsePeriod } from "../../../src/domain/period.ts";
import { placeFinder, requirePlace } from "../../../src/domain/place-finder.ts";
import { parseDay } from "../../../src/domain/time.ts";
import { DEFAULT_POLICIES } from "../../../src/standards/policy.ts";
import { type TemporaryStore, temporaryStore } from "../../store-fixture.ts";

const STATIONS = ["奥体中心", "农展馆"];

/** A source labels an hour by its end: the hour 0 of the next day closes a day. */
async function writeApril(dir: string): Promise<void> {
  await mkdir(dir, { recursive: true });
  for (let day = 1; day <= 31; day++) {
    const date = new Date(Date.UTC(2015, 3, day)).toISOString().slice(0, 10).replaceAll("-", "");
    const lines = [`date,hour,type,${STATIONS.join(",")}`];
    for (let hour = 0; hour < (day === 31 ? 1 : 24); hour++) {
      const own = hour === 0 ? day - 1 : day;
      const values = { "PM2.5": own, PM10: own === 10 ? "" : 60, SO2: 5, NO2: 20, CO: own <= 15 ? 0.1 : 0.5, O3: 40 };
      for (const [type, value] of Object.entries(values)) {
        lines.push(`${date},${hour},${type},${STATIONS.map(() => value).join(",")}`);
      }
    }
    await writeFile(join(dir, `beijing_all_${date}.csv`), `${lines.join("\n")}\n`);
  }
}

describe("the statutory monthly tables as a workbook", () => {
  let fixture: TemporaryStore;
  let made: MonthWorkbook;
  let book: Awaited<ReturnType<typeof readXlsx>>;

  const make = async (period: string): Promise<MonthWorkbook> => {
    const { store } = fixture;
    const place = requirePlace(placeFinder(await store.places()), "110105");
    const today = parseDay("2016-06-30");
    return await monthWorkbook(
      { store, place, period: parsePeriod(period), policies: DEFAULT_POLICIES, today },
      "0.1.0",
    );
  };
  const sheet = (name: string) => {
    const found = book.sheets.find((one) => one.name === name);
    if (found === undefined) throw new Error(`no sheet ${name}`);
    return found;
  };
  const rowOf = (name: string, ...head: readonly string[]) =>
    sheet(name).rows.findIndex((row) => head.every((text, at) => row[at] === text));

  beforeAll(async () => {
    fixture = await temporaryStore();
    const source = join(fixture.dir, "source");
    await writeApril(source);
    await ingestPath(fixture.store, "quotsoft", source, { now: new Date("2016-01-01T00:00:00Z") });
    made = await make("2015-04");
    book = await readXlsx(made.bytes);
  });
  afterAll(() => fixture.remove());

  it("holds every day of the district and its stations as a day and numbers", () => {
    const { rows } = sheet("空气日值");
    const first = rows.findIndex((row) => row[0] === "朝阳区");
    expect(rows[first]?.[1]).toEqual(new Date("2015-04-01T00:00:00Z"));
    expect(rows[first]?.slice(2, 8)).toEqual([1, 60, 5, 20, 0.1, 40]);
    const own = rows.filter((row) => row[0] === "奥体中心");
    expect(own).toHaveLength(30);
    expect(own[9]?.[3] ?? null).toBe(null);
  });

  it("prints a month's figures rounded, with a formula over the days beside them", () => {
    const pm25 = rowOf("空气月统计", "奥体中心", "PM2.5");
    const co = rowOf("空气月统计", "奥体中心", "CO");
    // (1 + … + 30) ÷ 30 = 15.5, half to even 16.
    expect(sheet("空气月统计").rows[pm25]?.slice(4, 6)).toEqual([30, 16]);
    expect(sheet("空气月统计").rows[co]?.[5]).toBe(0.5);
    const cells = sheet("空气月统计").cells;
    const from = sheet("空气日值").rows.findIndex((row) => row[0] === "奥体中心") + 1;
    const range = (column: string): string => `空气日值!$${column}$${from}:$${column}$${from + 29}`;
    expect(cells?.get(`${pm25},6`)?.formula).toBe(`AVERAGE(${range("C")})`);
    expect(cells?.get(`${co},6`)?.formula).toBe(`PERCENTILE(${range("G")},0.95)`);
    expect(cells?.get(`${rowOf("空气月统计", "奥体中心", "PM10")},4`)?.formula).toBe(`COUNT(${range("D")})`);
    expect(sheet("空气月统计").rows[rowOf("空气月统计", "奥体中心", "PM10")]?.[4]).toBe(29);
  });

  it("counts days by class, and a day without an index apart", () => {
    const own = sheet("空气级别天数").rows[rowOf("空气级别天数", "奥体中心")];
    // PM10 at 60 is 良 each day; the 10th lacks it.
    expect(own?.slice(1)).toEqual([0, 29, 0, 0, 0, 0, 29, 29, 1, 1]);
  });

  it("gives the reason and no figure where too few days are valid", async () => {
    const empty = await readXlsx((await make("2015-05")).bytes);
    const row = empty.sheets.find(({ name }) => name === "空气月统计")?.rows.find(([, item]) => item === "PM2.5");
    expect(row?.[5] ?? null).toBe(null);
    expect(String(row?.[9])).toMatch(/没有数据|有效天数/);
  });

  it("repeats its head on each printed page, under a line for each cell", () => {
    const parts = unzipSync(made.bytes);
    const text = (name: string): string => new TextDecoder().decode(parts[name]);
    expect(text("xl/workbook.xml")).toContain("_xlnm.Print_Titles");
    expect(text("xl/worksheets/sheet2.xml")).toMatch(/<printOptions[^>]*gridLines="(1|true)"/);
    expect(text("xl/worksheets/sheet2.xml")).toContain('state="frozen"');
  });

  it("is the same twice", async () => {
    expect(Buffer.compare(made.bytes, (await make("2015-04")).bytes)).toBe(0);
  });

  it("refuses a span that is no month", async () => {
    await expect(make("2015-Q1")).rejects.toMatchObject({ code: "briefing.month-only" });
  });
});
