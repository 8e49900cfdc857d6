/** The district briefing as PDF. */
import type { DistrictBriefing } from "./district-data.ts";
import { districtBlocks, districtTitle } from "./district-outline.ts";
import { renderPdf } from "./pdf.ts";

/** @throws Fault `briefing.glyph-missing`, `briefing.cell-overflow`, `briefing.not-typeset` */
export async function renderDistrict(briefing: DistrictBriefing): Promise<Uint8Array> {
  return renderPdf(briefing, districtTitle(briefing), districtBlocks(briefing));
}
