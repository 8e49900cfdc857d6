/**
 * The layout in which rejected rows go out to a person and come back: where a row stood, why it was rejected and what
 * to do, then its cells under the heads of its file.
 */
import { bareText } from "../heads.ts";
import type { TextTable } from "../table.ts";
import type { Cells } from "./editable.ts";

export const SHEET_HEADS = ["批次", "文件", "行", "拒收原因", "怎么办"] as const;

export type ReturnedRow = {
  readonly batch: string;
  readonly file: string;
  readonly line: number;
  /** Heads of its sheet over the cells. */
  readonly heads: Cells;
  readonly cells: Cells;
};

/** The heads shown over cells: those of the file, a number where it has none. */
export function headLabels(heads: Cells, width: number): Cells {
  return Array.from({ length: Math.max(width, heads.length) }, (_, k) => {
    const head = heads[k] ?? "";
    return head === "" ? `第${k + 1}格` : head;
  });
}

/** The rows of a sheet in this layout; `undefined` when it is none. A row without a line number is no row. */
export function returnedRows({ rows }: TextTable): readonly ReturnedRow[] | undefined {
  const at = rows.findIndex(({ cells }) => SHEET_HEADS.every((head, k) => bareText(cells[k] ?? "") === head));
  if (at < 0) return undefined;
  const heads = withoutTail((rows[at]?.cells ?? []).slice(SHEET_HEADS.length));
  return rows.slice(at + 1).flatMap(({ cells }) => {
    const [batch = "", file = "", line = ""] = cells;
    if (file === "" || !/^\d{1,9}$/.test(line)) return [];
    return [{ batch, file, line: Number(line), heads, cells: withoutTail(cells.slice(SHEET_HEADS.length)) }];
  });
}

function withoutTail(cells: Cells): Cells {
  return cells.slice(0, cells.findLastIndex((cell) => cell !== "") + 1);
}
