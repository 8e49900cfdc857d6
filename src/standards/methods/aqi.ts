/** Method sheets of the index and the day counts that follow from it. */
import { EDITIONS } from "../../domain/edition.ts";
import { airDecimals } from "../air-decimals.ts";
import { AQI_CLASSES, GOOD_UP_TO, HEAVY_ABOVE } from "../hj633-class.ts";
import { DAY_ITEMS, PRIMARY_ABOVE } from "../hj633-day.ts";
import { HOUR_ITEMS } from "../hj633-hour.ts";
import { IAQI, IAQI_TABLES, type IaqiColumn, iaqiOfSteps, stepsPerUnit } from "../hj633-table.ts";
import { both, type MethodSheet, type MethodTable, same } from "./sheet.ts";

/** Columns in the order of the printed tables. */
const COLUMNS: readonly (readonly [IaqiColumn, string, string])[] = [
  ["so2", "SO2 日", "SO2 day"],
  ["so2_1h", "SO2 1h", "SO2 1h"],
  ["no2", "NO2 日", "NO2 day"],
  ["no2_1h", "NO2 1h", "NO2 1h"],
  ["co", "CO 日", "CO day"],
  ["co_1h", "CO 1h", "CO 1h"],
  ["o3_8h", "O3 8h", "O3 8h"],
  ["o3_1h", "O3 1h", "O3 1h"],
  ["pm10", "PM10 日", "PM10 day"],
  ["pm25", "PM2.5 日", "PM2.5 day"],
];

function breakpointTable(edition: (typeof EDITIONS)[number]): MethodTable {
  const cell = (column: IaqiColumn, row: number): string => {
    const breakpoints = IAQI_TABLES[edition][column];
    const steps = breakpoints[row];
    if (steps !== undefined) return String(steps / Number(stepsPerUnit(column)));
    const above = iaqiOfSteps(edition, column, (breakpoints.at(-1) ?? 0) + 1);
    return above === undefined ? "–" : `> → ${above}`;
  };
  return {
    title: both(`${edition} 版 IAQI 分级浓度（µg/m³，CO mg/m³）`, `${edition} edition, breakpoints (µg/m³, CO mg/m³)`),
    clause: edition === "2012" ? "HJ 633-2012 table 1" : "HJ 633-2026 table 3",
    head: [same("IAQI"), ...COLUMNS.map(([, zh, en]) => both(zh, en))],
    rows: IAQI.map((index, row) => [String(index), ...COLUMNS.map(([column]) => cell(column, row))]),
  };
}

const CLASS_TABLE: MethodTable = {
  title: both("级别与颜色", "classes and colours"),
  clause: "HJ 633-2012 table 2, app. A; HJ 633-2026 table 1, app. A",
  head: [same("AQI"), both("级别", "level"), both("类别", "class"), both("颜色", "colour"), same("RGB")],
  rows: AQI_CLASSES.map((one, row) => [
    row === AQI_CLASSES.length - 1 ? `> ${AQI_CLASSES[row - 1]?.upTo ?? ""}` : `≤ ${one.upTo}`,
    one.levelZh,
    both(one.class, `${one.class} (${one.en})`),
    `${one.colourZh} ${one.hex}`,
    one.rgb.join(","),
  ]),
};

const AQI: MethodSheet = {
  indicator: "aqi",
  also: [],
  title: both("空气质量指数 AQI", "Air quality index (AQI)"),
  unit: "",
  definition: [
    both(
      "各项污染物分指数（IAQI）中最大的一个；区、市先平均浓度再算，不平均 AQI",
      "the largest of the pollutants' indices (IAQI); for a district or city from mean concentrations, never a mean of indices",
    ),
    both(
      `首要污染物：AQI 大于 ${PRIMARY_ABOVE} 时 IAQI 最大的污染物，并列时全部列出，O3 只列一次`,
      `primary pollutant: above ${PRIMARY_ABOVE}, every pollutant whose IAQI equals the AQI, ozone once`,
    ),
    both(
      `日报项目：2012 版 ${DAY_ITEMS["2012"].length} 项（含 O3 日最大 1 小时），2026 版 ${DAY_ITEMS["2026"].length} 项`,
      `items of a day: ${DAY_ITEMS["2012"].length} in 2012 (with the 1-hour maximum of ozone), ${DAY_ITEMS["2026"].length} in 2026`,
    ),
    both(
      `实时报：2026 版 ${HOUR_ITEMS["2026"].length} 项当前小时值，颗粒物小时值查 24 小时列；2012 版按公布数据的做法相同，另可计入 O3 8 小时滑动平均`,
      `real-time: ${HOUR_ITEMS["2026"].length} means of the current hour in 2026, particles on the day column; 2012 as published is the same, a running 8-hour ozone is rated where given`,
    ),
  ],
  formula: [
    both(
      "IAQI = (IAQI高 − IAQI低)/(浓度高 − 浓度低) × (浓度 − 浓度低) + IAQI低，向上进位取整，全程整数运算",
      "IAQI = (Ihi − Ilo)/(Bhi − Blo) × (C − Blo) + Ilo, rounded up, in whole numbers throughout",
    ),
    both(
      "超过表中最大浓度：500；提前结束的列见表（2012 版 SO2 1h、O3 8h 大于 800 没有分指数，2026 版为 200、300）",
      "above the table: 500; for columns that end early see the table (2012 gives none for SO2 1h and O3 8h above 800, 2026 gives 200 and 300)",
    ),
  ],
  tables: [...EDITIONS.map(breakpointTable), CLASS_TABLE],
  validity: [
    both(
      `六项中有一项缺测或无效：其余项的 AQI 大于 ${GOOD_UP_TO} 才给出，否则为 NA（口径 aqiMissing）`,
      `one of the six missing or not valid: the AQI of the rest is given only above ${GOOD_UP_TO}, else NA (policy aqiMissing)`,
    ),
    both(
      "O3 1 小时单独无效不算缺项；O3 8 小时超出 2012 版表格时由 1 小时值决定",
      "an invalid 1-hour ozone alone makes no day incomplete; it decides where 8-hour ozone lies above the 2012 table",
    ),
    both("未监测的项目不参加，不算缺测", "an item that is not monitored takes no part and is not missing"),
  ],
  rounding: [
    both(
      "浓度先修约一次再查表：整数，CO 一位小数，GB/T 8170（2026 版 4.2.2、4.2.3；2012 版未规定，同样处理）",
      "the concentration is rounded once before the table: whole numbers, CO a tenth, GB/T 8170 (2026 cl. 4.2.2, 4.2.3; 2012 is silent, treated alike)",
    ),
    both("IAQI 向上进位取整（2012 版 6.2，2026 版 4.2.6）", "IAQI is rounded up (2012 cl. 6.2, 2026 cl. 4.2.6)"),
  ],
  editions: [
    both(
      "HJ 633-2012 用于 2026-02-28 及以前，HJ 633-2026 从 2026-03-01 起（北京时间 0 时）；按观测日期",
      "HJ 633-2012 up to 2026-02-28, HJ 633-2026 from 2026-03-01 0:00 Beijing time, by day of observation",
    ),
    both(
      "两版类别只在 PM2.5 61–75 和 PM10 121–150 不同（良变为轻度污染），重污染天数不变",
      "the class differs only for PM2.5 61–75 and PM10 121–150 (良 becomes 轻度污染); heavy days do not change",
    ),
  ],
  policies: ["aqiMissing", "setCoverage", "o3HourMinimum"],
  confidence: [
    {
      level: "confirmed",
      ...both(
        "两版表格与公式：原文；2012 版实时 1,214 条公布数据全部复现",
        "tables and formulas of both editions: the texts; 1,214 of 1,214 published real-time rows of 2012 reproduced",
      ),
    },
    { level: "confirmed", ...both("缺项规则：HJ 633-2026 5.3.1", "missing pollutants: HJ 633-2026 cl. 5.3.1") },
    { level: "likely", ...both("2012 版对缺项同样处理", "missing pollutants in 2012 treated alike") },
  ],
  unknown: [
    both(
      "2026 年全年优良天数如何合并两个版本（逐日记录版本，两种都可计算）",
      "how official bodies join both editions in the good-day figures of 2026 (the edition is kept per day; both can be computed)",
    ),
    both("2031 年起的 IAQI 分级浓度", "breakpoints from 2031 on"),
    both(
      "2026 版 AQI 从 1 起，各项全为 0 时如何处理（显示为优并提示）",
      "2026 lets the AQI begin at 1: what an all-zero day is (shown as 优, and flagged)",
    ),
    both(
      "5.3.2 的例外（近三年未以该项为首要污染物）需要人工认定，未自动使用",
      "the exception of 5.3.2 (never primary in three years) needs a decision by people and is not applied by itself",
    ),
  ],
};

const RATIO_DECIMALS = airDecimals("good_day_ratio", "published");

const DAYS: MethodSheet = {
  indicator: "good_days",
  also: ["good_day_ratio", "heavy_days", "heavy_day_ratio"],
  title: both("优良天数、重污染天数及比率", "Good days, heavy days and their ratios"),
  unit: both("天，%", "days, %").zh,
  definition: [
    both(
      `优良天：AQI ≤ ${GOOD_UP_TO}；重污染天：AQI > ${HEAVY_ABOVE}`,
      `good: AQI ≤ ${GOOD_UP_TO}; heavy: AQI > ${HEAVY_ABOVE}`,
    ),
    both(
      "AQI 由其余项给出的日子（缺项但大于 100）计为有效天，并注明天数",
      "a day whose AQI comes from the rest (one missing, above 100) is a valid day, and their number is told",
    ),
  ],
  formula: [
    both(
      "比率 = 优良（重污染）天数 / 有效天数 × 100（口径 goodDayDenominator）",
      "ratio = good (heavy) days / valid days × 100 (policy goodDayDenominator)",
    ),
    both(
      "同时给出按有数据计算的结果，以及缺测日全为优良或全不为优良时的上下限",
      "given beside it: the figure from whatever is available, and the bounds with all missing days good or none",
    ),
  ],
  tables: [CLASS_TABLE],
  validity: [
    both("AQI 为 NA 的日子不进分子也不进分母", "a day whose AQI is NA is in neither numerator nor denominator"),
  ],
  rounding: [
    both(
      `比率从精确分数一次修约到 ${RATIO_DECIMALS} 位小数，五成双`,
      `ratios are rounded once, half to even, from the exact fraction to ${RATIO_DECIMALS} decimal`,
    ),
  ],
  editions: AQI.editions,
  policies: ["goodDayDenominator", "aqiMissing", "setCoverage", "targetCompare"],
  confidence: [
    {
      level: "confirmed",
      ...both(
        "18 个公布的比率复现到 0.1（北京 2013—2025）",
        "18 published ratios reproduced to 0.1 (Beijing 2013–2025)",
      ),
    },
    {
      level: "confirmed",
      ...both(
        "公报含沙尘天并加注；沙尘不从优良天数比率中扣除",
        "bulletins include dust days and annotate them; dust is not taken out of the ratio",
      ),
    },
    {
      level: "likely",
      ...both(
        "达标率 = 达标天数 / 有效天数（HJ 663-2013，记忆）",
        "attained days / valid days (HJ 663-2013, from memory)",
      ),
    },
  ],
  unknown: [
    both(
      "“扣除沙尘异常超标天后”比率的定义：只能引用发布方的数值，不能把沙尘天占比加回去",
      "the definition of the ratio without dust exceedance days: it is quoted from its publisher, never computed by adding the dust share",
    ),
    both("2026 年两个版本如何合并", "how both editions are joined in 2026"),
  ],
};

export const AQI_SHEETS: readonly MethodSheet[] = [AQI, DAYS];
