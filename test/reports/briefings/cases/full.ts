/** A month with every part a briefing can have. */
import { inventedCounts, inventedDays, inventedRanking } from "./invented.ts";
import { type Month, march } from "./march.ts";

const nobody = { met: 0, missed: 0, on_track: 0, at_risk: 0, cannot_judge: 0, not_due: 0 };

/** Every part a briefing can have, invented. */
export function full(): Month {
  const base = march();
  const months = ["01", "02", "03"].map((month, at) => {
    const days = inventedDays([0, 31, 59][at] ?? 0, [31, 28, 31][at] ?? 0);
    return { month: `2015-${month}`, days: days.length, classes: inventedCounts(days).classes };
  });
  const moved = inventedRanking(43).map((row, at) => ({ ...row, move: ((at * 7) % 23) - 11, own: true }));
  return march({
    air: {
      ...base.air,
      months,
      dust: {
        periods: 1,
        days: 2,
        rows: [
          { zh: "PM10", statisticZh: "平均值", unit: "µg/m³", period: { value: "121" }, toDate: { value: "118" } },
          {
            zh: "PM10",
            statisticZh: "平均值（扣除沙尘时段）",
            unit: "µg/m³",
            period: { value: "112" },
            toDate: { reason: "有效天数58，须60" },
            leftOut: { hours: 61, daysLost: 2 },
          },
        ],
      },
      episodes: [
        { spanZh: "3月5—7日", days: 3, heavyDays: 1, worst: 231, worstZh: "3月6日", primaryZh: "PM2.5（3天）" },
        { spanZh: "3月20—21日", days: 2, heavyDays: 0, worst: 132, worstZh: "3月21日", primaryZh: "PM10（2天）" },
      ],
    },
    standings: base.standings.map((row) => ({ ...row, limit: row.target.replace(/^\D+/, "") })),
    rankings: [
      ...base.rankings,
      {
        zh: "PM2.5月均浓度",
        unit: "µg/m³",
        amongZh: "全市街乡",
        n: 60,
        ownOnly: true,
        rows: moved,
        missing: [],
        beforeZh: "上月",
        cut: 10,
      },
    ],
    plans: {
      trial: false,
      written: 8,
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
      strip: {
        months: ["1月", "2月", "3月"],
        rows: [
          {
            place: "酒仙桥断面",
            target: "Ⅲ",
            cells: [
              { class: "Ⅲ", worse: 0 },
              { class: "劣Ⅴ", worse: 3 },
              { class: "Ⅳ", worse: 1 },
            ],
          },
          { place: "通惠河断面", target: "Ⅳ", cells: [{ class: "Ⅲ", worse: 0 }, undefined, { class: "Ⅲ", worse: 0 }] },
          { place: "坝河断面", cells: [{ class: "Ⅳ" }, undefined, undefined] },
        ],
      },
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
