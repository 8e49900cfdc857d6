/** Noise: each point's day and night against its zone, pass rates, complaints against last year. */
import { cell, changeZh, figureCell, heading, NONE, note, numbers, paragraph, table, words } from "../blocks.ts";
import type { DistrictBriefing, Figure } from "../district-data.ts";
import type { Complaints, NoiseLevel, NoisePart, PassText } from "../district-parts.ts";
import { dayNightFigure } from "../drawings/day-night.ts";
import type { Block, Cell } from "../outline.ts";

export function noiseSection({ noise, periodZh, toDateZh }: DistrictBriefing): readonly Block[] {
  if (noise === undefined) return [];
  const chart = dayNightFigure(noise, periodZh);
  return [
    heading(1, "声环境"),
    paragraph(noiseSentence(noise, periodZh)),
    ...points(noise),
    ...(chart === undefined ? [] : [chart]),
    ...complaints(noise, periodZh, toDateZh),
  ];
}

/** Pass rates of both parts of the day with what they rest on, and last year's; complaints with their change. */
export function noiseSentence({ day, night, rows, apart, complaints: counted }: NoisePart, periodZh: string): string {
  const silent = apart.length === 0 ? "" : `，另有${apart.length}个点位没有数据`;
  const heard =
    rows.length === 0
      ? "没有点位数据"
      : `${rows.length}个点位${silent}，昼间达标率${passZh(day)}，夜间${passZh(night)}`;
  const said = counted === undefined ? "" : `；噪声投诉${complaintsZh(counted.period)}`;
  return `${periodZh}，${heard}${said}。`;
}

function passZh({ percent, passing, valid, before }: PassText): string {
  if (!("value" in percent)) return `不作评价（${percent.reason}）`;
  const then = before !== undefined && "value" in before ? `，上年同期${before.value}%` : "";
  return `${percent.value}%（有效点日${valid}个，达标${passing}个${then}）`;
}

/** 996件，同比下降6.3%; or why there is no count. */
export function complaintsZh({ now, change }: Complaints): string {
  if (!("value" in now)) return `不作统计（${now.reason}）`;
  return `${now.value}件${change === undefined ? "" : `，同比${changeZh(change)}`}`;
}

function points({ rows, apart }: NoisePart): readonly Block[] {
  if (rows.length === 0) return [];
  return [
    table(
      "功能区噪声，dB(A)",
      [
        words("点位", 2.8),
        words("功能区", 1),
        numbers("昼间", 1.1),
        numbers("限值", 0.9),
        numbers("达标天数", 1.3),
        numbers("夜间", 1.1),
        numbers("限值", 0.9),
        numbers("达标天数", 1.3),
      ],
      rows.map((row) => [cell(row.place), cell(row.zone ?? NONE), ...levelCells(row.day), ...levelCells(row.night)]),
    ),
    note("昼间6—22时，夜间22时—次日6时；有效日期内各小时的能量平均。达标天数：达标/有效。加粗为超过限值。"),
    ...(apart.length === 0 ? [] : [note(`没有数据的点位：${apart.map(({ place }) => place).join("、")}。`)]),
  ];
}

function levelCells({ level, limit, pass, above }: NoiseLevel): readonly Cell[] {
  return [{ ...figureCell(level), strong: above }, cell(limit ?? NONE), cell(pass ?? NONE)];
}

function complaints({ complaints: counted }: NoisePart, periodZh: string, toDateZh: string): readonly Block[] {
  if (counted === undefined) return [];
  const row = (zh: string, { now, before, change }: Complaints): readonly Cell[] => [
    cell(zh),
    figureCell(now),
    figureCell(before ?? missing),
    cell(changeZh(change)),
  ];
  return [
    table(
      "噪声投诉（件）",
      [words("时段", 40), numbers("本年", 32), numbers("上年同期", 32), numbers("同比", 30)],
      [row(periodZh, counted.period), ...(periodZh === toDateZh ? [] : [row(toDateZh, counted.toDate)])],
      { narrow: true },
    ),
  ];
}

const missing: Figure = { reason: "没有数据" };
