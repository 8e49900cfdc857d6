/**
 * The standing of a target on a day: met, missed, on track, at risk, cannot be judged, not due.
 *
 * Rules: not due before its time; over → met or missed, when valid; running → missed when out of reach, met when
 * safe, else on track or at risk by the figure so far. Days without data are counted both ways: one verdict either way
 * is said, two are none. Evidence is gathered elsewhere; nothing here opens a store.
 */
import { compare, type Exact, exact, multiply, ratio } from "../domain/exact.ts";
import type { Standing, Target } from "../domain/plan.ts";
import { planValue } from "../domain/plan-value.ts";
import { decimalText, roundHalfEven } from "../standards/gbt8170.ts";
import type { Policies, PolicyName } from "../standards/policy.ts";
import { about, above, atLeast, atMost, below, decreasedBy, equals, type Limit, within } from "./standing/compare.ts";
import type { Evidence, Moment } from "./standing/evidence.ts";
import { neededBy } from "./standing/pace.ts";
import { outOfWorst } from "./standing/ranks.ts";
import { runShorterThan } from "./standing/runs.ts";
import { fellFrom, heldAt, roseFrom } from "./standing/trend.ts";

/** What a person sets for a target: the tolerance of 约/左右, and the number another body sets (市级要求). */
export type TargetSetting = {
  readonly tolerance?: Exact | undefined;
  readonly external?: Exact | undefined;
  /** Who set it: shown wherever the verdict is. */
  readonly setBy?: string | undefined;
};

export type Verdict = {
  readonly standing: Standing;
  /** In Chinese; always there when nothing can be judged. */
  readonly reason: string | undefined;
  readonly policies: readonly PolicyName[];
};

type Compare = Pick<Policies, "targetCompare">;

/** The verdict on a target, from what is known of it. */
export function standingOf(
  target: Target,
  evidence: Evidence,
  moment: Moment,
  policies: Compare,
  setting: TargetSetting = {},
): Verdict {
  const verdict = (standing: Standing, reason?: string): Verdict => ({ standing, reason, policies: ["targetCompare"] });
  if (!moment.begun) return verdict("not_due", "还没有到起算日期");
  const { value } = evidence;
  if (value === undefined) return verdict("cannot_judge", evidence.reason ?? absentReason(target));
  const question = questionOf(target, evidence, setting, policies);
  if (typeof question === "string") return verdict("cannot_judge", question);

  if (!moment.over && evidence.reach === "out_of_reach") return verdict("missed", "余下时间已无法达到");
  if (!moment.over && evidence.reach === "safe") return verdict("met", "余下时间已不会改变结论");
  const test = moment.over ? question.met : question.onTrack;
  const passes = bothWays(evidence, (figure) => test(figure, moment));
  if (passes === undefined) return verdict("cannot_judge", undecidedReason(evidence));
  if (moment.over) return verdict(passes ? "met" : "missed");
  if (target.pace === "growing" && bothWays(evidence, (figure) => question.met(figure, moment)) && question.keeps) {
    return verdict("met", "已完成全年任务");
  }
  return verdict(passes ? "on_track" : "at_risk");
}

type Test = (figure: Exact, moment: Moment) => boolean;
/** `keeps`: once met while the count only grows, it stays met. */
type Question = { readonly met: Test; readonly onTrack: Test; readonly keeps: boolean };

/** The tests of a target, or why there are none. */
function questionOf(target: Target, evidence: Evidence, setting: TargetSetting, policies: Compare): Question | string {
  const { tolerance, external } = setting;
  const { base } = evidence;
  if (target.firmness === "about" && tolerance === undefined) return "未设容差";
  const held = (met: (figure: Exact) => boolean): Question => ({ met, onTrack: met, keeps: false });
  switch (target.comparator) {
    case "zero_open":
      return held((figure) => figure.num === 0n);
    case "up":
    case "down":
      if (target.value !== undefined || external !== undefined) break;
      if (base === undefined) return evidence.baseReason ?? "没有上年同期数值";
      return held((figure) => (target.comparator === "up" ? roseFrom(base, figure) : fellFrom(base, figure)));
    case "flat":
      if (base === undefined) return evidence.baseReason ?? "没有上年同期数值";
      if (tolerance === undefined && target.better === undefined) return "未设容差";
      return held((figure) => heldAt(base, figure, tolerance ?? exact(0), target.better));
  }
  const printed = target.value ?? (target.comparator === "all_covered" ? "100" : undefined);
  const wanted = printed === undefined ? external : planValue(printed);
  if (wanted === undefined) return "缺少外部数值";
  const value = target.times === undefined ? wanted : multiply(wanted, ratio(BigInt(target.times)));
  const upper = target.upper === undefined ? undefined : planValue(target.upper);
  const limit: Limit = { value, upper, tolerance, better: target.better };
  const seen = (figure: Exact) => (policies.targetCompare === "full" ? figure : asPrinted(figure, printed));
  const met: Test = (figure) => holds(target, seen(figure), limit);
  if (target.pace === "held") return { met, onTrack: met, keeps: false };
  const from = target.paceFrom === undefined ? undefined : planValue(target.paceFrom);
  const onTrack: Test = (figure, moment) => compare(figure, neededBy(moment.elapsed, value, from)) >= 0;
  return { met, onTrack: grows(target) ? onTrack : met, keeps: grows(target) };
}

/** Whether a growing figure comes nearer to the target: not where little is wanted. */
function grows({ comparator, better }: Target): boolean {
  return (
    [">=", ">", "=", "range", "all_covered", "up"].includes(comparator) || (comparator === "~" && better === "higher")
  );
}

function holds(target: Target, figure: Exact, limit: Limit): boolean {
  switch (target.comparator) {
    case "<=":
      return atMost(figure, limit);
    case "<":
      return below(figure, limit);
    case ">":
      return above(figure, limit);
    case "=":
      return equals(figure, limit);
    case "~":
      return about(figure, limit);
    case "range":
      return within(figure, limit);
    case "not_in_worst":
      return outOfWorst(figure, limit.value);
    case "not_n_months_running":
      return runShorterThan(figure, limit.value);
    case "decrease_by":
      return decreasedBy(figure, limit);
    case "down":
      return atMost(figure, limit);
    default:
      return atLeast(figure, limit);
  }
}

/** The one answer for the figure with the missing days counted either way; undefined when there are two, or none. */
function bothWays({ value, valid, low, high }: Evidence, test: (figure: Exact) => boolean): boolean | undefined {
  if (value === undefined) return undefined;
  if (low === undefined || high === undefined) return valid ? test(value) : undefined;
  // The figure itself too: a range can hold it and neither end.
  const answer = test(low);
  return answer === test(high) && answer === test(value) ? answer : undefined;
}

function undecidedReason({ low, high, reason }: Evidence): string {
  if (low === undefined || high === undefined) return reason ?? "有效数据不足";
  const between = `缺测日按两种情形计算，结果在 ${decimalText(low, 2)} 与 ${decimalText(high, 2)} 之间，结论不同`;
  return reason === undefined ? between : `${reason}；${between}`;
}

function absentReason(target: Target): string {
  if (target.decidedBy === "published_rank") return "没有公布排名";
  return target.decidedBy === "reading" ? "没有数据来源" : "没有上报进展";
}

/** Rounded to the digits the target is printed with. @source GB/T 8170-2008 cl. 4 (修约值比较法) */
function asPrinted(figure: Exact, printed: string | undefined): Exact {
  if (printed === undefined || printed.includes("/")) return figure;
  return roundHalfEven(figure, printed.split(".")[1]?.length ?? 0);
}
