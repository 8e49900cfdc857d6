/** Tallies (进展): counted or reported figures for targets that no monitor decides. */
import type { Exact } from "./exact.ts";
import type { Target } from "./plan.ts";
import type { DayNumber } from "./time.ts";

/** Total so far, or the state on its date. */
export type TallyKind = "cumulative" | "snapshot";

/** A checked entry. Nothing is overwritten: a correction is a later entry for the same target, part and date. */
export type Tally = {
  readonly target: string;
  /** Which of the target's named parts (a field, a township); empty for the whole. */
  readonly part: string;
  /** The day the figure is of. */
  readonly date: DayNumber;
  readonly kind: TallyKind;
  /** In `unit`; of a share in percent it is 100 × numerator / denominator. */
  readonly value: Exact;
  readonly unit: string;
  readonly numerator: Exact | undefined;
  readonly denominator: Exact | undefined;
  /** The figure of the same time a year before, for targets that must rise or fall. */
  readonly base: Exact | undefined;
  /** Who filled it in, for which department, on what evidence. */
  readonly reporter: string;
  readonly department: string;
  readonly note: string;
};

/** A tally as the store keeps it: entries with the same key follow one another, the highest number is current. */
export type StoredTally = Tally & { readonly id: number; readonly enteredAt: number };

/** The columns of a tally sheet, in their order; a file is read by its header in either language. */
export const TALLY_COLUMNS = {
  target: "目标编号",
  part: "分项",
  date: "数据日期",
  value: "数值",
  unit: "计量单位",
  numerator: "分子",
  denominator: "分母",
  base: "上年同期",
  reporter: "填报人",
  department: "填报单位",
  note: "依据说明",
} as const;

export type TallyColumn = keyof typeof TALLY_COLUMNS;

/** One row as it was typed; an absent or empty cell is no text. */
export type TallyRow = { readonly [C in TallyColumn]?: string | undefined };

/** Whether a target takes tallies. Readings and published ranks come in as readings and ranks. */
export function takesTallies(target: Target): boolean {
  return target.tally !== undefined;
}

/** What makes two entries speak of the same figure. */
export function tallyKey(tally: Pick<Tally, "target" | "part" | "date">): string {
  return `${tally.target}\n${tally.part}\n${tally.date}`;
}

/** The current entry for each target, part and date: corrections replace what they correct. */
export function currentTallies(entries: readonly StoredTally[]): readonly StoredTally[] {
  const latest = new Map<string, StoredTally>();
  for (const entry of entries) {
    const held = latest.get(tallyKey(entry));
    if (held === undefined || held.id < entry.id) latest.set(tallyKey(entry), entry);
  }
  return [...latest.values()];
}
