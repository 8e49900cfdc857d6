/** The composite index (综合指数) of places over a period, from their valid, published (rounded) statistics. */
import type { Exact } from "../domain/exact.ts";
import { fault } from "../domain/faults.ts";
import { indicatorOf } from "../domain/indicator.ts";
import { daysIn, type Period } from "../domain/period.ts";
import type { DayNumber } from "../domain/time.ts";
import { compositeIndex } from "../standards/composite-index.ts";
import { DUST_ITEMS } from "../standards/dust.ts";
import { roundHalfEven } from "../standards/gbt8170.ts";
import type { AssessedItem } from "../standards/hj663-percentile.ts";
import type { Policies } from "../standards/policy.ts";
import type { Store } from "../store/port.ts";
import type { Behind } from "./behind.ts";
import { measuredStatistics } from "./dust-free.ts";
import type { Statistic, StatisticName } from "./statistic.ts";
import type { Subject } from "./subject.ts";

const ITEMS: readonly AssessedItem[] = ["so2", "no2", "pm10", "pm25", "co", "o3"];

/** Published with two decimals nationally. */
const DECIMALS = 2;

export async function compositeStatistics(
  store: Store,
  question: {
    readonly subjects: readonly Subject[];
    readonly period: Period;
    readonly policies: Policies;
    readonly today: DayNumber;
    readonly daily?: string;
    /** `count_dust_excluded`: PM10 and PM2.5 without declared dust. */
    readonly statistic?: StatisticName | undefined;
  },
): Promise<readonly Statistic[]> {
  const { subjects, period } = question;
  if (period.kind === "day") {
    throw fault(
      "period.unknown",
      { given: period.text, reason: "综合指数按月及以上时段计算" },
      { parameter: "--period" },
    );
  }
  const parts = new Map<AssessedItem, readonly Statistic[]>();
  for (const item of ITEMS) {
    const dustFree = question.statistic === "count_dust_excluded" && DUST_ITEMS.some((one) => one === item);
    const statistic = dustFree ? "mean_dust_excluded" : undefined;
    parts.set(item, await measuredStatistics(store, { ...question, statistic, indicator: indicatorOf(item) }));
  }
  return subjects.map((subject, index): Statistic => {
    const values: Partial<Record<AssessedItem, Exact>> = {};
    const any: Partial<Record<AssessedItem, Exact>> = {};
    for (const [item, results] of parts) {
      const one = results[index];
      if (one?.value === undefined) continue;
      any[item] = roundHalfEven(one.value, one.decimals);
      if (one.valid === true) values[item] = any[item];
    }
    const { missing } = compositeIndex(values);
    const have = ITEMS.length - missing.length;
    const zh = `六项中 ${missing.map((item) => indicatorOf(item).zh).join("、")} 无有效统计值`;
    return {
      indicator: "composite_index",
      statistic: question.statistic ?? "count",
      place: subject.place,
      period,
      value: compositeIndex(any).index,
      decimals: DECIMALS,
      unit: "",
      valid: missing.length === 0 ? true : { what: "data", have, need: ITEMS.length, zh },
      n: Math.min(...[...parts.values()].map((results) => results[index]?.n ?? 0)),
      expected: daysIn(period),
      ...(subject.isSet ? { behind: behindAll([...parts.values()].map((results) => results[index])) } : {}),
      origin: "days",
      policies: parts.get("pm25")?.[index]?.policies ?? {},
    };
  });
}

function behindAll(parts: readonly (Statistic | undefined)[]): Behind {
  const total = (count: (behind: Behind) => number): number =>
    parts.reduce((sum, one) => sum + (one?.behind === undefined ? 0 : count(one.behind)), 0);
  return { what: "itemDays", have: total(({ have }) => have), of: total(({ of }) => of) };
}
