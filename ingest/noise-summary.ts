/**
 * Tables that sum noise up: pass rates of functional zones, or levels of whole days and nights.
 *
 * No layout of them is confirmed, and a rate without its point-days cannot be checked or added up, so they are not taken:
 * but they are known for what they are, and the refusal says what to hand in instead.
 */
import { bareText } from "./heads.ts";

/** `Ld`, `ld_P1`, `L_d`, but no word that begins so. */
const LEVEL_OF_DAY = /(^|[^a-z])l_?d(?![a-z])/i;
const LEVEL_OF_NIGHT = /(^|[^a-z])l_?n(?![a-z])/i;

/** Whether the first lines of a file read as such a table. */
export function isNoiseSummary(head: string): boolean {
  const bare = bareText(head);
  const dayAndNight =
    (bare.includes("昼间") && bare.includes("夜间")) || (LEVEL_OF_DAY.test(head) && LEVEL_OF_NIGHT.test(head));
  return dayAndNight && /噪声|噪音|功能区|声环境|声级|达标率|laeq|leq|dB/i.test(bare);
}
