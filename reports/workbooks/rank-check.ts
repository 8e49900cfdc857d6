/** A column that works the ranks out again, and a fill where the two differ. */
import { COLOURS } from "../charts/theme.ts";
import { columnLetter } from "./letters.ts";
import type { FillRule, Formula } from "./xlsx-write.ts";

export const RANK_CHECK = "核对名次（公式）";

/**
 * Formulas for the column `check` over a whole list: RANK of each value, which gives ties one rank and skips the next, as
 * the ranking does.
 * @param descending rank 1 is the largest value
 */
export function rankCheck(
  ranks: readonly number[],
  at: { readonly rank: number; readonly value: number; readonly check: number },
  descending: boolean,
): { readonly formulas: readonly Formula[]; readonly rules: readonly FillRule[] } {
  if (ranks.length === 0) return { formulas: [], rules: [] };
  const last = ranks.length + 1;
  const [rank, value, check] = [at.rank, at.value, at.check].map(columnLetter);
  return {
    formulas: ranks.map((result, k) => ({
      row: k + 1,
      column: at.check,
      formula: `RANK(${value}${k + 2},${value}$2:${value}$${last},${descending ? 0 : 1})`,
      result,
    })),
    rules: [{ range: `${check}2:${check}${last}`, formula: `${check}2<>$${rank}2`, fill: COLOURS.missedSoft }],
  };
}
