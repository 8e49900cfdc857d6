/** Method sheets of the six pollutants: PM2.5, PM10, SO2, NO2, CO, O3. */
import { indicatorOf } from "../../domain/indicator.ts";
import { airDecimals, PM25_DECIMAL_SINCE } from "../air-decimals.ts";
import { DUST_ITEMS, dustStatisticName } from "../dust.ts";
import { LIMITS, type LimitItem, type LimitPeriod } from "../gb3095-limits.ts";
import {
  DAY_MIN_HOURS,
  MINIMUMS,
  OZONE_8H_FIRST_END,
  OZONE_8H_HOURS,
  OZONE_8H_LAST_END,
  OZONE_8H_LIMIT,
  OZONE_8H_MIN_HOURS,
  OZONE_8H_MIN_WINDOWS,
} from "../gb3095-validity.ts";
import { ANNUAL_METRICS, type AssessedItem } from "../hj663-percentile.ts";
import { SMALL_SET_BELOW } from "../hj663-set.ts";
import type { PolicyName } from "../policy.ts";
import { type Both, both, type MethodSheet, type MethodTable, same } from "./sheet.ts";

const PERIODS: Readonly<Record<LimitPeriod, Both>> = {
  year: both("年平均", "year"),
  quarter: both("季平均", "quarter"),
  day: both("24 小时平均", "day"),
  mda8: both("日最大 8 小时平均", "daily 8-hour maximum"),
  hour: both("1 小时平均", "hour"),
};

/** The limits of an item as GB 3095 prints them, all phases side by side. */
export function limitTable(item: LimitItem): MethodTable {
  const rows = LIMITS.filter((row) => row.item === item);
  return {
    title: both("浓度限值（一级 / 二级）", "limits (grade I / II)"),
    clause: `GB 3095-2012 · GB 3095-2026, ${[...new Set(rows.map((row) => `table ${row.table}`))].join(", ")}, cl. 4.4`,
    head: [
      both("平均时间", "time"),
      same("2012"),
      same("2026-03-01 … 2030-12-31"),
      both("2031-01-01 起", "from 2031-01-01"),
    ],
    rows: rows.map(({ period, limits }) => [
      PERIODS[period],
      limits["2012"].join(" / "),
      limits["2026-1"].join(" / "),
      limits["2026-2"].join(" / "),
    ]),
  };
}

/** What station sets, months and years of every pollutant share. */
export const AIR_POLICIES: readonly PolicyName[] = [
  "setCoverage",
  "periodCoverage",
  "percentileFormula",
  "meansFrom",
  "monthMeans",
  "targetCompare",
];

export const AIR_EDITIONS: readonly Both[] = [
  both(
    "GB 3095-2012（含 2018 年修改单）用于 2026-02-28 及以前的观测",
    "GB 3095-2012 with its 2018 amendment: observations up to 2026-02-28",
  ),
  both(
    "GB 3095-2026 第一阶段用于 2026-03-01 至 2030-12-31，第二阶段从 2031-01-01 起",
    "GB 3095-2026 phase 1: 2026-03-01 to 2030-12-31; phase 2 from 2031-01-01",
  ),
  both(
    "版本按观测日期选，不按计算日期；也可对任何日期指定版本",
    "the edition follows the day of observation, never the day of computing; either can be asked for on any date",
  ),
  both(
    "2018-09-01 参比状态改变：气态值此后约低 8.4%，跨越该日的序列附说明",
    "the reference state changed on 2018-09-01: gases fall by about 8.4 %; a series across that day carries a note",
  ),
];

const AIR_VALIDITY: readonly Both[] = [
  both(
    `月：至少 ${MINIMUMS.monthDays.minimum} 个有效日（2 月 ${MINIMUMS.februaryDays.minimum} 个，闰年相同）`,
    `month: at least ${MINIMUMS.monthDays.minimum} valid days (February ${MINIMUMS.februaryDays.minimum}, leap years too)`,
  ),
  both(
    `年：至少 ${MINIMUMS.yearDays.minimum} 个有效日，且 12 个月均有效`,
    `year: at least ${MINIMUMS.yearDays.minimum} valid days, and each of the 12 months valid`,
  ),
  both(
    "季、半年和完整月份的累计：其中每个月均有效",
    "quarter, half-year, cumulative of complete months: each of their months valid",
  ),
  both("半月和未结束的时段：口径 periodCoverage", "half-month and running period: policy periodCoverage"),
  both(
    "无效时仍给出数值，并注明缺多少；所有有效数据都参加统计",
    "a figure that is not valid is still given with what it lacks; all valid data take part",
  ),
];

const AIR_CONFIDENCE: MethodSheet["confidence"] = [
  {
    level: "confirmed",
    ...both(
      "限值与有效性：GB 3095-2026 原文（表 1、2、4，6.4）",
      "limits and validity: text of GB 3095-2026 (tables 1, 2, 4, cl. 6.4)",
    ),
  },
  {
    level: "confirmed",
    ...both("年评价指标：HJ 663 表 1（两版）", "annual statistics: HJ 663 table 1, both editions"),
  },
  {
    level: "likely",
    ...both(
      "2012 版有效性数字与 2026 版相同（记忆，一份代码一致）",
      "the 2012 validity numbers equal those of 2026 (memory, one implementation)",
    ),
  },
  {
    level: "likely",
    ...both(
      "百分位数公式：HJ 663-2013 附录 A（记忆，两份代码一致）",
      "percentile formula: HJ 663-2013 app. A (memory, two implementations)",
    ),
  },
  {
    level: "unverified",
    ...both("站点集所需站点比例：口径 setCoverage", "share of stations a set needs: policy setCoverage"),
  },
];

const AIR_UNKNOWN: readonly Both[] = [
  both(
    "HJ 663-2013 和 HJ 663-2026 全文未取得：例外事件、三年滚动评价、修约表",
    "the texts of HJ 663-2013 and HJ 663-2026 were not obtained: exceptional events, three-year assessment, rounding table",
  ),
  both(
    "月、年均值从修约前还是修约后的日均值算起：口径 meansFrom",
    "whether means start from unrounded or rounded daily values: policy meansFrom",
  ),
];

const SET_RULE = both(
  `区、市：站点集内各站有效日值的算术平均；需 setCoverage 的站点有效（站点少于 ${SMALL_SET_BELOW} 个用第二个比例）`,
  `district, city: mean of the station set's valid daily values; setCoverage of the stations must be valid (the second share below ${SMALL_SET_BELOW} stations)`,
);

const DUST_RULE = both(
  `沙尘：申报的沙尘时段是外部输入；含沙尘与扣除沙尘（${dustStatisticName("mean", "dust_excluded")}）是两个不同名称的统计值，并列给出`,
  `dust: declared periods are an input; with dust and without it (${dustStatisticName("mean", "dust_excluded")}) are two statistics with different names, side by side`,
);

const PERCENTILE_RULE = both(
  "百分位数：日值从小到大排列，k = 1 + (n−1)·p/100，在相邻两值间线性插值",
  "percentile: daily values ascending, k = 1 + (n−1)·p/100, linear between neighbours",
);

function metricRule(item: AssessedItem): Both {
  const metric = ANNUAL_METRICS.find((one) => one.item === item);
  const p = `P${metric?.percentile ?? ""}`;
  return metric?.mean === true
    ? both(
        `年评价：年均值和日均值的 ${p}，两者都达标才算达标`,
        `a year is judged by its mean and the ${p} of daily means; both must attain`,
      )
    : both(
        `年评价：只用日值的 ${p}，没有年均值限值`,
        `a year is judged by the ${p} of its daily values alone; there is no annual mean`,
      );
}

function decimalsRule(item: AssessedItem): Both {
  const n = airDecimals(item, "statistic");
  const published = airDecimals(item, "published");
  const extra =
    published === n
      ? both("", "")
      : both(
          `；公报自 ${PM25_DECIMAL_SINCE} 年起印 ${published} 位小数`,
          `; bulletins print ${published} decimal from ${PM25_DECIMAL_SINCE} on`,
        );
  return both(
    `GB/T 8170 四舍六入五成双，从精确值一次修约到 ${n} 位小数${extra.zh}`,
    `GB/T 8170 half to even, once, from the exact value, to ${n} decimals${extra.en}`,
  );
}

function meanSheet(item: Exclude<AssessedItem, "o3">): MethodSheet {
  const { zh, en, unit } = indicatorOf(item);
  return {
    indicator: item,
    also: [],
    title: both(zh, en === zh ? zh : `${zh} (${en})`),
    unit,
    definition: [
      both(
        "日均值：一个自然日 24 个小时值的算术平均；小时标签为时段终点，0 时属于前一日",
        "daily mean: arithmetic mean of the 24 hours of a natural day; labels name the end of the hour, 0:00 belongs to the day before",
      ),
      both(
        "月、季、年均值：日均值的算术平均，不由小时值或月均值计算",
        "month, quarter, year: mean of daily means, never of hours or months",
      ),
    ],
    formula: [
      SET_RULE,
      metricRule(item),
      PERCENTILE_RULE,
      ...(DUST_ITEMS.some((one) => one === item) ? [DUST_RULE] : []),
    ],
    tables: [limitTable(item)],
    validity: [
      both(
        `日：至少 ${DAY_MIN_HOURS} 个小时值（GB 3095 表 4）`,
        `day: at least ${DAY_MIN_HOURS} hourly values (GB 3095 table 4)`,
      ),
      ...AIR_VALIDITY,
    ],
    rounding: [decimalsRule(item)],
    editions: AIR_EDITIONS,
    policies: item === "co" ? [...AIR_POLICIES, "yearValidity"] : AIR_POLICIES,
    confidence: AIR_CONFIDENCE,
    unknown: AIR_UNKNOWN,
  };
}

const OZONE: MethodSheet = {
  indicator: "o3",
  also: [],
  title: both("O3 臭氧", "O3 (ozone)"),
  unit: indicatorOf("o3").unit,
  definition: [
    both(
      `日最大 8 小时平均（MDA8）：止于 ${OZONE_8H_FIRST_END}–${OZONE_8H_LAST_END} 时的 ${OZONE_8H_LAST_END - OZONE_8H_FIRST_END + 1} 个 ${OZONE_8H_HOURS} 小时滑动平均中最大的一个，都在当日之内`,
      `daily 8-hour maximum (MDA8): the largest of the ${OZONE_8H_LAST_END - OZONE_8H_FIRST_END + 1} running ${OZONE_8H_HOURS}-hour means ending at ${OZONE_8H_FIRST_END}–${OZONE_8H_LAST_END} h, all inside the day`,
    ),
    both("日最大 1 小时平均：2012 版日报另用的指标", "daily 1-hour maximum: rated by the 2012 edition beside it"),
  ],
  formula: [
    both(
      "区、市：各站 MDA8 的平均（不是平均浓度的 MDA8）",
      "district, city: mean of the stations' MDA8, not MDA8 of the mean",
    ),
    SET_RULE,
    metricRule("o3"),
    PERCENTILE_RULE,
  ],
  tables: [limitTable("o3")],
  validity: [
    both(
      `8 小时平均：至少 ${OZONE_8H_MIN_HOURS} 个小时值（GB 3095 表 4）`,
      `8-hour mean: at least ${OZONE_8H_MIN_HOURS} hours (GB 3095 table 4)`,
    ),
    both(
      `日：至少 ${OZONE_8H_MIN_WINDOWS} 个有效 8 小时平均；不足但未修约的 MDA8 超过 ${OZONE_8H_LIMIT} 时仍有效（HJ 663 6.1.2）`,
      `day: at least ${OZONE_8H_MIN_WINDOWS} valid 8-hour means; with fewer it still counts when MDA8, unrounded, exceeds ${OZONE_8H_LIMIT} (HJ 663 cl. 6.1.2)`,
    ),
    both("日最大 1 小时：口径 o3HourMinimum", "1-hour maximum: policy o3HourMinimum"),
    ...AIR_VALIDITY,
  ],
  rounding: [decimalsRule("o3")],
  editions: AIR_EDITIONS,
  policies: [...AIR_POLICIES, "o3HourMinimum", "yearValidity"],
  confidence: [
    ...AIR_CONFIDENCE,
    {
      level: "confirmed",
      ...both(
        "14 个窗口与超标例外：HJ 663 两版 6.1.2",
        "14 windows and the exception: HJ 663 cl. 6.1.2, both editions",
      ),
    },
    { level: "likely", ...both("24 时由次日 0 时标签给出", "the 24th hour is the label 0 of the next day") },
  ],
  unknown: AIR_UNKNOWN,
};

export const AIR_ITEM_SHEETS: readonly MethodSheet[] = [
  meanSheet("pm25"),
  meanSheet("pm10"),
  meanSheet("so2"),
  meanSheet("no2"),
  meanSheet("co"),
  OZONE,
];
