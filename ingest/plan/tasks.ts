/** The rows of one plan → its sections, tasks and measures, merged cells filled down. */
import type { AlignedRow } from "./align.ts";
import { alignRow } from "./align.ts";
import { type Cell, cellName, cellText, isBlank, type TableRow } from "./document.ts";
import type { DraftMeasure, DraftSection, DraftTask } from "./draft.ts";
import type { Header } from "./header.ts";
import type { PlanTable } from "./plan-tables.ts";
import { type Responsible, responsibleOf } from "./responsible.ts";
import { isSectionHeading } from "./section.ts";

type OpenTask = { no: number | string; name: string; measures: DraftMeasure[] };

/** Where the texts of a plan stand, for the search of numbers: which task a cell belongs to. */
export type Placed = { readonly task: number | string | null; readonly row: AlignedRow };

export type PlanTasks = {
  readonly sections: readonly DraftSection[];
  readonly tasks: readonly DraftTask[];
  readonly placed: readonly Placed[];
};

/** @param known the units the whole document prints on lines of their own */
export function tasksOf(table: PlanTable, known: ReadonlySet<string>): PlanTasks {
  const sections: DraftSection[] = [];
  const tasks: OpenTask[] = [];
  const placed: Placed[] = [];
  let above: Responsible | undefined;
  for (const row of table.rows) {
    const heading = sectionOf(row, table.header);
    if (heading !== undefined) {
      sections.push({ plan: table.plan, title: heading, line: row.line });
      continue;
    }
    const aligned = alignRow(table.header, row);
    const { task, isNew, flags } = taskOf(aligned, tasks);
    placed.push({ task: task.no, row: aligned });
    if (isNew) tasks.push(task);
    const responsible = responsibleOf(aligned, table.header, known, above, isNew);
    above = responsible;
    const measure = aligned.cells.get("measure");
    const before = task.measures.at(-1);
    if (measure?.continued && before !== undefined) {
      // One measure over several rows: the rows only add units.
      task.measures[task.measures.length - 1] = withUnits(before, responsible);
      continue;
    }
    const goals = aligned.rest.map(cellText);
    task.measures.push({
      text: [measure === undefined ? "" : cellText(measure), ...goals].filter((text) => text !== "").join("\n"),
      deadline: responsible.deadline,
      lead: responsible.lead,
      main: responsible.main,
      support: responsible.support,
      flags: [
        ...flags,
        ...aligned.flags,
        ...responsible.flags,
        ...(measure === undefined || isBlank(measure) ? ["measure.missing"] : []),
      ],
      line: measure?.paragraphs[0]?.line ?? row.line,
    });
  }
  return { sections, tasks, placed };
}

/** The title of a section row: a single text, numbered or running across the table. */
function sectionOf(row: TableRow, header: Header): string | undefined {
  const filled = row.cells.filter((cell) => !isBlank(cell));
  const only = filled[0];
  if (only === undefined || filled.length > 1) return undefined;
  const alone = row.cells.length === 1 || only.span >= header.roles.length;
  const name = cellName(only);
  return alone || (only === row.cells[0] && isSectionHeading(name)) ? name : undefined;
}

/** The task a row belongs to: a new one, or the last one going on. */
function taskOf(row: AlignedRow, tasks: readonly OpenTask[]): { task: OpenTask; isNew: boolean; flags: string[] } {
  const last = tasks.at(-1);
  const printed = nameOf(row.cells.get("number"));
  const name = nameOf(row.cells.get("task"));
  const no = /^\d+$/.test(printed) ? Number(printed) : printed;
  const next = typeof last?.no === "number" ? last.no + 1 : tasks.length + 1;
  const begun = (number: number | string, flags: string[]) => ({
    task: { no: number, name, measures: [] },
    isNew: true,
    flags,
  });
  if (last === undefined) return begun(printed === "" ? 1 : no, []);
  if (printed !== "") {
    const same = no === last.no && (name === last.name || name === "");
    if (same) return { task: last, isNew: false, flags: [`task.number-repeated:${printed}`] };
    return begun(no, tasks.some((task) => task.no === no) ? [`task.number-reused:${printed}`] : []);
  }
  if (name === "" || name === last.name) return { task: last, isNew: false, flags: [] };
  return begun(next, row.cells.has("number") ? ["task.number-missing"] : []);
}

function nameOf(cell: Cell | undefined): string {
  return cell === undefined ? "" : cellName(cell);
}

function withUnits(measure: DraftMeasure, more: Responsible): DraftMeasure {
  const join = (a: readonly string[], b: readonly string[]) => [...new Set([...a, ...b])];
  return {
    ...measure,
    lead: join(measure.lead, more.lead),
    main: join(measure.main, more.main),
    support: join(measure.support, more.support),
  };
}
