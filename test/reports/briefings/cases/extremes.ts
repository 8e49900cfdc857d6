/** The pages that break first: long names, many rows, an empty month, one station, none, a whole year. */
import { inventedCounts, inventedDays, inventedRanking, STATIONS } from "./invented.ts";
import { type Month, march } from "./march.ts";

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
