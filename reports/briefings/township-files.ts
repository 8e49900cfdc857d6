/** The briefings of a district's townships: built together, typeset beside the main thread. */
import type { Plan } from "../../src/domain/plan.ts";
import { cutsOf } from "./build/cuts.ts";
import type { DistrictQuestion } from "./build/question.ts";
import { buildTownships } from "./build-townships.ts";
import type { BriefingFormat } from "./formats.ts";
import type { Render } from "./render-crew.ts";
import { type BriefingTemplate, withTownshipTemplate } from "./template.ts";
import type { TownshipBriefing } from "./township-data.ts";

export type TownshipFileBytes = { readonly briefing: TownshipBriefing; readonly bytes: Uint8Array };

/** A line for each document would be forty-three. */
const TOLD_EVERY = 4;

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
  render: Render,
  briefings: readonly TownshipBriefing[],
  format: BriefingFormat,
  progress: (done: number, of: number) => void,
): Promise<readonly TownshipFileBytes[]> {
  let done = 0;
  return await Promise.all(
    briefings.map(async (briefing) => {
      const bytes = await render({ kind: "township", briefing, format });
      done += 1;
      if (done % TOLD_EVERY === 0 || done === briefings.length) progress(done, briefings.length);
      return { briefing, bytes };
    }),
  );
}
