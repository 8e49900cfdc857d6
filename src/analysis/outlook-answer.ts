/** `outlook`: one target's rest of the year in the contract's keys, or why there is nothing to look out for. */
import { type Exact, fractionText, toNumber } from "../domain/exact.ts";
import type { Place } from "../domain/place.ts";
import type { Target } from "../domain/plan.ts";
import { targetOn } from "../domain/plan-amend.ts";
import { type DayNumber, dayParts, dayText } from "../domain/time.ts";
import { decimalText } from "../standards/gbt8170.ts";
import { type Policies, policyTexts } from "../standards/policy.ts";
import type { Store } from "../store/port.ts";
import { type Probability, targetProbability } from "./outlook-probability.ts";
import { type RestOutlook, restOutlook } from "./rest-outlook.ts";
import { restWords } from "./rest-words.ts";
import { type Window, windowOf } from "./standing/moment.ts";
import type { StatAnswer } from "./stat-answer.ts";
import { targetStatistic } from "./target-evidence.ts";
import { type Bounds, bothOutlooks, type ConventionOutlook, type OutlookKind, outlookKind } from "./target-outlook.ts";
import { isTrial } from "./target-rows.ts";

export type OutlookQuestion = Bounds & {
  readonly target: Target;
  readonly place: Place;
  readonly at: DayNumber;
  readonly policies: Policies;
  readonly tolerance?: Exact | undefined;
  readonly daily?: string | undefined;
};

export type OutlookAnswer = {
  readonly target: Target;
  readonly at: DayNumber;
  readonly window: Window;
  readonly trial: boolean;
  readonly kind: OutlookKind | undefined;
  readonly answer: StatAnswer | undefined;
  readonly conventions: { readonly calendar: ConventionOutlook; readonly validDays: ConventionOutlook } | undefined;
  /** Of directions, totals and shares of sections, which have no such conventions. */
  readonly rest: RestOutlook | undefined;
  /** Why there is no outlook, in Chinese. */
  readonly reason: string | undefined;
  readonly probability: Probability | undefined;
  readonly probabilityReason: string | undefined;
  readonly policies: Readonly<Record<string, string>>;
};

/** The outlook of a target on a day; another year than its own is a trial. */
export async function outlookOf(store: Store, question: OutlookQuestion): Promise<OutlookAnswer> {
  const { at, policies } = question;
  const target = targetOn(question.target, at);
  const trial = isTrial(target, at);
  const window = windowOf(target, trial ? dayParts(at).year : target.year);
  const base = {
    target,
    at,
    window,
    trial,
    kind: outlookKind(target),
    policies: policyTexts(policies, ["targetCompare"]),
  };
  const none = (reason: string, answer?: StatAnswer): OutlookAnswer => ({
    ...base,
    answer,
    conventions: undefined,
    rest: undefined,
    reason,
    probability: undefined,
    probabilityReason: reason,
  });
  if (at < window.first) return none("还没有到起算日期");
  if (base.kind === undefined) {
    const rest = await restOutlook(store, { ...question, target, window });
    if (rest === undefined || typeof rest === "string") return none(rest ?? whyNone(target));
    return { ...none("这类目标不按往年重取样"), reason: undefined, rest };
  }
  if (target.firmness === "about" && question.tolerance === undefined) return none("未设容差");
  const asked = { ...question, target, window };
  const answer = await targetStatistic(store, asked);
  if (answer?.value === undefined) return none(`没有数据：${question.place.name}`, answer);
  const conventions = bothOutlooks(target, window, at, answer, question);
  const chance = await targetProbability(store, asked, answer);
  return {
    ...base,
    answer,
    conventions,
    rest: undefined,
    reason: answer.valid === true ? undefined : `数据不足：${answer.valid.zh}`,
    probability: typeof chance === "string" ? undefined : chance,
    probabilityReason: typeof chance === "string" ? chance : undefined,
  };
}

function whyNone({ decidedBy, comparator, value, period }: Target): string {
  if (decidedBy === "published_rank")
    return `由公布的${period === "month" ? "单月" : "累计"}排名判定，没有余下均值可推算`;
  if (decidedBy !== "reading") return "由上报的进展判定，没有余下均值可推算";
  if (value === undefined) return "只定方向，没有数值目标";
  return `这类目标（${comparator}）没有余下均值可推算`;
}

/** The answer in the contract's keys. */
export function outlookJson(answer: OutlookAnswer): Readonly<Record<string, unknown>> {
  const { target, at, window, trial, conventions, probability, probabilityReason, reason } = answer;
  const number = (value: Exact | undefined): number | null => (value === undefined ? null : toNumber(value));
  const keys = (one: ConventionOutlook) => ({
    elapsedDays: one.elapsedDays,
    remainingDays: one.remainingDays,
    countedDays: one.countedDays,
    soFar: number(one.soFar),
    needed: number(one.needed),
    ...(one.needed === undefined ? {} : { neededFraction: fractionText(one.needed) }),
    ...(one.moreNeeded === undefined ? {} : { moreNeeded: one.moreNeeded }),
    ...(one.allowed === undefined ? {} : { allowed: one.allowed }),
    ...(one.budgetLeft === undefined ? {} : { budgetLeft: one.budgetLeft }),
    reach: one.reach,
  });
  return {
    id: target.id,
    at: dayText(at),
    metric: target.metric,
    comparator: target.comparator,
    target: target.value ?? null,
    unit: target.unit,
    trial,
    window: { first: dayText(window.first), last: dayText(window.last) },
    valid: answer.answer?.valid === true,
    ...(reason === undefined ? {} : { reason }),
    conventions:
      conventions === undefined
        ? null
        : { calendar: keys(conventions.calendar), validDays: keys(conventions.validDays) },
    ...(answer.rest === undefined ? {} : { rest: restKeys(answer.rest) }),
    ...(probability === undefined
      ? {}
      : {
          probability: probability.value,
          probabilityBasis: { ...probability, value: undefined, method: "往年同日分块重取样，不作趋势修正" },
        }),
    ...(probabilityReason === undefined ? {} : { probabilityReason }),
    policies: answer.policies,
  };
}

function restKeys(rest: RestOutlook): Readonly<Record<string, unknown>> {
  const number = (value: Exact | undefined): number | null => (value === undefined ? null : toNumber(value));
  return {
    ...rest,
    soFar: number(rest.soFar),
    against: number(rest.against),
    ...(rest.needed === undefined ? {} : { needed: number(rest.needed), neededFraction: fractionText(rest.needed) }),
    ...(rest.sections === undefined
      ? {}
      : {
          sections: rest.sections.map((one) => ({
            ...one,
            soFar: number(one.soFar),
            limit: number(one.limit),
            needed: number(one.needed),
          })),
        }),
  };
}

/** What the rest of the year must hold, in words. */
export function outlookWords({ target, kind, conventions, rest }: OutlookAnswer): readonly string[] {
  if (rest !== undefined) return restWords(rest, target);
  if (conventions === undefined) return [];
  return (["calendar", "validDays"] as const).map((name) => {
    const one = conventions[name];
    const by = name === "calendar" ? "按日历天数" : "按有效天数";
    return `${by}：已过 ${one.elapsedDays} 天，余 ${one.remainingDays} 天；${figureWords(one, kind, target)}`;
  });
}

const REACH_ZH = { safe: "已稳达", open: "可达", out_of_reach: "已无法达到" } as const;

function figureWords(one: ConventionOutlook, kind: OutlookKind | undefined, { unit, comparator }: Target): string {
  const soFar = `目前 ${decimalText(one.soFar, 1)} ${unit}`;
  if (kind === "mean") {
    const need =
      one.needed === undefined
        ? ""
        : `，余下平均须${comparator === "<" ? "<" : "≤"} ${decimalText(one.needed, 1)} ${unit}`;
    return `${soFar}${need}（${REACH_ZH[one.reach]}）`;
  }
  if (kind === "good") {
    return `${soFar}，优良天还须 ${one.moreNeeded} 天，还可有 ${one.budgetLeft} 天非优良（${REACH_ZH[one.reach]}）`;
  }
  return `${soFar}，全年最多 ${one.allowed} 天，还可有 ${one.budgetLeft} 天（${REACH_ZH[one.reach]}）`;
}
