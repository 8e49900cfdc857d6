/** The inputs of one number, laid out so that a spreadsheet's own formulas give it again. */
import { type Exact, fromStored } from "../domain/exact.ts";
import { fault } from "../domain/faults.ts";
import type { Place } from "../domain/place.ts";
import { SPANS } from "../domain/reading.ts";
import { dayParts, dayStart, dayText, HOUR_MS } from "../domain/time.ts";
import { GOOD_UP_TO, HEAVY_ABOVE } from "../standards/hj633-class.ts";
import type { Store } from "../store/port.ts";
import { COUNT_INDICATORS } from "./day-counts.ts";
import { daySeries } from "./day-series.ts";
import { neededHours } from "./measure.ts";
import { askStatistics, type StatAnswer, type StatQuestion } from "./stat-answer.ts";
import { neededStations, type Subject, subjectOf } from "./subject.ts";

/** How the rows come to the number. */
export type InputRule =
  | { readonly kind: "mean"; readonly stations: number }
  | { readonly kind: "percentile"; readonly p: number; readonly stations: number }
  | { readonly kind: "hours"; readonly needed: number; readonly stations: number }
  | { readonly kind: "windows"; readonly stations: number }
  | {
      readonly kind: "count";
      readonly at: "most" | "above";
      readonly limit: number;
      readonly share: "valid" | "calendar" | undefined;
    };

export type ExplainInputs = {
  readonly answer: StatAnswer;
  readonly rule: InputRule;
  /** What a row is: a day, or the hour that ends at the label. */
  readonly labels: readonly string[];
  readonly columns: readonly { readonly name: string; readonly values: readonly (Exact | undefined)[] }[];
};

type Question = Omit<StatQuestion, "places"> & { readonly place: Place };

const PERCENTILES: Readonly<Record<string, number>> = { p90: 90, p95: 95, p98: 98 };
const HOURS = 24;

/** @throws Fault `explain.no-workbook` where formulas of a spreadsheet cannot give the number again */
export async function explainInputs(store: Store, question: Question): Promise<ExplainInputs> {
  const { place, indicator, period, policies, today } = question;
  const no = (reason: string) =>
    fault("explain.no-workbook", { indicator: indicator.code, reason }, { parameter: "--xlsx" });
  const [answer] = await askStatistics(store, { ...question, places: [place] });
  if (answer?.value === undefined) throw no("没有数值");
  const last = Math.min(period.last, Math.max(today, period.first));
  if (answer.count !== undefined) {
    const { good, share } = COUNT_INDICATORS[answer.count.indicator as keyof typeof COUNT_INDICATORS];
    const values = answer.count.aqi.map(({ aqi }) => (aqi === undefined ? undefined : { num: BigInt(aqi), den: 1n }));
    return {
      answer,
      rule: {
        kind: "count",
        at: good ? "most" : "above",
        limit: good ? GOOD_UP_TO : HEAVY_ABOVE,
        share: share ? policies.goodDayDenominator : undefined,
      },
      labels: answer.count.aqi.map(({ day }) => dayText(day)),
      columns: [{ name: "AQI", values }],
    };
  }
  if (indicator.kind !== "measured") throw no("它由别的统计值算出");
  if (answer.origin !== "days") throw no("来源直接给出这个时段的值，或按其他规则合成");
  const table = await store.places();
  const subject = subjectOf(table, place, indicator.indicator.medium);
  const members = membersOf(subject, table.places);
  const stations = neededStations(subject.members.length, policies);
  if (period.kind === "day") {
    if (answer.statistic !== "mean" && answer.statistic !== "mda8") throw no("单日最大值即为其中一个小时值");
    const columns = await hourColumns(store, question, members);
    const needed = neededHours(indicator.indicator, policies);
    const rule: InputRule =
      answer.statistic === "mda8" ? { kind: "windows", stations } : { kind: "hours", needed, stations };
    return { answer, rule, labels: Array.from({ length: HOURS }, (_, k) => `${k + 1} 时`), columns };
  }
  const p = PERCENTILES[answer.statistic];
  const measure =
    indicator.code === "o3" && p !== undefined
      ? "mda8"
      : answer.statistic === "mda8" || answer.statistic === "max1h"
        ? answer.statistic
        : "mean";
  const series = await daySeries(store, {
    indicator: indicator.indicator,
    subjects: members,
    first: period.first,
    last,
    policies,
    measure,
    daily: question.daily,
  });
  return {
    answer,
    rule: p === undefined ? { kind: "mean", stations } : { kind: "percentile", p, stations },
    labels: Array.from({ length: last - period.first + 1 }, (_, k) => dayText(period.first + k)),
    columns: members.map((member, k) => ({ name: member.place.name, values: series[k] ?? [] })),
  };
}

/** Each station of a set as a subject of its own, for the days it stands for the place. */
function membersOf(subject: Subject, places: readonly Place[]): readonly Subject[] {
  return subject.members.map((member) => ({
    place: places.find((one) => one.id === member.placeId) ?? subject.place,
    isSet: false,
    members: [{ ...member, size: 1 }],
  }));
}

async function hourColumns(
  store: Store,
  { period, indicator }: Question,
  members: readonly Subject[],
): Promise<ExplainInputs["columns"]> {
  if (indicator.kind !== "measured") return [];
  const from = dayStart(period.first);
  const relation = await store.readings.relation({
    from,
    to: from + (HOURS - 1) * HOUR_MS,
    placeIds: members.map((one) => one.place.id),
    indicatorIds: [indicator.indicator.id],
  });
  const rows = await store.sql.rows<{ place: number; start: bigint; value: bigint }>(
    `SELECT place, epoch_ms(start) AS start, value FROM ${relation} WHERE span = ${SPANS.hour}`,
  );
  return members.map(({ place }) => {
    const values: (Exact | undefined)[] = Array.from({ length: HOURS });
    for (const row of rows) {
      if (row.place === place.id) values[(Number(row.start) - from) / HOUR_MS] = fromStored(row.value);
    }
    return { name: place.name, values };
  });
}

/** `2015-03` and such, safe for a sheet's name. */
export function sheetName({ answer }: ExplainInputs): string {
  const { year, month } = dayParts(answer.period.first);
  return `${answer.indicator} ${year}-${month}`;
}
