/** The briefings of a district's townships, typeset beside the main thread. */
import type { Plan } from "../../src/domain/plan.ts";
import { cutsOf } from "./build/cuts.ts";
import type { DistrictQuestion } from "./build/question.ts";
import { buildTownships } from "./build-townships.ts";
import { renderThread } from "./render-thread.ts";
import { type BriefingTemplate, withTownshipTemplate } from "./template.ts";
import type { TownshipBriefing } from "./township-data.ts";

export type TownshipPdf = { readonly briefing: TownshipBriefing; readonly bytes: Uint8Array };

/** Documents handed to the thread ahead: enough to keep it busy, few enough to hold little. */
const AHEAD = 4;

/**
 * The briefings as PDF bytes, in the order of codes.
 * @param only the code of one township, else all
 * @throws Fault `briefing.period`, `briefing.glyph-missing`, `briefing.cell-overflow`
 */
export async function townshipPdfs(
  question: DistrictQuestion,
  how: {
    readonly plans: readonly Plan[];
    readonly template: BriefingTemplate;
    readonly program: string;
    readonly only?: string | undefined;
    readonly progress: (done: number, of: number) => void;
  },
): Promise<readonly TownshipPdf[]> {
  const { plans, template, program, only, progress } = how;
  const thread = renderThread();
  try {
    const built = (await buildTownships(question, cutsOf(plans, question.place), program))
      .filter(({ code }) => only === undefined || code === only)
      .map((briefing) => withTownshipTemplate(briefing, template));
    const made: TownshipPdf[] = [];
    for (let at = 0; at < built.length; at += AHEAD) {
      const some = built.slice(at, at + AHEAD);
      const bytes = await Promise.all(some.map((briefing) => thread.render({ kind: "township", briefing })));
      for (const [index, briefing] of some.entries()) made.push({ briefing, bytes: bytes[index] ?? new Uint8Array() });
      progress(made.length, built.length);
    }
    return made;
  } finally {
    await thread.close();
  }
}
