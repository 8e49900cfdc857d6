import { describe, expect, it } from "vitest";
import { readInstant, readPeriod } from "../../ingest/when.ts";
import { dayText } from "../../src/domain/time.ts";

const iso = (instant: number | undefined) => (instant === undefined ? undefined : new Date(instant).toISOString());

describe("Instants as people write them", () => {
  it.each([
    ["2024/3/5 7:00", "2024-03-04T23:00:00.000Z"],
    ["2024-03-05 07:00:00", "2024-03-04T23:00:00.000Z"],
    ["2024年3月5日7时", "2024-03-04T23:00:00.000Z"],
    ["２０２４年３月５日 ７：３０", "2024-03-04T23:30:00.000Z"],
    ["20240305 07", "2024-03-04T23:00:00.000Z"],
    ["2024-03-05", "2024-03-04T16:00:00.000Z"],
    ["2024-03-05 24:00", "2024-03-05T16:00:00.000Z"],
    ["2024-03-05T07:00:00Z", "2024-03-05T07:00:00.000Z"],
    ["2024-03-05T07:00:00-04:00", "2024-03-05T11:00:00.000Z"],
    ["45356.291666666664", "2024-03-04T23:00:00.000Z"],
  ])("reads %s in Beijing time", (text, expected) => {
    expect(iso(readInstant(text))).toBe(expected);
  });

  it("reads a serial of the 1904 count 1,462 days apart from the 1900 count", () => {
    expect(iso(readInstant("43894", "Asia/Shanghai", "1904"))).toBe("2024-03-04T16:00:00.000Z");
  });

  it("reads a clock of another zone with its summer time", () => {
    expect(iso(readInstant("2021-07-01 12:00", "Europe/Dublin"))).toBe("2021-07-01T11:00:00.000Z");
    expect(iso(readInstant("2021-01-01 12:00", "Europe/Dublin"))).toBe("2021-01-01T12:00:00.000Z");
  });

  it.each(["2024-02-30", "2024-03-05 25:00", "2024-03-05 24:01", "1985-01-01", "3.5", "昨天", ""])(
    "gives nothing for %s",
    (text) => {
      expect(readInstant(text)).toBeUndefined();
    },
  );
});

describe("Periods as people write them", () => {
  it.each([
    ["2024年3月", "2024-03"],
    ["２０２４年３月份各区PM2.5浓度统计表", "2024-03"],
    ["2024/3", "2024-03"],
    ["202403", "2024-03"],
    ["2024年3月5日", "2024-03-05"],
    ["2024/3/5", "2024-03-05"],
    ["2024年3月上半月街道（乡镇）TSP浓度", "2024-03-H1"],
    ["2021年10月16日-31日全市", "2021-10-H2"],
    ["2024年3月1日-15日", "2024-03-H1"],
    ["2024年2月16日至29日", "2024-02-H2"],
    ["2024年1—3月累计", "2024-01..2024-03"],
    ["2024年1月-3月", "2024-01..2024-03"],
    ["2024年3月累计", "2024-01..2024-03"],
    ["2024年第一季度", "2024-Q1"],
    ["2024年上半年", "2024-H1"],
    ["2024年全年", "2024"],
    ["2015-03-H2", "2015-03-H2"],
    ["2015-01..2015-03", "2015-01..2015-03"],
  ])("reads %s", (text, expected) => {
    expect(readPeriod(text)?.period.text).toBe(expected);
  });

  it("keeps the month's label for a month that runs from the 20th to the 19th, with its days beside", () => {
    const read = readPeriod("2023年12月20日-2024年1月19日道路尘负荷");
    expect(read?.period.text).toBe("2024-01");
    expect([read?.window?.first, read?.window?.last].map((day) => dayText(day ?? 0))).toEqual([
      "2023-12-20",
      "2024-01-19",
    ]);
  });

  it("takes the year from beside the text where the text has none", () => {
    expect(readPeriod("10月16-31日各区", 2021)?.period.text).toBe("2021-10-H2");
    expect(readPeriod("1月份道路尘负荷", 2023)?.period.text).toBe("2023-01");
    expect(readPeriod("1月份道路尘负荷")).toBeUndefined();
  });

  it.each(["2024年13月", "2024年3月5日-8日", "浓度", "2024年5月-3月"])("gives nothing for %s", (text) => {
    expect(readPeriod(text)).toBeUndefined();
  });
});
