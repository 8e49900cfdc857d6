/** One row of a plan's table → its cells by role, whatever the order of the columns. */
import { type Cell, isBlank, type TableRow } from "./document.ts";
import type { ColumnRole, Header } from "./header.ts";

export type AlignedRow = {
  readonly line: number;
  readonly cells: ReadonlyMap<ColumnRole, Cell>;
  /** Cells without a role of their own (further columns, notes, goals): their numbers count too. */
  readonly rest: readonly Cell[];
  readonly flags: readonly string[];
};

const UNIT_ROLES: readonly ColumnRole[] = ["lead", "main", "support"];

/**
 * The cells of a row by role.
 *
 * A row with one cell fewer than a header that names lead and main units apart prints the two as one cell: the cell
 * counts for both roles. Any other difference is mapped from the left and flagged.
 */
export function alignRow(header: Header, row: TableRow): AlignedRow {
  const width = row.cells.reduce((all, cell) => all + cell.span, 0);
  const lead = header.roles.indexOf("lead");
  const splits = lead >= 0 && header.roles[lead + 1] === "main";
  const trailing = row.cells.at(-1);
  // Spreadsheets pad a short row with an empty cell at its end.
  const padded =
    splits &&
    width === header.roles.length &&
    trailing !== undefined &&
    isBlank(trailing) &&
    !trailing.continued &&
    !isBlank(row.cells.at(-2) ?? trailing) &&
    row.cells.every((cell) => cell.span === 1);
  const cells = padded ? row.cells.slice(0, -1) : row.cells;
  const joined = splits && width - (padded ? 1 : 0) === header.roles.length - 1;

  const found = new Map<ColumnRole, Cell>();
  const rest: Cell[] = [];
  let column = 0;
  cells.forEach((cell, index) => {
    const span = joined && index === lead ? 2 : cell.span;
    const roles = header.roles.slice(column, column + span);
    column += span;
    let placed = false;
    for (const role of roles) {
      if (role === undefined || role === "goal" || role === "note") continue;
      const before = found.get(role);
      if (before === undefined) found.set(role, cell);
      else if (UNIT_ROLES.includes(role))
        found.set(role, { ...before, paragraphs: [...before.paragraphs, ...cell.paragraphs] });
      placed = true;
    }
    if (!placed && !isBlank(cell)) rest.push(cell);
  });
  const spanned = found.get("lead") !== undefined && found.get("lead") === found.get("main");
  const fits = width === header.roles.length || joined;
  return {
    line: row.line,
    cells: found,
    rest,
    flags: [
      ...(spanned && !isBlank(found.get("lead") as Cell) ? ["units.joined"] : []),
      ...(fits ? [] : [`row.cells:${width}/${header.roles.length}`]),
    ],
  };
}
