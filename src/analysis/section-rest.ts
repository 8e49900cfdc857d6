/**
 * What the months left must hold so that water sections reach their class: a section's year is the mean of its months,
 * item by item, so the item with the least room says what is needed; of a rate, how many sections may still fail.
 */
import { add, compare, divide, type Exact, multiply, ratio, subtract } from "../domain/exact.ts";
import { monthsIn } from "../domain/period.ts";
import { planValue } from "../domain/plan-value.ts";
import { limitsOf, type WaterClass, type WaterItem } from "../standards/gb3838.ts";
import { RATED_ITEMS } from "../standards/water-class.ts";
import type { Store } from "../store/port.ts";
import type { EvidenceQuestion } from "./evidence-question.ts";
import { wholeMonthsSoFar } from "./so-far.ts";
import type { Reach } from "./standing/evidence.ts";
import { sectionsOf } from "./water-answer.ts";
import { sectionsAsked, sectionsOver } from "./water-evidence.ts";
import { groupPeriod } from "./water-group.ts";
import type { SectionPeriod } from "./water-section.ts";

/** A section's item with the least room. */
export type SectionNeed = {
  readonly place: string;
  readonly item: WaterItem;
  /** mg/L: the mean of the months so far, and the limit of the section's target class. */
  readonly soFar: Exact;
  readonly limit: Exact;
  /** Mean of the months left that just meets the limit over the year: at least it for dissolved oxygen, else at most. */
  readonly needed: Exact | undefined;
  /** Whether a concentration can be so: not below zero. */
  readonly possible: boolean;
};

export type SectionRest = {
  readonly soFar: Exact;
  readonly against: Exact;
  readonly againstZh: string;
  /** Sections that may fail beyond those that do so far. */
  readonly budgetLeft: number;
  readonly sections: readonly SectionNeed[];
  readonly reach: Reach;
};

/** Of a reach rate; the reason why there is none; `undefined` for targets of another form. */
export async function sectionRest(store: Store, question: EvidenceQuestion): Promise<SectionRest | string | undefined> {
  const { target, place, window, at, policies } = question;
  if (target.indicator !== "compliance_rate" || target.value === undefined) return undefined;
  const period = wholeMonthsSoFar(window, at);
  if (period === undefined) return "还没有完整的月份";
  const all = sectionsOf(await store.places(), place);
  const asked = sectionsAsked(target, all);
  const found = (await sectionsOver(store, question, all, period)).filter((one) => asked.includes(one.place));
  const { reach } = groupPeriod(found, policies);
  if (reach.rate === undefined) return "没有可评价的断面";
  const wanted = planValue(target.value);
  const required = ceiling(multiply(wanted, ratio(BigInt(reach.sections), 100n)));
  const months = monthsIn(window).length;
  const needs = found.flatMap((one) => tightestOf(one, months) ?? []);
  const left = months - monthsIn(period).length;
  const failing = found.filter((one) => one.reached === false).length;
  const lost = left === 0 ? failing : needs.filter((one) => !one.possible).length;
  const allowed = reach.sections - required;
  return {
    soFar: reach.rate,
    against: wanted,
    againstZh: `目标 ${target.value}%，${reach.sections} 个断面`,
    budgetLeft: allowed - failing,
    sections: needs,
    reach: lost > allowed ? "out_of_reach" : left === 0 ? "safe" : "open",
  };
}

function ceiling({ num, den }: Exact): number {
  return Number((num + den - 1n) / den);
}

function tightestOf(section: SectionPeriod, ofYear: number): SectionNeed | undefined {
  if (section.target === undefined) return undefined;
  let tightest: { readonly need: SectionNeed; readonly room: Exact } | undefined;
  for (const item of RATED_ITEMS) {
    const soFar = section.raw.means[item];
    const limit = limitOf(item, section.target, section);
    if (soFar === undefined || limit === undefined) continue;
    const needed = neededOfMonths(limit, soFar, section.months, ofYear);
    const possible = needed === undefined ? true : item === "do" || needed.num >= 0n;
    // Room as a share of the limit, so that items can be compared.
    const gap = item === "do" ? subtract(soFar, limit) : subtract(limit, soFar);
    const room = divide(gap, limit);
    if (tightest === undefined || compare(room, tightest.room) < 0) {
      tightest = { need: { place: section.place.name, item, soFar, limit, needed, possible }, room };
    }
  }
  return tightest?.need;
}

/** The limit of a class; none for pH, which is no plain mean, and for items without one. */
function limitOf(item: WaterItem, target: WaterClass, { type }: SectionPeriod): Exact | undefined {
  const row = limitsOf(item, type);
  return row.op === "at_most" || row.op === "at_least" ? row.limits[target - 1] : undefined;
}

/** The mean the months left may have so that all months of the year together just have the limit. */
export function neededOfMonths(limit: Exact, soFar: Exact, months: number, ofYear: number): Exact | undefined {
  const left = ofYear - months;
  if (left <= 0) return undefined;
  const whole = multiply(limit, ratio(BigInt(ofYear)));
  return divide(subtract(whole, multiply(soFar, ratio(BigInt(months)))), ratio(BigInt(left)));
}

/** The year's mean when the months left have one: what the needed one is proved by. */
export function yearOfMonths(soFar: Exact, months: number, rest: Exact, ofYear: number): Exact {
  const whole = add(multiply(soFar, ratio(BigInt(months))), multiply(rest, ratio(BigInt(ofYear - months))));
  return divide(whole, ratio(BigInt(ofYear)));
}
