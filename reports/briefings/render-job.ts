/** A briefing and the form it is wanted in become bytes. */
import { dayStart, parseDay } from "../../src/domain/time.ts";
import { briefingWorkbook } from "../workbooks/briefing-workbook.ts";
import { renderDistrict } from "./district.ts";
import type { DistrictBriefing } from "./district-data.ts";
import { districtOutline } from "./district-outline.ts";
import { outlineDocx } from "./docx.ts";
import type { BriefingFormat } from "./formats.ts";
import { outlineHtml } from "./html.ts";
import { renderTownship } from "./township.ts";
import type { TownshipBriefing } from "./township-data.ts";

export type RenderJob =
  | { readonly kind: "district"; readonly briefing: DistrictBriefing; readonly format: BriefingFormat }
  | { readonly kind: "township"; readonly briefing: TownshipBriefing };

/** @throws Fault `briefing.glyph-missing`, `briefing.cell-overflow`, `briefing.not-typeset` */
export async function renderJob(job: RenderJob): Promise<Uint8Array> {
  if (job.kind === "township") return await renderTownship(job.briefing);
  const { briefing, format } = job;
  const date = new Date(dayStart(parseDay(briefing.dataUntil)));
  switch (format) {
    case "pdf":
      return await renderDistrict(briefing);
    case "docx":
      return await outlineDocx(districtOutline(briefing), date);
    case "xlsx":
      return await briefingWorkbook(districtOutline(briefing), date);
    case "html":
      return new TextEncoder().encode(outlineHtml(districtOutline(briefing)));
  }
}
