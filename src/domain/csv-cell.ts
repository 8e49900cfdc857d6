/** A cell of a CSV file that people open in a spreadsheet: quoted where it must be, and never run. */

/** Begins like a formula. A number with its sign does not. */
const FORMULA = /^[=+\-@\t\r]/;
const NUMBER = /^[+-]?\d+(\.\d+)?$/;

/**
 * The cell's text; empty for `null`. A text that begins like a formula gets an apostrophe before it; numbers stay
 * numbers, also negative ones.
 */
export function csvCell(value: string | number | boolean | Date | null): string {
  const text = value === null ? "" : String(value);
  const safe = typeof value === "string" && FORMULA.test(text) && !NUMBER.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
