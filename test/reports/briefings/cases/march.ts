/** An ordinary month, invented. */
import type { AirSection, DistrictBriefing } from "../../../../reports/briefings/district-data.ts";
import { inventedCounts, inventedDays, inventedRanking, inventedValues } from "./invented.ts";

/** A briefing that has air, as all but those of half-months do. */
export type Month = DistrictBriefing & { readonly air: AirSection };

/** An ordinary month: March 2015, invented numbers. */
export function march(changes: Partial<Month> = {}): Month {
  const days = inventedDays(59, 31);
  return {
    bureau: "朝阳区生态环境局",
    district: "朝阳区",
    masthead: "生态环境质量简报",
    issue: "2015年第3期",
    kindZh: "月报",
    periodZh: "2015年3月",
    toDateZh: "2015年1—3月",
    dataUntil: "2015-03-31",
    stamp: {
      digest: "3f1c9a7be2d04c55a1f00e9b7d6c8a2143b5f6e7d8c9b0a1f2e3d4c5b6a79880",
      schema: "3",
      program: "0.1.0",
    },
    simulated: true,
    plan: { title: "朝阳区深入打好污染防治攻坚战2024年行动计划", trial: true },
    air: {
      stations: ["奥体中心", "农展馆"],
      items: [
        {
          zh: "PM2.5",
          statisticZh: "平均",
          unit: "µg/m³",
          period: { value: "92" },
          toDate: { value: "96" },
          change: { direction: "down", percent: "8.0" },
          changeToDate: { direction: "up", percent: "2.1" },
        },
        {
          zh: "PM10",
          statisticZh: "平均",
          unit: "µg/m³",
          period: { reason: "有效23天，需27天" },
          toDate: { value: "124" },
        },
        { zh: "SO2", statisticZh: "平均", unit: "µg/m³", period: { value: "17" }, toDate: { value: "24" } },
        { zh: "NO2", statisticZh: "平均", unit: "µg/m³", period: { value: "60" }, toDate: { value: "66" } },
        { zh: "CO", statisticZh: "第95百分位数", unit: "mg/m³", period: { value: "2.8" }, toDate: { value: "4.1" } },
        { zh: "O3", statisticZh: "第90百分位数", unit: "µg/m³", period: { value: "121" }, toDate: { value: "98" } },
      ],
      days,
      counts: inventedCounts(days),
      countsToDate: inventedCounts(inventedDays(0, 90)),
      cumulative: {
        year: 2015,
        indicatorZh: "PM2.5",
        unit: "µg/m³",
        daily: inventedValues(2015, 90, (at) => 30 + ((at * at * 31) % 180)),
        running: inventedValues(2015, 90, (at) => 104 - at * 0.09),
        lastYear: inventedValues(2014, 365, (at) => 110 - at * 0.06),
        target: { value: "33", zh: "目标33" },
        needed: { from: "2015-04-01", value: "12.3", zh: "后9个月需保持" },
      },
    },
    standings: [
      {
        id: "t1",
        zh: "PM2.5年均浓度",
        unit: "µg/m³",
        target: "≤ 33",
        toDate: { value: "96" },
        needed: "余下平均须≤ 12.3",
        standing: "at_risk",
        firmness: "binding",
      },
      {
        id: "t2",
        zh: "优良天数比率",
        unit: "%",
        target: "> 76",
        toDate: { value: "28.6" },
        low: "25.8",
        high: "35.5",
        needed: "余下275天优良须≥ 252天",
        standing: "at_risk",
        firmness: "binding",
      },
      {
        id: "t3",
        zh: "重污染天数比率",
        unit: "%",
        target: "< 1.2",
        toDate: { value: "26.7" },
        low: "24.1",
        high: "33.9",
        standing: "missed",
        firmness: "binding",
      },
      {
        id: "t4",
        zh: "重污染天数",
        unit: "天",
        target: "≤ 4",
        toDate: { reason: "有效80天，需81天" },
        standing: "cannot_judge",
        reason: "有10天无有效AQI，其中任何一天都可能越线",
        firmness: "strive",
      },
    ],
    rankings: [
      {
        zh: "PM2.5月均浓度",
        unit: "µg/m³",
        amongZh: "全市站点",
        n: 17,
        ownOnly: false,
        rows: inventedRanking(17),
        missing: [{ place: "永乐店", whatZh: "PM2.5", reason: "有效19天，月均值需27天", validDays: 19 }],
      },
    ],
    absences: [
      { place: "奥体中心", whatZh: "PM10", reason: "3月2日—5日无数据；3月17日小时数不足20", validDays: 23 },
      { place: "永乐店", whatZh: "PM2.5", reason: "有效19天，月均值需27天", validDays: 19 },
    ],
    methods: [
      { zh: "标准版本", text: "AQI按HJ 633-2012计算，数据有效性按GB 3095-2012表4，百分位数按HJ 663-2013附录A。" },
      { zh: "修约", text: "各项浓度由未修约的日均值计算，最后一次按GB/T 8170修约，四舍六入五成双。" },
      {
        zh: "口径",
        text: "setCoverage=0.75/0.5：站点少于4个时，须有50%的站点有效；aqiMissing=na：缺项日只在其余项AQI大于100时给出AQI。",
      },
    ],
    ...changes,
  };
}
