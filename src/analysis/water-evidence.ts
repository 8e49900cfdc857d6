/** The evidence water sections give for a target: reach rate, class of each, sections of inferior Ⅴ, the change of the index. */
import { type Exact, exact, ratio } from "../domain/exact.ts";
import type { Period } from "../domain/period.ts";
import type { Place } from "../domain/place.ts";
import type { Target } from "../domain/plan.ts";
import { cityCwqi, cwqi, cwqiChange } from "../standards/cwqi.ts";
import { WATER_CLASS_ZH, type WaterItem, type WaterType } from "../standards/gb3838.ts";
import { meansAsSample, sampleMeans } from "../standards/water-mean.ts";
import { NOT_ASSESSED_ZH } from "../standards/water-target.ts";
import type { Store } from "../store/port.ts";
import type { EvidenceQuestion } from "./evidence-question.ts";
import { sameDaysBefore, wholeMonthsSoFar } from "./so-far.ts";
import { type Evidence, noEvidence } from "./standing/evidence.ts";
import type { TargetEvidence } from "./target-rows.ts";
import { sectionsOf } from "./water-answer.ts";
import { groupPeriod } from "./water-group.ts";
import { type SectionPeriod, sectionPeriods } from "./water-section.ts";

/** The class worse than Ⅴ. */
const INFERIOR = 6;

/** Evidence from the sections below the plan's place, over the months that are over. */
export async function waterEvidence(store: Store, question: EvidenceQuestion): Promise<TargetEvidence> {
  const { target, place, window, at } = question;
  const all = sectionsOf(await store.places(), place);
  const sections = sectionsAsked(target, all);
  if (sections.length === 0) return noEvidence(`没有登记${target.scope.zh === "全域" ? "断面" : target.scope.zh}`);
  const period = wholeMonthsSoFar(window, at);
  if (period === undefined) return noEvidence("还没有完整的月份");
  const found = (await sectionsOver(store, question, all, period)).filter((one) => sections.includes(one.place));
  if (target.indicator === "composite_index") return await indexEvidence(store, question, found, sections);
  if (target.scope.kind === "each") {
    return { each: found.map((one) => ({ place: one.place.name, evidence: classEvidence(one) })) };
  }
  return target.indicator === "compliance_rate" ? rateEvidence(found, question) : inferiorEvidence(found);
}

/** The sections over a period, asked once for the targets of a board. */
export async function sectionsOver(
  store: Store,
  { sections: memo, policies }: EvidenceQuestion,
  sections: readonly Place[],
  period: Period,
): Promise<readonly SectionPeriod[]> {
  const held = memo?.get(period.text);
  if (held !== undefined) return await held;
  const asked = sectionPeriods(store, { sections, period, policies });
  memo?.set(period.text, asked);
  return await asked;
}

/** 国考断面 and 市考断面 are told by the sections' attribute `level`. */
export function sectionsAsked({ scope }: Target, sections: readonly Place[]): readonly Place[] {
  const level = /国考|市考/.exec(scope.zh)?.[0];
  return level === undefined ? sections : sections.filter((one) => one.attributes["level"] === level);
}

function classEvidence({ class: own, notAssessed, enough }: SectionPeriod): Evidence {
  if (own !== undefined) return { value: exact(own), valid: true, note: WATER_CLASS_ZH[own] };
  const months = enough.valid ? undefined : `有值的月 ${enough.have} 个，需 ${enough.need} 个`;
  return noEvidence(months ?? NOT_ASSESSED_ZH[notAssessed ?? "not_sampled"]);
}

/** Sections without a class counted both ways. */
function rateEvidence(found: readonly SectionPeriod[], { policies }: EvidenceQuestion): Evidence {
  const { reach } = groupPeriod(found, policies);
  if (reach.sections === 0) return noEvidence("断面没有设目标类别");
  if (reach.rate === undefined) return noEvidence("没有可评价的断面");
  const open = reach.sections - reach.assessed;
  const percent = (n: number): Exact => ratio(BigInt(n) * 100n, BigInt(reach.sections));
  return {
    value: reach.rate,
    valid: open === 0,
    reason: open === 0 ? undefined : `${open} 个断面没有可评价的结果`,
    low: percent(reach.met),
    high: percent(reach.met + open),
    behind: { what: "sections", have: reach.assessed, of: reach.sections },
  };
}

function inferiorEvidence(found: readonly SectionPeriod[]): Evidence {
  const known = found.filter((one) => one.class !== undefined);
  if (known.length === 0) return noEvidence("没有可评价的断面");
  const inferior = known.filter((one) => one.class === INFERIOR);
  const open = found.length - known.length;
  return {
    value: exact(inferior.length),
    valid: open === 0,
    reason: open === 0 ? undefined : `${open} 个断面没有可评价的结果`,
    low: exact(inferior.length),
    high: exact(inferior.length + open),
    behind: { what: "sections", have: known.length, of: found.length },
    note: inferior.length === 0 ? undefined : inferior.map((one) => one.place.name).join("、"),
  };
}

/** How far the index fell since the year before, percent: positive is better, against a base of 0. */
async function indexEvidence(
  store: Store,
  question: EvidenceQuestion,
  found: readonly SectionPeriod[],
  sections: readonly Place[],
): Promise<Evidence> {
  const whole = wholeMonthsSoFar(question.window, question.at);
  const before: Period | undefined = whole === undefined ? undefined : sameDaysBefore(whole, whole.last);
  const now = indexOf(found);
  if (now === undefined) return noEvidence("没有可计算水质指数（CWQI）的断面");
  const earlier = before === undefined ? [] : await sectionsOver(store, question, sections, before);
  const base = indexOf(earlier);
  const short = earlier.filter((one) => !one.enough.valid).length;
  const change =
    base === undefined || short > 0 || base.items !== now.items ? undefined : cwqiChange(now.index, base.index);
  const note = "按水质指数 CWQI 与上年同期比较，正值为改善（%）";
  if (change === undefined) {
    const baseReason = base === undefined ? "没有上年同期数值" : `上年同期数据不足：${short} 个断面缺月份，或项目不同`;
    return { value: now.index, valid: true, baseReason };
  }
  return { value: { num: -change.num * 100n, den: change.den }, valid: true, base: exact(0), note };
}

function indexOf(found: readonly SectionPeriod[]): { readonly index: Exact; readonly items: string } | undefined {
  const items = new Set<WaterItem>();
  const part = (type: WaterType) => {
    const mine = found.filter((one) => one.type === type && Object.keys(one.raw.means).length > 0);
    if (mine.length === 0) return undefined;
    const { index, parts } = cwqi(sampleMeans(mine.map((one) => meansAsSample(one.raw.means))), type);
    for (const item of parts.keys()) items.add(item);
    return { index, sections: mine.length };
  };
  const index = cityCwqi(part("river"), part("lake"));
  return index === undefined ? undefined : { index, items: [...items].sort().join(" ") };
}
