/** Blocks of a document → plans: a title, a header and the rows below it. */
import { fault } from "../../src/domain/faults.ts";
import { type Block, type Cell, cellName, isBlank, type Paragraph, type TableRow } from "./document.ts";
import { FEWEST_COLUMNS, type Header, headerOf, looksLikeHeader } from "./header.ts";
import { planOf, titleOf } from "./plan-title.ts";
import { isSectionHeading } from "./section.ts";

export type PlanTable = {
  /** Area code, or the title itself when it names none. */
  readonly plan: string;
  readonly title: Paragraph;
  readonly header: Header;
  /** The header as often as it is printed. */
  readonly headerRows: readonly TableRow[];
  readonly rows: readonly TableRow[];
};

export type PlanTables = { readonly tables: readonly PlanTable[]; readonly paragraphs: readonly Outside[] };

/** A paragraph outside the tables, with the number of tables before it. */
export type Outside = Paragraph & { readonly after: number };

type OpenTable = Omit<PlanTable, "header" | "headerRows" | "rows"> & {
  header: Header;
  headerRows: TableRow[];
  rows: TableRow[];
};

/**
 * The plans of a document, and the paragraphs that stand outside their tables.
 *
 * A header printed again without a title of its own goes on with the plan before it; section headings between two such
 * tables are its headings. Rows of a table that is no part of a plan are paragraphs.
 *
 * @throws Fault `plan.no-table` when there is no table, `plan.columns` when a table's header names no usable columns
 */
export function planTables(blocks: readonly Block[], file: string): PlanTables {
  const tables: OpenTable[] = [];
  const paragraphs: Outside[] = [];
  let above: Paragraph[] = [];
  let current: OpenTable | undefined;
  let firstRow: TableRow | undefined;
  let inTable = 0;
  const outside = (paragraph: Paragraph) => {
    above.push(paragraph);
    paragraphs.push({ ...paragraph, after: tables.length });
  };
  for (const [index, block] of blocks.entries()) {
    if (block.kind === "paragraph") {
      outside({ text: block.text, line: block.line });
      continue;
    }
    if (block.cells.every(isBlank)) continue;
    if (firstRow === undefined || filled(firstRow) < 2) firstRow = block;
    const title = titleOf(above);
    const below = current !== undefined && isFresh(current, block) ? secondHeader(current.header, block) : undefined;
    if (current !== undefined && below !== undefined) {
      current.header = usable(below, file);
      current.headerRows.push(block);
      continue;
    }
    if (looksLikeHeader(block.cells)) {
      const header = usable(headerOf(block), file);
      inTable = block.table;
      if (title === undefined && current !== undefined && sameNames(current.header, header)) {
        current.headerRows.push(block);
      } else {
        // Without a title of its own a table belongs to the plan before; without any, the file's name has to do.
        const named = title ?? current?.title ?? { text: file.replace(/\.[a-z]+$/i, ""), line: block.line };
        current = { plan: planOf(named), title: named, header, headerRows: [block], rows: [] };
        tables.push(current);
      }
      const headings = above.filter(({ text }) => isSectionHeading(text));
      current.rows.push(...headings.map((one) => headingRow(one, block.table)));
      for (const one of headings)
        paragraphs.splice(
          paragraphs.findIndex((p) => p.line === one.line && p.text === one.text),
          1,
        );
      above = [];
      continue;
    }
    const only = filled(block) === 1 ? block.cells.find((cell) => !isBlank(cell)) : undefined;
    // A title inside the table, in a row of its own above the header.
    if (
      only !== undefined &&
      !isSectionHeading(cellName(only)) &&
      (current === undefined || headerFollows(blocks, index))
    ) {
      for (const one of only.paragraphs) outside(one);
      continue;
    }
    if (current === undefined) continue;
    const width = block.cells.reduce((all, cell) => all + cell.span, 0);
    if (block.table !== inTable && width !== current.header.roles.length) {
      for (const cell of block.cells) for (const one of cell.paragraphs) outside(one);
      continue;
    }
    current.rows.push(block);
  }
  if (tables.length === 0) throw noTable(firstRow, file);
  const empty = tables.find((table) => table.rows.length === 0);
  if (empty !== undefined) throw fault("plan.no-rows", {}, { file, line: empty.header.line });
  const isTitle = ({ text, line }: Outside) => tables.some(({ title }) => title.line === line && title.text === text);
  return { tables, paragraphs: paragraphs.filter((one) => !isTitle(one)) };
}

/** Whether a row comes right below a table's first header. */
function isFresh({ headerRows, rows }: OpenTable, row: TableRow): boolean {
  const [header] = headerRows;
  return (
    headerRows.length === 1 &&
    header?.table === row.table &&
    rows.every((one) => one.table !== row.table || filled(one) === 1)
  );
}

function headerFollows(blocks: readonly Block[], index: number): boolean {
  const next = blocks.slice(index + 1).find((one) => one.kind === "paragraph" || filled(one) > 1);
  return next !== undefined && next.kind === "row" && looksLikeHeader(next.cells);
}

function headingRow(heading: Paragraph, table: number): TableRow {
  const cell: Cell = { paragraphs: [heading], line: heading.line, span: 1, continued: false };
  return { kind: "row", table, line: heading.line, cells: [cell] };
}

/** Characters of an unknown header that are shown. */
const LONGEST_SEEN = 60;

function filled(row: TableRow): number {
  return row.cells.filter((cell) => !isBlank(cell)).length;
}

function noTable(row: TableRow | undefined, file: string): Error {
  if (row === undefined) return fault("plan.no-table", {}, { file });
  const seen = row.cells
    .map(cellName)
    .filter((name) => name !== "")
    .join("、")
    .slice(0, LONGEST_SEEN);
  return fault(
    "plan.columns",
    { count: filled(row), seen, missing: "工作措施、完成时限、主责单位" },
    { file, line: row.line },
  );
}

/** A header that can be used. @throws Fault `plan.columns` with the columns that were seen and those that are missing */
function usable(header: Header, file: string): Header {
  const has = (...roles: Header["roles"]) => roles.some((role) => header.roles.includes(role));
  const missing = [
    ...(has("measure") ? [] : ["工作措施"]),
    ...(has("deadline") ? [] : ["完成时限"]),
    ...(has("lead", "main") ? [] : ["主责单位（或牵头部门）"]),
    ...(has("task", "number") ? [] : ["重点任务"]),
  ];
  const named = header.names.filter((name) => name !== "").length;
  if (named >= FEWEST_COLUMNS && has("measure") && has("deadline", "lead", "main")) return header;
  const params = { count: named, seen: header.names.join("、"), missing: missing.join("、") };
  throw fault("plan.columns", params, { file, line: header.line, column: header.names.at(-1) ?? "" });
}

/** A header of two rows: the second names the parts of a cell merged sideways in the first. */
function secondHeader(header: Header, row: TableRow): Header | undefined {
  const names = row.cells.flatMap((cell) => Array.from({ length: cell.span }, () => cellName(cell)));
  if (names.length !== header.names.length || names.join() === header.names.join()) return undefined;
  if (!row.cells.some((cell) => cell.continued || isBlank(cell)) || !looksLikeHeader(row.cells)) return undefined;
  const merged = names.map((name, index) => (name === "" ? (header.names[index] ?? "") : name));
  const cells = merged.map((name) => ({
    paragraphs: name === "" ? [] : [{ text: name, line: row.line }],
    line: row.line,
    span: 1,
    continued: false,
  }));
  return headerOf({ ...row, cells });
}

function sameNames(a: Header, b: Header): boolean {
  return a.names.join("|") === b.names.join("|");
}
