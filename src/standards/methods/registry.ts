/**
 * The registry of method sheets: one list, open for additions.
 *
 * A new standard adds a file here that exports its sheets and one line below; `docs/methods/` follows.
 */
import { fault } from "../../domain/faults.ts";
import { AIR_ITEM_SHEETS } from "./air-items.ts";
import { AQI_SHEETS } from "./aqi.ts";
import { DUST_SHEETS } from "./dust.ts";
import { NOISE_SHEETS } from "./noise.ts";
import type { MethodSheet } from "./sheet.ts";
import { WATER_SHEETS } from "./water.ts";

/** All sheets, in the order of the index page. */
export const METHOD_SHEETS: readonly MethodSheet[] = [
  ...AIR_ITEM_SHEETS,
  ...AQI_SHEETS,
  ...DUST_SHEETS,
  ...WATER_SHEETS,
  ...NOISE_SHEETS,
];

/** The sheet that answers for an indicator, in any letter case, `PM2.5` too. @throws Fault `method.unknown` */
export function methodSheet(indicator: string): MethodSheet {
  const word = indicator.trim().toLowerCase();
  const code = METHOD_SHEETS.some((sheet) => answers(sheet, word)) ? word : word.replaceAll(/[.\s]/g, "");
  const found = METHOD_SHEETS.find((sheet) => answers(sheet, code));
  if (found === undefined) throw fault("method.unknown", { given: indicator, known: methodNames().join(" ") });
  return found;
}

/** The names of all sheets. */
export function methodNames(): readonly string[] {
  return METHOD_SHEETS.map((sheet) => sheet.indicator);
}

function answers(sheet: MethodSheet, code: string): boolean {
  return sheet.indicator === code || sheet.also.includes(code);
}
