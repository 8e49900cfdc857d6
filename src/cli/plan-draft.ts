/** Reading a plan file into a draft, for the plan commands. */
import { basename } from "node:path";
import type { PlanDraft } from "../../ingest/plan/draft.ts";
import { fault } from "../domain/faults.ts";

/** @throws Fault `ingest.path-missing`, `plan.empty`, `plan.file`, `plan.no-table`, `plan.columns`, `plan.no-rows` */
export async function draftOfFile(path: string): Promise<PlanDraft> {
  const [{ readPlanFile }, { importPlan }] = await Promise.all([
    import("../../ingest/plan/read-plan-file.ts"),
    import("../../ingest/plan/import-plan.ts"),
  ]);
  return importPlan(await readPlanFile(path), basename(path));
}

/** A year given on the command line. @throws Fault `option.value` */
export function yearOption(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (/^(?:19|20)\d{2}$/.test(text)) return Number(text);
  throw fault("option.value", { option: "year", given: text, expected: "四位年份，如 2025" }, { parameter: "--year" });
}
