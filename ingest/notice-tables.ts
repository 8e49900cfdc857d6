/**
 * The rank tables in a published notice: side by side, under each other, or with each cell on a line of its own.
 *
 * A notice is a run of rows; a row of one cell is a paragraph, or a cell of a table that lost its form.
 */
import { bareText } from "./heads.ts";
import type { TextRow } from "./table.ts";

/** One printed rank, not yet looked up. */
export type PrintedRank = {
  readonly line: number;
  /** Texts as printed; `undefined` where the table has no such column. */
  readonly rank: string;
  readonly district: string | undefined;
  readonly place: string | undefined;
  readonly value: string | undefined;
};

export type RankTable = {
  /** Paragraphs above, the nearest last. */
  readonly above: readonly string[];
  /** All heads as printed. */
  readonly head: string;
  /** The head of its value column, if it has one. */
  readonly valueHead: string | undefined;
  /** Whether its place column names roads. */
  readonly roads: boolean;
  readonly ranks: readonly PrintedRank[];
  /** A last record that broke off, as printed. */
  readonly cut: { readonly line: number; readonly raw: string } | undefined;
};

const RANK_HEAD = /^(排名|排序|名次|位次)/;
const DISTRICT_HEAD = /^(所属|所在)?(区|行政区|区县|所属区|辖区)$/;
const PLACE_HEAD = /街道|乡镇|街乡|镇街/;
const ROAD_HEAD = /道路名称|^道路$|路段|路名/;
const VALUE_HEAD = /浓度|负荷|均值|变化|同比|环比|降尘|数值|指数|改善/;

type Columns = {
  rank: number;
  district: number;
  place: number;
  value: number;
  roads: boolean;
  heads: readonly string[];
};

/** Rank tables in the order they stand. */
export function rankTables(rows: readonly TextRow[]): readonly RankTable[] {
  const tables: RankTable[] = [];
  let above: string[] = [];
  for (let at = 0; at < rows.length; ) {
    const row = rows[at] as TextRow;
    const wide = groupsOf(row.cells);
    const tall =
      wide.length === 0 && row.cells.length === 1 && RANK_HEAD.test(bareText(row.cells[0] ?? ""))
        ? tallHead(rows, at)
        : undefined;
    if (wide.length > 0) {
      const body = bodyBelow(rows, at + 1);
      tables.push(...tablesOfGroups(wide, body, above));
      at += 1 + body.length;
    } else if (tall !== undefined) {
      const read = readTall(rows, tall.from, tall.columns, above);
      tables.push(read.table);
      at = read.next;
    } else {
      // A paragraph after a table begins a new notice part; titles above the next table gather here.
      above = [...above, row.cells.join(" ").trim()];
      at += 1;
    }
  }
  return tables;
}

/** The column groups of a head row: each begins with a rank column. */
function groupsOf(cells: readonly string[]): readonly Columns[] {
  const heads = cells.map(bareText);
  const starts = heads.flatMap((head, k) => (RANK_HEAD.test(head) ? [k] : []));
  if (heads.filter((head) => head !== "").length < 2) return [];
  return starts.flatMap((start, k) => {
    const columns = columnsOf(heads.slice(start, starts[k + 1] ?? heads.length), start);
    return columns === undefined ? [] : [columns];
  });
}

function columnsOf(heads: readonly string[], offset: number): Columns | undefined {
  const at = (pattern: RegExp): number => {
    const found = heads.findIndex((head, k) => k > 0 && pattern.test(head));
    return found < 0 ? -1 : found + offset;
  };
  const roads = at(ROAD_HEAD);
  const columns = {
    rank: offset,
    district: at(DISTRICT_HEAD),
    place: roads >= 0 ? roads : at(PLACE_HEAD),
    value: at(VALUE_HEAD),
    roads: roads >= 0,
    heads,
  };
  return columns.district < 0 && columns.place < 0 ? undefined : columns;
}

/** Rows of several cells that go on with the table. */
function bodyBelow(rows: readonly TextRow[], from: number): readonly TextRow[] {
  let to = from;
  while (to < rows.length && (rows[to]?.cells.length ?? 0) > 1 && groupsOf(rows[to]?.cells ?? []).length === 0) to += 1;
  return rows.slice(from, to);
}

function tablesOfGroups(
  groups: readonly Columns[],
  body: readonly TextRow[],
  above: readonly string[],
): readonly RankTable[] {
  const [first] = groups;
  const alike = groups.every((group) => group.heads.join() === first?.heads.join());
  const tableOf = (part: readonly Columns[]): RankTable => ({
    above,
    head: part.flatMap((group) => group.heads).join(" "),
    valueHead: valueHeadOf(part[0]),
    roads: part[0]?.roads ?? false,
    // Half tables side by side are one list: the left half goes first.
    ranks: part.flatMap((group) => body.flatMap((row) => rankOf(row, group))),
    cut: undefined,
  });
  return alike ? [tableOf(groups)] : groups.map((group) => tableOf([group]));
}

function valueHeadOf(columns: Columns | undefined): string | undefined {
  if (columns === undefined || columns.value < 0) return undefined;
  const head = columns.heads[columns.value - columns.rank];
  const bracket = head?.endsWith(")") === true ? head.indexOf("(") : -1;
  return bracket < 0 ? head : head?.slice(0, bracket);
}

function rankOf({ line, cells }: TextRow, { rank, district, place, value }: Columns): readonly PrintedRank[] {
  const text = (index: number): string | undefined => (index < 0 ? undefined : (cells[index] ?? "").trim());
  const read = { line, rank: text(rank) ?? "", district: text(district), place: text(place), value: text(value) };
  const empty = [read.rank, read.district, read.place, read.value].every((one) => one === undefined || one === "");
  return empty ? [] : [read];
}

/** Heads one below the other, up to the first rank; a unit in brackets belongs to the head above it. */
function tallHead(rows: readonly TextRow[], at: number): { from: number; columns: Columns } | undefined {
  const heads: string[] = [];
  for (let k = at; k < Math.min(rows.length, at + 8); k++) {
    const { cells } = rows[k] as TextRow;
    const text = bareText(cells[0] ?? "");
    if (cells.length > 1) return undefined;
    if (/^\d+$/.test(text)) {
      const columns = columnsOf(heads, 0);
      return columns === undefined ? undefined : { from: k, columns };
    }
    if (text.startsWith("(") && heads.length > 0) heads[heads.length - 1] += text;
    else heads.push(text);
  }
  return undefined;
}

function readTall(
  rows: readonly TextRow[],
  from: number,
  columns: Columns,
  above: readonly string[],
): { table: RankTable; next: number } {
  const width = columns.heads.length;
  const ranks: PrintedRank[] = [];
  let at = from;
  let cut: RankTable["cut"];
  while (at < rows.length && /^\d+$/.test(bareText(rows[at]?.cells[0] ?? ""))) {
    const record = rows.slice(at, at + width);
    const texts = record.map((row) => row.cells[0] ?? "");
    const line = rows[at]?.line ?? 0;
    at += record.length;
    if (record.length < width) cut = { line, raw: texts.join(" ") };
    else ranks.push(...rankOf({ line, cells: texts }, columns));
  }
  const head = columns.heads.join(" ");
  return { table: { above, head, valueHead: valueHeadOf(columns), roads: columns.roads, ranks, cut }, next: at };
}
