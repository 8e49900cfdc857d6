/** Fills for the words of standings: missed and at risk are found at a glance, and the word still says it. */
import { STANDING_ZH } from "../../src/domain/plan.ts";
import { COLOURS } from "../charts/theme.ts";
import { columnLetter } from "./letters.ts";
import type { FillRule } from "./xlsx-write.ts";

/** @param column from 0 @param rows without the head */
export function standingFills(column: number, rows: number): readonly FillRule[] {
  if (rows === 0) return [];
  const letter = columnLetter(column);
  const range = `${letter}2:${letter}${rows + 1}`;
  return [
    { range, formula: `${letter}2="${STANDING_ZH.missed}"`, fill: COLOURS.missedSoft },
    { range, formula: `${letter}2="${STANDING_ZH.at_risk}"`, fill: COLOURS.riskSoft },
  ];
}
