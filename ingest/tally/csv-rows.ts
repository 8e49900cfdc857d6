/** Rows of a small CSV text with the line each begins on; cells may be quoted and hold commas and line ends. */

export type SheetRow = { readonly line: number; readonly cells: readonly string[] };

/** All rows, blank ones left out. A quote that does not open its cell is an ordinary character. */
export function csvRows(text: string): readonly SheetRow[] {
  const source = text.replace(/^\uFEFF/, "").replaceAll(/\r\n?/g, "\n");
  const rows: SheetRow[] = [];
  let cells: string[] = [];
  let line = 1;
  let begun = 1;
  let at = 0;
  while (at < source.length) {
    const { cell, end } = source[at] === '"' ? quotedCell(source, at) : plainCell(source, at);
    cells.push(cell);
    line += source.slice(at, end).split("\n").length - 1;
    if (source[end] === ",") {
      at = end + 1;
      if (at < source.length) continue;
      cells.push("");
    }
    if (cells.some((one) => one.trim() !== "")) rows.push({ line: begun, cells });
    cells = [];
    at = end + 1;
    line++;
    begun = line;
  }
  return rows;
}

type Cut = { readonly cell: string; readonly end: number };

function plainCell(source: string, from: number): Cut {
  const stop = /[,\n]/g;
  stop.lastIndex = from;
  const end = stop.exec(source)?.index ?? source.length;
  return { cell: source.slice(from, end), end };
}

/** What follows the closing quote, up to the comma, stays part of the cell; a quote never closed runs to the line's end. */
function quotedCell(source: string, from: number): Cut {
  const quoted = /"((?:[^"]|"")*)"/y;
  quoted.lastIndex = from;
  const found = quoted.exec(source);
  if (found === null) return plainCell(source, from);
  const rest = plainCell(source, quoted.lastIndex);
  return { cell: (found[1] ?? "").replaceAll('""', '"') + rest.cell, end: rest.end };
}
