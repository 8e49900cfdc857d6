/** Fills a district briefing from analysis alone: nothing is computed here but words. */

import { stampOf } from "../../src/analysis/stamp.ts";
import { subjectOf } from "../../src/analysis/subject.ts";
import { periodZh } from "../../src/domain/period.ts";
import { dayText } from "../../src/domain/time.ts";
import { absencesOf } from "./build/absences.ts";
import { airSection } from "./build/air-section.ts";
import { methodNotes } from "./build/methods.ts";
import { type DistrictQuestion, issueZhOf, kindZhOf, type Scene, toDateOf } from "./build/question.ts";
import { stationRanking } from "./build/station-ranking.ts";
import type { DistrictBriefing, StandingRow } from "./district-data.ts";

export type DistrictTargets = {
  readonly plan?: DistrictBriefing["plan"];
  readonly rows: readonly StandingRow[];
  /** Limit of the annual PM2.5 mean as printed, for the chart. */
  readonly pm25?: string;
};

/**
 * The briefing of a district for a month, quarter, half-year or year.
 *
 * @param targets the standings at the period's end, worst news included
 * @param program the program's version, part of the stamp
 * @throws Fault `briefing.period` for any other kind of period
 */
export async function buildDistrict(
  question: DistrictQuestion,
  targets: DistrictTargets,
  program: string,
): Promise<DistrictBriefing> {
  const { store, place, period } = question;
  const kindZh = kindZhOf(period);
  const toDate = toDateOf(period);
  const whole = toDate.first === period.first;
  const scene: Scene = { ...question, subject: subjectOf(await store.places(), place, "air"), toDate, whole };
  const air = await airSection(scene, targets.pm25);
  const ranking = await stationRanking(scene);
  const [counts] = air.counts;
  const used = [...air.statistics, ...air.counts, ...ranking.statistics];
  const lastDay = counts?.aqi.findLast((day) => Object.keys(day.values).length > 0)?.day ?? period.last;
  return {
    bureau: `${place.name}生态环境局`,
    district: place.name,
    masthead: "生态环境质量简报",
    issue: issueZhOf(period),
    kindZh,
    periodZh: periodZh(period),
    toDateZh: whole ? periodZh(period) : periodZh(toDate),
    dataUntil: dayText(lastDay),
    stamp: await stampOf(store, program),
    simulated: (await store.meta("simulated")) === "yes",
    air: air.section,
    ...(targets.plan === undefined ? {} : { plan: targets.plan }),
    standings: targets.rows,
    rankings: [ranking.table],
    absences: await absencesOf(scene),
    methods: methodNotes(used, [...new Set(air.counts.flatMap(({ editions }) => editions))]),
  };
}
