/** Changes in JSON keys: each move with from and to, the batches with their sources. */
import { type Exact, toNumber } from "../domain/exact.ts";
import { indicatorById } from "../domain/indicator.ts";
import type { PlaceTable } from "../domain/place.ts";
import { SPANS } from "../domain/reading.ts";
import { dayText, HOUR_MS, minuteText } from "../domain/time.ts";
import { type Changes, dayMean } from "./changes.ts";

export function changesJson(changes: Changes, table: PlaceTable): Readonly<Record<string, unknown>> {
  const { question, batches, readings, days, statistics, ranks, standings } = changes;
  const number = (value: Exact | undefined): number | null => (value === undefined ? null : toNumber(value));
  const places = new Map(table.places.map((place) => [place.id, place]));
  const placeKeys = (id: number) => ({ place: places.get(id)?.name ?? "", code: places.get(id)?.code ?? String(id) });
  const spanNames = new Map(Object.entries(SPANS).map(([name, id]) => [id as number, name]));
  return {
    from: question.from,
    to: question.to ?? batches.at(-1)?.id ?? question.from,
    at: dayText(question.at),
    batches: batches.map(({ id, kind, undoes, format, source, at }) => ({
      id,
      kind,
      ...(undoes === undefined ? {} : { undoes }),
      format,
      source,
      at: at.toISOString(),
    })),
    readings: {
      total: readings.total,
      byPlace: readings.moves.map(({ placeId, indicatorId, first, last, ...counts }) => ({
        ...placeKeys(placeId),
        indicator: indicatorById(indicatorId).code,
        ...counts,
        first: dayText(first),
        last: dayText(last),
      })),
      sample: readings.sample.map((one) => ({
        ...placeKeys(one.placeId),
        indicator: indicatorById(one.indicatorId).code,
        span: spanNames.get(one.span) ?? String(one.span),
        start: minuteText(one.start),
        ...(one.span === SPANS.hour ? { hourEnd: minuteText(one.start + HOUR_MS) } : {}),
        from: number(one.from),
        to: number(one.to),
        batch: one.batch,
      })),
    },
    days: {
      total: days.total,
      list: days.days.map((one) => ({
        ...placeKeys(one.placeId),
        indicator: indicatorById(one.indicatorId).code,
        day: dayText(one.day),
        from: one.from === undefined ? null : dayMean(one.from),
        to: one.to === undefined ? null : dayMean(one.to),
        validFrom: one.from?.valid ?? false,
        validTo: one.to?.valid ?? false,
      })),
    },
    statistics: statistics.map(({ place, indicator, period, from, to, validFrom, validTo }) => ({
      place: place.name,
      code: place.code,
      indicator,
      period: period.text,
      from: number(from),
      to: number(to),
      validFrom,
      validTo,
    })),
    ranks: ranks.map(({ place, indicator, period, kind, from, to, value }) => ({
      place: place.name,
      code: place.code,
      kind,
      indicator,
      period: period.text,
      from: from ?? null,
      to: to ?? null,
      valueFrom: number(value.from),
      valueTo: number(value.to),
    })),
    standings: standings.map(({ id, metric, place, from, to, value }) => ({
      id,
      metric,
      ...(place === undefined ? {} : { place }),
      from: from ?? null,
      to: to ?? null,
      valueFrom: number(value.from),
      valueTo: number(value.to),
    })),
  };
}
