/** Until when and by whom: the deadline and units of one row, blank cells filled from the row above. */
import type { AlignedRow } from "./align.ts";
import { type Cell, cellName, isBlank } from "./document.ts";
import type { ColumnRole, Header } from "./header.ts";
import { looksLikeUnits, unitsOf } from "./units.ts";

export type Responsible = {
  readonly deadline: string | null;
  readonly lead: readonly string[];
  readonly main: readonly string[];
  readonly support: readonly string[];
  readonly flags: readonly string[];
};

/**
 * The deadline and units of a row.
 *
 * A blank cell takes what the row above has, within a task; across tasks only where the cell is truly merged. Units in
 * the deadline column mean that the deadline is missing and the cells have moved up: the moved reading is taken, the
 * printed one kept in a flag.
 *
 * @param above what the row before has; undefined for the first
 * @param isNew whether the row begins a task
 */
export function responsibleOf(
  row: AlignedRow,
  header: Header,
  known: ReadonlySet<string>,
  above: Responsible | undefined,
  isNew: boolean,
): Responsible {
  const deadlineCell = row.cells.get("deadline");
  const read = (cell: Cell | undefined) => unitsOf(linesOf(cell), known);
  if (deadlineCell !== undefined && looksLikeUnits(linesOf(deadlineCell), known)) {
    return shifted(row, header, read);
  }
  const mayFill = (cell: Cell | undefined) => cell !== undefined && isBlank(cell) && (cell.continued || !isNew);
  const flags: string[] = [];

  let deadline = deadlineCell === undefined || isBlank(deadlineCell) ? null : cellName(deadlineCell);
  if (deadline !== null && NONE.test(deadline)) deadline = null;
  if (deadline === null && mayFill(deadlineCell) && above !== undefined && above.deadline !== null) {
    deadline = above.deadline;
    flags.push("deadline.filled");
  }
  if (deadline === null) flags.push("deadline.missing");

  const [leadCell, mainCell, supportCell] = [row.cells.get("lead"), row.cells.get("main"), row.cells.get("support")];
  const [lead, main, support] = [read(leadCell), read(mainCell), read(supportCell)];
  const filled = { lead: lead.units, main: main.units, support: support.units };
  if (above !== undefined) {
    const named = [leadCell, mainCell].some((cell) => cell !== undefined && !isBlank(cell));
    if (!named && [leadCell, mainCell].some(mayFill)) {
      filled.lead = above.lead;
      filled.main = above.main;
      flags.push("units.filled");
    }
    if (mayFill(supportCell)) {
      filled.support = above.support;
      if (!flags.includes("units.filled")) flags.push("units.filled");
    }
  }
  // One column of responsible units: they lead.
  if (!header.roles.includes("lead") && filled.lead.length === 0) filled.lead = filled.main;
  if (filled.main.length === 0 && header.roles.includes("main") && leadCell !== undefined) filled.main = filled.lead;
  if (filled.lead.length + filled.main.length === 0) flags.push("units.missing");
  const seen = leadCell === mainCell ? [lead, support] : [lead, main, support];
  return { deadline, ...filled, flags: [...flags, ...seen.flatMap((one) => one.flags)] };
}

const NONE = /^[—–-]+$/;

const UNIT_ROLES: readonly ColumnRole[] = ["lead", "main", "support"];

function shifted(
  row: AlignedRow,
  header: Header,
  read: (cell: Cell | undefined) => ReturnType<typeof unitsOf>,
): Responsible {
  const roles = UNIT_ROLES.filter((role) => header.roles.includes(role));
  const printed = roles.map((role) => row.cells.get(role));
  const moved = [row.cells.get("deadline"), ...printed.filter((cell, index) => cell !== printed[index - 1])];
  const at = (cells: readonly (Cell | undefined)[], role: ColumnRole) => read(cells[roles.indexOf(role)]).units;
  const lead = roles.includes("lead") ? at(moved, "lead") : at(moved, "main");
  const other = roles.map((role, index) => `${NAMES[role]}=${read(printed[index]).units.join("、")}`).join("；");
  return {
    deadline: null,
    lead,
    main: roles.includes("main") ? at(moved, "main") : [],
    support: roles.includes("support") ? at(moved, "support") : [],
    flags: [
      "deadline.missing",
      "units.shifted",
      `units.other-reading:${other}`,
      ...moved.flatMap((cell) => read(cell).flags),
    ],
  };
}

const NAMES: Readonly<Partial<Record<ColumnRole, string>>> = { lead: "牵头", main: "主责", support: "协办" };

function linesOf(cell: Cell | undefined): readonly string[] {
  return cell?.paragraphs.map((paragraph) => paragraph.text) ?? [];
}
