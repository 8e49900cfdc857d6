/** `duibiao warnings`: early warnings, one event an episode, with start, last update and end. */
import Table from "cli-table3";
import { RULES } from "../analysis/warning/rules.ts";
import { type Warning, warningsOf } from "../analysis/warning/warnings.ts";
import { fault } from "../domain/faults.ts";
import { placeFinder, requirePlace } from "../domain/place-finder.ts";
import { dayText, parseDay } from "../domain/time.ts";
import { parsePolicies } from "../standards/policy.ts";
import { command } from "./command.ts";
import { plansOfYear, planYearOf } from "./plan-targets.ts";
import { lastDayOver } from "./question.ts";

export const warnings = command({
  name: "warnings",
  zh: "预警：将进后列、连续月数、天数余额、断面超标、投诉激增、来源中断；一次过程一条，有开始、更新和结束",
  words: [],
  options: {
    at: { type: "string", value: "DATE", zh: "看到哪一天（默认昨天）" },
    days: { type: "string", value: "N", zh: "往前看几天（默认 31，最多 366）" },
    place: { type: "string", value: "P", zh: "区（默认计划所属的区）" },
    plan: { type: "string", value: "YYYY", zh: "对照哪一年的计划（默认今年，没有则最近一年）" },
    all: { type: "boolean", zh: "已结束的也列出" },
    policy: { type: "string", value: "名=值", zh: "口径，可重复", multiple: true },
    json: { type: "boolean", zh: "只输出一份 JSON" },
  },
  examples: ["duibiao warnings", "duibiao warnings --at 2026-10-31 --days 60 --all --json"],
  async run(_words, options, effects) {
    const at = options.at === undefined ? lastDayOver(effects.now()) : parseDay(options.at);
    const days = daysOf(options.days ?? "31");
    const policies = parsePolicies(options.policy);
    const plans = await plansOfYear(await planYearOf(options.plan, effects.now(), effects.storeDir), effects.storeDir);
    const store = await effects.openStore();
    const finder = placeFinder(await store.places());
    const place = requirePlace(finder, options.place ?? plans[0]?.place ?? "");
    const found = await warningsOf(store, { place, plans, at, days, policies });
    const shown = found.filter((one) => options.all || one.state !== "ended");
    if (options.json) effects.out(JSON.stringify(shown.map(warningJson)));
    else for (const line of warningLines(shown)) effects.out(line);
    return 0;
  },
});

const MOST_DAYS = 366;

function daysOf(text: string): number {
  const days = /^\d{1,3}$/.test(text) ? Number(text) : 0;
  if (days < 1 || days > MOST_DAYS)
    throw fault("option.value", { option: "days", given: text, expected: `1…${MOST_DAYS}` });
  return days;
}

function warningJson(one: Warning): Readonly<Record<string, unknown>> {
  return {
    rule: one.rule,
    subject: one.subject,
    code: one.code,
    indicator: one.indicator,
    state: one.state,
    start: dayText(one.start),
    updated: dayText(one.updated),
    end: one.end === undefined ? null : dayText(one.end),
    value: one.value ?? null,
    worst: one.worst ?? null,
    unit: one.unit,
    words: one.words,
  };
}

const STATE_ZH = { active: "进行中", ended: "已结束", no_data: "近日无数据" } as const;

function warningLines(list: readonly Warning[]): readonly string[] {
  if (list.length === 0) return ["没有预警"];
  const table = new Table({
    head: ["状态", "规则", "对象", "开始", "更新", "当前", "说明"],
    style: { head: [], border: [] },
  });
  for (const one of list) {
    const value = one.value === undefined ? "—" : `${Math.floor(one.value * 10) / 10} ${one.unit}`;
    const until = one.end === undefined ? dayText(one.updated) : `${dayText(one.end)} 止`;
    table.push([STATE_ZH[one.state], RULES[one.rule].zh, one.subject, dayText(one.start), until, value, one.words]);
  }
  return table.toString().split("\n");
}
