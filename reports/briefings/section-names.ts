/** The names of a district briefing's sections, as templates write them, in the order printed unless one says otherwise. */
export const SECTION_NAMES = [
  "summary",
  "changes",
  "air_targets",
  "plans",
  "air",
  "rankings",
  "water",
  "noise",
  "outlook",
  "absences",
  "methods",
  "glossary",
] as const;

export type SectionName = (typeof SECTION_NAMES)[number];
