/** Statistics become figures: the rounded value, or the reason when it is not valid. */
import { changePercent } from "../../../src/analysis/change.ts";
import type { Statistic } from "../../../src/analysis/statistic.ts";
import { type Exact, ratio } from "../../../src/domain/exact.ts";
import { airDecimals } from "../../../src/standards/air-decimals.ts";
import { decimalText } from "../../../src/standards/gbt8170.ts";
import type { Change, Figure } from "../district-data.ts";

export function figureOf({ value, valid, decimals }: Pick<Statistic, "value" | "valid" | "decimals">): Figure {
  if (valid !== true) return { reason: tight(valid.zh) };
  return value === undefined ? { reason: "没有数据" } : { value: decimalText(value, decimals) };
}

/** The change on last year, when both are valid. */
export function changeOf(now: Statistic | undefined, before: Statistic | undefined): Change | undefined {
  if (now?.valid !== true || before?.valid !== true) return undefined;
  if (now.value === undefined || before.value === undefined) return undefined;
  const percent = changePercent(now.value, before.value);
  return percent === undefined ? undefined : changeWords(percent);
}

function changeWords(percent: Exact): Change {
  const size = ratio(percent.num < 0n ? -percent.num : percent.num, percent.den);
  const text = decimalText(size, airDecimals("change_percent", "published"));
  const flat = !/[1-9]/.test(text);
  return { direction: flat ? "flat" : percent.num < 0n ? "down" : "up", percent: text };
}

/** Paper sets Chinese and digits without a space between. */
export function tight(words: string): string {
  return words.replaceAll(" ", "");
}
