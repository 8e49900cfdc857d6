/** The district briefing in words: every code spelled out, every missing number a dash or its reason. */
import { FIRMNESS_ZH, STANDING_ZH } from "../../src/domain/plan.ts";
import { AQI_CLASSES } from "../../src/standards/hj633-class.ts";
import type { AbsenceRow, Change, DayCounts, DistrictBriefing, RankTable, StandingRow } from "./district-data.ts";
import { summaryOf } from "./sentences.ts";
import { dayZh } from "./words.ts";

const NONE = "—";

export type DistrictPage = ReturnType<typeof districtPage>;

/** What PDF, Word and HTML print alike. */
export function districtPage(briefing: DistrictBriefing) {
  const { air, district, periodZh, kindZh } = briefing;
  const partial = air.days.some((day) => day.partial);
  return {
    ...briefing,
    title: `${periodZh}${district}环境空气质量${kindZh}`,
    date: briefing.dataUntil.split("-").map(Number),
    dataUntilZh: dayZh(briefing.dataUntil),
    plan: briefing.plan ?? null,
    summary: summaryOf(briefing),
    reasons: reasonsOf(briefing.standings),
    compared: air.items.some(({ change, changeToDate }) => change !== undefined || changeToDate !== undefined),
    whole: periodZh === briefing.toDateZh,
    standings: briefing.standings.map((row) => ({
      ...row,
      range: row.low === undefined || row.high === undefined ? NONE : `${row.low}—${row.high}`,
      needed: row.needed ?? NONE,
      standingZh: STANDING_ZH[row.standing],
      firmnessZh: FIRMNESS_ZH[row.firmness],
    })),
    items: air.items.map((item) => ({
      ...item,
      changeZh: changeZh(item.change),
      changeToDateZh: changeZh(item.changeToDate),
    })),
    stationsZh: air.stations.join("、"),
    calendarAlt: calendarAlt(briefing),
    calendarNote: `每格：日期、AQI、级别、首要污染物；—表示无有效AQI${partial ? "；*表示有缺项、由其余项给出" : ""}。`,
    classes: AQI_CLASSES.map((row) => ({ zh: row.class, hex: row.hex })),
    classRows: [classRow(periodZh, air.counts), classRow(briefing.toDateZh, air.countsToDate)].slice(
      0,
      periodZh === briefing.toDateZh ? 1 : 2,
    ),
    primary: air.counts.primary,
    cumulativeZh: air.cumulative.indicatorZh,
    cumulativeAlt: cumulativeAlt(briefing),
    rankings: briefing.rankings.map(rankingPage),
    absences: briefing.absences.map(absencePage),
  };
}

/** Targets with the same reason share one line under the table. */
function reasonsOf(rows: readonly StandingRow[]): readonly { readonly zh: string; readonly reason: string }[] {
  const reasons = new Set(rows.flatMap(({ reason }) => reason ?? []));
  return [...reasons].map((reason) => ({
    reason,
    zh: rows
      .filter((row) => row.reason === reason)
      .map(({ zh }) => zh)
      .join("、"),
  }));
}

function classRow(zh: string, counts: DayCounts) {
  return {
    zh,
    days: AQI_CLASSES.map((row) => counts.classes[row.class]),
    valid: counts.validDays,
    ratio: "value" in counts.goodRatio ? { value: `${counts.goodRatio.value}%` } : counts.goodRatio,
    none: counts.days - counts.validDays,
  };
}

function rankingPage(table: RankTable) {
  const top = Math.max(...table.rows.map(({ value }) => Number(value)));
  return {
    ...table,
    rows: table.rows.map((row) => ({ ...row, share: top > 0 ? (Number(row.value) / top) * 100 : 0 })),
    missing: sameReason(table.missing).map(absencePage),
    missingCount: table.missing.length,
  };
}

/** Places with nothing at all share a row: a list of twenty equal rows hides the two that differ. */
function sameReason(rows: readonly AbsenceRow[]): readonly AbsenceRow[] {
  const groups = new Map<string, AbsenceRow[]>();
  for (const row of rows) {
    const key = `${row.reason}|${row.validDays}`;
    groups.set(key, [...(groups.get(key) ?? []), row]);
  }
  return [...groups.values()].flatMap((group) =>
    group.slice(0, 1).map((row) => ({ ...row, place: group.map(({ place }) => place).join("、") })),
  );
}

function absencePage(row: AbsenceRow) {
  return { ...row, validDaysZh: row.validDays === undefined ? NONE : String(row.validDays) };
}

function changeZh(change: Change | undefined): string {
  if (change === undefined) return NONE;
  if (change.direction === "flat") return "持平";
  return `${change.direction === "up" ? "上升" : "下降"}${change.percent}%`;
}

/** What a reader who cannot see the figure is told. */
function calendarAlt({ periodZh, air }: DistrictBriefing): string {
  const { counts } = air;
  return `日历图：${periodZh}逐日AQI与级别，有效${counts.validDays}天，优良${counts.goodDays}天，重污染${counts.heavyDays}天`;
}

function cumulativeAlt({ air: { cumulative } }: DistrictBriefing): string {
  const last = cumulative.running.filter(({ value }) => value !== undefined).at(-1);
  const state =
    last?.value === undefined ? "尚无有效值" : `截至${dayZh(last.day)}累计平均${last.value}${cumulative.unit}`;
  const target = cumulative.target === undefined ? "" : `，目标${cumulative.target.value}`;
  return `柱线图：${cumulative.year}年${cumulative.indicatorZh}日均值与累计平均，${state}${target}`;
}
