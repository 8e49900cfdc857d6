/** Method sheets of the composite index, street TSP, dustfall and road dust load. */
import { indicatorOf } from "../../domain/indicator.ts";
import { airDecimals } from "../air-decimals.ts";
import { PRACTICE_2014 } from "../composite-index.ts";
import { DUSTFALL_DETECTION, DUSTFALL_QUANTIFICATION, DUSTFALL_UNIT } from "../dustfall.ts";
import { decimalText } from "../gbt8170.ts";
import { ANNUAL_METRICS } from "../hj663-percentile.ts";
import { AIR_EDITIONS, limitTable } from "./air-items.ts";
import { both, type MethodSheet, same } from "./sheet.ts";

const ITEM_NAMES = { so2: "SO2", no2: "NO2", pm10: "PM10", pm25: "PM2.5", co: "CO", o3: "O3" } as const;

const COMPOSITE: MethodSheet = {
  indicator: "composite_index",
  also: [],
  title: both("环境空气质量综合指数", "Composite air quality index"),
  unit: "",
  definition: [
    both(
      "六项污染物单项指数之和，越小越好，相等并列；权重和限值为配置",
      "the sum of six single indices; smaller is better, equal values tie; weights and limits are configuration",
    ),
  ],
  formula: [
    both(
      "I = Σ 权重 × C/S：SO2、NO2、PM10、PM2.5 用时段均值，CO 用日均值 P95，O3 用日最大 8 小时 P90",
      "I = Σ weight × C/S: period means of SO2, NO2, PM10, PM2.5; P95 of daily CO; P90 of daily 8-hour ozone",
    ),
  ],
  tables: [
    {
      title: both(`默认方案：${PRACTICE_2014.zh}`, "default scheme: practice of 2014–2025"),
      clause: "环办〔2014〕64号; GB 3095-2012 table 1, grade II",
      head: [both("项目", "item"), both("统计量", "statistic"), both("标准值 S", "S"), both("权重", "weight")],
      rows: PRACTICE_2014.parts.map(({ item, limit, weight }) => {
        const metric = ANNUAL_METRICS.find((one) => one.item === item);
        const statistic = metric?.mean === true ? both("均值", "mean") : same(`P${metric?.percentile ?? ""}`);
        return [ITEM_NAMES[item], statistic, decimalText(limit, 0), decimalText(weight, 0)];
      }),
    },
  ],
  validity: [
    both(
      "任一项没有有效统计值就不给综合指数，并指明缺哪一项",
      "without a valid statistic of one item there is no index, and the item is named",
    ),
  ],
  rounding: [
    both(
      `发布 ${airDecimals("composite_index", "published")} 位小数，一次修约`,
      `published with ${airDecimals("composite_index", "published")} decimals, rounded once`,
    ),
  ],
  editions: [
    both(
      "默认限值为 GB 3095-2012 二级，2026 年后的排名口径未知，改配置即可",
      "the default limits are GB 3095-2012 grade II; ranking practice after 2026 is not known and is a matter of configuration",
    ),
  ],
  policies: ["percentileFormula", "setCoverage", "periodCoverage"],
  confidence: [
    {
      level: "confirmed",
      ...both(
        "2013—2025 排名公式：多地通报与算例（3.06）",
        "formula of 2013–2025: notices of several provinces and a worked example (3.06)",
      ),
    },
    {
      level: "unverified",
      ...both(
        "PM2.5×3、NO2×2、O3×2 的新权重只有一个来源，未采用",
        "new weights PM2.5 ×3, NO2 ×2, O3 ×2 rest on a single source and are not used",
      ),
    },
  ],
  unknown: [both("HJ 663-2026 的综合指数规定", "what HJ 663-2026 says of the index")],
};

const TSP: MethodSheet = {
  indicator: "tsp",
  also: [],
  title: both("街乡 TSP（大气粗颗粒物，光散射法）", "Street TSP (coarse particles, light scattering)"),
  unit: indicatorOf("tsp").unit,
  definition: [
    both(
      "街乡监测网的光散射传感器数值，只用于排名",
      "values of the street network's light-scattering sensors, used to rank only",
    ),
    both(
      "不与 200/300 µg/m³ 比较：限值属于重量法（HJ 1263）；程序中两者是不同的类型，比较会被拒绝",
      "never held against 200/300 µg/m³: those limits belong to the gravimetric method (HJ 1263); both are different types here and a comparison is refused",
    ),
  ],
  formula: [
    both(
      "日均值为小时值的平均；半月、月、累计为日均值的平均；倒序排名，第 1 名最差，并列同名次、跳号",
      "daily mean of the hours; half-months, months and cumulative periods are means of days; ranked worst first, ties share a rank and the next is skipped",
    ),
  ],
  tables: [
    {
      ...limitTable("tsp"),
      title: both("重量法 TSP 限值（不适用于街乡数据）", "limits of weighed TSP (not for street data)"),
    },
  ],
  validity: [
    both(
      "日：口径 tspDayHours；半月：口径 periodCoverage",
      "day: policy tspDayHours; half-month: policy periodCoverage",
    ),
  ],
  rounding: [both("先修约到整数再排名", "rounded to whole numbers before ranking")],
  editions: AIR_EDITIONS.slice(0, 3),
  policies: ["tspDayHours", "periodCoverage", "monthMeans"],
  confidence: [
    {
      level: "confirmed",
      ...both(
        "半月通报、倒序、竞争并列：4 份市级 TSP 通报和 1 份区级表",
        "half-monthly, worst first, competition ties: 4 city bulletins, 1 district table",
      ),
    },
    {
      level: "likely",
      ...both(
        "仪器为光散射（2018 年方案）；按整数排名（区级表已证实）",
        "instruments scatter light (2018 plan); ranks on whole numbers (confirmed in a district table)",
      ),
    },
  ],
  unknown: [
    both(
      "第 30 名并列如何截取（并列跨线时整组列出并注明）、缺数据街乡的处理、参加排名的单位总数",
      "ties across place 30 (the whole group is listed and flagged), units without data, and how many units are ranked",
    ),
  ],
};

const DUSTFALL: MethodSheet = {
  indicator: "dustfall",
  also: [],
  title: both("降尘量", "Dustfall"),
  unit: DUSTFALL_UNIT,
  definition: [
    both(
      "集尘缸一个月收集的降尘，折算到每平方千米 30 天",
      "what a jar collects in a month, expressed per km² and 30 days",
    ),
  ],
  formula: [
    both(
      "M = (W1 − Wa − Wc)/(S·n) × 30 × 10⁴：W 克，S 缸口面积 cm²，n 天数（到 0.1 天）",
      "M = (W1 − Wa − Wc)/(S·n) × 30 × 10⁴: W in g, S the mouth in cm², n days to a tenth",
    ),
    both("区、市为各点的平均；升序排名，最少为第 1", "district, city: mean of the points; ranked ascending"),
  ],
  tables: [
    {
      title: both("检出限与测定下限", "limits of detection and quantification"),
      clause: "HJ 1221-2021",
      head: [both("界限", "limit"), same(DUSTFALL_UNIT)],
      rows: [
        [both("检出限", "detection"), decimalText(DUSTFALL_DETECTION, 1)],
        [both("测定下限", "lower quantification"), decimalText(DUSTFALL_QUANTIFICATION, 1)],
      ],
    },
  ],
  validity: [both("低于测定下限的数值按“低于测定下限”显示", "values below the quantification limit are shown as such")],
  rounding: [
    both(
      `发布 ${airDecimals("dustfall", "published")} 位小数`,
      `published with ${airDecimals("dustfall", "published")} decimal`,
    ),
  ],
  editions: [both("HJ 1221-2021；此前 GB/T 15265-1994", "HJ 1221-2021; before it GB/T 15265-1994")],
  policies: [],
  confidence: [
    { level: "confirmed", ...both("方法、单位、检出限、测定下限", "method, unit, both limits") },
    { level: "likely", ...both("计算式（记忆，量纲已核对）", "formula (from memory, dimensions checked)") },
  ],
  unknown: [
    both(
      "降尘如何扣除沙尘：没有公布的方法，扣除后的数值由局方提供并与原值并列",
      "how dust storms are deducted: no published method; an adjusted figure is the bureau's input beside the raw one",
    ),
    both("HJ 1221 是否正式代替 GB/T 15265", "whether HJ 1221 formally replaced GB/T 15265"),
  ],
};

const ROAD: MethodSheet = {
  indicator: "road_dust_load",
  also: [],
  title: both("道路尘负荷", "Road dust load"),
  unit: indicatorOf("road_dust_load").unit,
  definition: [
    both(
      "第三方按月检测的道路积尘，平原区街乡；“月”为上月 20 日至本月 19 日（2024 年起所见），保留所标月份，时段写在依据中",
      "measured monthly by a third party in the plain's townships; the month runs from the 20th to the 19th (seen since 2024), keeps its label, and its window stands in the basis",
    ),
    both(
      "不是城市道路“尘土残存量”：单位相同，数值约大十倍",
      "not the 尘土残存量 of the city-management commission: same unit, about ten times larger",
    ),
  ],
  formula: [
    both("升序排名，最小为第 1，并列同名次、跳号", "ranked ascending, ties share a rank and the next is skipped"),
  ],
  tables: [],
  validity: [both("由来源给出月值，不再统计小时或天", "the source gives months; there are no hours or days")],
  rounding: [
    both(
      `${airDecimals("road_dust_load", "published")} 位小数`,
      `${airDecimals("road_dust_load", "published")} decimals`,
    ),
  ],
  editions: [
    both(
      "2022/2023 年起为 g/m²；2020 年为百分制得分，两者不比较",
      "g/m² since 2022/23; a 100-point score in 2020, and the two are not compared",
    ),
  ],
  policies: ["runGap"],
  confidence: [
    {
      level: "confirmed",
      ...both("单位、频次、排名方式：多份公开报道", "unit, frequency, ranking: several published reports"),
    },
  ],
  unknown: [
    both(
      "优良中差的分级界限和地方标准编号：未证实，不采用",
      "the thresholds of 优/良/中/差 and the local standard's number: not confirmed, not used",
    ),
  ],
};

export const DUST_SHEETS: readonly MethodSheet[] = [COMPOSITE, TSP, DUSTFALL, ROAD];
