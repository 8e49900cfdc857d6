/** Method sheet of ambient noise: Leq, Ld, Ln, Ldn, zones, grades and pass rates. */
import { toNumber } from "../../domain/exact.ts";
import { NOISE_ZONES, noiseLimit } from "../gb3096.ts";
import { type CityNoiseKind, GRADES, UPPER_ENDS } from "../hj640.ts";
import { both, type MethodSheet, type MethodTable, same } from "./sheet.ts";

const ZONES: MethodTable = {
  title: both("环境噪声限值 dB(A)", "limits by zone, dB(A)"),
  clause: "GB 3096-2008 table 1",
  head: [both("功能区", "zone"), both("昼间", "day"), both("夜间", "night")],
  rows: NOISE_ZONES.map((zone) => [
    zone,
    String(toNumber(noiseLimit(zone, "day"))),
    String(toNumber(noiseLimit(zone, "night"))),
  ]),
};

function gradeTable(kind: CityNoiseKind): MethodTable {
  const ends = (part: "day" | "night", row: number): string => {
    const end = UPPER_ENDS[kind][part][row];
    return end === undefined ? `> ${UPPER_ENDS[kind][part].at(-1) ?? ""}` : `≤ ${end}`;
  };
  return {
    title:
      kind === "region"
        ? both("区域声环境等级 dB(A)", "grades of a region, dB(A)")
        : both("道路交通噪声等级 dB(A)", "grades of road noise, dB(A)"),
    clause: "HJ 640-2012",
    head: [both("等级", "grade"), both("评价", "word"), both("昼间", "day"), both("夜间", "night")],
    rows: GRADES.map((grade, row) => [grade.zh, grade.word, ends("day", row), ends("night", row)]),
  };
}

const NOISE: MethodSheet = {
  indicator: "leq",
  also: ["ld", "ln", "ldn", "lmax", "noise_complaints"],
  title: both("环境噪声", "Ambient noise"),
  unit: "dB(A)",
  definition: [
    both(
      "Ld、Ln：昼间（06—22 时）、夜间（22—06 时）小时等效声级的能量平均",
      "Ld, Ln: energy means of the hourly Leq by day (06–22 h) and night (22–06 h)",
    ),
    both(
      "Ldn：夜间加 10 dB 的全天能量平均，昼夜都有效才给出",
      "Ldn: energy mean of the whole date with 10 dB on the night; only when both are valid",
    ),
    both("噪声投诉：件数，只计数", "noise complaints: a count"),
  ],
  formula: [
    same("L = 10 lg( (1/n) Σ 10^(Li/10) )"),
    same("Ldn = 10 lg( (16·10^(Ld/10) + 8·10^((Ln+10)/10)) / 24 )"),
    both(
      "功能区达标率：昼、夜分开；旧口径为达标点次/监测点次，新口径（2025 年起，推断）为达标站日/有效站日",
      "pass rates, day and night apart: old form passing point-times, new form (since 2025, inferred) passing station-days of valid ones",
    ),
    both(
      "区域均值为网格点算术平均，道路均值按长度加权",
      "region: arithmetic over grid points; roads: weighted by length",
    ),
  ],
  tables: [ZONES, gradeTable("region"), gradeTable("road")],
  validity: [
    both(
      "昼间、夜间所需小时数：口径 dayMinimumHours、nightMinimumHours",
      "hours needed: policies dayMinimumHours, nightMinimumHours",
    ),
    both(
      "雨、雪、雷电或风速达到 5 m/s 的小时作废（天气为外部输入）",
      "hours with rain, snow, thunder or wind of 5 m/s and more are voided (weather is an input)",
    ),
    both(
      "夜间突发噪声最大声级不得超过夜间限值 15 dB(A) 以上（GB 3096 5.4）",
      "sudden noise at night may exceed the night limit by 15 dB(A) at most (GB 3096 cl. 5.4)",
    ),
  ],
  rounding: [both("与限值比较前的修约：口径 noiseCompare", "rounding before a limit: policy noiseCompare")],
  editions: [
    both("GB 3096-2008、HJ 640-2012", "GB 3096-2008, HJ 640-2012"),
    both(
      "施工噪声 GB 12523-2025 自 2026-01-01 起代替 2011 版：只知名称，限值未取得，不据此判定",
      "building-site noise: GB 12523-2025 replaces the 2011 edition from 2026-01-01; known by name only, nothing is judged by it",
    ),
  ],
  policies: ["dayMinimumHours", "nightMinimumHours", "nightDate", "noiseCompare"],
  confidence: [
    { level: "confirmed", ...both("功能区限值：原文", "limits of the zones: the text") },
    {
      level: "likely",
      ...both(
        "HJ 640 等级表（四个公布等级复现）；道路按长度加权",
        "grade tables of HJ 640 (four published grades reproduced); roads weighted by length",
      ),
    },
  ],
  unknown: [
    both(
      "HJ 906-2017 的有效小时数、2024 年新技术规定的修约与达标率定义",
      "valid hours of HJ 906-2017; rounding and rates of the 2024 rule",
    ),
  ],
};

export const NOISE_SHEETS: readonly MethodSheet[] = [NOISE];
