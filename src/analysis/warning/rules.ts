/** The rules there are, with their levels. All of them are our choice, none stands in a plan or a standard. */

export type RuleName = "month_rank" | "run" | "budget" | "section" | "complaints" | "silent";

export type Rule = {
  readonly name: RuleName;
  readonly zh: string;
  /** Days in a row to start and to end. */
  readonly persist: number;
  /** Starts at, ends beyond. */
  readonly raise: number;
  readonly clear: number;
  readonly higherIsWorse: boolean;
  readonly reasonZh: string;
};

export const RULES: Readonly<Record<RuleName, Rule>> = {
  month_rank: {
    name: "month_rank",
    zh: "本月名次将进入后列",
    persist: 3,
    raise: 30,
    clear: 35,
    higherIsWorse: false,
    reasonZh: "计划列出的是后 30 名；月初几天的名次跳动大，连续三天才算",
  },
  run: {
    name: "run",
    zh: "连续进入后列，只剩一个月余地",
    persist: 1,
    raise: 2,
    clear: 1,
    higherIsWorse: true,
    reasonZh: "计划是不得连续 3 个月：已连续 2 个月即提醒",
  },
  budget: {
    name: "budget",
    zh: "全年天数余额已用四分之三",
    persist: 1,
    raise: 75,
    clear: 70,
    higherIsWorse: true,
    reasonZh: "用到四分之三时仍有时间安排",
  },
  section: {
    name: "section",
    zh: "断面本月至今劣于目标类别",
    persist: 3,
    raise: 1,
    clear: 1,
    higherIsWorse: true,
    reasonZh: "自动站单日波动大，连续三天才算",
  },
  complaints: {
    name: "complaints",
    zh: "噪声投诉四周合计明显多于上年同期",
    persist: 3,
    raise: 150,
    clear: 125,
    higherIsWorse: true,
    reasonZh: "上年同期的一倍半；四周合计抹平周末",
  },
  silent: {
    name: "silent",
    zh: "近一个月有数据的地点没有来数",
    persist: 2,
    raise: 1,
    clear: 1,
    higherIsWorse: true,
    reasonZh: "晚一天是常事，两天没有来数才算",
  },
};
