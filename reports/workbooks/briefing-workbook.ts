/**
 * A briefing's tables as a workbook: one sheet a table in the order of the document, numbers as numbers, and a sheet of
 * contents with the sentences of the summary.
 */
import type { Block, Cell, Outline } from "../briefings/outline.ts";
import { withoutBars } from "../briefings/outline.ts";
import { type CellValue, type WorkbookSheet, workbookBytes } from "./xlsx-write.ts";

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
  return {
    name: `${number} ${words}`.replaceAll(FORBIDDEN, " ").slice(0, LONGEST_NAME),
    header: distinct(columns.map(({ head }) => head)),
    rows: cells.map((row) => row.map(({ value }) => value)),
    formats: cells.map((row) => row.map(({ format }) => format)),
    strong: rows.map((row) => row.some((one) => one.standing === "missed" || one.standing === "at_risk")),
  };
}

type Formatted = { readonly value: CellValue; readonly format?: string };

/** A number is one when nothing but digits stands in the cell; what is said small before or behind it is a cell's text. */
function cellOf({ text, tail, lead }: Cell): Formatted {
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
