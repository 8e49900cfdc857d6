/**
 * CSV in, the same CSV with result columns out: what every `duibiao calc` tool shares.
 *
 * Cells go through unchanged. A row that cannot be computed keeps its place with a reason in the last column, `error`;
 * only a stream with no computable row at all ends in a fault (exit 2).
 */
import { fault } from "../../domain/faults.ts";
import type { Effects } from "../command.ts";
import { type CsvRecord, cellsOf, csvRecords } from "./csv-read.ts";
import { rowWriter } from "./csv-write.ts";

/** Columns found by name: `at("pm25")` is the index of the column, -1 when the stream has none. */
export type Columns = { readonly names: readonly string[]; readonly at: (name: string) => number };

/**
 * What a row gives: cells for the appended columns in order, already quoted where needed, joined by commas; none at all
 * as an empty text. `partial` marks cells that hold something, but not the answer.
 */
export type RowResult = { readonly cells: string; readonly error: string; readonly partial?: true };

export type RowWork = {
  /** Names of the appended columns, without `error`. */
  readonly columns: readonly string[];
  /** Computes one row. */
  readonly row: (cells: readonly string[], line: number) => RowResult;
};

/**
 * Reads standard input, appends `work.columns` and `error` to each row and writes the result.
 *
 * @param open makes the work of a row from the header; faults thrown there are the file's
 * @param maps `input=known` renames, from `--map`: the tool looks up `known`, the output keeps the input's header
 * @returns how many rows were read and how many gave a result
 * @throws Fault `csv.empty` for an empty stream, `csv.nothing-computed` when no row gave a result
 */
export async function appendColumns(
  effects: Pick<Effects, "stdin" | "write">,
  maps: readonly string[],
  open: (columns: Columns) => RowWork,
): Promise<{ readonly rows: number; readonly computed: number }> {
  let work: RowWork | undefined;
  let width = 0;
  let nothing = "";
  let rows = 0;
  let computed = 0;
  let firstError = "";
  const out = rowWriter(effects.write);
  for await (const batch of csvRecords(effects.stdin())) {
    for (const record of batch) {
      if (work === undefined) {
        const header = headerOf(record);
        work = open(columnsOf(header, maps));
        width = header.length;
        nothing = ",".repeat(work.columns.length - 1);
        out.row([...header, ...work.columns, "error"].map(quoteCell).join(","));
        continue;
      }
      rows++;
      const cells = cellsOf(record);
      const problem = record.open === true ? "引号没有闭合" : cells.length === width ? "" : widthProblem(cells, width);
      const kept = problem === "" ? record.raw : fitted(cells, width);
      const result = problem === "" ? work.row(cells, record.line) : { cells: "", error: problem };
      const given = result.cells === "" ? nothing : result.cells;
      if (result.cells !== "" && result.partial !== true) computed++;
      else if (firstError === "") firstError = `第 ${record.line} 行：${result.error}`;
      const error = result.error === "" ? "" : quoteCell(result.error);
      if (out.row(`${kept},${given},${error}`)) await out.flush();
    }
  }
  if (work === undefined) throw fault("csv.empty", {}, { file: "标准输入" });
  await out.flush();
  if (computed === 0) {
    throw fault(
      "csv.nothing-computed",
      { rows, reason: firstError === "" ? "只有表头" : firstError },
      { file: "标准输入" },
    );
  }
  return { rows, computed };
}

/** The column names of a header record, spaces and a byte order mark removed. */
export function headerOf(record: CsvRecord): readonly string[] {
  return cellsOf({ ...record, raw: record.raw.replace(/^\uFEFF/, "") }).map((name) => name.trim());
}

/**
 * Finds columns by name, in any letter case and order, after the renames `input=known`.
 * @throws Fault `option.value` for a rename that is not one, `csv.column-missing` when it names no column
 */
export function columnsOf(header: readonly string[], maps: readonly string[]): Columns {
  const names = header.map((name) => name.toLowerCase());
  for (const map of maps) {
    const [from = "", to = "", ...more] = map.split("=").map((part) => part.trim().toLowerCase());
    if (from === "" || to === "" || more.length > 0) {
      throw fault("option.value", { option: "map", given: map, expected: "原列名=标准列名，例如 type=water_type" });
    }
    const index = header.findIndex((name) => name.toLowerCase() === from);
    if (index === -1) throw columnMissing([from], header);
    names[index] = to;
  }
  return { names, at: (name) => names.indexOf(name) };
}

/** Checks that the named columns are there, each once. @throws Fault `csv.column-missing`, `csv.column-twice` */
export function requireColumns(columns: Columns, needed: readonly string[]): void {
  const missing = needed.filter((name) => columns.at(name) === -1);
  if (missing.length > 0) throw columnMissing(missing, columns.names);
  const twice = needed.find((name) => columns.names.lastIndexOf(name) !== columns.at(name));
  if (twice !== undefined) throw fault("csv.column-twice", { column: twice }, { file: "标准输入", line: 1 });
}

/** A cell as CSV: quoted when it holds a comma, a quote, a line end or outer spaces that would be lost. */
export function quoteCell(text: string): string {
  return /[",\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

function columnMissing(missing: readonly string[], known: readonly string[]) {
  const where = { file: "标准输入", line: 1 };
  return fault("csv.column-missing", { columns: missing.join(" "), known: known.join(" ") }, where);
}

function widthProblem(cells: readonly string[], width: number): string {
  const extra = cells.length > width ? `，多出：${cells.slice(width).join(",")}` : "";
  return `有 ${cells.length} 格，表头有 ${width} 列${extra}`;
}

/** The row padded or cut to the header's width, so that result columns stay under their names. */
function fitted(cells: readonly string[], width: number): string {
  return Array.from({ length: width }, (_, i) => quoteCell(cells[i] ?? "")).join(",");
}
