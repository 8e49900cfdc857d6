/** The title above a plan's table, and the area it names. */
import { PLAN_AREA_ZH } from "../../src/domain/plan.ts";
import type { Paragraph } from "./document.ts";
import { isSectionHeading } from "./section.ts";

const LONGEST_TITLE = 60;

/** The last paragraph above a table that reads like a title, else the last short one that is no sentence. */
export function titleOf(above: readonly Paragraph[]): Paragraph | undefined {
  const short = above.filter(
    ({ text }) => text.length <= LONGEST_TITLE && !/[。；;]/.test(text) && !isSectionHeading(text),
  );
  return short.findLast(({ text }) => /计划|方案|任务|清单|要点|目标|分工/.test(text)) ?? short.at(-1);
}

/** The area code a title names, else the title itself. */
export function planOf({ text }: Paragraph): string {
  const area = Object.entries(PLAN_AREA_ZH).find(([, zh]) => text.includes(zh));
  return area?.[0] ?? text;
}
