/** Short words for making blocks. */
import { STANDING_ZH, type Standing } from "../../src/domain/plan.ts";
import type { AbsenceRow, Change, Figure } from "./district-data.ts";
import type { Block, Cell, Column } from "./outline.ts";

/** Where there is nothing to say. */
export const NONE = "—";

/** @param room millimetres that must be left on the page */
export function heading(level: 1 | 2, text: string, room?: number): Block {
  return { kind: "heading", level, text, ...(room === undefined ? {} : { room }) };
}

export function paragraph(text: string, lead?: string): Block {
  return { kind: "paragraph", text, ...(lead === undefined ? {} : { lead }) };
}

export function note(text: string): Block {
  return { kind: "note", text };
}

/** Tables of so many rows stand on one page: a head with two rows at its foot reads as an accident. */
const SHORT = 14;

/** Short ones are never split. */
export function table(
  caption: string,
  columns: readonly Column[],
  rows: readonly (readonly Cell[])[],
  how: { readonly narrow?: boolean } = {},
): Block {
  return { kind: "table", caption, columns, rows, ...(rows.length <= SHORT ? { whole: true } : {}), ...how };
}

/** A column of words. */
export function words(head: string, width: number): Column {
  return { head, width, align: "left" };
}

/** A column of numbers. */
export function numbers(head: string, width: number): Column {
  return { head, width, align: "right" };
}

export function cell(text: string | number): Cell {
  return { text: String(text) };
}

/** The number, or small and grey the reason there is none. */
export function figureCell(value: Figure): Cell {
  return "value" in value ? { text: value.value } : { text: value.reason, small: true };
}

export function standingCell(standing: Standing): Cell {
  return { text: STANDING_ZH[standing], standing, strong: standing === "missed" || standing === "at_risk" };
}

/** 上升2.1%, 持平, — */
export function changeZh(change: Change | undefined): string {
  if (change === undefined) return NONE;
  if (change.direction === "flat") return "持平";
  return `${change.direction === "up" ? "上升" : "下降"}${change.percent}%`;
}

/** Places that lack the same share a row: a list of twenty equal rows hides the two that differ. */
export function sameReason(rows: readonly AbsenceRow[]): readonly AbsenceRow[] {
  const groups = new Map<string, AbsenceRow[]>();
  for (const row of rows) {
    const key = `${row.whatZh}|${row.reason}|${row.validDays}`;
    groups.set(key, [...(groups.get(key) ?? []), row]);
  }
  return [...groups.values()].flatMap((group) =>
    group.slice(0, 1).map((row) => ({ ...row, place: group.map(({ place }) => place).join("、") })),
  );
}

export function daysZh({ validDays }: AbsenceRow): string {
  return validDays === undefined ? NONE : String(validDays);
}
