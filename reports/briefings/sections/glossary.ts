/** Words a reader outside the bureau may not know; only those of parts the briefing has. */
import { heading, paragraph } from "../blocks.ts";
import type { DistrictBriefing } from "../district-data.ts";
import type { Block } from "../outline.ts";

type Term = { readonly zh: string; readonly text: string; readonly when: (briefing: DistrictBriefing) => boolean };

const TERMS: readonly Term[] = [
  { zh: "PM2.5、PM10", text: "空气动力学当量直径不大于2.5、10微米的颗粒物。", when: ({ air }) => air !== undefined },
  { zh: "TSP", text: "总悬浮颗粒物；街乡站用光散射法测得，只用于相互比较。", when: hasRanking("TSP") },
  { zh: "道路尘负荷", text: "单位面积道路上的积尘量。", when: hasRanking("道路尘负荷") },
  {
    zh: "AQI",
    text: "空气质量指数，取各项分指数中最大的；大于50时最大的一项为首要污染物。",
    when: ({ air }) => air !== undefined,
  },
  { zh: "优良天数比率", text: "AQI不大于100的天数占有效评价天数的比例。", when: ({ air }) => air !== undefined },
  { zh: "重污染天", text: "AQI大于200的天。", when: ({ air }) => air !== undefined },
  {
    zh: "水质类别",
    text: "按GB 3838由好到差分Ⅰ至Ⅴ类和劣Ⅴ类，各项目中最差的决定断面类别。",
    when: ({ water }) => water !== undefined,
  },
  {
    zh: "等效声级",
    text: "把起伏的噪声折算成同样能量的稳定声级；昼间、夜间分别与功能区限值比较。",
    when: ({ noise }) => (noise?.rows.length ?? 0) > 0,
  },
  {
    zh: "有风险",
    text: "按目前的数推算，到期时达不到目标。",
    when: ({ standings, plans }) => standings.length > 0 || plans !== undefined,
  },
  {
    zh: "不可判定",
    text: "缺数据、缺上报或缺考核标准，现在不能下结论；不等于未达标。",
    when: ({ standings, plans }) => standings.length > 0 || plans !== undefined,
  },
  {
    zh: "试算",
    text: "用其他年份的数据对照计划，只说明口径。",
    when: ({ plan, plans }) => plan?.trial === true || plans?.trial === true,
  },
];

export function glossarySection(briefing: DistrictBriefing): readonly Block[] {
  return [
    heading(1, "名词解释", 30),
    ...TERMS.filter(({ when }) => when(briefing)).map(({ zh, text }) => paragraph(text, zh)),
  ];
}

function hasRanking(word: string): Term["when"] {
  return ({ rankings }) => rankings.some(({ zh }) => zh.startsWith(word));
}
