/** The national water release as heads and rows of plain cells, from a JSON body or a CSV of the same columns. */
import { eachLine, splitCells } from "./text-lines.ts";

/** A cell: the text shown, the unrounded value behind it (JSON only) and what its title says of the section. */
export type CnemcCell = { readonly shown: string; readonly title: string };

export type CnemcTable = {
  /** Column heads without tags, spaces and units, and the units apart. */
  readonly heads: readonly { readonly name: string; readonly unit: string }[];
  /** `line`: in a CSV the line, in a JSON body the row counted from 1. */
  readonly rows: Iterable<{ readonly line: number; readonly cells: readonly CnemcCell[] }>;
};

/** @returns `undefined` when the text is no such table at all */
export function cnemcTable(text: string): CnemcTable | undefined {
  return text.trimStart().startsWith("{") ? jsonTable(text) : csvTable(text);
}

function jsonTable(text: string): CnemcTable | undefined {
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    return undefined;
  }
  const { thead, tbody } = body as { readonly thead?: unknown; readonly tbody?: unknown };
  if (!Array.isArray(thead) || !Array.isArray(tbody)) return undefined;
  const rows = tbody.map((row: unknown, index) => ({
    line: index + 1,
    cells: Array.isArray(row) ? row.map((cell: unknown) => htmlCell(cell === null ? "" : String(cell))) : [],
  }));
  return { heads: thead.map((head: unknown) => headOf(String(head))), rows };
}

function csvTable(text: string): CnemcTable | undefined {
  const rows: { line: number; cells: readonly CnemcCell[] }[] = [];
  let heads: CnemcTable["heads"] | undefined;
  eachLine(text, (line, number) => {
    if (line.trim() === "") return;
    const cells = splitCells(line);
    if (heads === undefined) heads = cells.map(headOf);
    else rows.push({ line: number, cells: cells.map((cell) => ({ shown: cell.trim(), title: "" })) });
  });
  return heads === undefined ? undefined : { heads, rows };
}

function headOf(text: string): { readonly name: string; readonly unit: string } {
  const plain = withoutTags(text).replaceAll(/\s+/g, "");
  const found = /^([^(（]+)(?:[(（]([^)）]*)[)）])?$/.exec(plain);
  return { name: found?.[1] ?? plain, unit: found?.[2] ?? "" };
}

function htmlCell(text: string): CnemcCell {
  if (!text.includes("<")) return { shown: text.trim(), title: "" };
  return { shown: withoutTags(text).trim(), title: entities(titleOf(text)) };
}

/** A page's script moves the title into data-original-title once a pointer was over the cell. */
const TITLE = /\s(?:data-original-)?title\s*=\s*(?:'([^']*)'|"([^"]*)")/g;

/** The first title that says anything. */
function titleOf(text: string): string {
  TITLE.lastIndex = 0;
  for (let found = TITLE.exec(text); found !== null; found = TITLE.exec(text)) {
    const title = found[1] ?? found[2] ?? "";
    if (title.trim() !== "") return title;
  }
  return "";
}

function withoutTags(text: string): string {
  return entities(text.replaceAll(/<[^<>]*>/g, ""));
}

function entities(text: string): string {
  if (!text.includes("&")) return text;
  return text
    .replaceAll(/&#(\d{1,6});/g, (_, code: string) => String.fromCodePoint(Math.min(Number(code), 0x10ffff)))
    .replaceAll("&nbsp;", " ")
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&amp;", "&");
}

/** The value's text: the unrounded one of the title where it is a number, else the one shown. */
export function valueText({ shown, title }: CnemcCell): string {
  const raw = /原始值[：:]\s*([-+.\d][-+.\deE]*)/.exec(title)?.[1];
  return raw === undefined || Number.isNaN(Number(raw)) ? shown : raw;
}
