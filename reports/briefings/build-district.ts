/** Fills a district briefing from analysis alone: nothing is computed here but words. */
import { askedOnce } from "../../src/analysis/asked-once.ts";
import { stampOf } from "../../src/analysis/stamp.ts";
import { subjectOf } from "../../src/analysis/subject.ts";
import { judgePlans } from "../../src/analysis/target-board.ts";
import type { TargetRow } from "../../src/analysis/target-rows.ts";
import { periodZh } from "../../src/domain/period.ts";
import type { Plan } from "../../src/domain/plan.ts";
import { type DayNumber, dayText } from "../../src/domain/time.ts";
import { absencesOf } from "./build/absences.ts";
import { type Air, airSection } from "./build/air-section.ts";
import { cutsOf } from "./build/cuts.ts";
import { lastDataDay } from "./build/last-day.ts";
import { methodNotes } from "./build/methods.ts";
import { noisePart } from "./build/noise-part.ts";
import { outlookRows } from "./build/outlook-rows.ts";
import { plansPart } from "./build/plans-part.ts";
import { type DistrictQuestion, issueZhOf, kindZhOf, type Scene, toDateOf } from "./build/question.ts";
import { type BuiltRanking, cityRankings } from "./build/rankings.ts";
import { runTables } from "./build/run-tables.ts";
import { airStandings } from "./build/standings.ts";
import { waterPart } from "./build/water-part.ts";
import type { AbsenceRow, DistrictBriefing } from "./district-data.ts";
import type { NoData } from "./district-parts.ts";

/**
 * The briefing of a district for a month, quarter, half-year or year; for a half-month that of dust (TSP) alone.
 *
 * @param plans those of the place are judged, on the period's last day or the last day that is over
 * @param program the program's version, part of the stamp
 * @throws Fault `briefing.period` for any other kind of period
 */
export async function buildDistrict(
  asked: DistrictQuestion,
  plans: readonly Plan[],
  program: string,
): Promise<DistrictBriefing> {
  // Its parts ask for the same days and lists; all of them see one state of the data.
  const question = { ...asked, store: askedOnce(asked.store) };
  const { store, place, period } = question;
  const kindZh = kindZhOf(period);
  const toDate = toDateOf(period);
  const whole = toDate.first === period.first;
  const scene: Scene = { ...question, subject: subjectOf(await store.places(), place, "air"), toDate, whole };
  const dustOnly = period.kind === "halfMonth";
  const ranked = await cityRankings(scene, cutsOf(plans, place), dustOnly);
  const parts = dustOnly ? { used: [], editions: [], absences: [] } : await monthParts(scene, plans, ranked.noData);
  const { used, editions, absences, ...rest } = parts;
  const answers = ranked.rankings.flatMap((one) => one.answers);
  const last = await lastDataDay(store, period);
  return {
    bureau: `${place.name}生态环境局`,
    district: place.name,
    masthead: "生态环境质量简报",
    issue: issueZhOf(period),
    kindZh,
    periodZh: periodZh(period),
    toDateZh: whole ? periodZh(period) : periodZh(toDate),
    dataUntil: dayText(last),
    stamp: await stampOf(store, program),
    simulated: (await store.meta("simulated")) === "yes",
    standings: [],
    ...(dustOnly ? { noData: ranked.noData } : {}),
    ...rest,
    rankings: ranked.rankings.map(({ table }) => table),
    absences: [...absences, ...rankAbsences(ranked.rankings)],
    methods: methodNotes([...used, ...answers], editions),
  };
}

/** All a month and longer spans have beside rankings. */
async function monthParts(scene: Scene, plans: readonly Plan[], rankNoData: readonly NoData[]) {
  const { place, period, today } = scene;
  const air = await airSection(scene);
  const at = Math.min(period.last, today);
  const judged = await judgedOf(scene, plans, at);
  const standings = airStandings(judged, plans, place, at, air.soFar);
  const rolled = plansPart(judged);
  const outlook = await outlookRows(scene, judged, at);
  const water = await waterPart(scene);
  const noise = await noisePart(scene);
  const runs = await runTables(scene, plans, at);
  const noData = [water, noise].filter((part): part is NoData => "reason" in part);
  return {
    ...airOf(air, standings.chart),
    ...(standings.plan === undefined ? {} : { plan: standings.plan }),
    standings: standings.rows,
    ...(rolled === undefined ? {} : { plans: rolled, verdicts: judged.map(verdictOf) }),
    ...(outlook.length === 0 ? {} : { outlook }),
    ...("rows" in water ? { water } : {}),
    ...("rows" in noise ? { noise } : {}),
    ...(runs.length === 0 ? {} : { runs }),
    noData: [...noData, ...rankNoData],
    absences: [
      ...(await absencesOf(scene)),
      ...("rows" in water ? water.apart.map(asSection) : []),
      ...("rows" in noise ? noise.apart : []),
    ],
    used: [...air.statistics, ...air.counts],
    editions: [...new Set(air.counts.flatMap((one) => one.editions))],
  };
}

function airOf({ section }: Air, chart: ReturnType<typeof airStandings>["chart"]): Pick<DistrictBriefing, "air"> {
  return { air: { ...section, cumulative: { ...section.cumulative, ...chart } } };
}

async function judgedOf(
  { store, place, policies }: Scene,
  plans: readonly Plan[],
  at: DayNumber,
): Promise<readonly TargetRow[]> {
  const own = plans.filter((plan) => plan.place === place.code);
  return own.length === 0 ? [] : await judgePlans(store, { plans: own, at, policies });
}

const verdictOf = ({ target, verdict }: TargetRow) => ({
  id: target.id,
  zh: target.metric,
  standing: verdict.standing,
});

const asSection = (row: AbsenceRow): AbsenceRow => ({ ...row, whatZh: "水质断面" });

/** Townships of ours that could not be ranked are missing too. */
function rankAbsences(rankings: readonly BuiltRanking[]): readonly AbsenceRow[] {
  return rankings.flatMap(({ table }) => (table.ownOnly ? table.missing : []));
}
