/**
 * A plan as text saved from a Word table: a line that starts with a tab begins a cell, other lines continue it.
 *
 * Rows are parted by an empty line before a tab line, but empty lines also stand inside cells. What holds in practice:
 * such a line starts a new row only when the current row is full, or is a heading, or there is none yet. A row counts
 * as full one cell early where the header names both a lead and a main unit, for most rows print the two as one cell.
 */
import { type Block, type Cell, isBlank, type Paragraph, type TableRow } from "./document.ts";
import { headerOf, looksLikeHeader } from "./header.ts";
import { isSectionHeading } from "./section.ts";

type OpenCell = { line: number; paragraphs: Paragraph[] };

/** The blocks of a text. Nothing is refused here: a text without a table is a list of paragraphs. */
export function readTxt(text: string): readonly Block[] {
  const lines = text.replace(/^\uFEFF/, "").split(/\r\n?|\n/);
  const headers = new Map(lines.flatMap((_, index) => headerAt(lines, index)));
  const titleLines = new Set([...headers.keys()].flatMap((start) => linesAbove(lines, start)));
  const blocks: Block[] = [];
  let table = 0;
  // Before the first header every empty line parts rows: they only serve to say what was seen.
  let full = 1;
  let most = Number.POSITIVE_INFINITY;
  let row: OpenCell[] | undefined;
  let blanks = 0;

  const close = () => {
    if (row !== undefined) blocks.push(closedRow(row, table));
    row = undefined;
  };
  for (let index = 0; index < lines.length; index++) {
    const line = lines[index] ?? "";
    const found = headers.get(index);
    if (found !== undefined) {
      close();
      table++;
      blocks.push({ ...found.row, table });
      ({ full, most } = sizeOf(found.row));
      index = found.end - 1;
      blanks = 0;
      continue;
    }
    if (line.trim() === "" && !line.startsWith("\t")) {
      blanks++;
      continue;
    }
    const leavesTable = titleLines.has(index) || (blanks >= 2 && row !== undefined && row.length >= full);
    if (!line.startsWith("\t") && !line.includes("\t") && (row === undefined || leavesTable)) {
      close();
      blocks.push({ kind: "paragraph", text: line.trim(), line: index + 1 });
    } else {
      const [before, ...starts] = line.split("\t");
      const begun = line.startsWith("\t") ? starts : [before ?? "", ...starts];
      if (!line.includes("\t")) {
        row?.at(-1)?.paragraphs.push({ text: line.trim(), line: index + 1 });
      } else {
        // Several cells on one line are a row of their own.
        const complete = row !== undefined && (row.length >= most || begun.length > 1 || isHeadingRow(row));
        if (row !== undefined && (complete || (blanks > 0 && row.length >= full))) close();
        row ??= [];
        row.push(...begun.map((part) => opened(part, index + 1)));
      }
    }
    blanks = 0;
  }
  close();
  return blocks;
}

function sizeOf(header: TableRow): { readonly full: number; readonly most: number } {
  const { roles } = headerOf(header);
  const most = roles.length;
  return { most, full: roles.includes("lead") && roles.includes("main") ? most - 1 : most };
}

function isHeadingRow(row: readonly OpenCell[]): boolean {
  return row.length === 1 && isSectionHeading(row[0]?.paragraphs.map((p) => p.text).join("") ?? "");
}

function opened(part: string, line: number): OpenCell {
  return { line, paragraphs: part.trim() === "" ? [] : [{ text: part.trim(), line }] };
}

function closedRow(row: readonly OpenCell[], table: number): TableRow {
  const cells = row.map((cell): Cell => ({ ...cell, span: 1, continued: false }));
  return { kind: "row", table, line: row[0]?.line ?? 1, cells };
}

/** The header that starts at a line, with the index after its last line; nothing when the line starts none. */
function headerAt(lines: readonly string[], start: number): [number, { row: TableRow; end: number }][] {
  const line = lines[start] ?? "";
  const above = lines[start - 1] ?? "";
  if (!line.includes("\t") || (above.startsWith("\t") && line.split("\t").length <= 2)) return [];
  const cells: OpenCell[] = [];
  let end = start;
  for (; end < lines.length; end++) {
    const text = lines[end] ?? "";
    if (text.includes("\t")) {
      if (end > start && (lines[end - 1] ?? "").trim() === "") break;
      const parts = text.replace(/^\t/, "").split("\t");
      if (end > start && parts.length > 1) break;
      // A header followed by its first row without an empty line between.
      if (/^\d+$/.test(parts[0]?.trim() ?? "") || isSectionHeading(parts[0]?.trim() ?? "")) break;
      cells.push(...parts.map((part) => opened(part, end + 1)));
    } else if (text.trim() !== "") {
      cells.at(-1)?.paragraphs.push({ text: text.trim(), line: end + 1 });
    }
  }
  const row = closedRow(cells, 0);
  return looksLikeHeader(row.cells) && !row.cells.every(isBlank) ? [[start, { row, end }]] : [];
}

/** The lines of the paragraph right above a header: its title, which would else continue the last cell before it. */
function linesAbove(lines: readonly string[], start: number): readonly number[] {
  let last = start - 1;
  while (last >= 0 && (lines[last] ?? "").trim() === "") last--;
  const found: number[] = [];
  for (let at = last; at >= 0 && (lines[at] ?? "").trim() !== "" && !(lines[at] ?? "").includes("\t"); at--) {
    found.push(at);
  }
  return found;
}
