/** Noise points over the period, day and night apart, their pass rates, and complaints against last year. */
import { type PartPeriod, type PointPeriod, pointPeriods } from "../../../src/analysis/noise-period.ts";
import { zoneRates } from "../../../src/analysis/noise-zones.ts";
import { placesBelow } from "../../../src/analysis/rank.ts";
import { askStatistics, type StatAnswer } from "../../../src/analysis/stat-answer.ts";
import { statIndicator } from "../../../src/analysis/stat-indicators.ts";
import type { Exact } from "../../../src/domain/exact.ts";
import { type Period, yearBefore } from "../../../src/domain/period.ts";
import type { Place } from "../../../src/domain/place.ts";
import { judgeNoise, noiseLimit } from "../../../src/standards/gb3096.ts";
import { decimalText } from "../../../src/standards/gbt8170.ts";
import type { NoisePart as Part } from "../../../src/standards/noise-day.ts";
import type { PassRate } from "../../../src/standards/noise-rate.ts";
import type { AbsenceRow } from "../district-data.ts";
import type { Complaints, ComplaintsText, NoData, NoiseLevel, NoisePart, PassText } from "../district-parts.ts";
import { changeOf, figureOf } from "./figures.ts";
import { hasYearBefore, type Scene } from "./question.ts";

/** Levels and shares are printed to a tenth. */
const DECIMALS = 1;

export async function noisePart(scene: Scene): Promise<NoisePart | NoData> {
  const { store, place, period, policies } = scene;
  const points = placesBelow(await store.places(), place, "noise_point");
  const over = async (span: Period) => await pointPeriods(store, { points, period: span, policies });
  const now = points.length === 0 ? [] : await over(period);
  const heard = now.filter((one) => one.dates.length > 0);
  const complaints = await complaintsOf(scene);
  if (heard.length === 0 && complaints === undefined) {
    return { zh: "声环境", reason: points.length === 0 ? "没有登记噪声点位" : "本期没有噪声数据" };
  }
  const before = hasYearBefore(period) && heard.length > 0 ? await over(yearBefore(period)) : [];
  const [rates, then] = [zoneRates(now), zoneRates(before)];
  return {
    rows: heard.map((one) => ({
      place: one.place.name,
      ...(one.zone === undefined ? {} : { zone: `${one.zone}类` }),
      day: levelOf(one, "day", scene),
      night: levelOf(one, "night", scene),
    })),
    apart: now.filter((one) => one.dates.length === 0).map(({ place: { name } }) => silent(name)),
    day: passText(rates.day.all, then.day.all),
    night: passText(rates.night.all, then.night.all),
    ...(complaints === undefined ? {} : { complaints }),
  };
}

function levelOf(point: PointPeriod, part: Part, { policies }: Scene): NoiseLevel {
  const own: PartPeriod = point[part];
  const { zone } = point;
  const level = own.valid;
  if (level === undefined) {
    return { level: { reason: "没有有效的日期" }, ...limitOf(point, part), above: false };
  }
  return {
    level: { value: decimalText(level, DECIMALS) },
    ...limitOf(point, part),
    ...(own.pass === undefined ? {} : { pass: `${own.pass.passing}/${own.pass.valid}` }),
    above: zone !== undefined && !judgeNoise(zone, part, level, policies.noiseCompare).meets,
  };
}

function limitOf({ zone }: PointPeriod, part: Part): { readonly limit?: string } {
  return zone === undefined ? {} : { limit: decimalText(noiseLimit(zone, part), 0) };
}

function passText(now: PassRate, before: PassRate): PassText {
  return {
    percent: now.rate === undefined ? { reason: "没有数据" } : { value: percent(now.rate) },
    passing: now.passing,
    valid: now.valid,
    ...(before.rate === undefined ? {} : { before: { value: percent(before.rate) } }),
  };
}

const percent = (rate: Exact): string => decimalText(rate, DECIMALS);

function silent(place: string): AbsenceRow {
  return { place, whatZh: "噪声", reason: "没有数据", validDays: 0 };
}

/** Counts of the whole place over the period and the year to date; `undefined` where nobody counts. */
async function complaintsOf(scene: Scene): Promise<ComplaintsText | undefined> {
  const { period, toDate, place, whole } = scene;
  const now = await countOf(scene, place, period);
  const soFar = whole ? now : await countOf(scene, place, toDate);
  if (now === undefined || soFar === undefined) return undefined;
  const compared = async (own: StatAnswer, span: Period): Promise<Complaints> => {
    const before = hasYearBefore(span) ? await countOf(scene, place, yearBefore(span)) : undefined;
    const change = changeOf(own, before);
    return {
      now: figureOf(own),
      ...(before === undefined ? {} : { before: figureOf(before) }),
      ...(change === undefined ? {} : { change }),
    };
  };
  return { period: await compared(now, period), toDate: await compared(soFar, toDate) };
}

async function countOf(
  { store, policies, today }: Scene,
  place: Place,
  period: Period,
): Promise<StatAnswer | undefined> {
  const indicator = statIndicator("noise_complaints");
  const [one] = await askStatistics(store, { indicator, places: [place], period, policies, today });
  return one?.value === undefined ? undefined : one;
}
