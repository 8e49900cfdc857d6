/** A document → the whole draft: plans, tasks and measures, draft targets, and the account of every numeral. */
import { classify, type TextRole } from "./classify.ts";
import type { Block, Cell, Paragraph } from "./document.ts";
import type { DraftNumeral, DraftTarget, PlanDraft, UnaccountedNumeral } from "./draft.ts";
import { targetsIn } from "./draft-targets.ts";
import type { ColumnRole } from "./header.ts";
import { knownUnits } from "./known-units.ts";
import { planTables } from "./plan-tables.ts";
import { tasksOf } from "./tasks.ts";

/** Characters shown on each side of a numeral that fits no class. */
const CONTEXT = 8;

type Owner = { readonly plan: string; readonly task: number | string | null };

/**
 * The draft of every plan in a document.
 *
 * @param file its name, for faults
 * @throws Fault `plan.no-table`, `plan.columns`, `plan.no-rows`
 */
export function importPlan(blocks: readonly Block[], file: string): PlanDraft {
  const { tables, paragraphs } = planTables(blocks, file);
  const known = knownUnits(tables);
  const draft = {
    sections: [] as PlanDraft["sections"][number][],
    plans: [] as PlanDraft["plans"][number][],
    draftTargets: [] as DraftTarget[],
    numerals: [] as DraftNumeral[],
    unaccounted: [] as UnaccountedNumeral[],
  };

  const take = ({ text, line }: Paragraph, role: TextRole, owner: Owner) => {
    const { numerals, quantities } = classify(text, role);
    for (const one of numerals) {
      if (one.class !== undefined) draft.numerals.push({ line, text: one.text, class: one.class });
      else {
        const context = text.slice(Math.max(0, one.start - CONTEXT), one.start + one.text.length + CONTEXT);
        draft.unaccounted.push({ line, text: one.text, context });
      }
    }
    if (role !== "prose") return;
    draft.draftTargets.push(...targetsIn(text, quantities).map((target) => ({ ...owner, line, ...target })));
  };
  const takeCells = (cells: readonly Cell[], role: TextRole, owner: Owner) => {
    for (const cell of cells) for (const paragraph of cell.paragraphs) take(paragraph, role, owner);
  };

  for (const table of tables) {
    const { plan, title } = table;
    const { sections, tasks, placed } = tasksOf(table, known);
    draft.sections.push(...sections);
    draft.plans.push({ plan, title: title.text, tasks });
    take(title, "heading", { plan, task: null });
    takeCells(table.headerRow.cells, "heading", { plan, task: null });
    for (const section of sections) take({ text: section.title, line: section.line }, "heading", { plan, task: null });
    let nameTaken = "";
    for (const { task, row } of placed) {
      for (const [role, cell] of row.cells) {
        if (role === "main" && row.cells.get("lead") === cell) continue;
        // A task's name printed again is not another target.
        const repeated = role === "task" && `${task}` === nameTaken;
        takeCells([cell], repeated ? "heading" : (TEXT_ROLES[role] ?? "prose"), { plan, task });
        if (role === "task" && cell.paragraphs.length > 0) nameTaken = `${task}`;
      }
      takeCells(row.rest, "prose", { plan, task });
    }
  }
  const first = tables[0]?.plan ?? "";
  for (const paragraph of paragraphs) take(paragraph, "prose", { plan: first, task: null });
  const byLine = <T extends { readonly line: number }>(list: T[]) => list.sort((a, b) => a.line - b.line);
  return { ...draft, draftTargets: byLine(draft.draftTargets), numerals: byLine(draft.numerals), unaccounted: byLine(draft.unaccounted) };
}

const TEXT_ROLES: Readonly<Partial<Record<ColumnRole, TextRole>>> = {
  number: "number",
  deadline: "deadline",
  lead: "units",
  main: "units",
  support: "units",
};
