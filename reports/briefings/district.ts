/** The district briefing as PDF: data in, bytes out. */
import { calendarChart, calendarRows, isWallCalendar } from "../charts/calendar.ts";
import { cumulativeChart } from "../charts/cumulative.ts";
import { chartSvg } from "../charts/render.ts";
import { PAPER } from "../charts/theme.ts";
import type { DistrictBriefing } from "./district-data.ts";
import { districtPage } from "./district-page.ts";
import { typeset } from "./typst.ts";

const CALENDAR_ROW = 29;

/**
 * The briefing as a tagged A4 PDF; equal data give equal bytes on any machine.
 * @throws Fault `briefing.glyph-missing`, `briefing.cell-overflow`, `briefing.not-typeset`
 */
export async function renderDistrict(briefing: DistrictBriefing): Promise<Uint8Array> {
  const figures = districtFigures(briefing);
  return typeset({ template: "district.typ", data: districtPage(briefing), figures, date: briefing.dataUntil });
}

/** The figures as SVG text by file name. @throws Fault `briefing.glyph-missing` */
export function districtFigures(
  briefing: DistrictBriefing,
): Readonly<Record<"calendar.svg" | "cumulative.svg", string>> {
  const { days, cumulative } = briefing.air;
  return {
    "calendar.svg": chartSvg(calendarChart(days), { width: PAPER.width, height: calendarHeight(briefing) }),
    "cumulative.svg": chartSvg(cumulativeChart(cumulative), { width: PAPER.width, height: 190 }),
  };
}

function calendarHeight({ air: { days } }: DistrictBriefing): number {
  const rows = calendarRows(days);
  return isWallCalendar(days) ? rows * CALENDAR_ROW + 42 : rows * 13 + 48;
}
