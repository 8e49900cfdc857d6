/** Method sheets of water: classes and rates, and the items of GB 3838 table 1. */

import { toNumber } from "../../domain/exact.ts";
import {
  limitsOf,
  WATER_CLASS_ZH,
  WATER_ITEMS,
  type WaterItem,
  type WaterType,
  waterItemZh,
  waterUnit,
} from "../gb3838.ts";
import { RATED_ITEMS } from "../water-class.ts";
import { waterDecimals } from "../water-decimals.ts";
import { statusOfClass } from "../water-status.ts";
import { NOT_ASSESSED_ZH } from "../water-target.ts";
import { both, type MethodSheet, type MethodTable, same } from "./sheet.ts";

function limitCells(item: WaterItem, type: WaterType): readonly string[] {
  const row = limitsOf(item, type);
  if (row.op === "none") return ["–", "–", "–", "–", "–"];
  if (row.op === "within") return Array.from({ length: 5 }, () => `${toNumber(row.from)}–${toNumber(row.to)}`);
  return row.limits.map((limit) => `${row.op === "at_least" ? "≥" : "≤"} ${toNumber(limit)}`);
}

const TABLE_1: MethodTable = {
  title: both("地表水环境质量标准基本项目标准限值", "limits of the basic items"),
  clause: "GB 3838-2002 table 1",
  head: [
    both("项目", "item"),
    same("key"),
    both("单位", "unit"),
    ...([1, 2, 3, 4, 5] as const).map((n) => same(WATER_CLASS_ZH[n])),
    both("参评", "rated"),
  ],
  rows: [
    ...WATER_ITEMS.map((item) => [
      waterItemZh(item),
      `\`${item}\``,
      waterUnit(item) === "" ? "–" : waterUnit(item),
      ...limitCells(item, "river"),
      RATED_ITEMS.includes(item) ? both("是", "yes") : both("否", "no"),
    ]),
    [
      both(`${waterItemZh("tp")}（湖、库）`, `${waterItemZh("tp")} (lakes)`),
      "`tp`",
      waterUnit("tp"),
      ...limitCells("tp", "lake"),
      both("是", "yes"),
    ],
  ],
};

const DECIMALS: MethodTable = {
  title: both("小数位数", "decimals"),
  clause: "国家自动站发布数据; 环办监测函〔2020〕82号",
  head: [both("项目", "item"), both("小时值", "hourly value"), both("评价值", "assessed mean")],
  rows: WATER_ITEMS.map((item) => [
    waterItemZh(item),
    String(waterDecimals(item, "hour")),
    String(waterDecimals(item, "assessment")),
  ]),
};

const STATUS: MethodTable = {
  title: both("断面水质状况", "status of a section"),
  clause: "环办〔2011〕22号",
  head: [both("类别", "class"), both("状况", "status")],
  rows: ([1, 2, 3, 4, 5, 6] as const).map((n) => [WATER_CLASS_ZH[n], statusOfClass(n)]),
};

const EDITIONS = [
  both(
    "GB 3838-2002，2002-06-01 起施行，未见替代版本",
    "GB 3838-2002, in force from 2002-06-01; no replacement is known",
  ),
];

const CLASS: MethodSheet = {
  indicator: "water_class",
  also: ["compliance_rate"],
  title: both("地表水水质类别与达标率", "Surface-water class and compliance rate"),
  unit: "",
  definition: [
    both(
      "单因子评价：参评项目中最差的类别；决定类别的项目全部列出",
      "single-factor class: the worst class of the rated items, with every item that decides it",
    ),
    both(
      `参评 ${RATED_ITEMS.length} 项（水温、总氮、粪大肠菌群除外）；有哪些评哪些，各断面、时段的参评项目是数据`,
      `${RATED_ITEMS.length} items are rated (not temperature, total nitrogen, coliforms); what is there is rated, and which items a section must have is data`,
    ),
    both(
      "达标：类别不劣于目标类别；达标率 = 达标断面 / 参评断面，旁边总附覆盖率",
      "compliance: a class not worse than the target; rate = reaching / assessed sections, always beside its coverage",
    ),
  ],
  formula: [
    both(
      "时段：先算各项均值再定类别，类别不平均；pH 按氢离子浓度平均；未检出按检出限一半参加平均",
      "periods: means of items first, then the class; pH over hydrogen ions; below detection enters as half the limit",
    ),
    both(
      "超标倍数 = (C − 限值)/限值，主要污染指标最多三项",
      "exceed multiple = (C − limit)/limit; up to three main polluting items",
    ),
  ],
  tables: [TABLE_1, STATUS],
  validity: [
    both(
      "缺少口径 requireItems 中任一项的水样没有类别，并写明原因",
      "a sample without one of policy requireItems has no class, with the reason",
    ),
    both(
      `不参评的断面（${Object.values(NOT_ASSESSED_ZH).join("、")}）不进分母，单独列出`,
      `sections that are not assessed (${Object.values(NOT_ASSESSED_ZH).join(", ")}) are outside the denominator and listed apart`,
    ),
  ],
  rounding: [
    both(
      "GB/T 8170 五成双；修约后为 0 时保留 1 位有效数字",
      "GB/T 8170 half to even; one significant digit is kept where the result would be 0",
    ),
  ],
  editions: EDITIONS,
  policies: ["requireItems", "classOn", "doSaturation", "targetCompare"],
  confidence: [
    {
      level: "confirmed",
      ...both(
        "表 1 与单因子评价：原文；公布数据复现",
        "table 1 and the single-factor class: the text; reproduced on published data",
      ),
    },
    {
      level: "likely",
      ...both("评价值的小数位数（82 号函的三份独立实现）", "decimals of assessed means (three readings of letter 82)"),
    },
  ],
  unknown: [
    both(
      "断流、冰封、未采样断面在区级考核中如何计分",
      "how an assessment of a district scores dry, frozen and unsampled sections",
    ),
  ],
};

const ITEMS: MethodSheet = {
  indicator: "water_items",
  also: [...WATER_ITEMS, "ec", "turb", "chla", "sd", "algae"],
  title: both("地表水各项目", "Items of surface water"),
  unit: "",
  definition: [
    both(
      "各项浓度的限值、小数位数和平均方法；电导率、浊度、叶绿素 a、透明度、藻密度只记录，不评类别",
      "limits, decimals and means of each item; conductivity, turbidity, chlorophyll, Secchi depth and algae are recorded, not rated",
    ),
  ],
  formula: [both("算术平均；pH 按氢离子浓度平均", "arithmetic means; pH over hydrogen ions")],
  tables: [TABLE_1, DECIMALS],
  validity: [
    both(
      "未检出（0.025L、<0.025、未检出）为单独状态，参加平均时按检出限一半",
      "below detection (0.025L, <0.025, 未检出) is a state of its own; half the limit in means",
    ),
  ],
  rounding: CLASS.rounding,
  editions: EDITIONS,
  policies: ["classOn", "doSaturation"],
  confidence: CLASS.confidence,
  unknown: [both("表 2、表 3（饮用水源地）不在范围内", "tables 2 and 3 (drinking-water sources) are out of scope")],
};

export const WATER_SHEETS: readonly MethodSheet[] = [CLASS, ITEMS];
