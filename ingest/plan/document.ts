/**
 * What every container of a plan (text, Word, Excel) is read into: paragraphs and table rows in reading order.
 *
 * A `line` is where a person finds the place again: the line of a text file, the paragraph of a Word file counted from
 * the top, the row of an Excel sheet. All count from 1.
 */

export type Paragraph = { readonly text: string; readonly line: number };

export type Cell = {
  readonly paragraphs: readonly Paragraph[];
  readonly line: number;
  /** Columns the cell takes; 1 unless merged sideways. */
  readonly span: number;
  /** The lower part of a cell merged downwards: it has no text of its own. */
  readonly continued: boolean;
};

export type TableRow = {
  readonly kind: "row";
  readonly table: number;
  readonly line: number;
  readonly cells: readonly Cell[];
};

export type Block = ({ readonly kind: "paragraph" } & Paragraph) | TableRow;

/** The paragraphs joined by line ends: prose, and lists of units. */
export function cellText(cell: Cell): string {
  return cell.paragraphs.map((paragraph) => paragraph.text).join("\n");
}

/** The text with all white space out: names and headings, which a narrow column breaks inside a word. */
export function cellName(cell: Cell): string {
  return cellText(cell).replace(/\s+/g, "");
}

export function isBlank(cell: Cell): boolean {
  return cell.paragraphs.length === 0;
}

/** Lines of text as paragraphs, blank ones left out; `lineOf` says where line `index` stands. */
export function paragraphsOf(text: string, lineOf: (index: number) => number): readonly Paragraph[] {
  return text.split(/\r\n?|\n/).flatMap((part, index) => {
    const trimmed = part.trim();
    return trimmed === "" ? [] : [{ text: trimmed, line: lineOf(index) }];
  });
}
