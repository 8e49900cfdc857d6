/** The briefings of a district's townships: built together, each typeset beside the main thread. */
import type { Plan } from "../../src/domain/plan.ts";
import { cutsOf } from "./build/cuts.ts";
import type { DistrictQuestion } from "./build/question.ts";
import { buildTownships } from "./build-townships.ts";
import type { BriefingFormat } from "./formats.ts";
import { renderThread } from "./render-thread.ts";
import { type BriefingTemplate, withTownshipTemplate } from "./template.ts";
import type { TownshipBriefing } from "./township-data.ts";

export type TownshipFileBytes = { readonly briefing: TownshipBriefing; readonly bytes: Uint8Array };

/** Documents handed to a thread ahead: enough to keep it busy, few enough to hold little. */
const AHEAD = 4;

/**
 * The district's townships as a bureau wants them, in the order of codes.
 * @param only the code of one township, else all
 * @throws Fault `briefing.period`
 */
export async function districtTownships(
  question: DistrictQuestion,
  how: {
    readonly plans: readonly Plan[];
    readonly template: BriefingTemplate;
    readonly program: string;
    readonly only?: string | undefined;
  },
): Promise<readonly TownshipBriefing[]> {
  const { plans, template, program, only } = how;
  const built = await buildTownships(question, { cuts: cutsOf(plans, question.place), plans }, program);
  return built
    .filter(({ code }) => only === undefined || code === only)
    .map((briefing) => withTownshipTemplate(briefing, template));
}

/**
 * Each with its bytes, in their order.
 * @throws Fault `briefing.glyph-missing`, `briefing.cell-overflow`, `briefing.not-typeset`
 */
export async function renderTownships(
  briefings: readonly TownshipBriefing[],
  format: BriefingFormat,
  progress: (done: number, of: number) => void,
): Promise<readonly TownshipFileBytes[]> {
  const thread = renderThread();
  try {
    const made: TownshipFileBytes[] = [];
    for (let at = 0; at < briefings.length; at += AHEAD) {
      const some = briefings.slice(at, at + AHEAD);
      const bytes = await Promise.all(some.map((briefing) => thread.render({ kind: "township", briefing, format })));
      for (const [index, briefing] of some.entries()) made.push({ briefing, bytes: bytes[index] ?? new Uint8Array() });
      progress(made.length, briefings.length);
    }
    return made;
  } finally {
    await thread.close();
  }
}
