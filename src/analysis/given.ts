/**
 * Statistics of places whose source gives no days: the value as given for the period, else put together from months.
 *
 * A longer period without a value of its own is the day-weighted mean of its months, marked as put together (推算), and
 * only when each month is there.
 */
import { divide, type Exact, multiply, ratio, STORED_DECIMALS, sum } from "../domain/exact.ts";
import { daysIn, monthsIn, type Period } from "../domain/period.ts";
import { MEASURED_SPANS, SPANS } from "../domain/reading.ts";
import { dayNumber, dayParts, dayStart } from "../domain/time.ts";
import type { Store } from "../store/port.ts";
import { type PeriodQuestion, type Statistic, type StatisticName, shortfall } from "./statistic.ts";

const STORED_ONE = 10n ** BigInt(STORED_DECIMALS);

/** Fills the results that have no day behind them; the others stay as they are. */
export async function givenStatistics(
  store: Store,
  { indicator, period, subjects, today }: PeriodQuestion,
  name: StatisticName,
  results: readonly Statistic[],
): Promise<readonly Statistic[]> {
  if (name !== "mean") return results;
  const empty = subjects
    .filter((subject, index) => !subject.isSet && results[index]?.n === 0)
    .map((one) => one.place.id);
  if (empty.length === 0) return results;
  const relation = await store.readings.relation({
    from: dayStart(period.first),
    to: dayStart(period.last),
    placeIds: empty,
    indicatorIds: [indicator.id],
  });
  const rows = await store.sql.rows<{ place: number; start: bigint; span: number; value: bigint }>(
    `SELECT place, epoch_ms(start) AS start, span, value FROM ${relation} WHERE span NOT IN (${MEASURED_SPANS.join(", ")})`,
  );
  const held = new Map(rows.map((row) => [`${row.place}|${row.span}|${row.start}`, ratio(row.value, STORED_ONE)]));
  return results.map((result): Statistic => {
    if (result.n > 0 || !empty.includes(result.place.id)) return result;
    const at = (one: Period): Exact | undefined => held.get(`${result.place.id}|${SPANS[one.kind]}|${keyStart(one)}`);
    const own = at(period);
    if (own !== undefined) {
      return { ...result, value: own, valid: true, n: 1, expected: 1, origin: "given" };
    }
    if (period.kind === "month" || period.kind === "halfMonth") return result;
    // A running period is asked for the months that are over.
    const all = monthsIn(period);
    const over = all.filter((month) => month.last <= today);
    const months = over.length === 0 ? all : over;
    const values = months.map(at);
    const present = months.flatMap((month, k) =>
      values[k] === undefined ? [] : [{ month, value: values[k] as Exact }],
    );
    if (present.length === 0) return result;
    const weights = sum(present.map(({ month }) => ratio(BigInt(daysIn(month)))));
    const total = sum(present.map(({ month, value }) => multiply(value, ratio(BigInt(daysIn(month))))));
    return {
      ...result,
      value: divide(total, weights),
      valid: present.length === months.length ? true : shortfall("months", present.length, months.length),
      n: present.length,
      expected: months.length,
      origin: "given-months",
    };
  });
}

/** A cumulative value is kept under the start of its last month. */
function keyStart(period: Period): number {
  if (period.kind !== "cumulative") return dayStart(period.first);
  const { year, month } = dayParts(period.last);
  return dayStart(dayNumber(year, month, 1) ?? period.first);
}
