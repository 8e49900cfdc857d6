/** The briefings that are due, made as drafts: a person looks at them and another lets them out. */
import { askedOnce } from "../../../src/analysis/asked-once.ts";
import { allBriefings, type Briefing, type BriefingKind, type NewBriefing } from "../../../src/store/briefings.ts";
import type { DistrictQuestion } from "../build/question.ts";
import { type DraftRequest, draftDistrict, draftTownships } from "../drafts.ts";
import { isPreliminary } from "../preliminary.ts";
import { coverageOf } from "./coverage.ts";
import { type BriefingRule, decisionAt, lastEnded, preliminaryZh } from "./rule.ts";

export type BriefingRules = { readonly month?: BriefingRule; readonly halfMonth?: BriefingRule };

export type Scheduled = {
  readonly made: readonly NewBriefing[];
  /** What was made, in Chinese; empty when nothing was due. */
  readonly words: string;
};

/**
 * For the month and the half-month that ended last: nothing before their time, nothing twice. A final one follows a
 * preliminary one once the data are there.
 * @param draft makes them; the district's and its townships' unless said otherwise
 * @throws Fault as `draftDistrict`
 */
export async function scheduledDrafts(
  question: Omit<DistrictQuestion, "period">,
  rules: BriefingRules,
  request: DraftRequest,
  draft: (asked: DistrictQuestion, how: DraftRequest) => Promise<readonly NewBriefing[]> = districtAndTownships,
): Promise<Scheduled> {
  const made: NewBriefing[] = [];
  const words: string[] = [];
  for (const every of ["month", "halfMonth"] as const) {
    const rule = rules[every];
    if (rule === undefined) continue;
    const now = request.now.getTime();
    const asked = { ...question, period: lastEnded(every, now) };
    const before = await earlierOf(asked);
    if (before.final) continue;
    const coverage = await coverageOf(asked);
    const decision = decisionAt(asked.period, rule, now, coverage);
    if (decision === "too_early" || decision === "wait") continue;
    if (decision === "make_preliminary" && before.preliminary) continue;
    const preliminary = decision === "make_preliminary" ? preliminaryZh(rule, coverage) : undefined;
    const how = { ...request, ...(preliminary === undefined ? {} : { preliminary }) };
    const drafts = await draft(asked, how);
    made.push(...drafts);
    if (drafts.length > 0)
      words.push(`${asked.period.text}${preliminary === undefined ? "" : "（初步）"}：${drafts.length}份草稿`);
  }
  return { made, words: words.join("；") };
}

async function districtAndTownships(asked: DistrictQuestion, how: DraftRequest): Promise<readonly NewBriefing[]> {
  // Both rank the city's townships; nothing is written before both are made.
  const once = { ...asked, store: askedOnce(asked.store) };
  return [...(await draftDistrict(once, how)).made, ...(await draftTownships(once, how)).made];
}

/** Whether somebody, by hand or by schedule, already made the district's briefing of a span. */
async function earlierOf({
  store,
  place,
  period,
}: DistrictQuestion): Promise<{ final: boolean; preliminary: boolean }> {
  const kind: BriefingKind = "district";
  const own = (await allBriefings(store.sql)).filter(
    (one: Briefing) => one.kind === kind && one.place === place.code && one.period === period.text,
  );
  return { final: own.some((one) => !isPreliminary(one)), preliminary: own.some(isPreliminary) };
}
