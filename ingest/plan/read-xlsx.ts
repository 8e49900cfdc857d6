/**
 * A plan as an Excel file: the visible sheets one after another, merged cells included. A line is the row of its sheet.
 *
 * A row with a single text is a title above a table and a heading inside one. A sheet that begins with its table has
 * the sheet's name for a title.
 */
import { REFUSE_REASONS } from "../../src/domain/reject.ts";
import { readSheets, type SheetOfText } from "../spreadsheet.ts";
import { type Block, cellName, isBlank, paragraphsOf, type TableRow } from "./document.ts";
import { type GridCell, type GridRow, layGrid } from "./grid.ts";
import { looksLikeHeader } from "./header.ts";
import { isSectionHeading } from "./section.ts";

/** Excel's own names for sheets say nothing. */
const UNNAMED = /^(sheet|工作表)\s*\d*$/i;

/** @throws Error in Chinese, with what is wrong with the file */
export async function readXlsx(bytes: Uint8Array): Promise<readonly Block[]> {
  const workbook = await readSheets(bytes);
  if ("refusal" in workbook) throw new Error(REFUSE_REASONS[workbook.refusal].zh);
  return workbook.sheets.flatMap((sheet, index) => blocksOf(sheet, index + 1));
}

function blocksOf(sheet: SheetOfText, table: number): readonly Block[] {
  const rows = layGrid(gridOf(sheet), table);
  const blocks: Block[] = [];
  rows.forEach((row, index) => {
    const filled = row.cells.filter((cell) => !isBlank(cell));
    if (filled.length === 0 && row.cells.every((cell) => !cell.continued)) return;
    const only = filled.length === 1 ? filled[0] : undefined;
    if (only !== undefined && !isSectionHeading(cellName(only)) && leadsToHeader(rows.slice(index + 1))) {
      blocks.push(...only.paragraphs.map((one) => ({ kind: "paragraph" as const, ...one })));
    } else {
      const first = blocks.length === 0 && looksLikeHeader(row.cells) && !UNNAMED.test(sheet.name);
      if (first) blocks.push({ kind: "paragraph", text: sheet.name, line: row.line });
      blocks.push(row);
    }
  });
  return blocks;
}

/** Whether the next rows are further single texts and then a header. */
function leadsToHeader(rows: readonly TableRow[]): boolean {
  for (const row of rows) {
    const filled = row.cells.filter((cell) => !isBlank(cell));
    if (filled.length > 1) return looksLikeHeader(row.cells);
  }
  return false;
}

function gridOf(sheet: SheetOfText): readonly GridRow[] {
  const width = Math.max(0, ...sheet.rows.map((row) => row.length));
  const { merges } = sheet;
  return sheet.rows.map((values, r) => {
    const cells: GridCell[] = [];
    for (let c = 0; c < width; c++) {
      const merge = merges.find((one) => one.startRow <= r && r <= one.endRow && one.startCol <= c && c <= one.endCol);
      if (merge !== undefined && merge.startRow < r) {
        // The grid adds continuations itself.
        c = merge.endCol;
        continue;
      }
      const paragraphs = paragraphsOf(asWritten(values[c] ?? ""), () => r + 1);
      cells.push({
        paragraphs,
        columns: merge === undefined ? 1 : merge.endCol - merge.startCol + 1,
        rows: merge === undefined ? 1 : merge.endRow - merge.startRow + 1,
      });
      c += merge === undefined ? 0 : merge.endCol - merge.startCol;
    }
    return { line: r + 1, cells };
  });
}

/** A day as a plan writes it. */
function asWritten(text: string): string {
  const date = /^(\d{4})-(\d{2})-(\d{2})( [\d:]+)?$/.exec(text);
  return date === null ? text : `${date[1]}年${Number(date[2])}月${Number(date[3])}日`;
}
