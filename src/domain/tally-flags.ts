/** Implausible steps between two figures of one target: kept, but flagged for a person to look at. */
import { compare, type Exact, exact, multiply, ratio, subtract } from "./exact.ts";
import type { Tally } from "./tally.ts";

export const TALLY_FLAG_ZH = {
  decreased: "累计数比上次填报少",
  jump: "与上次填报相差 10 倍以上",
  share_jump: "比例与上次填报相差超过 50 个百分点",
} as const;

export type TallyFlag = keyof typeof TALLY_FLAG_ZH;

/** A slip of 万 or of a decimal point moves a figure at least this far. Our choice. */
const JUMP = exact(10);
/** Half of all. Our choice. */
const SHARE_JUMP = ratio(100n, 2n);

/** What is odd about a figure after the one before it (the latest of the same target and part with an earlier date). */
export function tallyFlags(entry: Tally, before: Tally | undefined): readonly TallyFlag[] {
  if (before === undefined) return [];
  const flags: TallyFlag[] = [];
  if (entry.kind === "cumulative" && compare(entry.value, before.value) < 0) flags.push("decreased");
  if (entry.unit === "%") {
    if (compare(distance(entry.value, before.value), SHARE_JUMP) > 0) flags.push("share_jump");
  } else if (timesApart(entry.value, before.value)) flags.push("jump");
  return flags;
}

/** The figure before `entry` among others of any target. */
export function tallyBefore<T extends Tally>(entry: Tally, others: readonly T[]): T | undefined {
  return others
    .filter((one) => one.target === entry.target && one.part === entry.part && one.date < entry.date)
    .reduce<T | undefined>((last, one) => (last === undefined || one.date >= last.date ? one : last), undefined);
}

function timesApart(a: Exact, b: Exact): boolean {
  if (a.num === 0n || b.num === 0n) return false;
  return compare(a, multiply(b, JUMP)) >= 0 || compare(b, multiply(a, JUMP)) >= 0;
}

function distance(a: Exact, b: Exact): Exact {
  const gap = subtract(a, b);
  return { num: gap.num < 0n ? -gap.num : gap.num, den: gap.den };
}
