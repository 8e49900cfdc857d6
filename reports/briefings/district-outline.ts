/** The district briefing as an outline: title, blocks of its sections, stamp. */
import { paragraph } from "./blocks.ts";
import { outlineOf } from "./briefing-outline.ts";
import type { DistrictBriefing } from "./district-data.ts";
import type { Block, Outline } from "./outline.ts";
import { titleMark } from "./preliminary.ts";
import { SECTION_NAMES } from "./section-names.ts";
import { sectionBlocks } from "./sections.ts";

/** @throws Fault `briefing.glyph-missing` when a chart has a character the fonts lack */
export function districtOutline(briefing: DistrictBriefing): Outline {
  return outlineOf(briefing, districtTitle(briefing), districtBlocks(briefing));
}

/** The blocks of all wanted sections, not yet numbered. */
export function districtBlocks(briefing: DistrictBriefing): readonly Block[] {
  const { preliminary, sections = SECTION_NAMES } = briefing;
  const blocks = sectionBlocks(briefing, sections).map((block, at, all) =>
    // Right under another head there is no need to ask for room again.
    block.kind === "heading" && all[at - 1]?.kind === "heading" ? withoutRoom(block) : block,
  );
  return preliminary === undefined ? blocks : [paragraph(preliminary, "初步"), ...blocks];
}

function withoutRoom({ kind, level, text }: Extract<Block, { kind: "heading" }>): Block {
  return { kind, level, text };
}

/** 2026年10月朝阳区生态环境质量月报; of a half-month 2026年10月上半月朝阳区TSP半月报. */
export function districtTitle(briefing: DistrictBriefing): string {
  const { periodZh, district, kindZh, air, water, noise } = briefing;
  const what = air === undefined ? "TSP" : water === undefined && noise === undefined ? "环境空气质量" : "生态环境质量";
  return `${periodZh}${district}${what}${kindZh}${titleMark(briefing)}`;
}
