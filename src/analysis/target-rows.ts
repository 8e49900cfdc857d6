/** Targets judged on a day, whatever gathers their evidence: one row a target, with the places behind it. */
import type { Target } from "../domain/plan.ts";
import { targetOn } from "../domain/plan-amend.ts";
import { type DayNumber, dayParts } from "../domain/time.ts";
import type { Policies } from "../standards/policy.ts";
import type { Evidence } from "./standing/evidence.ts";
import { momentIn, type Window, windowOf } from "./standing/moment.ts";
import { type PlaceVerdict, wholeOf } from "./standing/places.ts";
import { standingOf, type TargetSetting, type Verdict } from "./standing.ts";

/** One figure, or one for each place of a target over "each township". */
export type TargetEvidence =
  | Evidence
  | { readonly each: readonly { readonly place: string; readonly evidence: Evidence }[] };

export type TargetQuestion = {
  readonly at: DayNumber;
  readonly policies: Pick<Policies, "targetCompare">;
  /** What people set, by target id. */
  readonly settings: ReadonlyMap<string, TargetSetting>;
  /** Gathers what is known of a target for the days of the window up to `at`; asked for targets that have begun only. */
  readonly evidenceOf: (target: Target, window: Window, at: DayNumber) => Promise<TargetEvidence>;
};

export type TargetRow = {
  /** With the value in force on the day. */
  readonly target: Target;
  readonly window: Window;
  /** Judged outside the plan's own year (试算). */
  readonly trial: boolean;
  /** The whole's evidence; undefined when not begun or when places have their own. */
  readonly evidence: Evidence | undefined;
  readonly verdict: Verdict;
  readonly places: readonly PlaceVerdict[];
  readonly setting: TargetSetting;
};

/** Every target's row, in their order. */
export async function judgeTargets(
  targets: readonly Target[],
  question: TargetQuestion,
): Promise<readonly TargetRow[]> {
  const rows: TargetRow[] = [];
  for (const target of targets) rows.push(await judgeTarget(targetOn(target, question.at), question));
  return rows;
}

/** Whether a day lies outside the years a target speaks of: its plan's, and on to that of a later deadline. */
export function isTrial(target: Target, at: DayNumber): boolean {
  const { year } = dayParts(at);
  const due = target.deadline.to === undefined ? target.year : dayParts(target.deadline.to).year;
  return year < target.year || year > Math.max(target.year, due);
}

async function judgeTarget(target: Target, { at, policies, settings, evidenceOf }: TargetQuestion): Promise<TargetRow> {
  const trial = isTrial(target, at);
  const window = windowOf(target, trial ? dayParts(at).year : target.year);
  const moment = momentIn(window, at);
  const setting = settings.get(target.id) ?? {};
  const row = { target, window, trial, setting };
  const judge = (evidence: Evidence) => standingOf(target, evidence, moment, policies, setting);
  if (!moment.begun)
    return { ...row, evidence: undefined, places: [], verdict: judge({ value: undefined, valid: false }) };

  const found = await evidenceOf(target, window, at);
  if (!("each" in found)) return { ...row, evidence: found, places: [], verdict: judge(found) };
  const places = found.each.map(({ place, evidence }) => ({ place, verdict: judge(evidence), evidence }));
  return { ...row, evidence: undefined, places, verdict: wholeOf(places) };
}
