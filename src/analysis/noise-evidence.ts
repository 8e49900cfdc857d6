/** The evidence automatic noise points give for a target: passing station-days of valid ones, day and night together. */
import { ratio } from "../domain/exact.ts";
import type { Period } from "../domain/period.ts";
import { decimalText } from "../standards/gbt8170.ts";
import type { Store } from "../store/port.ts";
import type { Behind } from "./behind.ts";
import type { EvidenceQuestion } from "./evidence-question.ts";
import { pointDates } from "./noise-period.ts";
import { zoneRates } from "./noise-zones.ts";
import { placesBelow } from "./rank.ts";
import { sameDaysBefore, windowPeriod } from "./so-far.ts";
import { type Evidence, noEvidence } from "./standing/evidence.ts";

export async function noiseEvidence(store: Store, question: EvidenceQuestion): Promise<Evidence> {
  const { target, window, at } = question;
  if (target.unit !== "%") return noEvidence("没有数据来源");
  const period = windowPeriod({ first: window.first, last: Math.min(at, window.last) });
  const now = await rateOver(store, question, period);
  if (now === undefined) return noEvidence("没有设功能区的噪声点数据");
  const before = sameDaysBefore(window, at);
  const then = before === undefined ? undefined : await rateOver(store, question, before);
  const { num, den } = question.policies.periodCoverage;
  const enough = then !== undefined && BigInt(then.valid) * den >= BigInt(then.total) * num;
  const baseReason =
    then === undefined ? "没有上年同期数值" : `上年同期数据不足：有效点日 ${then.valid} 个，应有 ${then.total} 个`;
  return {
    value: now.rate,
    valid: true,
    note: `昼间 ${now.day}，夜间 ${now.night}（有效点日中达标的）`,
    behind: pointDays(now),
    ...(enough ? { base: then.rate, baseBehind: pointDays(then) } : { baseReason }),
  };
}

function pointDays({ valid, total }: { readonly valid: number; readonly total: number }): Behind {
  return { what: "pointDays", have: valid, of: total };
}

/** Passing station-days of a period, percent of the valid ones; undefined without a valid one. */
export async function rateOver(store: Store, { place, policies }: EvidenceQuestion, period: Period) {
  const points = placesBelow(await store.places(), place, "noise_point");
  if (points.length === 0) return undefined;
  const { day, night } = zoneRates(await pointDates(store, { points, period, policies }));
  const valid = day.all.valid + night.all.valid;
  if (valid === 0) return undefined;
  const text = ({ rate }: typeof day.all): string => (rate === undefined ? "无数据" : `${decimalText(rate, 1)}%`);
  return {
    rate: ratio(BigInt(day.all.passing + night.all.passing) * 100n, BigInt(valid)),
    passing: day.all.passing + night.all.passing,
    valid,
    total: day.all.total + night.all.total,
    day: text(day.all),
    night: text(night.all),
  };
}
