/** Word and Excel files of a plan, made from the rows of its text: what a district's office would have saved. */
import { Document, Packer, Paragraph, Table, TableCell, TableRow, VerticalMergeType } from "docx";
import { writeXlsx } from "hucre";
import type { Block, Cell, TableRow as PlanRow } from "../../../ingest/plan/document.ts";

/** Each plan's blocks: its title and its rows. */
function plansIn(blocks: readonly Block[]): readonly { readonly title: string; readonly rows: readonly PlanRow[] }[] {
  const plans: { title: string; rows: PlanRow[] }[] = [];
  for (const block of blocks) {
    if (block.kind === "paragraph") plans.push({ title: block.text, rows: [] });
    else plans.at(-1)?.rows.push(block);
  }
  return plans;
}

type Placed = {
  readonly texts: readonly string[];
  readonly columns: number;
  readonly merge: "none" | "first" | "below";
};

/** The cells of a row on the grid of its header: a row one cell short has its first unit cell run over two columns. */
function placed(row: PlanRow, width: number, above: boolean, below: PlanRow | undefined): readonly Placed[] {
  const texts = (cell: Cell) => cell.paragraphs.map((one) => one.text);
  if (row.cells.length === 1) return [{ texts: row.cells.flatMap(texts), columns: width, merge: "none" }];
  const blank = (one: PlanRow | undefined) =>
    one === undefined || one.cells.every((cell) => cell.paragraphs.length === 0);
  const short = row.cells.length === width - 1;
  const goesOn = (one: PlanRow | undefined, index: number) =>
    one !== undefined &&
    !blank(one) &&
    one.cells.length === row.cells.length &&
    one.cells[index]?.paragraphs.length === 0;
  return row.cells.map((cell, index) => ({
    texts: texts(cell),
    columns: short && index === width - 3 ? 2 : 1,
    merge:
      cell.paragraphs.length === 0
        ? above && !blank(row)
          ? "below"
          : "none"
        : goesOn(below, index) && !blank(row)
          ? "first"
          : "none",
  }));
}

function gridOf(rows: readonly PlanRow[]): readonly (readonly Placed[])[] {
  const width = rows[0]?.cells.length ?? 0;
  return rows.map((row, index) => placed(row, width, index > 0, rows[index + 1]));
}

/** @param merged whether blank cells below a text are merged with it, as Word tables have them, or stay blank */
export async function docxOf(blocks: readonly Block[], merged: boolean): Promise<Uint8Array> {
  const children = plansIn(blocks).flatMap(({ title, rows }) => [
    new Paragraph(title),
    new Table({
      rows: gridOf(rows).map(
        (cells) =>
          new TableRow({
            children: cells.map(
              ({ texts, columns, merge }) =>
                new TableCell({
                  columnSpan: columns,
                  ...(merged && merge === "first" ? { verticalMerge: VerticalMergeType.RESTART } : {}),
                  ...(merged && merge === "below" ? { verticalMerge: VerticalMergeType.CONTINUE } : {}),
                  children: texts.length === 0 ? [new Paragraph("")] : texts.map((text) => new Paragraph(text)),
                }),
            ),
          }),
      ),
    }),
    new Paragraph(""),
  ]);
  return new Uint8Array(await Packer.toBuffer(new Document({ sections: [{ children }] })));
}

/** One sheet per plan, its title in the first row; cells merged over columns, and downwards when `merged`. */
export async function xlsxOf(blocks: readonly Block[], merged: boolean): Promise<Uint8Array> {
  const sheets = plansIn(blocks).map(({ title, rows }, number) => {
    const grid = gridOf(rows);
    const merges: { startRow: number; startCol: number; endRow: number; endCol: number }[] = [];
    const open = new Map<number, (typeof merges)[number]>();
    const values = grid.map((cells, index) => {
      let column = 0;
      return cells.flatMap(({ texts, columns, merge }) => {
        const at = { startRow: index + 1, startCol: column, endRow: index + 1, endCol: column + columns - 1 };
        const above = open.get(column);
        if (merged && merge === "below" && above !== undefined && above.endRow === index) above.endRow = index + 1;
        else {
          if (columns > 1 || (merged && merge === "first")) merges.push(at);
          if (merge === "first") open.set(column, at);
          else open.delete(column);
        }
        column += columns;
        return [texts.join("\n"), ...Array.from({ length: columns - 1 }, () => null)];
      });
    });
    const kept = merges.filter((one) => one.endRow > one.startRow || one.endCol > one.startCol);
    return { name: `表${number + 1}`, rows: [[title], ...values], merges: kept };
  });
  return writeXlsx({ sheets });
}
