/**
 * A plan as an Excel file: the visible sheets one after another, merged cells included. A line is the row of its sheet.
 *
 * A row with a single text is a title above a table and a heading inside one. A sheet that begins with its table has
 * the sheet's name for a title.
 */
import { type CellValue, readXlsx as readWorkbook, type Sheet } from "hucre";
import { type Block, cellName, isBlank, paragraphsOf, type TableRow } from "./document.ts";
import { type GridCell, type GridRow, layGrid } from "./grid.ts";
import { looksLikeHeader } from "./header.ts";
import { isSectionHeading } from "./section.ts";

/** Excel's own names for sheets say nothing. */
const UNNAMED = /^(sheet|工作表)\s*\d*$/i;

/** @throws Error when the file is no Excel workbook */
export async function readXlsx(bytes: Uint8Array): Promise<readonly Block[]> {
  const workbook = await readWorkbook(bytes);
  const sheets = workbook.sheets.filter((sheet) => sheet.hidden !== true && sheet.veryHidden !== true);
  return sheets.flatMap((sheet, index) => blocksOf(sheet, index + 1));
}

function blocksOf(sheet: Sheet, table: number): readonly Block[] {
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

function gridOf(sheet: Sheet): readonly GridRow[] {
  const width = Math.max(0, ...sheet.rows.map((row) => row.length));
  const merges = sheet.merges ?? [];
  return sheet.rows.map((values, r) => {
    const cells: GridCell[] = [];
    for (let c = 0; c < width; c++) {
      const merge = merges.find((one) => one.startRow <= r && r <= one.endRow && one.startCol <= c && c <= one.endCol);
      if (merge !== undefined && merge.startRow < r) {
        // The grid adds continuations itself.
        c = merge.endCol;
        continue;
      }
      const paragraphs = paragraphsOf(textOf(values[c] ?? null), () => r + 1);
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

function textOf(value: CellValue): string {
  if (value === null || value === undefined) return "";
  if (value instanceof Date) return `${value.getUTCFullYear()}年${value.getUTCMonth() + 1}月${value.getUTCDate()}日`;
  return String(value);
}
