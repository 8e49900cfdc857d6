/** What stands behind a figure above a place: station-days, or units that report, of those there should be. */
import { divide, type Exact, ratio } from "../domain/exact.ts";
import type { DayNumber } from "../domain/time.ts";
import { decimalText } from "../standards/gbt8170.ts";
import type { Subject } from "./subject.ts";

export type Behind = {
  readonly what: keyof typeof BEHIND_ZH;
  readonly have: number;
  readonly of: number;
};

const BEHIND_ZH = {
  stationDays: "站日",
  itemDays: "站点项日",
  pointDays: "点日",
  days: "有效日",
  units: "街乡",
  sections: "断面",
} as const;

/** Station-days a set should have over some days: each of its stations on each day it belongs to it. */
export function stationDays({ members }: Subject, first: DayNumber, last: DayNumber): number {
  return members.reduce((total, { from, to }) => {
    const days = Math.min(last, to ?? last) - Math.max(first, from ?? first) + 1;
    return total + Math.max(0, days);
  }, 0);
}

/** The share of what should stand behind a figure, percent; `undefined` when nothing should. */
export function shareBehind({ have, of }: Behind): Exact | undefined {
  return of === 0 ? undefined : divide(ratio(BigInt(have) * 100n), ratio(BigInt(of)));
}

/** Such as `站日 642/654（98.2%）`. */
export function behindZh(behind: Behind): string {
  const share = shareBehind(behind);
  const percent = share === undefined ? "" : `（${decimalText(share, 1)}%）`;
  return `${BEHIND_ZH[behind.what]} ${behind.have}/${behind.of}${percent}`;
}

/** In JSON keys; `share` in percent, rounded to one decimal. */
export function behindJson(behind: Behind): Readonly<Record<string, unknown>> {
  const share = shareBehind(behind);
  return { ...behind, share: share === undefined ? null : Number(decimalText(share, 1)), zh: behindZh(behind) };
}
