/** Invented briefings: an ordinary month and the pages that break first. */
import type { AirSection, DayCounts, DistrictBriefing, RankRow } from "../../../reports/briefings/district-data.ts";
import type { CalendarDay } from "../../../reports/charts/calendar.ts";
import type { DayValue } from "../../../reports/charts/cumulative.ts";
import { aqiClass } from "../../../src/standards/hj633-class.ts";

const dayOf = (year: number, at: number): string =>
  new Date(Date.UTC(year, 0, 1) + at * 86_400_000).toISOString().slice(0, 10);

/** Days of a year from one day of the year (0 = 1 January), with a gap every ninth day. */
export function inventedDays(from: number, count: number): readonly CalendarDay[] {
  return Array.from({ length: count }, (_, index) => {
    const at = from + index;
    const day = dayOf(2015, at);
    const aqi = 20 + ((at * at * 37 + at * 91) % 290);
    if (at % 9 === 4) return { day };
    const primary = aqi <= 50 ? [] : at % 7 === 3 ? ["PM2.5", "PM10"] : ["PM2.5"];
    return { day, aqi, class: aqiClass(aqi).class, primary, partial: at % 11 === 3 };
  });
}

export function inventedCounts(days: readonly CalendarDay[]): DayCounts {
  const of = (name: string): number => days.filter((day) => day.class === name).length;
  const classes = {
    优: of("优"),
    良: of("良"),
    轻度污染: of("轻度污染"),
    中度污染: of("中度污染"),
    重度污染: of("重度污染"),
    严重污染: of("严重污染"),
  };
  return {
    days: days.length,
    validDays: days.filter(({ aqi }) => aqi !== undefined).length,
    partialDays: days.filter(({ partial }) => partial === true).length,
    classes,
    goodDays: classes.优 + classes.良,
    heavyDays: classes.重度污染 + classes.严重污染,
    goodRatio: { value: "28.6" },
    goodRatioLow: "25.8",
    goodRatioHigh: "35.5",
    primary: [
      { zh: "PM2.5", days: 24 },
      { zh: "PM10", days: 4 },
    ],
  };
}

function inventedValues(year: number, count: number, value: (at: number) => number): readonly DayValue[] {
  return Array.from({ length: count }, (_, at) =>
    at % 17 === 5 ? { day: dayOf(year, at) } : { day: dayOf(year, at), value: value(at).toFixed(1) },
  );
}

const STATIONS =
  "奥体中心 农展馆 东四环 东四 天坛 官园 万寿西宫 万柳 古城 顺义 昌平 怀柔 定陵 北部新区 植物园 丰台花园 云岗".split(
    " ",
  );

/** A ranking of `count` places with ties at the second place. */
export function inventedRanking(count: number): readonly RankRow[] {
  const top = count > 100 ? 400 : 110;
  return Array.from({ length: count }, (_, at) => {
    const tied = at === 1 || at === 2;
    const place = STATIONS[at] ?? `第${at + 1}街道`;
    return {
      rank: at === 2 ? 2 : at + 1,
      tied,
      place,
      value: String(top - (at === 2 ? 1 : at)),
      validDays: 31 - (at % 4),
      own: at < 3,
    };
  });
}

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

const LONG = "首都经济贸易大学东校区北侧朝阳路与西大望路交叉口东南角加强观测站（临时）";

/** Every name as long as a register ever held one. */
export function longNames(): Month {
  const base = march();
  const [ranking] = base.rankings;
  return march({
    bureau: "内蒙古自治区呼伦贝尔市莫力达瓦达斡尔族自治旗生态环境局",
    district: "莫力达瓦达斡尔族自治旗",
    plan: { title: `${LONG}${LONG}行动计划`, trial: true },
    standings: base.standings.map((row) => ({ ...row, zh: `${row.zh}（扣除沙尘影响后的三年滑动平均）` })),
    rankings: ranking === undefined ? [] : [{ ...ranking, rows: ranking.rows.map((row) => ({ ...row, place: LONG })) }],
    absences: base.absences.map((row) => ({ ...row, place: LONG, reason: `${row.reason}；`.repeat(6) })),
  });
}

/** 43 ranked townships. */
export function townships(): Month {
  return march({
    rankings: [
      {
        zh: "PM2.5月均浓度",
        unit: "µg/m³",
        amongZh: "全区街乡",
        n: 43,
        ownOnly: false,
        rows: inventedRanking(43),
        missing: [],
      },
    ],
    simulated: false,
  });
}

/** All 349 townships and zones of the city: a table over many pages. */
export function wholeCity(): Month {
  const [base] = townships().rankings;
  return march({
    rankings: base === undefined ? [] : [{ ...base, amongZh: "全市街乡", n: 349, rows: inventedRanking(349) }],
  });
}

/** A month of which nothing is known. */
export function emptyMonth(): Month {
  const base = march();
  const days = base.air.days.map(({ day }) => ({ day }));
  const none = { reason: "有效0天，需27天" };
  const counts = {
    ...inventedCounts(days),
    goodRatio: { reason: "无有效天" },
    goodRatioLow: "0.0",
    goodRatioHigh: "100.0",
    primary: [],
  };
  return march({
    air: {
      ...base.air,
      items: base.air.items.map(({ zh, statisticZh, unit }) => ({ zh, statisticZh, unit, period: none, toDate: none })),
      days,
      counts,
      countsToDate: counts,
      cumulative: { year: 2015, indicatorZh: "PM2.5", unit: "µg/m³", daily: days, running: [] },
    },
    standings: base.standings.map(({ low, high, needed, ...row }) => ({
      ...row,
      toDate: none,
      standing: "cannot_judge" as const,
      reason: "没有有效日值",
    })),
    rankings: [],
  });
}

/** One station of the city has data. */
export function oneStation(): Month {
  const [ranking] = march().rankings;
  return march({ rankings: ranking === undefined ? [] : [{ ...ranking, n: 1, rows: ranking.rows.slice(0, 1) }] });
}

/** Every station is missing, each with its reason. */
export function allMissing(): Month {
  const missing = STATIONS.map((place) => ({ place, whatZh: "PM2.5", reason: "全月无数据文件", validDays: 0 }));
  return march({
    rankings: [{ zh: "PM2.5月均浓度", unit: "µg/m³", amongZh: "全市站点", n: 0, ownOnly: false, rows: [], missing }],
    absences: missing,
  });
}

/** A whole year: the calendar is one row a month. */
export function wholeYear(): Month {
  const base = march();
  const days = inventedDays(0, 365);
  return march({
    kindZh: "年报",
    issue: "2015年年报",
    periodZh: "2015年",
    toDateZh: "2015年",
    dataUntil: "2015-12-31",
    air: { ...base.air, days, counts: inventedCounts(days) },
  });
}

const nobody = { met: 0, missed: 0, on_track: 0, at_risk: 0, cannot_judge: 0, not_due: 0 };

/** Every part a briefing can have, invented. */
export function full(): Month {
  return march({
    plans: {
      trial: false,
      counts: [
        { zh: "蓝天", total: 5, counts: { ...nobody, missed: 1, at_risk: 2, cannot_judge: 1, on_track: 1 } },
        { zh: "碧水", total: 3, counts: { ...nobody, cannot_judge: 2, met: 1 } },
        { zh: "合计", total: 8, counts: { ...nobody, missed: 1, at_risk: 2, cannot_judge: 3, on_track: 1, met: 1 } },
      ],
      attention: [
        {
          area: "air",
          areaZh: "蓝天",
          zh: "PM2.5年均浓度",
          unit: "µg/m³",
          target: "≤ 33",
          figure: { value: "96" },
          standing: "at_risk",
          firmness: "binding",
          lead: "区生态环境局",
          places: [],
        },
        {
          area: "air",
          areaZh: "蓝天",
          zh: "街乡PM2.5单月排名",
          unit: "",
          target: "不进后10名",
          figure: { reason: "没有数据" },
          standing: "missed",
          firmness: "strive",
          lead: "各街乡",
          places: ["将台地区", "大屯街道"],
        },
      ],
      unjudged: [
        { reason: "没有上报进展", n: 2, areas: "碧水2", names: ["再生水利用率", "管网长度"] },
        { reason: "未设容差", n: 1, areas: "蓝天1", names: ["降尘量"] },
      ],
    },
    outlook: [
      {
        zh: "PM2.5年均浓度",
        unit: "µg/m³",
        target: "≤ 33",
        soFar: { value: "96.4" },
        calendar: "≤ 12.3",
        validDays: "≤ 14.8",
        reach: "可达",
        chance: { reason: "只有1个往年有同期日数据，至少需要3年" },
      },
    ],
    water: {
      sections: 3,
      assessed: 2,
      judged: 2,
      reached: 1,
      rate: { value: "50.0" },
      rateToDate: { value: "100.0" },
      status: "良好",
      rows: [
        {
          place: "酒仙桥断面",
          level: "市考",
          target: "Ⅲ",
          class: "Ⅳ",
          before: "Ⅲ",
          toDate: "Ⅳ",
          reached: false,
          deciding: "氨氮",
          distance: "差1类：氨氮1.20须降至1.00（降16.7%）",
        },
        {
          place: "通惠河断面",
          level: "国考",
          target: "Ⅳ",
          class: "Ⅲ",
          before: "Ⅲ",
          toDate: "Ⅲ",
          reached: true,
          deciding: "总磷",
          distance: "优于目标1类",
        },
      ],
      apart: [{ place: "坝河断面", whatZh: "水质类别", reason: "断流", validDays: 0 }],
    },
    noise: {
      rows: [
        {
          place: "望京点位",
          zone: "2类",
          day: { level: { value: "55.4" }, limit: "60", pass: "30/31", above: false },
          night: { level: { value: "48.9" }, limit: "50", pass: "25/30", above: false },
        },
        {
          place: "四环点位",
          zone: "4a类",
          day: { level: { value: "67.2" }, limit: "70", pass: "31/31", above: false },
          night: { level: { value: "58.8" }, limit: "55", pass: "0/30", above: true },
        },
      ],
      apart: [{ place: "备用点位", whatZh: "噪声", reason: "没有数据", validDays: 0 }],
      day: { percent: { value: "98.4" }, passing: 61, valid: 62, before: { value: "97.0" } },
      night: { percent: { value: "41.7" }, passing: 25, valid: 60 },
      complaints: {
        period: { now: { value: "120" }, before: { value: "100" }, change: { direction: "up", percent: "20.0" } },
        toDate: { now: { value: "300" }, before: { reason: "有效天数61天，需90天" } },
      },
    },
    runs: [
      {
        zh: "单条道路（道路尘负荷）",
        cut: 30,
        limit: 3,
        computed: false,
        rows: [
          {
            place: "广渠路",
            months: [
              { month: "1月", rank: 12, inside: true },
              { month: "2月", rank: 3, inside: true },
              { month: "3月", inside: false },
            ],
            current: 0,
            longest: 2,
          },
        ],
      },
    ],
    changes: {
      since: "2015年第2期（第1版）",
      correction: false,
      rows: [{ zh: "PM2.5年均浓度", before: "进度正常", now: "有风险" }],
    },
    noData: [{ zh: "街乡TSP排名", reason: "没有街乡数据和公布名单" }],
    contact: "联系人：朝阳区生态环境局大气科　电话：010-00000000",
  });
}
