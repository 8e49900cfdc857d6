/** Makes the district briefing of a period and writes it; used by `brief district` and by the demo. */
import { join } from "node:path";
import type { DistrictQuestion } from "../../reports/briefings/build/question.ts";
import { requireData } from "../../reports/briefings/build/require-data.ts";
import { buildDistrict } from "../../reports/briefings/build-district.ts";
import type { BriefingFormat } from "../../reports/briefings/formats.ts";
import { asPreliminary } from "../../reports/briefings/preliminary.ts";
import { withRenderCrew } from "../../reports/briefings/render-crew.ts";
import { coverageOf } from "../../reports/briefings/schedule/coverage.ts";
import { ENOUGH_TOWNSHIPS, preliminaryZh } from "../../reports/briefings/schedule/rule.ts";
import { summaryOf } from "../../reports/briefings/sentences.ts";
import { withTemplate } from "../../reports/briefings/template.ts";
import { templateOf } from "../../reports/briefings/template-file.ts";
import type { Period } from "../domain/period.ts";
import type { Place } from "../domain/place.ts";
import { type DayNumber, dayParts } from "../domain/time.ts";
import { DEFAULT_POLICIES } from "../standards/policy.ts";
import type { Store } from "../store/port.ts";
import { plansOfYear, planYearOf } from "./plan-targets.ts";
import { version } from "./version.ts";
import { writeWhole } from "./write-whole.ts";

export type MadeBriefing = { readonly file: string; readonly summary: readonly string[] };

export type BriefingQuestion = {
  readonly place: Place;
  readonly period: Period;
  readonly today: DayNumber;
  readonly now: Date;
  readonly out: string;
  readonly planYear?: string | undefined;
  /** A template file; else the store's own. */
  readonly template?: string | undefined;
  /** PDF unless said otherwise. */
  readonly format?: BriefingFormat | undefined;
  /** Marked 初步, with how many townships have their value. */
  readonly preliminary?: boolean | undefined;
};

/** @throws Fault `briefing.no-data`, `file.not-written`, `plan.unknown` */
export async function makeDistrictBriefing(store: Store, question: BriefingQuestion): Promise<MadeBriefing> {
  const { place, period, today, now, out, format = "pdf" } = question;
  const year = await planYearFor(period, question.planYear, now, store.dir);
  const template = await templateOf(question.template, store.dir);
  const asked = { store, place, period, policies: DEFAULT_POLICIES, today };
  await requireData(store, period);
  const plans = await plansOfYear(year, store.dir);
  return await withRenderCrew(1, async (render) => {
    const built = await buildDistrict(asked, plans, version());
    const briefing = asPreliminary(withTemplate(built, template), await whyPreliminary(asked, question.preliminary));
    const bytes = await render({ kind: "district", briefing, format });
    const file = join(out, `${place.name}-${briefing.kindZh}-${period.text}.${format}`);
    await writeWhole(file, bytes);
    return { file, summary: summaryOf(briefing) };
  });
}

/** For a briefing somebody calls preliminary by hand: how far the data have come. */
export async function whyPreliminary(asked: DistrictQuestion, preliminary = false): Promise<string | undefined> {
  return preliminary ? preliminaryZh({ coverage: ENOUGH_TOWNSHIPS }, await coverageOf(asked)) : undefined;
}

/** The plan of the period's year where there is one, else the latest: then the standings are a trial. */
export async function planYearFor(period: Period, named: string | undefined, now: Date, dir: string): Promise<number> {
  if (named !== undefined) return await planYearOf(named, now, dir);
  const { year } = dayParts(period.last);
  try {
    return await planYearOf(String(year), now, dir);
  } catch {
    return await planYearOf(undefined, now, dir);
  }
}
