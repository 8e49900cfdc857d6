/** Questions that cannot have an answer, refused with what is wrong and what would be right. */
import type { StatAnswer } from "../analysis/stat-answer.ts";
import type { StatIndicator } from "../analysis/stat-indicators.ts";
import { fault } from "../domain/faults.ts";
import type { Period } from "../domain/period.ts";
import type { Place } from "../domain/place.ts";
import { type DayNumber, dayOf, dayText } from "../domain/time.ts";
import type { Store } from "../store/port.ts";

/** @throws Fault `period.future` when the period has not begun; today itself may be asked for */
export function refuseFuture(period: Period, today: DayNumber): void {
  if (period.first > today + 1) {
    throw fault("period.future", { given: period.text, today: dayText(today + 1) }, { parameter: "--period" });
  }
}

/** @throws Fault `period.before-data` when the period ends before the first reading any batch brought */
export async function refuseBeforeData(store: Store, period: Period): Promise<void> {
  const [row] = await store.sql.rows<{ low: bigint | null }>("SELECT epoch_ms(min(low)) AS low FROM batch");
  if (row === undefined || row.low === null) return;
  const first = dayOf(Number(row.low));
  if (period.last < first) {
    throw fault("period.before-data", { given: period.text, first: dayText(first) }, { parameter: "--period" });
  }
}

/**
 * A period without data is an answer; a place where the indicator was never measured, itself or below it, is a mistake.
 * @throws Fault `indicator.absent` with the indicators the place has
 */
export async function refuseAbsent(
  store: Store,
  indicator: StatIndicator,
  place: Place,
  { value, n }: StatAnswer,
): Promise<void> {
  if (indicator.kind !== "measured" || value !== undefined || n > 0) return;
  const held = await store.sql.rows<{ indicator: number }>(
    `WITH RECURSIVE below AS (SELECT id FROM place WHERE id = ${place.id}
       UNION SELECT p.id FROM place p JOIN below b ON p.parent = b.id),
       mine AS (SELECT id FROM below UNION SELECT station AS id FROM station_set WHERE place = ${place.id})
     SELECT DISTINCT indicator FROM daily WHERE place IN (SELECT id FROM mine)
     UNION SELECT DISTINCT indicator FROM ${await store.readings.relation({ from: 0, to: Date.UTC(2200, 0), indicatorIds: [indicator.indicator.id] })}
       WHERE place IN (SELECT id FROM mine) ORDER BY indicator`,
  );
  if (held.length === 0 || held.some((row) => row.indicator === indicator.indicator.id)) return;
  const { indicatorById } = await import("../domain/indicator.ts");
  const known = held.map((row) => indicatorById(row.indicator).code).join(" ");
  throw fault("indicator.absent", { place: place.name, indicator: indicator.zh, known }, { parameter: "<indicator>" });
}

/** @throws Fault `option.contradict` when more than one form of output is asked for */
export function refuseTwoForms(options: {
  readonly json: boolean;
  readonly csv: boolean;
  readonly xlsx: string | undefined;
}): void {
  const asked = [options.json && "--json", options.csv && "--csv", options.xlsx !== undefined && "--xlsx"].filter(
    (one) => one !== false,
  );
  if (asked.length > 1) throw fault("option.contradict", { options: asked.join(" 与 ") });
}
