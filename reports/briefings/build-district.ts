/** Fills a district briefing from analysis alone: nothing is computed here but words. */

import { stampOf } from "../../src/analysis/stamp.ts";
import { subjectOf } from "../../src/analysis/subject.ts";
import { periodZh } from "../../src/domain/period.ts";
import type { Plan } from "../../src/domain/plan.ts";
import { dayText } from "../../src/domain/time.ts";
import { absencesOf } from "./build/absences.ts";
import { airSection } from "./build/air-section.ts";
import { methodNotes } from "./build/methods.ts";
import { type DistrictQuestion, issueZhOf, kindZhOf, type Scene, toDateOf } from "./build/question.ts";
import { type BuiltRanking, rankTable } from "./build/rank-table.ts";
import { airStandings } from "./build/standings.ts";
import type { DistrictBriefing } from "./district-data.ts";

/**
 * The briefing of a district for a month, quarter, half-year or year.
 *
 * @param plans those whose air targets are judged, on the period's last day or the last day that is over
 * @param program the program's version, part of the stamp
 * @throws Fault `briefing.period` for any other kind of period
 */
export async function buildDistrict(
  question: DistrictQuestion,
  plans: readonly Plan[],
  program: string,
): Promise<DistrictBriefing> {
  const { store, place, period } = question;
  const kindZh = kindZhOf(period);
  const toDate = toDateOf(period);
  const whole = toDate.first === period.first;
  const scene: Scene = { ...question, subject: subjectOf(await store.places(), place, "air"), toDate, whole };
  const air = await airSection(scene);
  const rankings = await rankingsOf(scene);
  const standings = await airStandings(scene, plans, air.soFar);
  const [counts] = air.counts;
  const used = [...air.statistics, ...air.counts, ...rankings.flatMap(({ answers }) => answers)];
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
    air: { ...air.section, cumulative: { ...air.section.cumulative, ...standings.chart } },
    ...(standings.plan === undefined ? {} : { plan: standings.plan }),
    standings: standings.rows,
    rankings: rankings.map(({ table }) => table),
    absences: await absencesOf(scene),
    methods: methodNotes(used, [...new Set(air.counts.flatMap(({ editions }) => editions))]),
  };
}

/** Stations always; townships by PM2.5 and TSP where a source covers them. The whole city's list would be twelve pages. */
async function rankingsOf(scene: Scene): Promise<readonly BuiltRanking[]> {
  const stations = await rankTable(scene, { indicator: "pm25", kind: "station", amongZh: "全市站点", ownOnly: false });
  const townships = [];
  for (const indicator of ["pm25", "tsp"]) {
    townships.push(await rankTable(scene, { indicator, kind: "township", amongZh: "全市街乡", ownOnly: true }));
  }
  return [stations, ...townships.filter(({ table }) => table.n > 0)];
}
