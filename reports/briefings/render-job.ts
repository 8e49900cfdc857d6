/** A briefing and the form it is wanted in become bytes. */
import { dayStart, parseDay } from "../../src/domain/time.ts";
import { renderDistrict } from "./district.ts";
import type { DistrictBriefing } from "./district-data.ts";
import { districtOutline } from "./district-outline.ts";
import type { BriefingFormat } from "./formats.ts";
import type { Outline } from "./outline.ts";
import { renderTownship } from "./township.ts";
import type { TownshipBriefing } from "./township-data.ts";
import { townshipOutline } from "./township-outline.ts";

export type RenderJob =
  | { readonly kind: "district"; readonly briefing: DistrictBriefing; readonly format: BriefingFormat }
  | { readonly kind: "township"; readonly briefing: TownshipBriefing; readonly format: BriefingFormat };

/** @throws Fault `briefing.glyph-missing`, `briefing.cell-overflow`, `briefing.not-typeset` */
export async function renderJob(job: RenderJob): Promise<Uint8Array> {
  if (job.format !== "pdf") return await otherForm(outlineFor(job), job.format, job.briefing.dataUntil);
  return job.kind === "township" ? await renderTownship(job.briefing) : await renderDistrict(job.briefing);
}

function outlineFor(job: RenderJob): Outline {
  return job.kind === "township" ? townshipOutline(job.briefing) : districtOutline(job.briefing);
}

async function otherForm(
  outline: Outline,
  format: Exclude<BriefingFormat, "pdf">,
  dataUntil: string,
): Promise<Uint8Array> {
  const date = new Date(dayStart(parseDay(dataUntil)));
  // Loaded when asked for: Word's and Excel's writers are most of what a thread that makes PDFs would load.
  switch (format) {
    case "docx": {
      const { outlineDocx } = await import("./docx.ts");
      return await outlineDocx(outline, date);
    }
    case "xlsx": {
      const { briefingWorkbook } = await import("../workbooks/briefing-workbook.ts");
      return await briefingWorkbook(outline, date);
    }
    case "html": {
      const { outlineHtml } = await import("./html.ts");
      return new TextEncoder().encode(outlineHtml(outline));
    }
  }
}
