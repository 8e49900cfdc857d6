import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { calcAqi } from "../../../src/cli/calc/aqi.ts";
import { readCsv } from "../../csv.ts";
import { hasShared, shared } from "../../shared.ts";
import { faultOf, runCalc } from "./run-calc.ts";

const HEADER = "standard,mode,so2,no2,co_mgm3,o3,o3_metric,pm10,pm25";

/** Result cells of one row as text: `aqi|primary|class|level|error`. */
async function one(row: string, options = {}): Promise<string> {
  const { rows } = await runCalc(calcAqi, `${HEADER}\n${row}\n${OTHER}\n`, options);
  const { aqi, primary, class: name, level, error } = rows[0] ?? {};
  return [aqi, primary, name, level, error].join("|");
}

/** A second row that can be computed, so that the command ends well whatever the first holds. */
const OTHER = "2012,daily,10,15,0.5,60,8h_daily_max,30,20";

describe("calc aqi", () => {
  it("appends aqi, primary, class, level and the index of each item, and leaves every cell as it was", async () => {
    const input = `id,${HEADER},note\n"a,1",2012,daily,10,15,0.5,60,8h_daily_max,30,75,"say ""hi"""\n`;
    const { text, exit } = await runCalc(calcAqi, input);
    expect(exit).toBe(0);
    expect(text).toBe(
      `id,${HEADER},note,aqi,primary,class,level,iaqi_so2,iaqi_no2,iaqi_co,iaqi_o3,iaqi_pm10,iaqi_pm25,error\n` +
        '"a,1",2012,daily,10,15,0.5,60,8h_daily_max,30,75,"say ""hi""",100,PM2.5,良,2,10,19,13,30,30,100,\n',
    );
  });

  it("takes the columns in any order and letter case, and other names through --map", async () => {
    const input =
      "PM25,pm10,o3_metric,o3,CO,no2,so2,mode,Standard\n75,30,8h_daily_max,60,0.5,15,10,daily,HJ 633-2012\n";
    const { rows } = await runCalc(calcAqi, input, { map: ["co=co_mgm3"] });
    expect([rows[0]?.aqi, rows[0]?.iaqi_co]).toEqual(["100", "13"]);
  });

  it("reads the edition as 2012, HJ 633-2012 or HJ633—2012, and words for the mode", async () => {
    const cells = "10,15,0.5,60,8h_daily_max,30,75";
    for (const standard of ["2012", "HJ 633-2012", "hj633—2012", " HJ 633 - 2012 "]) {
      expect(await one(`${standard},Daily,${cells}`)).toBe("100|PM2.5|良|2|");
    }
    expect(await one(`HJ 633-2026,日报,${cells}`)).toBe("114|PM2.5|轻度污染|3|");
  });

  it("takes an empty cell or / as not monitored and gives the index of the rest", async () => {
    expect(await one("2026,daily,,,,,,,60")).toBe("100|PM2.5|良|2|");
    expect(await one("2026,daily,/,/,/,/,,/,60")).toBe("100|PM2.5|良|2|");
  });

  it("gives NA for a monitored item without a value, unless the rest are above 100 (2026 cl. 5.3.1)", async () => {
    expect(await one("2026,daily,NA,15,0.5,60,8h_daily_max,30,60")).toBe("NA|NA|NA|NA|");
    expect(await one("2026,daily,NA,15,0.5,60,8h_daily_max,30,61")).toBe("101|PM2.5|轻度污染|3|");
    expect(await one("2012,daily,10,15,0.5,NA,8h_daily_max,30,60")).toBe("NA|NA|NA|NA|");
  });

  it("gives the index of the rest under --policy aqiMissing=available", async () => {
    const row = "2026,daily,NA,15,0.5,60,8h_daily_max,30,60";
    expect(await one(row, { policy: ["aqiMissing=available"] })).toBe("100|PM2.5|良|2|");
  });

  it("joins several primary pollutants by ; and leaves none empty", async () => {
    expect(await one("2026,daily,10,15,0.5,160,8h_daily_max,120,60")).toBe("100|PM2.5;PM10;O3|良|2|");
    expect(await one("2026,daily,10,15,0.5,60,8h_daily_max,30,20")).toBe("30||优|1|");
  });

  it("has no index for 8-hour ozone above 800 in 2012: the row is as if ozone were missing, and says so", async () => {
    expect(await one("2012,daily,10,15,0.5,801,8h_daily_max,30,20")).toMatch(/^NA\|NA\|NA\|NA\|o3 801 超出 2012 版/);
    expect(await one("2012,daily,10,15,0.5,801,8h_daily_max,30,80")).toMatch(/^107\|PM2.5\|轻度污染\|3\|o3 801/);
    expect(await one("2026,daily,10,15,0.5,801,8h_daily_max,30,20")).toBe("300|O3|重度污染|5|");
  });

  it("rates what lies beyond the tables with 500, and carbon monoxide up to the end of its table", async () => {
    expect(await one("2026,daily,10,15,0.5,60,8h_daily_max,30,5000")).toBe("500|PM2.5|严重污染|6|");
    expect(await one("2026,realtime,10,4000,0.5,60,1h,30,20")).toBe("500|NO2|严重污染|6|");
    expect(await one("2026,realtime,10,20,150,60,1h,30,20")).toBe("500|CO|严重污染|6|");
    expect(await one("2026,realtime,10,20,151,60,1h,30,20")).toMatch(/^\|\|\|\|co_mgm3 151 超过可信上限 150 mg/);
    expect(await one("2026,daily,10,20,100.1,60,8h_daily_max,30,20")).toMatch(
      /^\|\|\|\|co_mgm3 100.1 超过可信上限 100 mg/,
    );
  });

  it("flags an index of 0, which the 2026 edition does not have", async () => {
    expect(await one("2026,daily,0,0,0,0,8h_daily_max,0,0")).toMatch(/^0\|\|优\|1\|.*AQI 为 0/);
  });

  it.each([
    ["2012,daily,10,15,800,60,8h_daily_max,30,20", /^\|\|\|\|co_mgm3 800 超过可信上限 100 mg\/m³，像是 µg\/m³/],
    ["2012,daily,10,15,0.5,60,8h_daily_max,30,-1", /^\|\|\|\|pm25 为负数（-1）/],
    ["2012,daily,10,15,0.5,60,8h_daily_max,30,3O", /^\|\|\|\|pm25“3O”不是数字/],
    ["2012,daily,x,-2,0.5,60,8h_daily_max,30,20", /so2“x”不是数字；no2 为负数/],
    ["2012,daily,10,15,0.5,60,8h_daily_max,30,5001000", /pm25 5001000 超过可信上限 5000/],
    ["2013,daily,10,15,0.5,60,8h_daily_max,30,20", /standard“2013”无法识别/],
    [",daily,10,15,0.5,60,8h_daily_max,30,20", /standard“”无法识别/],
    ["2012,weekly,10,15,0.5,60,8h_daily_max,30,20", /mode“weekly”无法识别/],
    ["2026,daily,10,15,0.5,60,1h,30,20", /o3_metric“1h”不能用于 2026 版 daily，应为 8h_daily_max/],
    ["2026,realtime,10,15,0.5,60,8h_daily_max,30,20", /o3_metric“8h_daily_max”不能用于 2026 版 realtime，应为 1h/],
    ["2026,daily,10,15,0.5,60,,30,20", /o3_metric“”/],
    ["2012,daily,,,,,8h_daily_max,,", /没有任何一项浓度/],
    ["2012,daily,10", /有 3 格，表头有 9 列/],
    ["2012,daily,10,15,0.5,60,8h_daily_max,30,20,extra", /有 10 格，表头有 9 列，多出：extra/],
  ])("gives no index for %s and the reason in error", async (row, reason) => {
    expect(await one(row)).toMatch(reason);
  });

  it("still gives the indices of the usable items of such a row, and computes the rows after it", async () => {
    const { rows, exit } = await runCalc(calcAqi, `${HEADER}\n2012,daily,10,15,800,60,8h_daily_max,30,75\n${OTHER}\n`);
    expect([rows[0]?.iaqi_pm25, rows[0]?.iaqi_co, rows[1]?.aqi, exit]).toEqual(["100", "", "30", 0]);
  });

  it("goes on after a quote that is never closed, blank lines and a row cut short", async () => {
    const { rows } = await runCalc(calcAqi, `${HEADER}\r\n\r\n"2012,daily,1\r\n${OTHER}\r\n   \r\n2012,da`);
    expect(rows.map((row) => row.aqi)).toEqual(["", "30", ""]);
    expect(rows[0]?.error).toBe("引号没有闭合");
  });

  it("reads a byte order mark, and GB 18030 where the text is not UTF-8", async () => {
    const header = new TextEncoder().encode(`\uFEFF${HEADER},x\n`);
    const gbk = Uint8Array.from([...new TextEncoder().encode(`${HEADER},x\n${OTHER},`), 0xb3, 0xaf, 0xd1, 0xf4, 0x0a]);
    expect(
      (await runCalc(calcAqi, Uint8Array.from([...header, ...new TextEncoder().encode(`${OTHER},朝阳\n`)]))).rows[0],
    ).toMatchObject({ aqi: "30", x: "朝阳" });
    expect((await runCalc(calcAqi, gbk)).rows[0]).toMatchObject({ aqi: "30", x: "朝阳" });
  });

  it("gives the same text however the input is cut into pieces", async () => {
    const input = `${HEADER},note\n"2012",daily,10,15,0.5,60,8h_daily_max,30,75,"两\n行"\n${OTHER},朝阳\r\n2026,realtime,,,,,1h,,60,\n`;
    const whole = (await runCalc(calcAqi, input)).text;
    expect(whole.split("\n")).toHaveLength(6);
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 60 }), async (chunk) => {
        expect((await runCalc(calcAqi, input, {}, chunk)).text).toBe(whole);
      }),
      { numRuns: 30 },
    );
  });

  it.each([
    ["", "csv.empty"],
    ["\n\n", "csv.empty"],
    ["<html><body>404</body></html>\n", "csv.column-missing"],
    [`${HEADER.replace(",pm25", "")}\n`, "csv.column-missing"],
    [`${HEADER},pm25\n`, "csv.column-twice"],
    [`${HEADER}\n`, "csv.nothing-computed"],
    [`${HEADER}\n2012,daily,10,15,800,60,8h_daily_max,30,20\n`, "csv.nothing-computed"],
  ])("ends in a fault when nothing can be computed from %j", async (input, code) => {
    expect((await faultOf(runCalc(calcAqi, input)))?.code).toBe(code);
  });

  it("names the missing columns, those there are, and the way out", async () => {
    const found = await faultOf(runCalc(calcAqi, "standard,mode,so2\n"));
    expect(found?.params).toMatchObject({ columns: "no2 co_mgm3 o3 pm10 pm25 o3_metric", known: "standard mode so2" });
  });

  it("refuses a --map that names no column or is not name=name", async () => {
    expect((await faultOf(runCalc(calcAqi, `${HEADER}\n`, { map: ["co"] })))?.code).toBe("option.value");
    expect((await faultOf(runCalc(calcAqi, `${HEADER}\n`, { map: ["x=co_mgm3"] })))?.code).toBe("csv.column-missing");
  });
});

describe.skipIf(!hasShared)("calc aqi on published results and other projects' tests", async () => {
  const path = shared("data/vectors/aqi_vectors.csv");
  const vectors = hasShared ? readCsv(path) : [];
  const { rows } = hasShared ? await runCalc(calcAqi, readFileSync(path)) : { rows: [] };
  const sorted = (text: string | undefined, mark: RegExp) =>
    (text ?? "")
      .split(mark)
      .filter((part) => part !== "")
      .toSorted();

  it("has 59 vectors, and every row is computed without an error", () => {
    expect([vectors.length, rows.length, rows.filter((row) => row.error !== "")]).toEqual([59, 59, []]);
  });

  it.each(vectors)("agrees with $id, $source", (expected) => {
    const row = rows.find((one) => one.id === expected.id) ?? {};
    for (const [column, result] of [
      ["expected_aqi", "aqi"],
      ["expected_class", "class"],
      ["expected_level", "level"],
    ] as const) {
      if (expected[column] !== "") expect([result, row[result]]).toEqual([result, expected[column]]);
    }
    if (expected.expected_primary !== "") {
      const primary = expected.expected_primary === "none" ? "" : expected.expected_primary;
      expect(sorted(row.primary, /;/)).toEqual(sorted(primary, /\|/));
    }
    for (const part of sorted(expected.expected_iaqi, /;/)) {
      const [item = "", index] = part.split("=");
      expect([item, row[`iaqi_${item.toLowerCase().replace(".", "")}`]]).toEqual([item, index]);
    }
  });
});
