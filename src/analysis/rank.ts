/**
 * The rank of places of one kind, for any indicator and period: valid values rounded and ranked, the others listed
 * apart with the reason. N is taken from the data.
 */
import { divide, type Exact, multiply, parseExact, ratio, toNumber } from "../domain/exact.ts";
import type { Place, PlaceKind, PlaceTable } from "../domain/place.ts";
import type { Store } from "../store/port.ts";
import { behindJson } from "./behind.ts";
import { COUNT_INDICATORS, type CountIndicator } from "./day-counts.ts";
import { exceedanceJson } from "./exceedance.ts";
import { type Ranked, type RankOrder, rankValues } from "./ranking.ts";
import { askStatistics, type StatAnswer, type StatQuestion } from "./stat-answer.ts";

/** What a count is divided by. */
export type RankUnit = "people" | "area";

export type RankQuestion = Omit<StatQuestion, "places"> & {
  /** The places ranked lie below this one. */
  readonly among: Place;
  readonly kind: PlaceKind;
  readonly order: RankOrder;
  /** Counts per 10,000 residents or per km², where a place's attribute `population` or `areaKm2` is known. */
  readonly per?: RankUnit | undefined;
  /** Only the worst n are listed; tie groups across the cut are listed whole and marked. */
  readonly worst?: number | undefined;
};

export type Ranking = {
  readonly question: RankQuestion;
  readonly statistic: string;
  readonly n: number;
  readonly decimals: number;
  readonly unit: string;
  /** Those listed: all, or the worst n. */
  readonly rows: readonly Ranked<StatAnswer>[];
  /** Every ranked place. */
  readonly all: readonly Ranked<StatAnswer>[];
  readonly missing: readonly StatAnswer[];
  /** Said when there is nothing, or nothing to compare. */
  readonly note?: string;
};

export async function rankPlaces(store: Store, question: RankQuestion): Promise<Ranking> {
  const { among, kind, order, worst, per, ...rest } = question;
  const table = await store.places();
  const places = placesBelow(table, among, kind);
  const asked = await askStatistics(store, { ...rest, places });
  const answers = per === undefined ? asked : asked.map((one) => perUnit(one, per));
  const known = answers.filter((one) => one.valid !== true || one.value !== undefined);
  const valid = known.flatMap((one) =>
    one.valid === true && one.value !== undefined ? [{ item: one, value: one.value }] : [],
  );
  const [first] = answers;
  const decimals = first?.decimals ?? 0;
  const rows = rankValues(valid, { order, decimals, higherIsWorse: higherIsWorse(rest.indicator.code), cut: worst });
  const missing = await relevantMissing(store, question, known);
  return {
    question,
    statistic: first?.statistic ?? "mean",
    n: rows.length,
    decimals,
    unit: first?.unit ?? "",
    rows: worst === undefined ? rows : rows.filter((row) => row.fromWorst <= worst),
    all: rows,
    missing,
    ...(rows.length > 1
      ? {}
      : { note: rows.length === 0 ? "没有可以参加排名的地点" : "只有一个地点有有效数据，排名没有可比对象" }),
  };
}

const PER = {
  people: { attribute: "population", scale: ratio(10_000n), unit: "万人", zh: "常住人口" },
  area: { attribute: "areaKm2", scale: ratio(1n), unit: "km²", zh: "面积" },
} as const;

/** Densities are printed with two decimals. */
const PER_DECIMALS = 2;

function perUnit(answer: StatAnswer, per: RankUnit): StatAnswer {
  const { attribute, scale, unit, zh } = PER[per];
  const size = parseExact(answer.place.attributes[attribute] ?? "");
  const base = { ...answer, decimals: PER_DECIMALS, unit: `${answer.unit}/${unit}` };
  if (size === undefined || size.num <= 0n) {
    return { ...base, value: undefined, valid: { what: "data", have: 0, need: 1, zh: `没有登记${zh}` } };
  }
  return answer.value === undefined ? base : { ...base, value: divide(multiply(answer.value, scale), size) };
}

/** Whether a larger value of an indicator is the worse one. */
export function higherIsWorse(code: string): boolean {
  if (Object.hasOwn(COUNT_INDICATORS, code)) return !COUNT_INDICATORS[code as CountIndicator].good;
  return code !== "do";
}

/**
 * Places of a kind below another. Zones are ranked beside townships, as the city's bulletins do.
 */
export function placesBelow(table: PlaceTable, among: Place, kind: PlaceKind): readonly Place[] {
  const parents = new Map(table.places.map((place) => [place.id, place.parentId]));
  const below = (place: Place): boolean => {
    for (let at = place.parentId; at !== undefined; at = parents.get(at)) if (at === among.id) return true;
    return false;
  };
  const kinds: readonly PlaceKind[] = kind === "township" ? ["township", "zone"] : [kind];
  return table.places.filter(
    (place) =>
      kinds.includes(place.kind) &&
      (below(place) || (among.kind === "city" && place.parentId === undefined && place.kind !== "city")),
  );
}

/**
 * Places without a valid value: those that have ever had a reading of the indicator, so that a place the source never
 * covers is not held against it. Where none has, all of them.
 */
async function relevantMissing(
  store: Store,
  { indicator }: RankQuestion,
  answers: readonly StatAnswer[],
): Promise<readonly StatAnswer[]> {
  const missing = answers.filter((one) => one.valid !== true);
  if (indicator.kind !== "measured" || missing.length === 0) return missing;
  const ids = missing.map((one) => one.place.id).join(",");
  const spoken = await store.sql.rows<{ place: number }>(
    `SELECT DISTINCT place FROM daily WHERE indicator = ${indicator.indicator.id} AND place IN (${ids})`,
  );
  const covered = new Set(spoken.map((row) => row.place));
  // Somebody has spoken when a place is ranked; else that has to be asked.
  const anyone =
    covered.size > 0 ||
    missing.length < answers.length ||
    (await store.sql.rows(`SELECT 1 AS x FROM daily WHERE indicator = ${indicator.indicator.id} LIMIT 1`)).length > 0;
  return anyone ? missing.filter((one) => covered.has(one.place.id) || one.n > 0) : missing;
}

/** What may stand beside a ranking, by place id. */
export type RankBeside = {
  readonly columns?: ReadonlyMap<number, Readonly<Record<string, unknown>>>;
  readonly head?: Readonly<Record<string, unknown>>;
};

/** The ranking in the contract's keys. */
export function rankJson(ranking: Ranking, beside: RankBeside = {}): Readonly<Record<string, unknown>> {
  const { question } = ranking;
  const number = (value: Exact | undefined): number | null => (value === undefined ? null : toNumber(value));
  return {
    indicator: question.indicator.code,
    statistic: ranking.statistic,
    period: question.period.text,
    order: question.order,
    among: question.among.name,
    kind: question.kind,
    unit: ranking.unit,
    ...(question.per === undefined ? {} : { per: question.per }),
    n: ranking.n,
    ...(ranking.note === undefined ? {} : { note: ranking.note }),
    ...(beside.head ?? {}),
    rows: ranking.rows.map((row) => ({
      rank: row.rank,
      fromWorst: row.fromWorst,
      fromBest: row.fromBest,
      place: row.item.place.name,
      code: row.item.place.code,
      value: number(row.value),
      rounded: number(row.rounded),
      tied: row.tied,
      validDays: row.item.n,
      ...(row.item.count === undefined ? {} : { exceedance: exceedanceJson(row.item.count.counts) }),
      ...(row.item.behind === undefined ? {} : { behind: behindJson(row.item.behind) }),
      ...(question.worst === undefined ? {} : { straddles: row.straddles }),
      ...(beside.columns?.get(row.item.place.id) ?? {}),
    })),
    missing: ranking.missing.map((one) => ({
      place: one.place.name,
      code: one.place.code,
      reason: one.valid === true ? "" : one.valid.zh,
      validDays: one.n,
      ...(one.value === undefined ? {} : { value: number(one.value) }),
    })),
  };
}
