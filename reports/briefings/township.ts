/** The township briefing as PDF. */
import { renderPdf } from "./pdf.ts";
import type { TownshipBriefing } from "./township-data.ts";
import { townshipBlocks, townshipTitle } from "./township-outline.ts";

/**
 * One township's briefing of two pages or three.
 * @throws Fault `briefing.glyph-missing`, `briefing.cell-overflow`, `briefing.not-typeset`
 */
export async function renderTownship(briefing: TownshipBriefing): Promise<Uint8Array> {
  return renderPdf(briefing, townshipTitle(briefing), townshipBlocks(briefing));
}
