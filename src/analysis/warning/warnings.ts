/** The early warnings of a district on a day: the rules asked day by day over a span, one event an episode. */

import { indicatorOf } from "../../domain/indicator.ts";
import { monthOf, type Period } from "../../domain/period.ts";
import type { Place } from "../../domain/place.ts";
import type { Plan, Target } from "../../domain/plan.ts";
import { planValue } from "../../domain/plan-value.ts";
import { type DayNumber, dayNumber, dayParts, daysInMonth } from "../../domain/time.ts";
import { GOOD_UP_TO, HEAVY_ABOVE } from "../../standards/hj633-class.ts";
import type { Policies } from "../../standards/policy.ts";
import type { Store } from "../../store/port.ts";
import { aqiDays } from "../aqi-days.ts";
import { monthRuns } from "../month-runs.ts";
import { goodDaysOutlook, heavyDaysOutlook } from "../outlook.ts";
import { placesBelow } from "../rank.ts";
import { topOf } from "../rank-evidence.ts";
import { windowOf } from "../standing/moment.ts";
import { statIndicator } from "../stat-indicators.ts";
import { subjectOf } from "../subject.ts";
import { outlookKind } from "../target-outlook.ts";
import { sectionsOf } from "../water-answer.ts";
import { type SectionPeriod, sectionPeriods } from "../water-section.ts";
import { type DayGrid, dayGrid, monthToDateRanks } from "./day-grid.ts";
import { type Episode, episodesOf, type Observation, stateOf } from "./episodes.ts";
import { RULES, type RuleName } from "./rules.ts";

export type WarningQuestion = {
  readonly place: Place;
  readonly plans: readonly Plan[];
  readonly at: DayNumber;
  /** Days looked back. */
  readonly days: number;
  readonly policies: Policies;
};

export type Warning = Episode & {
  readonly rule: RuleName;
  readonly subject: string;
  readonly code: string;
  readonly indicator: string;
  /** What the value is. */
  readonly unit: string;
  readonly words: string;
};

type Asked = WarningQuestion & { readonly store: Store; readonly first: DayNumber };

/** All episodes of the span, the latest start first. */
export async function warningsOf(store: Store, question: WarningQuestion): Promise<readonly Warning[]> {
  const asked: Asked = { ...question, store, first: question.at - question.days + 1 };
  const found = [
    ...(await monthRankWarnings(asked, "pm25")),
    ...(await monthRankWarnings(asked, "tsp")),
    ...(await runWarnings(asked)),
    ...(await budgetWarnings(asked)),
    ...(await sectionWarnings(asked)),
    ...(await complaintWarnings(asked)),
  ];
  return found.sort((a, b) => b.start - a.start || (a.code < b.code ? -1 : 1));
}

type Made = Omit<Warning, keyof Episode | "rule">;

function warnings(rule: RuleName, observations: readonly Observation[], made: Made): readonly Warning[] {
  const { persist, higherIsWorse } = RULES[rule];
  return episodesOf(observations, persist, higherIsWorse).map((episode) => ({ ...episode, ...made, rule }));
}

function eachDay<T>({ first, at }: Pick<Asked, "first" | "at">, of: (day: DayNumber) => T): readonly T[] {
  return Array.from({ length: at - first + 1 }, (_, k) => of(first + k));
}

/** Days of a month before which its mean says little. */
const EARLY_DAYS = 5;

async function monthRankWarnings(asked: Asked, code: "pm25" | "tsp"): Promise<readonly Warning[]> {
  const { store, place, first, at, policies } = asked;
  const table = await store.places();
  const places = placesBelow(table, topOf(table.places, place), "township");
  const mine = new Set(placesBelow(table, place, "township").map((one) => one.id));
  const indicator = indicatorOf(code);
  const begins = first - dayParts(first).day + 1;
  const grid = await dayGrid(store, { indicator, places, first: begins, last: at, policies });
  const byDay = eachDay(asked, (day) => ({ day, ranks: monthToDateRanks(grid, day) }));
  const left = daysInMonth(dayParts(at).year, dayParts(at).month) - dayParts(at).day;
  return [
    ...places.flatMap((one, k): readonly Warning[] => {
      if (!mine.has(one.id)) return [];
      const observations = byDay.map(({ day, ranks }): Observation => {
        const rank = ranks[k];
        const early = dayParts(day).day < EARLY_DAYS;
        return { day, value: rank, state: early ? "between" : stateOf(rank, RULES.month_rank) };
      });
      const words = `${indicator.zh} 本月至今名次将进入全市后 ${RULES.month_rank.raise}，本月还剩 ${left} 天`;
      return warnings("month_rank", observations, {
        subject: one.name,
        code: one.code,
        indicator: code,
        unit: "名",
        words,
      });
    }),
    ...silentWarnings(asked, grid, mine, code),
  ];
}

/** How long ago a place must have spoken to be missed. */
const SPOKE_WITHIN = 30;

function silentWarnings(asked: Asked, grid: DayGrid, mine: ReadonlySet<number>, code: string): readonly Warning[] {
  const own = grid.places.flatMap((place, k) => (mine.has(place.id) ? [{ place, values: grid.values[k] ?? [] }] : []));
  const silent = (values: readonly (number | undefined)[], day: DayNumber): boolean | undefined => {
    const at = day - grid.first;
    const before = values.slice(Math.max(0, at - SPOKE_WITHIN), at);
    return before.some((one) => one !== undefined) ? values[at] === undefined : undefined;
  };
  const { zh } = indicatorOf(code);
  const observe = (of: (day: DayNumber) => number | undefined): readonly Observation[] =>
    eachDay(asked, (day) => ({ day, value: of(day), state: stateOf(of(day), RULES.silent) }));
  // When every place is silent it is the source, and one event says so.
  const all = (day: DayNumber): boolean => own.length > 0 && own.every(({ values }) => silent(values, day) !== false);
  const source = observe((day) => Number(all(day) && own.some(({ values }) => silent(values, day) === true)));
  return [
    ...warnings("silent", source, {
      subject: `街乡 ${zh}`,
      code: "",
      indicator: code,
      unit: "",
      words: "整个来源没有来数",
    }),
    ...own.flatMap(({ place, values }) => {
      const single = observe((day) => {
        const state = silent(values, day);
        return state === undefined ? undefined : Number(state && !all(day));
      });
      const words = `${zh} 没有来数`;
      return warnings("silent", single, { subject: place.name, code: place.code, indicator: code, unit: "", words });
    }),
  ];
}

/** From the plan's own limits; a run is known by the month, so its episode begins with the month that made it. */
async function runWarnings({ store, place, plans, at, policies }: Asked): Promise<readonly Warning[]> {
  const targets = plans.flatMap((plan) => plan.targets).filter((one) => one.comparator === "not_n_months_running");
  const found: Warning[] = [];
  for (const target of targets) {
    const [cut, limit] = [Number(target.cut ?? 0), Number(target.value ?? 0)];
    const { year } = dayParts(at);
    const kind = target.scope.placeKind;
    if (target.indicator === undefined || kind === undefined || cut === 0) continue;
    const indicator = statIndicator(target.indicator);
    const { rows, months } = await monthRuns(store, {
      indicator,
      among: place,
      kind,
      year,
      cut,
      limit,
      policies,
      today: at,
    });
    for (const row of rows) {
      const observations = row.inside.map((inside, k): Observation => {
        const run = row.inside
          .slice(0, k + 1)
          .reverse()
          .findIndex((one) => one !== true);
        const value = inside === undefined ? undefined : run === -1 ? k + 1 : run;
        return { day: months[k]?.month.last ?? at, value, state: stateOf(value, { ...RULES.run, raise: limit - 1 }) };
      });
      const words = `${indicator.zh} 连续进入全市后 ${cut} 名，满 ${limit} 个月为未达标`;
      const made = { subject: row.place.name, code: row.place.code, indicator: indicator.code, unit: "个月", words };
      found.push(...warnings("run", observations, made));
    }
  }
  return found;
}

/** Share of the year's allowance of heavy, or of not good, days that is used. */
async function budgetWarnings(asked: Asked): Promise<readonly Warning[]> {
  const { store, place, plans, at, policies } = asked;
  const table = await store.places();
  const subjects = [subjectOf(table, place, "air")];
  const targets = plans
    .flatMap((plan) => plan.targets)
    .filter((one) => ["good", "heavy"].includes(outlookKind(one) ?? ""));
  const found: Warning[] = [];
  for (const target of targets) {
    if (target.restates !== undefined) continue;
    const window = windowOf(target, dayParts(at).year);
    const [series = []] = await aqiDays(store, { subjects, first: window.first, last: at, policies });
    const observations = eachDay({ first: Math.max(asked.first, window.first), at }, (day): Observation => {
      const soFar = series.slice(0, day - window.first + 1);
      const value =
        soFar.at(-1)?.aqi === undefined
          ? undefined
          : usedShare(
              target,
              soFar.flatMap(({ aqi }) => aqi ?? []),
              window.last - window.first + 1,
              day - window.first + 1,
            );
      return { day, value, state: stateOf(value, RULES.budget) };
    });
    const words = `${target.metric}（${target.comparator} ${target.value ?? ""}${target.unit}）的全年余额已用大半`;
    const made = { subject: place.name, code: place.code, indicator: target.indicator ?? "", unit: "%", words };
    found.push(...warnings("budget", observations, made));
  }
  return found;
}

function usedShare(target: Target, aqi: readonly number[], days: number, elapsed: number): number | undefined {
  const wanted = planValue(target.value ?? "0");
  const year = { days, elapsed, counted: elapsed };
  if (outlookKind(target) === "heavy") {
    const heavy = aqi.filter((one) => one > HEAVY_ABOVE).length;
    const share = target.indicator === "heavy_day_ratio";
    const { allowed } = heavyDaysOutlook(year, heavy, wanted, target.comparator === "<" ? "<" : "<=", share);
    return allowed <= 0 ? undefined : (heavy * 100) / allowed;
  }
  const good = aqi.filter((one) => one <= GOOD_UP_TO).length;
  const { required, denominator } = goodDaysOutlook(year, good, wanted, target.comparator === ">" ? ">" : ">=");
  const allowed = denominator - required;
  return allowed <= 0 ? undefined : ((aqi.length - good) * 100) / allowed;
}

/** How many classes a section's month so far is worse than its target. */
async function sectionWarnings(asked: Asked): Promise<readonly Warning[]> {
  const { store, place, policies } = asked;
  const sections = sectionsOf(await store.places(), place);
  if (sections.length === 0) return [];
  const byDay: { readonly day: DayNumber; readonly found: readonly SectionPeriod[] }[] = [];
  for (const day of eachDay(asked, (one) => one)) {
    const { year, month } = dayParts(day);
    const first = dayNumber(year, month, 1) ?? day;
    const period: Period = { ...monthOf(year, month), first, last: day };
    byDay.push({ day, found: await sectionPeriods(store, { sections, period, policies }) });
  }
  return sections.flatMap((section, k) => {
    const observations = byDay.map(({ day, found }): Observation => {
      const { class: own, target } = found[k] ?? {};
      const value = own === undefined || target === undefined ? undefined : Math.max(0, own - target);
      return { day, value, state: stateOf(value, RULES.section) };
    });
    const made = {
      subject: section.name,
      code: section.code,
      indicator: "water_class",
      unit: "类",
      words: "本月至今劣于目标类别",
    };
    return warnings("section", observations, made);
  });
}

const FOUR_WEEKS = 28;
const A_YEAR = 364;
/** A surge needs this many more complaints, or one instead of none would be one. */
const LEAST_MORE = 10;

/** Four weeks against the same weekdays a year before, percent. */
async function complaintWarnings(asked: Asked): Promise<readonly Warning[]> {
  const { store, place, first, at, policies } = asked;
  const table = await store.places();
  const places = placesBelow(table, place, "township");
  const indicator = indicatorOf("noise_complaints");
  const begins = first - A_YEAR - FOUR_WEEKS;
  const grid = await dayGrid(store, { indicator, places, first: begins, last: at, policies });
  return places.flatMap((one, k) => {
    const values = grid.values[k] ?? [];
    const weeks = (last: DayNumber): number | undefined => {
      const span = values.slice(last - FOUR_WEEKS + 1 - begins, last + 1 - begins);
      return span.length < FOUR_WEEKS || span.some((day) => day === undefined)
        ? undefined
        : span.reduce<number>((sum, day) => sum + (day ?? 0), 0);
    };
    const observations = eachDay(asked, (day): Observation => {
      const [now, before] = [weeks(day), weeks(day - A_YEAR)];
      const value = now === undefined || before === undefined || before === 0 ? undefined : (now * 100) / before;
      const few = now !== undefined && before !== undefined && now - before < LEAST_MORE;
      return { day, value, state: few ? "off" : stateOf(value, RULES.complaints) };
    });
    const words = "近四周噪声投诉为上年同期的百分数";
    return warnings("complaints", observations, {
      subject: one.name,
      code: one.code,
      indicator: indicator.code,
      unit: "%",
      words,
    });
  });
}
