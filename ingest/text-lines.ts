/** Lines and delimited cells of a text, quick where no quotes are. Quoting as RFC 4180: `"a ""b"", c"`. */

/** Calls `visit` with each line (without CR LF) and its number from 1; a quoted cell may run over several lines. */
export function eachLine(text: string, visit: (line: string, number: number) => void): void {
  takeLines(text, 1, true, visit);
}

/**
 * Visits the lines of a part of a text, the first of which has a number.
 * @param last whether the text ends with the part; else a line that is not at its end yet stays
 * @returns where the rest begins, and the number of its first line
 */
export function takeLines(
  text: string,
  first: number,
  last: boolean,
  visit: (line: string, number: number) => void,
): { readonly from: number; readonly number: number } {
  let from = 0;
  let number = first;
  const length = text.length;
  while (from < length) {
    let to = text.indexOf("\n", from);
    if (to < 0 && !last) break;
    if (to < 0) to = length;
    let lines = 1;
    let line = text.slice(from, text.charCodeAt(to - 1) === 13 ? to - 1 : to);
    while (line.includes('"') && quotesOpen(line) && to < length) {
      const next = text.indexOf("\n", to + 1);
      if (next < 0 && !last) return { from, number };
      const end = next < 0 ? length : next;
      line = text.slice(from, text.charCodeAt(end - 1) === 13 ? end - 1 : end);
      to = end;
      lines += 1;
      if (lines > 1000) break;
    }
    visit(line, number);
    number += lines;
    from = to + 1;
  }
  return { from, number };
}

function quotesOpen(line: string): boolean {
  let count = 0;
  for (let i = line.indexOf('"'); i >= 0; i = line.indexOf('"', i + 1)) count += 1;
  return count % 2 === 1;
}

/** The cells of one line. */
export function splitCells(line: string, delimiter = ","): readonly string[] {
  if (!line.includes('"')) return line.split(delimiter);
  const cells: string[] = [];
  let cell = "";
  let quoted = false;
  for (let i = 0; i < line.length; i++) {
    const char = line[i];
    if (quoted) {
      if (char !== '"') cell += char;
      else if (line[i + 1] === '"') {
        cell += '"';
        i += 1;
      } else quoted = false;
    } else if (char === '"' && cell.trim() === "") {
      quoted = true;
      cell = "";
    } else if (char === delimiter) {
      cells.push(cell);
      cell = "";
    } else cell += char;
  }
  cells.push(cell);
  return cells;
}
