/**
 * The plans a bureau starts from, read from `<year>/<plan>.yaml` beside this file.
 *
 * A file is checked by `read.ts` (shape, with line and column) and joined by `join.ts` (items, units, deadlines).
 */
import { existsSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { fault } from "../../src/domain/faults.ts";
import type { Plan, PlanArea } from "../../src/domain/plan.ts";
import { PLAN_AREA_ZH } from "../../src/domain/plan.ts";
import { parsePlan } from "./read.ts";

const HOME = fileURLToPath(new URL(".", import.meta.url));

/**
 * All plans of a year, in the order 蓝天 … 静音.
 *
 * @param folder holds one folder per year; the seeds unless told otherwise
 * @throws Fault `plan.unknown` for a year without plans, `plan.yaml`, `plan.schema`, `plan.duplicate`, `plan.reference`
 */
export async function loadPlans(year: number, folder: string = HOME): Promise<Plan[]> {
  const years = await planYears(folder);
  if (!years.includes(year)) throw fault("plan.unknown", { given: year, known: years.join(" ") });
  const home = join(folder, String(year));
  const files = (await readdir(home)).filter((name) => name.endsWith(".yaml"));
  const plans = await Promise.all(
    files.map(async (name) => parsePlan(await readFile(join(home, name), "utf8"), `${year}/${name}`)),
  );
  const order = Object.keys(PLAN_AREA_ZH) as PlanArea[];
  return plans.sort((a, b) => order.indexOf(a.area) - order.indexOf(b.area));
}

/** The years that have plans, ascending; none where there is no such folder. */
export async function planYears(folder: string = HOME): Promise<number[]> {
  if (!existsSync(folder)) return [];
  const entries = await readdir(folder, { withFileTypes: true });
  const years = entries.filter((one) => one.isDirectory() && /^\d{4}$/.test(one.name));
  return years.map((one) => Number(one.name)).sort((a, b) => a - b);
}
