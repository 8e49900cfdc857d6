/** Invented township briefings. */
import type { TownshipBriefing, TownshipRank } from "../../../reports/briefings/township-data.ts";
import { inventedRanking } from "./cases/invented.ts";

const days = Array.from({ length: 31 }, (_, at) => {
  const day = `2026-03-${String(at + 1).padStart(2, "0")}`;
  return at % 13 === 6 ? { day } : { day, value: String(20 + ((at * 37) % 90)) };
});

export const RANK: TownshipRank = {
  zh: "PM2.5月均浓度",
  periodZh: "2026年3月",
  unit: "µg/m³",
  amongZh: "全市街乡",
  figure: { value: "41" },
  rank: 8,
  tied: true,
  n: 349,
  move: -3,
  beforeZh: "上月",
  gap: { fall: "2", places: 4 },
  cut: { worst: 10, inside: true, distance: "2" },
  neighbours: inventedRanking(7).map((row, at) => ({ ...row, own: at === 3 })),
};

export function township(changes: Partial<TownshipBriefing> = {}): TownshipBriefing {
  return {
    bureau: "朝阳区生态环境局",
    district: "朝阳区",
    code: "110105001000",
    township: "建外街道",
    masthead: "街乡生态环境简报",
    issue: "2026年第3期",
    kindZh: "月报",
    periodZh: "2026年3月",
    dataUntil: "2026-03-31",
    stamp: {
      digest: "9b0a1f2e3d4c5b6a798803f1c9a7be2d04c55a1f00e9b7d6c8a2143b5f6e7d8c",
      schema: "3",
      program: "0.1.0",
    },
    simulated: true,
    ranks: [
      RANK,
      {
        ...RANK,
        zh: "PM2.5累计浓度",
        periodZh: "2026年1—3月",
        rank: 45,
        tied: false,
        move: 2,
        cut: { worst: 30, inside: false, distance: "3" },
      },
    ],
    daily: [
      { indicatorZh: "PM2.5", unit: "µg/m³", days, worst: ["2026-03-13", "2026-03-18", "2026-03-30"], mean: "63" },
    ],
    monthly: [
      {
        zh: "PM2.5",
        n: 349,
        worst: 10,
        months: [{ month: "1月", rank: 120 }, { month: "2月" }, { month: "3月", rank: 8 }],
      },
    ],
    tasks: [
      { zh: "街乡PM2.5单月排名", target: "不进后10名", unit: "", standing: "missed", reason: "余下时间已无法达到" },
      { zh: "降尘量", target: "≤ 5", unit: "吨/平方公里·月", standing: "on_track" },
    ],
    tallies: [{ zh: "绿色社区创建数量", value: "3", unit: "个", date: "2026-03-20" }],
    absences: [{ place: "建外街道", whatZh: "PM2.5", reason: "2天没有有效日值", validDays: 29 }],
    methods: [{ zh: "排名", text: "先修约后排名，数值相同名次并列，后一名次跳过。" }],
    ...changes,
  };
}
