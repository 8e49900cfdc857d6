/** One question, one answer: any indicator at any place over any period, in the keys of the command line's contract. */
import type { Edition } from "../domain/edition.ts";
import { editionOn } from "../domain/edition.ts";
import { type Exact, toNumber } from "../domain/exact.ts";
import { fault } from "../domain/faults.ts";
import type { Period } from "../domain/period.ts";
import type { Place } from "../domain/place.ts";
import type { DayNumber } from "../domain/time.ts";
import { roundHalfEven } from "../standards/gbt8170.ts";
import { type Policies, policyTexts } from "../standards/policy.ts";
import type { Store } from "../store/port.ts";
import { type AqiDay, aqiDays, POLLUTANTS } from "./aqi-days.ts";
import { behindJson, stationDays } from "./behind.ts";
import { compositeStatistics } from "./composite.ts";
import { type CountStatistic, countStatistics } from "./count-statistics.ts";
import { type DustFreeStatistic, measuredStatistics } from "./dust-free.ts";
import { exceedanceJson } from "./exceedance.ts";
import { noiseStatistics } from "./noise-answer.ts";
import type { StatIndicator } from "./stat-indicators.ts";
import { type Statistic, type StatisticName, shortfall } from "./statistic.ts";
import { type Subject, subjectOf } from "./subject.ts";
import { totalStatistics } from "./totals.ts";
import { complianceStatistics, type WaterFacts, waterClassStatistics, waterItemStatistics } from "./water-answer.ts";

export type StatQuestion = {
  readonly indicator: StatIndicator;
  readonly places: readonly Place[];
  readonly period: Period;
  readonly statistic?: StatisticName | undefined;
  readonly edition?: Edition | undefined;
  readonly policies: Policies;
  readonly today: DayNumber;
  readonly daily?: string | undefined;
};

export type StatAnswer = DustFreeStatistic & {
  readonly editions: readonly Edition[];
  /** Of counts. */
  readonly count?: CountStatistic;
  /** Of the AQI of a day. */
  readonly day?: AqiDay;
  /** Of water classes and rates. */
  readonly water?: WaterFacts;
  /** Stations with a valid index that day, of a set. */
  readonly stations?: number;
};

/**
 * The statistic of each place, in their order.
 * @throws Fault `statistic.unknown`, `period.unknown` where the indicator has no value over such a period
 */
export async function askStatistics(store: Store, question: StatQuestion): Promise<readonly StatAnswer[]> {
  const { indicator, places, period } = question;
  const table = await store.places();
  const medium = indicator.kind === "measured" ? indicator.indicator.medium : "air";
  const subjects = places.map((place) => subjectOf(table, place, medium));
  const { statistic, daily, ...rest } = question;
  const common = { ...rest, subjects, ...(daily === undefined ? {} : { daily }) };
  switch (indicator.kind) {
    case "measured": {
      if (indicator.indicator.medium === "water" && question.statistic === undefined) {
        const sections = places.filter((place) => place.kind === "section");
        if (sections.length === places.length) {
          return withoutEdition(await waterItemStatistics(store, question, indicator.indicator));
        }
      }
      if (indicator.code === "leq" && question.statistic === undefined) {
        return withoutEdition(await noiseStatistics(store, question, "leq"));
      }
      if (indicator.indicator.averaging === "sum" && (statistic === undefined || statistic === "count")) {
        return withoutEdition(await totalStatistics(store, { ...question, indicator: indicator.indicator }));
      }
      const results = await measuredStatistics(store, {
        ...common,
        indicator: indicator.indicator,
        statistic: question.statistic,
      });
      const editions = editionsIn(period);
      return results.map((one) => ({ ...one, editions }));
    }
    case "count": {
      refuseStatistic(question, indicator.code);
      const results = await countStatistics(store, { ...common, indicator: indicator.code });
      return results.map((one) => ({ ...one, count: one }));
    }
    case "composite": {
      if (statistic !== "count_dust_excluded") refuseStatistic(question, indicator.code);
      return (await compositeStatistics(store, { ...common, statistic })).map((one) => ({
        ...one,
        editions: editionsIn(period),
      }));
    }
    case "water": {
      refuseStatistic(question, indicator.code);
      const ask = indicator.code === "water_class" ? waterClassStatistics : complianceStatistics;
      return withoutEdition(await ask(store, question));
    }
    case "noise":
      refuseStatistic(question, indicator.code);
      return withoutEdition(await noiseStatistics(store, question, indicator.code));
    case "aqi":
      return await aqiAnswers(store, question, subjects);
  }
}

/** Standards of water and noise have one edition each, so there is none to name. */
function withoutEdition(results: readonly Statistic[]): readonly StatAnswer[] {
  return results.map((one) => ({ ...one, editions: [] }));
}

/** The editions in force over a period's days. */
export function editionsIn(period: Period): readonly Edition[] {
  return [...new Set([editionOn(period.first), editionOn(period.last)])];
}

function refuseStatistic({ statistic }: StatQuestion, code: string): void {
  if (statistic !== undefined && statistic !== "count") {
    throw fault(
      "statistic.unknown",
      { indicator: code, given: statistic, known: "count" },
      { parameter: "--statistic" },
    );
  }
}

const AQI_UNIT = "";

async function aqiAnswers(
  store: Store,
  question: StatQuestion,
  subjects: readonly Subject[],
): Promise<readonly StatAnswer[]> {
  const { period, edition, policies, daily } = question;
  if (period.kind !== "day") {
    const reason =
      "AQI 是单日的指数，没有时段平均；时段请用 good_days、good_day_ratio、heavy_days、heavy_day_ratio 或 composite_index";
    throw fault("period.unknown", { given: period.text, reason }, { parameter: "--period" });
  }
  refuseStatistic(question, "aqi");
  const ask = (who: readonly Subject[]) =>
    aqiDays(store, { subjects: who, first: period.first, last: period.last, edition, policies, daily });
  const days = await ask(subjects);
  const stationCounts = await stationsWithIndex(subjects, ask);
  return subjects.map((subject, index): StatAnswer => {
    const day = days[index]?.[0];
    const have = day === undefined ? 0 : Object.keys(day.iaqi).length;
    return {
      indicator: "aqi",
      statistic: "count",
      place: subject.place,
      period,
      value: day?.aqi === undefined ? undefined : { num: BigInt(day.aqi), den: 1n },
      decimals: 0,
      unit: AQI_UNIT,
      valid: day?.aqi !== undefined ? true : have === 0 ? shortfall("data", 0, POLLUTANTS) : missingItems(have),
      n: have,
      expected: POLLUTANTS,
      origin: "days",
      policies: policyTexts(policies, ["aqiMissing", ...(subject.isSet ? (["setCoverage"] as const) : [])]),
      editions: day === undefined ? [] : [day.edition],
      ...(day === undefined ? {} : { day }),
      ...(subject.isSet
        ? {
            stations: stationCounts.get(subject.place.id) ?? 0,
            behind: {
              what: "itemDays",
              have: day?.stationItems ?? 0,
              of: stationDays(subject, period.first, period.last) * POLLUTANTS,
            },
          }
        : {}),
    };
  });
}

function missingItems(have: number) {
  const zh = `六项中只有 ${have} 项有效，其余项算出的 AQI 不超过 100，按规定记为 NA`;
  return { what: "data", have, need: POLLUTANTS, zh } as const;
}

async function stationsWithIndex(
  subjects: readonly Subject[],
  ask: (who: readonly Subject[]) => Promise<readonly (readonly AqiDay[])[]>,
): Promise<ReadonlyMap<number, number>> {
  const counts = new Map<number, number>();
  for (const subject of subjects.filter((one) => one.isSet)) {
    const single = subject.members.map(
      (member): Subject => ({
        place: { ...subject.place, id: member.placeId },
        isSet: false,
        members: [{ ...member, size: 1 }],
      }),
    );
    const days = await ask(single);
    counts.set(subject.place.id, days.filter((list) => list[0]?.aqi !== undefined).length);
  }
  return counts;
}

/** The answer in the contract's keys; numbers as JSON numbers, absent ones as null. */
export function statJson(answer: StatAnswer): Readonly<Record<string, unknown>> {
  const number = (value: Exact | undefined): number | null => (value === undefined ? null : toNumber(value));
  const rounded = answer.value === undefined ? null : toNumber(roundHalfEven(answer.value, answer.decimals));
  return {
    indicator: answer.indicator,
    statistic: answer.statistic,
    place: answer.place.name,
    code: answer.place.code,
    period: answer.period.text,
    value: number(answer.value),
    rounded,
    unit: answer.unit,
    valid: answer.valid === true,
    ...(answer.valid === true ? {} : { reason: answer.valid.zh }),
    n: answer.n,
    expected: answer.expected,
    ...(answer.validMonths === undefined ? {} : { validMonths: answer.validMonths }),
    ...(answer.behind === undefined ? {} : { behind: behindJson(answer.behind) }),
    edition: answer.editions.join("+"),
    policies: answer.policies,
    basis: basisOf(answer),
    ...(answer.day === undefined ? {} : dayKeys(answer.day, answer.stations)),
    ...(answer.count === undefined ? {} : countKeys(answer.count, number)),
    ...(answer.water ?? {}),
  };
}

function dayKeys(day: AqiDay, stations: number | undefined) {
  return {
    class: day.class?.class ?? null,
    primary: day.primary,
    completeness: day.completeness,
    available: day.available ?? null,
    iaqi: day.iaqi,
    ...(stations === undefined ? {} : { stations }),
  };
}

function countKeys(count: CountStatistic, number: (value: Exact | undefined) => number | null) {
  const { counts } = count;
  return {
    days: counts.days,
    validDays: counts.validDays,
    partialDays: counts.partialDays,
    classes: counts.classes,
    availableDays: counts.availableDays,
    available: number(count.available),
    availableClasses: counts.availableClasses,
    low: number(count.low),
    high: number(count.high),
    exceedance: exceedanceJson(counts),
  };
}

const ORIGIN_ZH = {
  days: "由有效日值计算",
  samples: "由各次监测值或各小时值计算",
  given: "来源直接给出",
  "given-months": "由各月值按天数加权（推算）",
} as const;

function basisOf(answer: StatAnswer) {
  return {
    origin: answer.origin,
    originZh: ORIGIN_ZH[answer.origin],
    ...(answer.dust === undefined ? {} : { dust: answer.dust }),
    rounding: { rule: "GB/T 8170 四舍六入五成双，只修约一次", decimals: answer.decimals },
    ...(answer.valid === true
      ? {}
      : { shortfall: { what: answer.valid.what, have: answer.valid.have, need: answer.valid.need } }),
  };
}
