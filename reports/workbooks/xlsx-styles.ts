/** How cells of a sheet look: heads and rows that stand out in bold, number formats, wrapped texts. */

export type SheetLook = {
  /** Number formats by row and column; none where a cell is text. */
  readonly formats?: readonly (readonly (string | undefined)[])[];
  /** Rows that stand out. */
  readonly strong?: readonly boolean[];
  /** Long texts are wrapped instead of cut. */
  readonly wrap?: boolean;
};

export type StyledCell = {
  readonly style: {
    readonly font?: { readonly bold: boolean };
    readonly numFmt?: string;
    readonly alignment?: { readonly wrapText?: boolean; readonly horizontal?: "right"; readonly vertical?: "top" };
  };
};

/** By `row,column` from 0, the head's row being 0; cells without anything of their own are left out. */
export function stylesOf(
  columns: number,
  rows: readonly (readonly unknown[])[],
  { formats = [], strong = [], wrap = false }: SheetLook,
): ReadonlyMap<string, StyledCell> {
  const cells = new Map<string, StyledCell>();
  for (let at = 0; at < columns; at++) {
    // Over numbers, which stand at the right of their cell; a column that only formulas fill holds numbers too.
    const values = rows.map((row) => row[at] ?? null).filter((value) => value !== null && value !== "");
    const right = rows.length > 0 && (values.length === 0 || values.some((value) => typeof value === "number"));
    cells.set(`0,${at}`, { style: { font: { bold: true }, ...(right ? { alignment: { horizontal: "right" } } : {}) } });
  }
  for (const [index, row] of rows.entries()) {
    const bold = strong[index] === true;
    for (const at of row.keys()) {
      const numFmt = formats[index]?.[at];
      if (numFmt === undefined && !bold && !wrap) continue;
      cells.set(`${index + 1},${at}`, {
        style: {
          ...(bold ? { font: { bold } } : {}),
          ...(numFmt === undefined ? {} : { numFmt }),
          ...(wrap ? { alignment: { wrapText: true, vertical: "top" as const } } : {}),
        },
      });
    }
  }
  return cells;
}
