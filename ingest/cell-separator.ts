/** The sign that joins the cells of a row on their way to the check. */

/** Cells of a row are joined by this (ASCII unit separator). A decoded text never holds it; other texts go through `cellSafe`. */
export const CELL_SEPARATOR = "\x1f";

/** A cell's text that cannot cut a row in two: the sign nobody types becomes one nobody can take for a digit. */
export function cellSafe(text: string): string {
  return text.includes(CELL_SEPARATOR) ? text.replaceAll(CELL_SEPARATOR, "\ufffd") : text;
}
