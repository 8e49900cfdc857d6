/**
 * A file as rows a person can change: the cells of a line, and the same file again with other cells in some lines.
 *
 * Works on lines alone, whatever the format: a delimited text, a sheet, or a body in JSON whose rows stand in one list.
 * A changed line stays on its number, so that what is said of it before and after can be compared.
 */
import type { SourceFile } from "../format.ts";
import { delimiterOf } from "../table.ts";
import { eachLine, splitCells } from "../text-lines.ts";

export type Cells = readonly string[];

export type Editable = {
  /** `undefined` where the file has no such line. */
  readonly cellsOf: (line: number) => Cells | undefined;
  /** The file with these lines changed; lines it does not have are left out. */
  readonly withCells: (changed: ReadonlyMap<number, Cells>) => SourceFile;
};

/** @param whole lines are not cut into cells: the format's lines are no table */
export function editable(file: SourceFile, whole = false): Editable {
  if (file.table !== undefined) return ofTable(file);
  return /^\s*[{[]/.test(file.text) ? ofJson(file) : ofText(file, whole);
}

/** The heads over a row: the nearest row above that holds no data and has two texts or more. */
export function headsAbove(
  { cellsOf }: Editable,
  line: number,
  data: ReadonlySet<number>,
): { readonly line: number; readonly cells: Cells } {
  for (let at = line - 1; at >= 1; at--) {
    const cells = data.has(at) ? undefined : cellsOf(at);
    if (cells !== undefined && cells.filter((cell) => cell !== "").length > 1) return { line: at, cells };
  }
  return { line: 0, cells: [] };
}

function ofTable(file: SourceFile): Editable {
  const { name = "", rows = [] } = file.table ?? {};
  const byLine = new Map(rows.map((row) => [row.line, row.cells]));
  return {
    cellsOf: (line) => byLine.get(line),
    withCells: (changed) => ({
      ...file,
      table: { name, rows: rows.map((row) => ({ ...row, cells: changed.get(row.line) ?? row.cells })) },
    }),
  };
}

function ofText(file: SourceFile, whole: boolean): Editable {
  const delimiter = delimiterOf(file.text);
  const lines = new Map<number, string>();
  eachLine(file.text, (line, number) => lines.set(number, line));
  return {
    cellsOf(number) {
      const line = lines.get(number);
      if (line === undefined) return undefined;
      return whole ? [line.trim()] : splitCells(line, delimiter).map((cell) => cell.trim());
    },
    withCells(changed) {
      const parts = [...lines].map(([number, line]) => {
        const cells = changed.get(number);
        if (cells === undefined) return line;
        const text = whole
          ? oneLine(cells.join(" "))
          : cells.map((cell) => quoted(oneLine(cell), delimiter)).join(delimiter);
        // A line that ran over several keeps their number.
        return `${text}${"\n".repeat(line.split("\n").length - 1)}`;
      });
      return { ...file, text: `${parts.join("\n")}\n` };
    },
  };
}

function oneLine(text: string): string {
  return text.replaceAll(/[\r\n]+/g, " ");
}

function quoted(cell: string, delimiter: string): string {
  return cell.includes(delimiter) || cell.includes('"') ? `"${cell.replaceAll('"', '""')}"` : cell;
}

/** Where the rows of a body stand. */
const LISTS = ["tbody", "results"] as const;

function ofJson(file: SourceFile): Editable {
  const body = parsed(file.text) as Record<string, unknown> | undefined;
  const list = LISTS.find((key) => Array.isArray(body?.[key]));
  if (body === undefined || list === undefined) return { cellsOf: () => undefined, withCells: () => file };
  const rows = body[list] as readonly unknown[];
  return {
    cellsOf: (line) => (line < 1 || line > rows.length ? undefined : cellsOfElement(rows[line - 1])),
    withCells: (changed) => ({
      ...file,
      text: JSON.stringify({
        ...body,
        [list]: rows.map((row, k) => elementOf(row, changed.get(k + 1))),
      }),
    }),
  };
}

function cellsOfElement(row: unknown): Cells {
  return Array.isArray(row) ? row.map((cell: unknown) => (cell === null ? "" : String(cell))) : [JSON.stringify(row)];
}

function elementOf(row: unknown, cells: Cells | undefined): unknown {
  if (cells === undefined) return row;
  return Array.isArray(row) ? [...cells] : (parsed(cells.join("")) ?? cells.join(""));
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
