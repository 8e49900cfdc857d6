/** The evidence published ranks give for a target over each township or road: worst rank, every month, or runs of months. */
import { exact } from "../domain/exact.ts";
import { monthsIn, type Period } from "../domain/period.ts";
import type { Place } from "../domain/place.ts";
import type { Target } from "../domain/plan.ts";
import { type DayNumber, dayText } from "../domain/time.ts";
import type { Policies } from "../standards/policy.ts";
import type { Store } from "../store/port.ts";
import { publishedRanks } from "../store/published-ranks.ts";
import { fromWorstIn, listOf, listsFor, type RankList } from "./published-list.ts";
import { placesBelow } from "./rank.ts";
import { type Evidence, noEvidence } from "./standing/evidence.ts";
import type { Window } from "./standing/moment.ts";
import { monthlyRanks } from "./standing/ranks.ts";
import { runEvidence } from "./standing/runs.ts";
import type { TargetEvidence } from "./target-rows.ts";

export type RankEvidenceQuestion = {
  readonly target: Target;
  /** The plan's place: its townships or roads are judged, against lists of the whole city. */
  readonly place: Place;
  readonly window: Window;
  readonly at: DayNumber;
  readonly policies: Pick<Policies, "runGap">;
  /** The last batch that counts. */
  readonly asOf?: number | undefined;
};

const MONTHS_A_YEAR = 12;

/** What published lists say of each place of a target; computed ranks never decide. */
export async function publishedRankEvidence(store: Store, question: RankEvidenceQuestion): Promise<TargetEvidence> {
  const { target, place, asOf } = question;
  const kind = target.scope.placeKind;
  if (target.indicator === undefined || kind === undefined || target.value === undefined)
    return noEvidence("没有公布排名");
  const table = await store.places();
  const judged = placesBelow(table, place, kind);
  if (judged.length === 0) return noEvidence(`没有登记${target.scope.zh}`);
  const peers = new Set(placesBelow(table, topOf(table.places, place), kind).map((one) => one.id));
  const ranks = await publishedRanks(store.sql, {
    indicator: target.indicator,
    ...(asOf === undefined ? {} : { upTo: asOf }),
  });
  const lists = listsFor(ranks, peers);
  const evidenceOf = target.period === "cumulative" ? cumulative(question, lists) : monthly(question, lists);
  if (evidenceOf === undefined) return noEvidence("没有公布排名");
  return { each: judged.map((one) => ({ place: one.name, evidence: evidenceOf(one.id, peers.size) })) };
}

type OfPlace = (placeId: number, known: number) => Evidence;

/** By the latest list from 1 January on; when the year is over, only by the list of the whole year. */
function cumulative({ window, at }: RankEvidenceQuestion, lists: readonly RankList[]): OfPlace | undefined {
  const until = Math.min(at, window.last);
  const list = lists.filter((one) => one.first === window.first && one.last <= until && wholeMonths(one)).at(-1);
  if (list === undefined) return undefined;
  const complete = at < window.last || list.last === window.last;
  return (placeId, known) => {
    const found = fromWorstIn(list, placeId, known);
    if (found === undefined) return noEvidence(`公布的名单（${list.list}）没有列出这个地点`);
    const reason = complete ? undefined : `公布排名只到 ${dayText(list.last)}`;
    const note = found.listed ? undefined : `未列入${list.list}`;
    return { value: exact(found.rank), valid: complete, reason, reach: "open", note };
  };
}

/** By the months' lists: staying out every month, or the longest run inside. */
function monthly(
  { target, window, at, policies }: RankEvidenceQuestion,
  lists: readonly RankList[],
): OfPlace | undefined {
  const year: Period = { kind: "year", text: "", first: window.first, last: window.last };
  const over = monthsIn(year).filter((month) => month.last <= at);
  const published = over.map((month) => listOf(lists, month));
  // A list comes weeks after its month: the last months of a running year are not yet missing.
  const known = at >= window.last ? published.length : published.findLastIndex((list) => list !== undefined) + 1;
  const months = published.slice(0, known);
  if (months.every((list) => list === undefined)) return undefined;
  const wanted = Number(target.value);
  return (placeId, peers) => {
    const ranks = months.map((list) => (list === undefined ? undefined : fromWorstIn(list, placeId, peers)?.rank));
    if (target.comparator !== "not_n_months_running") return monthlyRanks(ranks, wanted);
    const cut = Number(target.cut ?? 0);
    const flags = ranks.map((rank) => (rank === undefined ? undefined : rank <= cut));
    return runEvidence(flags, MONTHS_A_YEAR - months.length, wanted, policies.runGap);
  };
}

function wholeMonths({ first, last }: RankList): boolean {
  const months = monthsIn({ first, last });
  return months[0]?.first === first && months.at(-1)?.last === last;
}

/** The city a place lies in: the top of its branch. */
export function topOf(places: readonly Place[], place: Place): Place {
  const byId = new Map(places.map((one) => [one.id, one]));
  let top = place;
  for (let at = place.parentId; at !== undefined; at = top.parentId) {
    const parent = byId.get(at);
    if (parent === undefined) break;
    top = parent;
  }
  return top;
}
