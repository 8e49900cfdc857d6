/** The sections of a district briefing: each a pure function of its data. */
import { heading, paragraph } from "./blocks.ts";
import type { DistrictBriefing } from "./district-data.ts";
import type { Block } from "./outline.ts";
import type { SectionName } from "./section-names.ts";
import { absencesSection } from "./sections/absences.ts";
import { airSectionBlocks } from "./sections/air.ts";
import { airTargets } from "./sections/air-targets.ts";
import { changesSection } from "./sections/changes.ts";
import { glossarySection } from "./sections/glossary.ts";
import { noiseSection } from "./sections/noise.ts";
import { outlookSection } from "./sections/outlook.ts";
import { plansSection } from "./sections/plans.ts";
import { rankings } from "./sections/rankings.ts";
import { waterSection } from "./sections/water.ts";
import { summaryOf } from "./sentences.ts";

type Section = (briefing: DistrictBriefing) => readonly Block[];

/** By the name templates use. A section without data gives no block. */
const SECTIONS = {
  summary: (briefing) => [heading(1, "摘要"), ...summaryOf(briefing).map((text) => paragraph(text))],
  changes: changesSection,
  air_targets: airTargets,
  plans: plansSection,
  air: airSectionBlocks,
  rankings,
  water: waterSection,
  noise: noiseSection,
  outlook: outlookSection,
  absences: absencesSection,
  methods: ({ methods }) => [heading(1, "方法说明", 30), ...methods.map(({ zh, text }) => paragraph(text, zh))],
  glossary: glossarySection,
} as const satisfies Readonly<Record<SectionName, Section>>;

/** The blocks of the named sections in their order. @throws Fault `briefing.glyph-missing` */
export function sectionBlocks(briefing: DistrictBriefing, names: readonly SectionName[]): readonly Block[] {
  return names.flatMap((name) => SECTIONS[name](briefing));
}
