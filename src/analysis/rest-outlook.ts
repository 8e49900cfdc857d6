/**
 * What the rest of the year must hold where no mean or count of days meets a printed number: directions against the
 * whole year before, totals, and shares of sections. Exact; a direction asks to be strictly better.
 */
import { add, compare, divide, type Exact, multiply, ratio, subtract } from "../domain/exact.ts";
import { monthsIn } from "../domain/period.ts";
import type { Target } from "../domain/plan.ts";
import { planValue } from "../domain/plan-value.ts";
import { decimalText } from "../standards/gbt8170.ts";
import type { Store } from "../store/port.ts";
import type { EvidenceQuestion } from "./evidence-question.ts";
import { rateOver } from "./noise-evidence.ts";
import { meanOutlook } from "./outlook.ts";
import { type SectionNeed, sectionRest } from "./section-rest.ts";
import { sameDaysBefore, windowPeriod } from "./so-far.ts";
import type { Reach } from "./standing/evidence.ts";
import type { StatAnswer } from "./stat-answer.ts";
import { figureOver } from "./target-evidence.ts";

export type RestOutlook = {
  readonly what: "mean" | "total" | "days" | "share" | "sections";
  readonly soFar: Exact;
  /** What the whole year is held against, and in Chinese where that comes from. */
  readonly against: Exact;
  readonly againstZh: string;
  readonly remainingDays: number;
  /** Of a mean: what the rest must stay below. Of a share: percent it must exceed. Of a total: how many a day on average. */
  readonly needed?: Exact | undefined;
  /** What may still come (total), days that may still be bad (days), sections that may still fail (sections). */
  readonly budgetLeft?: number | undefined;
  readonly moreNeeded?: number | undefined;
  /** Sections with what their tightest item may have in the months left. */
  readonly sections?: readonly SectionNeed[] | undefined;
  readonly reach: Reach;
};

const MEANS: readonly string[] = ["pm25", "pm10", "so2", "no2", "tsp", "dustfall", "road_dust_load"];

/** The outlook of such a target, the reason why there is none, or `undefined` for targets of another form. */
export async function restOutlook(store: Store, question: EvidenceQuestion): Promise<RestOutlook | string | undefined> {
  const { target } = question;
  const { indicator, comparator, value, decidedBy } = target;
  if (decidedBy !== "reading" || indicator === undefined) return undefined;
  if (target.area === "water") {
    const found = await sectionRest(store, question);
    return found === undefined || typeof found === "string"
      ? found
      : { ...found, what: "sections", remainingDays: remainingOf(question) };
  }
  if (indicator === "leq")
    return comparator === "up" && value === undefined ? await shareRest(store, question) : undefined;
  const direction = value === undefined && (comparator === "down" || comparator === "up");
  const total = indicator === "noise_complaints" && (comparator === "<=" || comparator === "<");
  if (!direction && !total) return undefined;
  if (direction && !fits(target)) return undefined;
  const now = await figureOver(store, question, windowPeriod(question.window), question.at);
  if (now?.value === undefined) return `没有数据：${question.place.name}`;
  const against = total ? planned(target) : await yearBefore(store, question);
  if (typeof against === "string") return against;
  if (indicator === "noise_complaints") return totalRest(question, now.value, against, comparator !== "<=");
  return indicator === "good_days" ? dayRest(question, now, against) : meanRest(question, now, against);
}

function fits({ indicator = "", comparator }: Target): boolean {
  if (indicator === "good_days") return comparator === "up";
  return comparator === "down" && (indicator === "noise_complaints" || MEANS.includes(indicator));
}

type Against = { readonly value: Exact; readonly zh: string };

function planned({ value = "0", unit }: Target): Against {
  return { value: planValue(value), zh: `目标 ${value} ${unit}` };
}

async function yearBefore(store: Store, question: EvidenceQuestion): Promise<Against | string> {
  const { window, target } = question;
  const period = sameDaysBefore(window, window.last);
  const answer = period === undefined ? undefined : await figureOver(store, question, period, period.last);
  if (answer?.value === undefined) return "没有上年全年数值";
  if (answer.valid !== true) return `上年全年数据不足：${answer.valid.zh}`;
  return { value: answer.value, zh: `上年全年 ${decimalText(answer.value, answer.decimals)} ${target.unit}` };
}

function remainingOf({ window, at }: EvidenceQuestion): number {
  return Math.max(0, window.last - at);
}

function totalRest(question: EvidenceQuestion, soFar: Exact, against: Against, strict: boolean): RestOutlook {
  const remainingDays = remainingOf(question);
  const floor = against.value.num / against.value.den;
  const whole = floor * against.value.den === against.value.num;
  const budgetLeft = Number(strict && whole ? floor - 1n : floor) - Number(soFar.num / soFar.den);
  return {
    what: "total",
    soFar,
    against: against.value,
    againstZh: against.zh,
    remainingDays,
    budgetLeft,
    needed: remainingDays === 0 ? undefined : ratio(BigInt(budgetLeft), BigInt(remainingDays)),
    reach: budgetLeft < 0 ? "out_of_reach" : remainingDays === 0 ? "safe" : "open",
  };
}

function dayRest(question: EvidenceQuestion, now: StatAnswer, against: Against): RestOutlook {
  const remainingDays = remainingOf(question);
  const good = now.count?.counts.goodDays ?? 0;
  const moreNeeded = Math.max(0, Number(against.value.num / against.value.den) + 1 - good);
  const budgetLeft = remainingDays - moreNeeded;
  return {
    what: "days",
    soFar: ratio(BigInt(good)),
    against: against.value,
    againstZh: against.zh,
    remainingDays,
    moreNeeded,
    budgetLeft,
    reach: moreNeeded === 0 ? "safe" : budgetLeft < 0 ? "out_of_reach" : "open",
  };
}

/** Pass rates of noise points: of the station-days left, as many as the network gave so far each day. */
async function shareRest(store: Store, question: EvidenceQuestion): Promise<RestOutlook | string> {
  const { window, at } = question;
  const now = await rateOver(store, question, windowPeriod({ first: window.first, last: Math.min(at, window.last) }));
  const period = sameDaysBefore(window, window.last);
  const then = period === undefined ? undefined : await rateOver(store, question, period);
  if (now === undefined) return "没有设功能区的噪声点数据";
  if (then === undefined) return "没有上年全年数值";
  const remainingDays = remainingOf(question);
  const perDay = ratio(BigInt(now.valid), BigInt(Math.min(at, window.last) - window.first + 1));
  const left = multiply(perDay, ratio(BigInt(remainingDays)));
  const whole = multiply(then.rate, add(ratio(BigInt(now.valid)), left));
  const needed = left.num === 0n ? undefined : divide(subtract(whole, ratio(BigInt(now.passing) * 100n)), left);
  const better = compare(now.rate, then.rate) > 0;
  return {
    what: "share",
    soFar: now.rate,
    against: then.rate,
    againstZh: `上年全年 ${decimalText(then.rate, 1)}%`,
    remainingDays,
    needed,
    reach:
      needed === undefined
        ? better
          ? "safe"
          : "out_of_reach"
        : compare(needed, ratio(100n)) >= 0
          ? "out_of_reach"
          : needed.num < 0n
            ? "safe"
            : "open",
  };
}

function meanRest(question: EvidenceQuestion, now: StatAnswer, against: Against): RestOutlook {
  const { window, at } = question;
  // Of values given by the month only whole months are known: the days of a month begun belong to the rest.
  const known =
    now.origin === "days" ? at : (monthsIn(window).findLast((month) => month.last <= at)?.last ?? window.first - 1);
  const elapsed = Math.min(known, window.last) - window.first + 1;
  const soFar = now.value ?? against.value;
  const year = { days: window.last - window.first + 1, elapsed, counted: elapsed };
  const { needed, reach } = meanOutlook(year, soFar, against.value, "<");
  return {
    what: "mean",
    soFar,
    against: against.value,
    againstZh: against.zh,
    remainingDays: year.days - elapsed,
    needed,
    reach,
  };
}
