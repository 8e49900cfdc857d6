/** The standings of a year's plans on a day, in the keys of the command line's contract. */
import { type Exact, toNumber } from "../domain/exact.ts";
import { placeFinder } from "../domain/place-finder.ts";
import type { Plan, Target } from "../domain/plan.ts";
import { planValue } from "../domain/plan-value.ts";
import { type DayNumber, dayText } from "../domain/time.ts";
import { type Policies, policyTexts } from "../standards/policy.ts";
import type { Store } from "../store/port.ts";
import { listTallies } from "../store/tallies.ts";
import { targetSettings } from "../store/target-settings.ts";
import { askedOnce } from "./asked-once.ts";
import { behindJson } from "./behind.ts";
import type { EvidenceQuestion } from "./evidence-question.ts";
import { publishedRankEvidence } from "./rank-evidence.ts";
import { noEvidence } from "./standing/evidence.ts";
import type { TargetSetting } from "./standing.ts";
import { reportedEvidence } from "./tally-evidence.ts";
import { readingEvidence } from "./target-evidence.ts";
import { judgeTargets, type TargetRow } from "./target-rows.ts";

export type BoardQuestion = {
  readonly plans: readonly Plan[];
  readonly at: DayNumber;
  readonly policies: Policies;
  /** Only targets this unit leads, carries or supports. */
  readonly unit?: string | undefined;
  readonly daily?: string | undefined;
  /** The last batch whose published ranks count. */
  readonly asOf?: number | undefined;
};

/** Every target of the plans, judged on the day, in the order of the plans. */
export async function judgePlans(asked: Store, question: BoardQuestion): Promise<readonly TargetRow[]> {
  const store = askedOnce(asked);
  const { plans, at, policies, unit, daily, asOf } = question;
  const finder = placeFinder(await store.places());
  const tallies = await listTallies(store.sql);
  const settings = await targetSettings(store.sql);
  const rows: TargetRow[] = [];
  for (const plan of plans) {
    const place = finder.byCode(plan.place);
    const sections: EvidenceQuestion["sections"] = new Map();
    const mine = plan.targets.filter((target) => unit === undefined || involves(target, unit));
    rows.push(
      ...(await judgeTargets(mine, {
        at,
        policies,
        settings,
        evidenceOf: async (target, window, day) => {
          if (target.decidedBy !== "reading" && target.decidedBy !== "published_rank") {
            return reportedEvidence(target, tallies, window, day);
          }
          if (place === undefined) return noEvidence(`没有地点 ${plan.place}`);
          const about = { target, place, window, at: day, policies, daily, asOf, sections };
          if (target.decidedBy === "published_rank") return await publishedRankEvidence(store, about);
          return await readingEvidence(store, about);
        },
      })),
    );
  }
  return rows;
}

function involves({ lead, main, support }: Target, unit: string): boolean {
  return [...lead, ...main, ...support].includes(unit);
}

/** One row in the contract's keys. */
export function targetJson(row: TargetRow, policies: Policies): Readonly<Record<string, unknown>> {
  const { target, evidence, verdict, places } = row;
  const number = (value: Exact | undefined): number | null => (value === undefined ? null : toNumber(value));
  const wanted = target.value === undefined ? undefined : planValue(target.value);
  return {
    id: target.id,
    plan: target.area,
    year: target.year,
    kind: target.kind,
    item: target.item,
    metric: target.metric,
    comparator: target.comparator,
    target: number(wanted),
    targetText: target.value ?? null,
    ...(target.upper === undefined ? {} : { upper: number(planValue(target.upper)) }),
    unit: target.unit,
    value: number(evidence?.value),
    valid: evidence?.valid ?? false,
    ...(evidence?.behind === undefined ? {} : { behind: behindJson(evidence.behind) }),
    ...(evidence?.base === undefined ? {} : { base: number(evidence.base) }),
    ...(evidence?.low === undefined ? {} : { low: number(evidence.low) }),
    ...(evidence?.high === undefined ? {} : { high: number(evidence.high) }),
    standing: verdict.standing,
    trial: row.trial,
    ...(reasonOf(row) === undefined ? {} : { reason: reasonOf(row) }),
    window: { first: dayText(row.window.first), last: dayText(row.window.last) },
    deadline: target.deadline.text ?? null,
    lead: target.lead,
    main: target.main,
    support: target.support,
    firmness: target.firmness,
    decidedBy: target.decidedBy,
    scope: target.scope.zh,
    ...(row.setting.tolerance === undefined ? {} : { tolerance: number(row.setting.tolerance) }),
    ...(row.setting.external === undefined ? {} : { external: number(row.setting.external) }),
    ...(places.length === 0
      ? {}
      : {
          places: places.map(({ place, verdict: one, evidence: of }) => ({
            place,
            standing: one.standing,
            reason: one.reason ?? of?.note,
            value: number(of?.value),
          })),
        }),
    ...(target.restates === undefined ? {} : { restates: target.restates }),
    policies: policyTexts(policies, verdict.policies),
  };
}

/** Why it stands so; for a trial also what makes it one. */
export function reasonOf({ verdict, evidence, trial, target, setting }: TargetRow): string | undefined {
  const tried = trial ? `试算：${target.year} 年计划按其他年份的数据演算` : undefined;
  const why = verdict.reason ?? (evidence?.valid === false ? evidence.reason : undefined);
  const parts = [why, evidence?.note, settingText(setting, target.unit), tried].filter((one) => one !== undefined);
  return parts.length === 0 ? undefined : parts.join("；");
}

/** What a person set is never shown without saying so. */
function settingText({ tolerance, external, setBy = "未署名" }: TargetSetting, unit: string): string | undefined {
  const said = [
    ...(tolerance === undefined ? [] : [`容差 ${figureText(tolerance)} ${unit}`]),
    ...(external === undefined ? [] : [`外部要求值 ${figureText(external)} ${unit}`]),
  ];
  return said.length === 0 ? undefined : `${said.map((one) => one.trim()).join("，")}（人工设定：${setBy}）`;
}

function figureText(value: Exact): string {
  return String(toNumber(value));
}
