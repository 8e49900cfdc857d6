/** Rows with cells merged across and downwards → the cells of each row by grid column, merged ones marked. */
import type { Cell, Paragraph, TableRow } from "./document.ts";

export type GridCell = { readonly paragraphs: readonly Paragraph[]; readonly columns: number; readonly rows: number };

export type GridRow = { readonly line: number; readonly cells: readonly GridCell[] };

/** Lays rows out on a grid: where a cell from above reaches down, the row gets a cell marked as its continuation. */
export function layGrid(rows: readonly GridRow[], table: number): readonly TableRow[] {
  let reaching = new Map<number, { columns: number; left: number }>();
  return rows.map(({ line, cells }) => {
    const laid: Cell[] = [];
    const next = new Map<number, { columns: number; left: number }>();
    let column = 0;
    const fill = () => {
      for (let from = reaching.get(column); from !== undefined; from = reaching.get(column)) {
        laid.push({ paragraphs: [], line, span: from.columns, continued: true });
        if (from.left > 1) next.set(column, { columns: from.columns, left: from.left - 1 });
        column += from.columns;
      }
    };
    for (const cell of cells) {
      fill();
      laid.push({
        paragraphs: cell.paragraphs,
        line: cell.paragraphs[0]?.line ?? line,
        span: cell.columns,
        continued: false,
      });
      if (cell.rows > 1) next.set(column, { columns: cell.columns, left: cell.rows - 1 });
      column += cell.columns;
    }
    fill();
    reaching = next;
    return { kind: "row", table, line, cells: laid };
  });
}
