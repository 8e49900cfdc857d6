/** Method notes: the editions and policies the figures really used, in words, with the standards' own numbers. */
import { EDITIONS, type Edition } from "../../../src/domain/edition.ts";
import {
  DAY_MIN_HOURS,
  MINIMUMS,
  OZONE_8H_MIN_WINDOWS,
  yearMinimumDays,
} from "../../../src/standards/gb3095-validity.ts";
import { POLICIES, type PolicyName } from "../../../src/standards/policy.ts";
import type { MethodNote } from "../district-data.ts";
import { tight } from "./figures.ts";

type Used = { readonly policies: Readonly<Record<string, string>> };

/** Only where days were rated. */
const DAYS_NOTES: readonly MethodNote[] = [
  { zh: "天数比率上下限", text: "没有有效AQI的天全部按超标计得下限，全部按优良计得上限，均除以日历天数。" },
  { zh: "后期需要", text: "按日历天数推算：余下每天都计入，没有有效AQI的天不算优良。" },
];

/** The notes for the statistics a briefing prints. Policies come in the order of their list, each once. */
export function methodNotes(used: readonly Used[], editions: readonly Edition[]): readonly MethodNote[] {
  const values = new Map(used.flatMap(({ policies }) => Object.entries(policies)));
  const names = (Object.keys(POLICIES) as PolicyName[]).filter((name) => values.has(name));
  // Briefings of townships and of dust speak of no gas.
  const rated = editions.length > 0;
  return [
    ...(editions.length === 0 ? [] : [{ zh: "标准版本", text: editionText(editions) }]),
    {
      zh: "数据有效性",
      text:
        `按GB 3095表4：日均值至少${DAY_MIN_HOURS}个有效小时；月至少${MINIMUMS.monthDays.minimum}个有效日（2月${MINIMUMS.februaryDays.minimum}个）；` +
        `年至少${yearMinimumDays()}个有效日且各月有效；${rated ? `O3日最大8小时平均至少${OZONE_8H_MIN_WINDOWS}个有效滑动平均。` : ""}` +
        "未达要求的只列原因，不列数值。",
    },
    {
      zh: "统计",
      text: rated
        ? "区的日值为各站有效日值的平均；月、季、年浓度为有效日值的平均，CO取日均值第95百分位数，O3取日最大8小时平均第90百分位数。"
        : "各时段浓度为有效日值的平均。",
    },
    {
      zh: "修约",
      text: "全部由未修约的日值计算，最后一次按GB/T 8170修约（四舍六入五成双）；同比由未修约值计算，与用表中数字计算的结果可能相差末位。",
    },
    ...(editions.length === 0 ? [] : DAYS_NOTES),
    {
      zh: "排名",
      text: "先修约后排名，数值相同名次并列，后一名次跳过；第1名最差；未达有效天数的不参加排名，单列原因。",
    },
    ...names.map((name, at) => ({ zh: `口径${at + 1}`, text: policyText(name, values.get(name) ?? "") })),
  ];
}

function editionText(editions: readonly Edition[]): string {
  const known = EDITIONS.filter((edition) => editions.includes(edition)).map((edition) => `HJ 633-${edition}`);
  const both = known.length > 1 ? "，按观测日期分别适用" : "";
  return `AQI按${known.join("、")}${both}；有效性按GB 3095；百分位数按HJ 663。`;
}

/** What the switch is and how it stands; why its default is what it is belongs to the method sheets, not to a mayor. */
function policyText(name: PolicyName, value: string): string {
  return `${tight(POLICIES[name].zh)}。本期取${value}（${name}）。`;
}
