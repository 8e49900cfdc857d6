/** What each flag of a draft asks of a person, in Chinese. A flag is a code, and after a colon what was seen. */

const FLAGS: Readonly<Record<string, string>> = {
  base: "与这一年相比",
  "alternative.to-previous": "与上一条是二选一，请定 alternative",
  "bracket.same-thing": "括号内的数，可能与括号前是同一件事",
  "change.increase": "写的是增幅，不是达到的数",
  "comparator.unsaid": "原文没有比较词，按“至少”读",
  cut: "后几名",
  "cut.missing": "连续几个月的后几名没有写明",
  deadline: "原文里的时限",
  "deadline.filled": "时限空白，沿用上一行",
  "deadline.missing": "没有时限",
  direction: "没有数值的要求，按零读",
  "frequency.counted": "频次带次数",
  "frequency.from-dates": "由几个日期得出的频次",
  "idiom.count": "数字词里的条数",
  "idiom.ratio": "数字词里的比例",
  "measure.missing": "没有措施文字",
  "number.one": "“一”可能不是数量",
  period: "百分比按这个周期",
  "range.radius": "范围按“至少”读",
  "rank.from-best": "从好到差的名次",
  "row.cells": "这一行的格数与表头不同",
  "set.fixed": "按已有的固定个数读，等于",
  "subject.inherited": "指标名取自前文",
  "subject.missing": "没有认出指标名",
  "subject.split": "并列的两个指标拆成两条",
  "task.number-missing": "序号空白，按顺序补",
  "task.number-repeated": "序号重复印刷，并为一项任务",
  "task.number-reused": "同一序号用于两项任务",
  trigger: "触发条件，不是要达到的目标",
  "unit.guessed": "单位是猜的",
  "unit.none": "没有单位",
  "units.filled": "单位空白，沿用上一行",
  "units.joined": "一格跨牵头与主责两列",
  "units.missing": "没有责任单位",
  "units.open-ended": "单位名单没有写完",
  "units.other-reading": "另一种读法",
  "units.remark": "单位名带说明",
  "units.shifted": "时限缺失，单位左移一格",
  "units.split": "一行写了几个单位",
  "water-class": "类别数越小越好",
  "whole.unsaid": "全覆盖，按 100% 读",
};

/** A flag in words: `units.split:甲局乙局` → `一行写了几个单位：甲局乙局`. */
export function flagZh(flag: string): string {
  const colon = flag.indexOf(":");
  const code = colon < 0 ? flag : flag.slice(0, colon);
  const words = FLAGS[code] ?? code;
  return colon < 0 ? words : `${words}：${flag.slice(colon + 1)}`;
}

/** The codes there are. */
export const FLAG_CODES: readonly string[] = Object.keys(FLAGS);
