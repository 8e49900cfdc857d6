/**
 * A briefing's tables as a workbook: one sheet a table in the order of the document, numbers as numbers, and a sheet of
 * contents with the sentences of the summary.
 */
import type { Block, Cell, Outline } from "../briefings/outline.ts";
import { withoutBars } from "../briefings/outline.ts";
import { columnLetter } from "./letters.ts";
import { RANK_CHECK, rankCheck } from "./rank-check.ts";
import { standingFills } from "./standing-fills.ts";
import { type CellValue, type Formula, type WorkbookSheet, workbookBytes } from "./xlsx-write.ts";

type TableBlock = Extract<Block, { kind: "table" }>;

/** Names of sheets are at most 31 characters, without these. */
const FORBIDDEN = /[\\/?*[\]:]/g;
const LONGEST_NAME = 31;
const NUMBER = /^-?\d+(\.\d+)?$/;
const PERCENT = /^(-?\d+(?:\.\d+)?)%$/;

export async function briefingWorkbook(outline: Outline, date: Date): Promise<Uint8Array> {
  const tables = outline.blocks.filter((block): block is TableBlock => block.kind === "table");
  return await workbookBytes([contents(outline, tables), ...tables.map(sheetOf)], date);
}

function contents(outline: Outline, tables: readonly TableBlock[]): WorkbookSheet {
  // All said before the second head: what makes it preliminary, and the summary.
  const [, end] = outline.blocks.flatMap((block, at) => (block.kind === "heading" ? [at] : []));
  const summary = outline.blocks.slice(0, end).flatMap((block) => (block.kind === "paragraph" ? [block.text] : []));
  const mark = outline.simulated ? ["模拟数据：只供演示，不反映任何真实情况。"] : [];
  const lines = [
    `${outline.bureau}　${outline.issue}`,
    ...mark,
    ...summary,
    ...tables.map(({ caption }) => caption),
    outline.stamp,
  ];
  return { name: "目录", header: [outline.title], rows: lines.map((line) => [line]), wrap: true };
}

function sheetOf(block: TableBlock): WorkbookSheet {
  const { columns, rows } = withoutBars(block);
  const [number = "", words = ""] = block.caption.split("　");
  const cells = rows.map((row) => row.map(cellOf));
  const heads = distinct(columns.map(({ head }) => head));
  const standing = rows[0]?.findIndex((one) => one.standing !== undefined) ?? -1;
  const check = checkOf(block, heads, cells);
  return {
    name: `${number} ${words}`.replaceAll(FORBIDDEN, " ").slice(0, LONGEST_NAME),
    header: [...heads, ...(check.added ? [RANK_CHECK] : [])],
    rows: cells.map((row) => [...row.map(({ value }) => value), ...(check.added ? [null] : [])]),
    formats: cells.map((row) => row.map(({ format }) => format)),
    strong: rows.map((row) => row.some((one) => one.standing === "missed" || one.standing === "at_risk")),
    formulas: [...check.formulas, ...sumsOf(cells)],
    rules: [...check.rules, ...(standing < 0 ? [] : standingFills(standing, rows.length))],
  };
}

type Formatted = { readonly value: CellValue; readonly format?: string };

/** Ranks worked out again, where the table holds a whole list worst first; of our own places alone no formula can. */
function checkOf({ caption }: TableBlock, heads: readonly string[], cells: readonly (readonly Formatted[])[]) {
  const ranks = cells.flatMap(([rank]) => (typeof rank?.value === "number" ? [rank.value] : []));
  const whole = heads[0] === "排名" && !caption.includes(OWN_ONLY) && ranks.length === cells.length;
  if (!whole || cells.length === 0) return { added: false, formulas: [], rules: [] };
  return { added: true, ...rankCheck(ranks, { rank: 0, value: 2, check: heads.length }, true) };
}

/** What the caption of a list of the district's own places says. */
const OWN_ONLY = "只列本区";
const SUM = "合计";

/** A last row of sums as sums; where a restated target counts once, the two differ and the row stays as printed. */
function sumsOf(cells: readonly (readonly Formatted[])[]): readonly Formula[] {
  const last = cells.at(-1);
  if (last?.[0]?.value !== SUM) return [];
  return last.flatMap(({ value }, column): readonly Formula[] => {
    const above = cells.slice(0, -1).map((row) => row[column]?.value);
    const sum = above.reduce<number>((total, one) => total + (typeof one === "number" ? one : Number.NaN), 0);
    if (column === 0 || sum !== value) return [];
    const letter = columnLetter(column);
    return [{ row: cells.length, column, formula: `SUM(${letter}2:${letter}${cells.length})`, result: sum }];
  });
}

/** A direction's word is the number format's; the number keeps its sign, so that it can be sorted and charted. */
const CHANGE = /^(上升|下降)(\d+(?:\.\d+)?)%$/;
const MOVE = /^(进|退) ?(\d+)$/;
const LEVEL = "持平";

/** A number is one when nothing but digits stands in the cell; what is said small before or behind it is a cell's text. */
function cellOf({ text, tail, lead, date }: Cell): Formatted {
  // Midnight in UTC: a workbook's day has no zone, and the writer takes UTC's.
  if (date !== undefined) return { value: new Date(`${date}T00:00:00Z`), format: 'yyyy"年"m"月"d"日"' };
  const change = CHANGE.exec(text);
  if (change !== null) {
    const share = (change[1] === "下降" ? -1 : 1) * Number(change[2]);
    return {
      value: share / 100,
      format: `"上升"${formatOf(change[2] ?? "")}%;"下降"${formatOf(change[2] ?? "")}%;"${LEVEL}"`,
    };
  }
  const move = MOVE.exec(text);
  if (move !== null) return { value: (move[1] === "退" ? -1 : 1) * Number(move[2]), format: `"进"0;"退"0;"${LEVEL}"` };
  if (lead === undefined && (tail === undefined || tail === "")) {
    if (NUMBER.test(text)) return { value: Number(text), format: formatOf(text) };
    const share = PERCENT.exec(text)?.[1];
    if (share !== undefined) return { value: Number(share) / 100, format: `${formatOf(share)}%` };
  }
  // A tied rank is still a number to sort by.
  if (lead !== undefined && NUMBER.test(text)) return { value: Number(text), format: `"${lead}"0` };
  return { value: tail === undefined || tail === "" ? text : `${text}（${tail}）` };
}

/** As many decimals as were printed. */
function formatOf(text: string): string {
  const decimals = text.split(".")[1]?.length ?? 0;
  return decimals === 0 ? "0" : `0.${"0".repeat(decimals)}`;
}

/** Two columns of one name (同比 of a month and of a year) would be one column to a pivot table. */
function distinct(heads: readonly string[]): readonly string[] {
  return heads.map((head, at) => {
    const earlier = heads.slice(0, at).filter((one) => one === head).length;
    return earlier === 0 ? head : `${head}${earlier + 1}`;
  });
}
