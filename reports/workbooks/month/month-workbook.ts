/**
 * The statutory monthly tables (统计月报表) of a district: daily values of its stations, their statistics and classes, the
 * classes of its water sections, its noise points. Numbers are numbers and days are days; what a person would work out
 * again stands there as a formula.
 */
import { aqiDays } from "../../../src/analysis/aqi-days.ts";
import { periodStatistics } from "../../../src/analysis/period.ts";
import { placesBelow } from "../../../src/analysis/rank.ts";
import { stampOf } from "../../../src/analysis/stamp.ts";
import type { Statistic } from "../../../src/analysis/statistic.ts";
import { subjectOf } from "../../../src/analysis/subject.ts";
import { fault } from "../../../src/domain/faults.ts";
import { indicatorOf } from "../../../src/domain/indicator.ts";
import { periodZh } from "../../../src/domain/period.ts";
import { dayStart, dayText } from "../../../src/domain/time.ts";
import { POLLUTANTS, type Pollutant } from "../../../src/standards/hj633-day.ts";
import { lastDataDay } from "../../briefings/build/last-day.ts";
import { type DistrictQuestion, type Scene, toDateOf } from "../../briefings/build/question.ts";
import { dayZh } from "../../briefings/words.ts";
import { type WorkbookSheet, workbookBytes } from "../xlsx-write.ts";
import { airDaysSheet } from "./air-days-sheet.ts";
import { airClassSheet, airStatisticsSheet } from "./air-month-sheets.ts";
import { noiseSheets } from "./noise-sheet.ts";
import { waterSheets } from "./water-sheet.ts";

export type MonthWorkbook = { readonly bytes: Uint8Array; readonly sheets: readonly string[] };

/** @throws Fault `briefing.month-only` for any other kind of period */
export async function monthWorkbook(question: DistrictQuestion, program: string): Promise<MonthWorkbook> {
  const { store, place, period } = question;
  if (period.kind !== "month") throw fault("briefing.month-only", { given: period.text }, { parameter: "--period" });
  const toDate = toDateOf(period);
  const subject = subjectOf(await store.places(), place, "air");
  const scene: Scene = { ...question, subject, toDate, whole: toDate.first === period.first };
  const last = await lastDataDay(store, period);
  const tables = [...(await airSheets(scene)), ...(await waterSheets(scene)), ...(await noiseSheets(scene))];
  const sheets = [await contents(scene, dayText(last), program, tables), ...tables];
  return { bytes: await workbookBytes(sheets, new Date(dayStart(last))), sheets: sheets.map(({ name }) => name) };
}

async function airSheets({ store, place, subject, period, policies, today }: Scene): Promise<readonly WorkbookSheet[]> {
  const table = await store.places();
  const stations = placesBelow(table, place, "station").map((one) => subjectOf(table, one, "air"));
  const subjects = [subject, ...stations];
  const last = Math.min(period.last, Math.max(today, period.first));
  const series = await aqiDays(store, { subjects, first: period.first, last, policies });
  const places = subjects.map((one, at) => ({ name: one.place.name, days: series[at] ?? [] }));
  const statistics = new Map<Pollutant, readonly Statistic[]>();
  for (const code of POLLUTANTS) {
    const asked = { indicator: indicatorOf(code), subjects, period, policies, today };
    statistics.set(code, await periodStatistics(store, asked));
  }
  return [airDaysSheet(places), airStatisticsSheet(places, statistics), airClassSheet(places)];
}

async function contents(
  { store, place, period }: Scene,
  until: string,
  program: string,
  tables: readonly WorkbookSheet[],
): Promise<WorkbookSheet> {
  const { digest, schema } = await stampOf(store, program);
  const simulated = (await store.meta("simulated")) === "yes";
  const lines = [
    ...(simulated ? ["模拟数据：只供演示，不反映任何真实情况。"] : []),
    "日值为未修约的有效日值，按标准的小数位显示；月统计值由未修约的日值计算后按GB/T 8170修约，未达有效性要求的不列数值，只列原因。",
    "“核对”列由日值表的公式算出、不修约；与月统计值相差超过末位的一半时底色变红。",
    ...tables.map(({ name, rows }) => `${name}：${rows.length}行`),
    `数据截至${dayZh(until)}　·　结构版本${schema}　·　程序版本${program}　·　校验码${digest}`,
  ];
  return {
    name: "说明",
    header: [`${place.name}${periodZh(period)}统计月报表`],
    rows: lines.map((line) => [line]),
    wrap: true,
  };
}
