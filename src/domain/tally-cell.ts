/** Cells of a tally sheet as people type them. */
import { type Exact, parseExact } from "./exact.ts";
import { type DayNumber, dayNumber } from "./time.ts";

/** A number whose thousands may be set apart (`47,500`); `undefined` for other text. */
export function numberCell(text: string): Exact | undefined {
  return parseExact(/^\d{1,3}(,\d{3})+(\.\d+)?$/.test(text) ? text.replaceAll(",", "") : text);
}

/** The day of `2024-06-30`, `2024/6/30` or `2024年6月30日`; `undefined` for other text or no such day. */
export function dayCell(text: string): DayNumber | undefined {
  const found = /^(\d{4})(?:[-/.](\d{1,2})[-/.](\d{1,2})|年(\d{1,2})月(\d{1,2})日)$/.exec(text);
  if (found === null) return undefined;
  return dayNumber(Number(found[1]), Number(found[2] ?? found[4]), Number(found[3] ?? found[5]));
}

/** Whether two units are the same but for spaces and full-width signs (％ for %). */
export function sameUnit(a: string, b: string): boolean {
  const key = (unit: string) => unit.normalize("NFKC").replaceAll(/\s/g, "");
  return key(a) === key(b);
}
