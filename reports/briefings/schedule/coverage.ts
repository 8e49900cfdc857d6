/** How complete the data of a span are: the townships with a valid value, by the indicator that has the fewest. */
import { placesBelow } from "../../../src/analysis/rank.ts";
import { askStatistics } from "../../../src/analysis/stat-answer.ts";
import { statIndicator } from "../../../src/analysis/stat-indicators.ts";
import { indicatorOf } from "../../../src/domain/indicator.ts";
import type { Place, PlaceKind } from "../../../src/domain/place.ts";
import type { Store } from "../../../src/store/port.ts";
import { type DistrictQuestion, spanWords } from "../build/question.ts";
import type { Coverage } from "./rule.ts";

/**
 * Of the townships any source has ever measured; where none is, of the district's stations.
 * A half-month speaks of dust (TSP) alone.
 */
export async function coverageOf(question: DistrictQuestion): Promise<Coverage> {
  const codes = question.period.kind === "halfMonth" ? ["tsp"] : ["pm25", "tsp"];
  const found: Coverage[] = [];
  for (const code of codes) found.push(await coverageBy(question, code, "township"));
  const measured = found.filter(({ need }) => need > 0);
  const [first, ...rest] = measured.length > 0 ? measured : [await coverageBy(question, "pm25", "station")];
  if (first === undefined) throw new RangeError("no coverage was asked for");
  return rest.reduce((least, one) => (one.have * least.need < least.have * one.need ? one : least), first);
}

async function coverageBy(question: DistrictQuestion, code: string, kind: PlaceKind): Promise<Coverage> {
  const { store, place, period, policies, today } = question;
  const indicator = statIndicator(code);
  const places = placesBelow(await store.places(), place, kind);
  const measured = await everMeasured(store, code, places);
  const asked = { indicator, places: measured, period, policies, today };
  const answers = measured.length === 0 ? [] : await askStatistics(store, asked);
  const [need, have] = [measured.length, answers.filter(({ valid }) => valid === true).length];
  const what = kind === "township" ? "街乡" : "站点";
  return { have, need, zh: `${need}个${what}中${have}个有有效的${indicator.zh}${spanWords(period, code).meanZh}` };
}

/** A place no source covers is not waited for. */
async function everMeasured({ sql }: Store, code: string, places: readonly Place[]): Promise<readonly Place[]> {
  if (places.length === 0) return [];
  const ids = places.map(({ id }) => id).join(",");
  const rows = await sql.rows<{ place: number }>(
    `SELECT DISTINCT place FROM daily WHERE indicator = ${indicatorOf(code).id} AND place IN (${ids})`,
  );
  const held = new Set(rows.map(({ place }) => place));
  return places.filter(({ id }) => held.has(id));
}
