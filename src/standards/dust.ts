/**
 * Sand and dust (沙尘): declared from outside, and never mixed with the raw figures.
 *
 * 环办监测〔2016〕120号, in force 2017-01-01 (cover letter confirmed; the numeric criteria of its annex were not
 * obtained): the national centre declares dust periods; PM10 and PM2.5 of those hours are deducted. So declared dust is
 * an input here, nothing is detected. Published practice: PM10, PM2.5 and the composite index exclude dust, the good-day
 * and heavy-day ratios keep it and annotate it. The national ratio “扣除沙尘异常超标天” is not raw + dust share
 * (2025: 88.1 raw, 2.9 dust, 89.3 adjusted), and its definition is not known: it is only ever taken from outside.
 */
import type { Exact } from "../domain/exact.ts";

/** Items a declared dust period touches. @source 环办监测〔2016〕120号 */
export const DUST_ITEMS = ["pm10", "pm25"] as const;

/** A declared period, UTC ms, `from` inside and `to` outside, and who declared it. */
export type DeclaredDust = { readonly from: number; readonly to: number; readonly source: string };

/** Statistics of particles have two names, so that no table can mix them. */
export type DustBasis = "raw" | "dust_excluded";

/** The name of a statistic on a basis: `mean`, `mean_dust_excluded`. @source 5.2 practice: both are published */
export function dustStatisticName(statistic: string, basis: DustBasis): string {
  return basis === "raw" ? statistic : `${statistic}_dust_excluded`;
}

/** Whether an hour (UTC ms of its start) lies in a declared period. */
export function isDeclaredDust(start: number, declared: readonly DeclaredDust[]): boolean {
  return declared.some((one) => start >= one.from && start < one.to);
}

/**
 * The hours outside declared dust.
 *
 * What is left of a day must still meet the usual minimum of hours: no substitution rule is known, so a day that falls
 * below it is not valid on this basis and its reason says so.
 *
 * @source 环办监测〔2016〕120号: the data of the affected time are deducted
 */
export function withoutDust<H extends { readonly start: number }>(
  hours: readonly H[],
  declared: readonly DeclaredDust[],
): readonly H[] {
  return hours.filter((hour) => !isDeclaredDust(hour.start, declared));
}

/** A good-day ratio beside dust: the raw one, the share of dust days, and an adjusted one only if it was published. */
export type DustAnnotatedRatio = {
  /** Per cent of the raw basis. */
  readonly raw: Exact;
  /** Per cent of days exceeding because of dust. */
  readonly dustShare: Exact;
  readonly adjusted: { readonly value: Exact; readonly source: string } | undefined;
  readonly noteZh: string;
};

/**
 * A ratio with its dust annotation; there is deliberately no way to compute the adjusted one from the other two.
 * @param published the adjusted ratio somebody published, in per cent, with its source
 * @source MEE yearly figures 2023, 2025; Beijing bulletins 2023, 2024
 */
export function dustAnnotatedRatio(
  raw: Exact,
  dustShare: Exact,
  published?: { readonly value: Exact; readonly source: string },
): DustAnnotatedRatio {
  const noteZh =
    published === undefined
      ? "含沙尘天；扣除沙尘异常超标天后的比率须由发布方给出，不能由沙尘天占比相加得到"
      : `扣除沙尘异常超标天后的比率引自${published.source}，不是由沙尘天占比相加得到`;
  return { raw, dustShare, adjusted: published, noteZh };
}
