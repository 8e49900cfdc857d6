/** The forms a district briefing comes in. */
export const BRIEFING_FORMATS = ["pdf", "html", "docx", "xlsx"] as const;

export type BriefingFormat = (typeof BRIEFING_FORMATS)[number];
