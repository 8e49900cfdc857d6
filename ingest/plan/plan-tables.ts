/** Blocks of a document → plans: a title, a header and the rows below it. */
import { fault } from "../../src/domain/faults.ts";
import { PLAN_AREA_ZH } from "../../src/domain/plan.ts";
import { type Block, cellName, isBlank, type Paragraph, type TableRow } from "./document.ts";
import { FEWEST_COLUMNS, type Header, headerOf, looksLikeHeader } from "./header.ts";

export type PlanTable = {
  /** Area code, or the title itself when it names none. */
  readonly plan: string;
  readonly title: Paragraph;
  readonly header: Header;
  readonly headerRow: TableRow;
  readonly rows: readonly TableRow[];
};

export type PlanTables = { readonly tables: readonly PlanTable[]; readonly paragraphs: readonly Outside[] };

/** A paragraph outside the tables, with the number of tables before it. */
export type Outside = Paragraph & { readonly after: number };

const LONGEST_TITLE = 60;

/**
 * The plans of a document, and the paragraphs that stand outside their tables.
 *
 * @throws Fault `plan.no-table` when there is no table, `plan.columns` when a table's header names no usable columns
 */
export function planTables(blocks: readonly Block[], file: string): PlanTables {
  const tables: {
    -readonly [K in keyof PlanTable]: PlanTable[K] extends readonly TableRow[] ? TableRow[] : PlanTable[K];
  }[] = [];
  const paragraphs: Outside[] = [];
  let above: Paragraph[] = [];
  let current: (typeof tables)[number] | undefined;
  let firstRow: TableRow | undefined;
  for (const block of blocks) {
    if (block.kind === "paragraph") {
      const paragraph = { text: block.text, line: block.line };
      above.push(paragraph);
      paragraphs.push({ ...paragraph, after: tables.length });
      continue;
    }
    if (block.cells.every(isBlank)) continue;
    if (firstRow === undefined || filled(firstRow) < 2) firstRow = block;
    if (looksLikeHeader(block.cells)) {
      const header = usable(headerOf(block), file);
      const title = titleOf(above);
      // A header printed again on the next page, or a table cut in two, goes on with the same plan.
      if (title === undefined && current !== undefined && sameNames(current.header, header)) continue;
      // Without a title the file's own name has to do.
      const named = title ?? { text: file.replace(/\.[a-z]+$/i, ""), line: block.line };
      current = {
        plan: planOf(named),
        title: named,
        header,
        headerRow: block,
        rows: [],
      };
      tables.push(current);
      above = [];
      continue;
    }
    if (current === undefined) continue;
    const below = current.rows.length === 0 ? secondHeader(current.header, block) : undefined;
    if (below !== undefined) current.header = usable(below, file);
    else current.rows.push(block);
  }
  if (tables.length === 0) throw noTable(firstRow, file);
  const empty = tables.find((table) => table.rows.length === 0);
  if (empty !== undefined) throw fault("plan.no-rows", {}, { file, line: empty.headerRow.line });
  const isTitle = ({ text, line, after }: Outside) =>
    tables[after]?.title.line === line && tables[after]?.title.text === text;
  return { tables, paragraphs: paragraphs.filter((one) => !isTitle(one)) };
}

function filled(row: TableRow): number {
  return row.cells.filter((cell) => !isBlank(cell)).length;
}

function noTable(row: TableRow | undefined, file: string): Error {
  if (row === undefined) return fault("plan.no-table", {}, { file });
  const seen = row.cells
    .map(cellName)
    .filter((name) => name !== "")
    .join("、")
    .slice(0, LONGEST_TITLE);
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
  if (names.length !== header.names.length || !looksLikeHeader(row.cells)) return undefined;
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

/** The last paragraph above a table that reads like a title, else the last short one that is no sentence. */
function titleOf(above: readonly Paragraph[]): Paragraph | undefined {
  const short = above.filter(({ text }) => text.length <= LONGEST_TITLE && !/[。；;]/.test(text));
  return short.findLast(({ text }) => /计划|方案|任务|清单|要点|目标|分工/.test(text)) ?? short.at(-1);
}

function planOf({ text }: Paragraph): string {
  const area = Object.entries(PLAN_AREA_ZH).find(([, zh]) => text.includes(zh));
  return area?.[0] ?? text;
}
