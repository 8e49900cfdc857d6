/** A document → the whole draft: plans, tasks and measures, draft targets, and the account of every numeral. */
import { classify, type TextRole } from "./classify.ts";
import { type Block, type Cell, cellName, isBlank, type Paragraph } from "./document.ts";
import type { DraftNumeral, DraftPlan, DraftTarget, PlanDraft, UnaccountedNumeral } from "./draft.ts";
import { targetsIn } from "./draft-targets.ts";
import type { ColumnRole } from "./header.ts";
import { knownUnits } from "./known-units.ts";
import { type PlanTable, planTables } from "./plan-tables.ts";
import { tasksOf } from "./tasks.ts";

/** Characters shown on each side of a numeral that fits no class. */
const CONTEXT = 8;

/**
 * The draft of every plan in a document.
 *
 * @param file its name, for faults
 * @throws Fault `plan.no-table`, `plan.columns`, `plan.no-rows`
 */
export function importPlan(blocks: readonly Block[], file: string): PlanDraft {
  const { tables, paragraphs } = planTables(blocks, file);
  const known = knownUnits(tables);
  const drafts = tables.map((table, index) => {
    const last = index === tables.length - 1;
    const outside = paragraphs.filter(({ after }) => after === index || (last && after > index));
    const goesOn = tables.findIndex(({ title }) => title === table.title) < index;
    return draftOf(table, known, outside, goesOn);
  });
  return {
    sections: drafts.flatMap((one) => one.sections),
    plans: joined(drafts.flatMap((one) => one.plans)),
    draftTargets: drafts.flatMap((one) => one.draftTargets),
    numerals: drafts.flatMap((one) => one.numerals),
    unaccounted: drafts.flatMap((one) => one.unaccounted),
  };
}

/** Plans of one title, which its tables continue, as one. */
function joined(plans: readonly DraftPlan[]): readonly DraftPlan[] {
  const byTitle = new Map<string, DraftPlan>();
  for (const plan of plans) {
    const before = byTitle.get(plan.title);
    byTitle.set(plan.title, before === undefined ? plan : { ...before, tasks: [...before.tasks, ...plan.tasks] });
  }
  return [...byTitle.values()];
}

/** The draft of one table, with the paragraphs before it (behind the last: also those after it). */
function draftOf(
  table: PlanTable,
  known: ReadonlySet<string>,
  outside: readonly Paragraph[],
  goesOn: boolean,
): PlanDraft {
  const { plan, title } = table;
  const { sections, tasks, placed } = tasksOf(table, known);
  const account = openAccount(plan);
  if (!goesOn) account.take(title, "heading", null);
  for (const row of table.headerRows) for (const cell of row.cells) account.takeCell(cell, "heading", null);
  for (const section of sections) account.take({ text: section.title, line: section.line }, "heading", null);
  let named: Cell | undefined;
  for (const { task, row } of placed) {
    for (const [role, cell] of row.cells) {
      if (role === "main" && row.cells.get("lead") === cell) continue;
      // A task's name printed again is not another target.
      const again = role === "task" && named !== undefined && cellName(named) === cellName(cell);
      account.takeCell(cell, again ? "heading" : (TEXT_ROLES[role] ?? "prose"), task);
      if (role === "task" && !isBlank(cell)) named = cell;
    }
    for (const cell of row.rest) account.takeCell(cell, "prose", task);
  }
  for (const paragraph of outside) account.take(paragraph, "prose", null);
  return { sections, plans: [{ plan, title: title.text, tasks }], ...account.close() };
}

type Account = Pick<PlanDraft, "draftTargets" | "numerals" | "unaccounted">;

/** Collects numerals and targets of one plan, in order of line when closed. */
function openAccount(plan: string) {
  const draftTargets: DraftTarget[] = [];
  const all: DraftNumeral[] = [];
  const unaccounted: UnaccountedNumeral[] = [];
  const take = ({ text, line }: Paragraph, role: TextRole, task: number | string | null) => {
    const { numerals, quantities } = classify(text, role);
    for (const one of numerals) {
      if (one.class !== undefined) all.push({ line, text: one.text, class: one.class });
      else {
        const context = text.slice(Math.max(0, one.start - CONTEXT), one.start + one.text.length + CONTEXT);
        unaccounted.push({ line, text: one.text, context });
      }
    }
    if (role !== "prose") return;
    draftTargets.push(...targetsIn(text, quantities).map((target) => ({ plan, task, line, ...target })));
  };
  const byLine = <T extends { readonly line: number }>(list: T[]) => list.sort((a, b) => a.line - b.line);
  return {
    take,
    takeCell: (cell: Cell, role: TextRole, task: number | string | null) => {
      for (const paragraph of cell.paragraphs) take(paragraph, role, task);
    },
    close: (): Account => ({
      draftTargets: byLine(draftTargets),
      numerals: byLine(all),
      unaccounted: byLine(unaccounted),
    }),
  };
}

const TEXT_ROLES: Readonly<Partial<Record<ColumnRole, TextRole>>> = {
  number: "number",
  deadline: "deadline",
  lead: "units",
  main: "units",
  support: "units",
};
