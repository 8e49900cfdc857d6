/** Letters of columns: A for 0, AA for 26. */

const LETTERS = 26;

export function columnLetter(column: number): string {
  const last = String.fromCharCode("A".charCodeAt(0) + (column % LETTERS));
  return column < LETTERS ? last : `${columnLetter(Math.floor(column / LETTERS) - 1)}${last}`;
}
