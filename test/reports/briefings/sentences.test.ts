import { describe, expect, it } from "vitest";
import {
  absenceSentence,
  daysSentence,
  episodesSentence,
  leadSentence,
  neededSentence,
  plansSentence,
  primarySentence,
  rankingSentence,
  standingsSentence,
  summaryOf,
  worstDaySentence,
} from "../../../reports/briefings/sentences.ts";
import { inventedCounts, inventedRanking } from "./cases/invented.ts";
import { march } from "./cases/march.ts";

const none = inventedCounts([]);
const counts = { ...none, days: 31, validDays: 31, goodDays: 15, heavyDays: 4, goodRatio: { value: "48.4" } };
const [first] = march().standings;
if (first === undefined) throw new RangeError("the case has no standing");

describe("the summary of a district briefing", () => {
  it("tells how many runs of bad days there were and the longest; nothing when there was none", () => {
    const run = { spanZh: "3月5—7日", days: 3, heavyDays: 1, worst: 231, worstZh: "3月6日", primaryZh: "PM2.5（3天）" };
    expect(episodesSentence("2015年3月", [{ ...run, days: 2 }, run])).toBe(
      "2015年3月有2次连续2天以上的污染过程，最长为3月5—7日，共3天，其中重污染1天，最高AQI 231。",
    );
    expect(episodesSentence("2015年3月", [])).toBeUndefined();
  });

  it("tells the leading item with its change on last year, units spelled out", () => {
    const item = {
      zh: "PM2.5",
      statisticZh: "平均",
      unit: "µg/m³",
      period: { value: "92" },
      toDate: { value: "96" },
      change: { direction: "down", percent: "8.0" },
      changeToDate: { direction: "flat", percent: "0.0" },
    } as const;
    expect(leadSentence("朝阳区", "2015年3月", "2015年1—3月", item)).toBe(
      "2015年3月，朝阳区PM2.5平均浓度为92微克/立方米，同比下降8.0%；2015年1—3月累计为96微克/立方米，同比持平。",
    );
  });

  it("says how many targets the plans write where some are said twice or are alternatives", () => {
    const states = { missed: 2, at_risk: 0, cannot_judge: 151, on_track: 2, met: 0, not_due: 0 };
    const sum = { zh: "合计", total: 155, counts: states };
    const part = { counts: [{ ...sum, zh: "蓝天" }, sum], written: 157, attention: [], unjudged: [], trial: false };
    expect(plansSentence(part)).toBe(
      "1项计划共155项目标（原文157条，重复的和二选一的各计一项）：未达标2项，不可判定151项，进度正常2项。",
    );
    expect(plansSentence({ ...part, written: 155 })).toBe(
      "1项计划共155项目标：未达标2项，不可判定151项，进度正常2项。",
    );
    expect(plansSentence({ ...part, written: 156, trial: true })).toContain("各计一项；试算）：");
  });

  it("gives the reason instead of a number that is not valid", () => {
    const item = {
      zh: "PM10",
      statisticZh: "平均",
      unit: "µg/m³",
      period: { reason: "有效23天，需27天" },
      toDate: { value: "1" },
    };
    expect(leadSentence("朝阳区", "2015年1月", "2015年1月", item)).toBe(
      "2015年1月，朝阳区PM10平均浓度不作评价（有效23天，需27天）。",
    );
  });

  it("counts good and heavy days, and says nothing of bounds when no day is missing", () => {
    expect(daysSentence("2015年3月", counts)).toBe(
      "2015年3月有效评价31天，其中优良15天，优良天数比率48.4%，重污染4天。",
    );
  });

  it("gives both ends of the ratio when days are missing", () => {
    const gap = { ...counts, validDays: 29, heavyDays: 0, goodRatioLow: "45.2", goodRatioHigh: "51.6" };
    expect(daysSentence("2015年3月", gap)).toBe(
      "2015年3月有效评价29天，其中优良15天，优良天数比率48.4%，无重污染天；另有2天数据不足未评价，按其全部超标或全部优良计，比率在45.2%至51.6%之间。",
    );
  });

  it("does not judge a month without a valid day", () => {
    expect(daysSentence("2015年3月", { ...none, days: 31 })).toBe("2015年3月31天均无有效AQI，不作天数评价。");
  });

  it("names the worst day, and how many were as bad", () => {
    const bad = { aqi: 212, class: "重度污染", primary: ["PM2.5", "PM10"] } as const;
    const days = [{ day: "2015-03-07", ...bad }, { day: "2015-03-08" }, { day: "2015-03-17", ...bad }];
    expect(worstDaySentence(days)).toBe(
      "污染最重的一天是3月7日，AQI 212，重度污染，首要污染物PM2.5、PM10（另有1天相同）。",
    );
  });

  it("names no worst day when the worst was good, or none has an index", () => {
    expect(worstDaySentence([{ day: "2015-03-07", aqi: 100, class: "良", primary: ["O3"] }])).toBeUndefined();
    expect(worstDaySentence([{ day: "2015-03-07" }])).toBeUndefined();
    expect(worstDaySentence([])).toBeUndefined();
  });

  it("says that days with two primary pollutants count for both", () => {
    const mixed = { ...none, validDays: 12, classes: { ...none.classes, 优: 2, 良: 10 } };
    const primary = [
      { zh: "O3", days: 8 },
      { zh: "NO2", days: 3 },
    ];
    expect(primarySentence({ ...mixed, validDays: 13, primary })).toBe("首要污染物以O3最多（8天），其次为NO2（3天）。");
    expect(primarySentence({ ...mixed, primary })).toBe(
      "首要污染物以O3最多（8天），其次为NO2（3天）；并列首要污染物分别计入。",
    );
    expect(primarySentence({ ...none, primary: [] })).toBeUndefined();
  });

  it("tells standings worst first and gives no share of targets met", () => {
    const rows = [
      { ...first, zh: "甲", standing: "met" },
      { ...first, zh: "乙", standing: "missed" },
      { ...first, zh: "丙", standing: "cannot_judge" },
      { ...first, zh: "丁", standing: "missed" },
    ] as const;
    expect(standingsSentence(rows)).toBe(
      "4项空气质量目标中，未达标2项（乙、丁），不可判定1项（丙），已达标1项（甲）。",
    );
    expect(standingsSentence([])).toBeUndefined();
  });

  it("counts a target that is said twice once", () => {
    const rows = [
      { ...first, zh: "甲", standing: "met" },
      { ...first, zh: "乙", standing: "met", restates: "甲" },
    ] as const;
    expect(standingsSentence(rows)).toBe("1项空气质量目标中，已达标1项（甲）。");
  });

  it("tells what is needed only of targets still open", () => {
    const rows = [
      { ...first, zh: "甲", standing: "at_risk", needed: "余下平均须≤ 12.3" },
      { ...first, zh: "乙", standing: "missed", needed: "已无法达到" },
    ] as const;
    expect(neededSentence(rows)).toBe("要完成全年目标：甲，余下平均须≤ 12.3。");
    expect(neededSentence(rows.slice(1))).toBeUndefined();
  });

  it("names both ends of a ranking and where the district's own places stand, ties included", () => {
    const table = {
      zh: "PM2.5月均浓度",
      unit: "µg/m³",
      amongZh: "全市站点",
      n: 5,
      ownOnly: false,
      rows: inventedRanking(5),
      missing: [],
    };
    expect(rankingSentence(table)).toBe(
      "全市站点PM2.5月均浓度参加排名5个，最高奥体中心（110微克/立方米），最低天坛（106微克/立方米）；本区奥体中心第1、农展馆并列第2、东四环并列第2（第1名最差）。",
    );
  });

  it("says of a list of our own places how they stand in the whole", () => {
    const rows = inventedRanking(3).map((row) => ({ ...row, rank: row.rank + 40 }));
    const table = { zh: "TSP月均浓度", unit: "µg/m³", amongZh: "全市街乡", n: 349, ownOnly: true, rows, missing: [] };
    expect(rankingSentence(table)).toBe(
      "全市街乡TSP月均浓度参加排名349个，本区3个（第1名最差）：最高奥体中心（110微克/立方米，第41），最低农展馆等2个并列（109微克/立方米，第42）。",
    );
  });

  it("makes no ranking of none or of one place", () => {
    const table = {
      zh: "PM2.5月均浓度",
      unit: "µg/m³",
      amongZh: "全市站点",
      n: 1,
      ownOnly: false,
      rows: inventedRanking(1),
      missing: [],
    };
    expect(rankingSentence(table)).toBe("全市站点PM2.5月均浓度只有奥体中心有效（110微克/立方米），不成排名。");
    expect(rankingSentence({ ...table, rows: [] })).toBe("全市站点PM2.5月均浓度没有达到有效天数的，不作排名。");
  });

  it("counts what is missing, and is silent when nothing is", () => {
    expect(absenceSentence(2)).toBe("有2项数据缺失或不足，见“缺数情况”。");
    expect(absenceSentence(0)).toBeUndefined();
  });

  it("says the days once when the period is the year to date", () => {
    const january = march({ periodZh: "2015年1月", toDateZh: "2015年1月" });
    expect(summaryOf(january).filter((sentence) => sentence.includes("有效评价"))).toHaveLength(1);
    expect(summaryOf(march()).filter((sentence) => sentence.includes("有效评价"))).toHaveLength(2);
  });
});
